/** The kind `decision`: a tree of questions or a table of rules, and what each outcome starts. */

import { list, mapOf } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { duration, factName, id, oneOf, reference } from '../shape/scalar.ts';
import { action, who } from './action.ts';
import { condition } from './condition.ts';
import { text } from './text.ts';

const answer = record(
  { zh: '答案', en: 'an answer' },
  {
    title: optional(
      text,
      '名称；yes、no 缺省为 是、否，其他缺省为标识',
      'what people read; Yes and No for `yes` and `no`, the id for others, when absent',
    ),
    ask: optional(reference('问题', 'a question'), '接着问什么', 'the question it leads to'),
    outcome: optional(reference('结果', 'an outcome'), '得出什么', 'the outcome it leads to'),
  },
);

const question = record(
  { zh: '问题', en: 'a question' },
  {
    question: required(factName('问题标识', 'the id of a question'), '标识', 'its id'),
    title: required(text, '问什么', 'what is asked'),
    help: optional(text, '回答前看什么', 'what to look at before answering'),
    rests_on: optional(
      list({ zh: '事实的列表', en: 'a list of facts' }, reference('事实名', 'a fact'), { min: 1 }),
      '回答所依据的事实；其中一个变了就重新问',
      'facts that the answer rests on; when one changes the question is asked again',
    ),
    from: optional(
      condition,
      '由事实回答：成立为 yes，不成立为 no；未知则问人',
      'answered from the facts: yes where it holds, no where it does not; people are asked where it is unknown',
    ),
    answers: required(
      mapOf({ zh: '答案', en: 'answers' }, id('答案', 'an answer'), answer),
      '可选的答案，及其去向',
      'the answers there are, and where each leads',
    ),
  },
);

const rule = record(
  { zh: '规则', en: 'a rule' },
  {
    when: required(condition, '何时命中', 'when it holds'),
    outcome: required(reference('结果', 'an outcome'), '得出什么', 'the outcome it leads to'),
  },
);

const outcome = record(
  { zh: '结果', en: 'an outcome' },
  {
    outcome: required(id('结果标识', 'the id of an outcome'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    advice: optional(text, '怎样做', 'what it means for the work'),
    do: optional(
      list({ zh: '动作的列表', en: 'a list of actions' }, action),
      '得出此结果时做什么（不变时不再做）',
      'what is done when it comes to this outcome, and not again while it stays',
    ),
  },
);

export const decision = record(
  { zh: '决策', en: 'a decision' },
  {
    decision: required(
      id('决策标识', 'the id of the decision'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为何需要', 'why it exists'),
    applies_to: required(
      list({ zh: '流程的列表', en: 'a list of pipelines' }, reference('流程名', 'a pipeline'), { min: 1 }),
      '用于哪些流程',
      'the pipelines it is made in',
    ),
    answered_by: optional(
      who,
      '由谁回答（及其上级）；缺省为有 answer 权者',
      'who answers it (and those above them); whoever has the right `answer` when absent',
    ),
    fresh_for: optional(
      duration(),
      '回答多久内有效，过后重新问',
      'how long answers stay current; they are asked for again after that',
    ),
    outcomes: required(
      list({ zh: '结果的列表', en: 'a list of outcomes' }, outcome, { min: 1 }),
      '可能的结果',
      'what it may come to',
    ),
    questions: optional(
      list({ zh: '问题的列表', en: 'a list of questions' }, question, { min: 1 }),
      '问题树，第一个先问',
      'the tree of questions; the first is asked first',
    ),
    hit: optional(
      oneOf(['first', 'unique', 'collect']),
      '规则表怎样命中：first 第一条；unique 恰好一条；collect 每一条',
      'which rules of the table count: the first that holds, the only one, every one',
    ),
    rules: optional(
      list({ zh: '规则的列表', en: 'a list of rules' }, rule, { min: 1 }),
      '规则表',
      'the table of rules',
    ),
    otherwise: optional(
      reference('结果', 'an outcome'),
      '没有规则命中时的结果',
      'the outcome where no rule of the table holds',
    ),
  },
);

export type DecisionSource = RecordOf<typeof decision.keys>;
export type QuestionSource = NonNullable<DecisionSource['questions']>[number];

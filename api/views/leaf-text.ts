/** One leaf of a condition with what was seen, in words: `amount at least 200,000.00 CNY; is 90,000.00 CNY`. */

import type { LeafResult } from '../../engine/condition/result.ts';
import type { Leaf, Operand, Operator } from '../../engine/playbook/condition.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { Fact } from '../../engine/playbook/value.ts';
import { same, valueText } from '../../engine/playbook/value-text.ts';
import { durationText } from '../../engine/time/duration.ts';
import { type Titles, titleIn } from './titles.ts';

type DecisionLeaf = Extract<Leaf, { kind: 'decision' }>;

const OPERATORS: Readonly<Record<Operator, Text>> = {
  is: { zh: '为', en: 'is' },
  is_not: { zh: '不为', en: 'is not' },
  at_least: { zh: '至少', en: 'at least' },
  more_than: { zh: '大于', en: 'more than' },
  at_most: { zh: '至多', en: 'at most' },
  less_than: { zh: '小于', en: 'less than' },
  before: { zh: '早于', en: 'before' },
  after: { zh: '晚于', en: 'after' },
  in: { zh: '属于', en: 'one of' },
  not_in: { zh: '不属于', en: 'none of' },
  contains: { zh: '包含', en: 'contains' },
  is_known: { zh: '已知', en: 'is known' },
  within: { zh: '距今不超过', en: 'within' },
  ago: { zh: '距今至少', en: 'at least so long ago:' },
};

const STANDINGS: Readonly<Record<string, Text>> = {
  accepted: { zh: '已认可', en: 'accepted' },
  missing: { zh: '缺失', en: 'missing' },
  submitted: { zh: '待认可', en: 'waits for acceptance' },
  stale: { zh: '已过期', en: 'no longer fresh' },
  rejected: { zh: '被驳回', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  'currency-differs': { zh: '币种不同', en: 'in another currency' },
};

const APPROVAL_STANDINGS: Readonly<Record<string, Text>> = {
  approved: { zh: '已通过', en: 'given' },
  missing: { zh: '未提交', en: 'not asked for' },
  under_review: { zh: '审批中', en: 'under review' },
  stale: { zh: '通过后内容变了或过期', en: 'given for something else, or too long ago' },
  rejected: { zh: '被驳回', en: 'rejected' },
  sent_back: { zh: '被退回', en: 'sent back' },
  recalled: { zh: '已撤回', en: 'recalled' },
  void: { zh: '已作废', en: 'void' },
  lapsed: { zh: '已失效', en: 'lapsed' },
};

const DECISION_STANDINGS: Readonly<Record<string, Text>> = {
  missing: { zh: '尚未作出', en: 'not made yet' },
  asked_again: { zh: '所依据的事实变了，要重新回答', en: 'what it rests on has changed: it must be answered again' },
  stale: { zh: '已过期，要重新回答', en: 'no longer fresh: it must be answered again' },
  open: { zh: '事实不足以得出', en: 'the facts do not settle it' },
  cycle: { zh: '以自己为条件', en: 'it rests on itself' },
};

const TASKS: Readonly<Record<'open' | 'dated' | 'overdue', Text>> = {
  open: { zh: '有未完成的任务', en: 'a task that is open' },
  dated: { zh: '有定好日期的任务', en: 'a task with a date' },
  overdue: { zh: '有逾期的任务', en: 'a task that is overdue' },
};

function join(parts: readonly Text[], zh = '', en = ' '): Text {
  return { zh: parts.map((part) => part.zh).join(zh), en: parts.map((part) => part.en).join(en) };
}

function operandText(operand: Operand, titles: Titles, fact: Fact | undefined): Text {
  if (operand.kind === 'duration') {
    return { zh: durationText(operand.duration, 'zh'), en: durationText(operand.duration, 'en') };
  }
  if (operand.kind === 'fact') return titles.facts.get(operand.fact)?.title ?? same(operand.fact);
  const { value } = operand;
  if (!Array.isArray(value)) return valueText(value as Exclude<typeof value, readonly unknown[]>, fact);
  const parts = value.map((one) => valueText(one, fact));
  return join(parts, '、', ', ');
}

function wanted(leaf: Leaf, titles: Titles): Text {
  switch (leaf.kind) {
    case 'fact':
    case 'field': {
      const name = leaf.kind === 'fact' ? leaf.fact : leaf.field;
      const fact = titles.facts.get(name);
      const head = [fact?.title ?? same(name), OPERATORS[leaf.operator]];
      if (leaf.operator !== 'is_known') return join([...head, operandText(leaf.operand, titles, fact)], ' ');
      const isNegated = leaf.operand.kind === 'value' && leaf.operand.value === false;
      return isNegated ? join([head[0] ?? same(name), { zh: '未知', en: 'is not known' }], ' ') : join(head, ' ');
    }
    case 'evidence':
      return join([{ zh: '证据', en: 'evidence' }, titleIn(titles.evidence, leaf.evidence)], ' ');
    case 'approval':
      return join([{ zh: '审批', en: 'approval' }, titleIn(titles.approvals, leaf.approval)], ' ');
    case 'milestone':
      return join([{ zh: '里程碑', en: 'milestone' }, titleIn(titles.milestones, leaf.milestone)], ' ');
    case 'task':
      return TASKS[leaf.task];
    case 'child': {
      const places = join(leaf.in_titles, '或', ' or ');
      return leaf.which === 'all'
        ? { zh: `所有“${leaf.title.zh}”都在${places.zh}`, en: `every ${leaf.title.en} in ${places.en}` }
        : { zh: `至少一个“${leaf.title.zh}”在${places.zh}`, en: `some ${leaf.title.en} in ${places.en}` };
    }
    case 'activity':
      return {
        zh: `${titleIn(titles.activities, leaf.activity).zh}，在 ${durationText(leaf.within, 'zh')} 之内`,
        en: `${titleIn(titles.activities, leaf.activity).en} within ${durationText(leaf.within, 'en')}`,
      };
    case 'decision':
      return decisionText(leaf, titles);
  }
}

function decisionText({ decision, operator, outcomes, fresh_for: freshFor }: DecisionLeaf, titles: Titles): Text {
  const names = titles.decisions.get(decision);
  const head = [{ zh: '决策', en: 'decision' }, names?.title ?? same(decision)];
  const wanted = outcomes.map((one) => titleIn(names?.outcomes ?? new Map(), one));
  const tail =
    operator === undefined ? [{ zh: '已作出', en: 'is made' }] : [OPERATORS[operator], join(wanted, '、', ', ')];
  const text = join([...head, ...tail], ' ');
  if (freshFor === undefined) return text;
  return {
    zh: `${text.zh}，在 ${durationText(freshFor, 'zh')} 之内作出`,
    en: `${text.en}, decided within ${durationText(freshFor, 'en')}`,
  };
}

function decisionSeen({ leaf, why, seen: found }: LeafResult, titles: Titles): Text {
  const names = leaf.kind === 'decision' ? titles.decisions.get(leaf.decision)?.outcomes : undefined;
  if (why !== undefined) return DECISION_STANDINGS[why] ?? same(why);
  const outcomes: readonly unknown[] = Array.isArray(found) ? found : [found];
  const shown = outcomes.map((one) => titleIn(names ?? new Map(), String(one)));
  return join([{ zh: '现为', en: 'is' }, shown.length === 0 ? { zh: '无', en: 'none' } : join(shown, '、', ', ')], ' ');
}

function seen(result: LeafResult, titles: Titles): Text {
  const { leaf, why } = result;
  if (leaf.kind === 'approval') return APPROVAL_STANDINGS[why ?? 'approved'] ?? same(why ?? 'approved');
  if (leaf.kind === 'decision') return decisionSeen(result, titles);
  if (leaf.kind === 'evidence' || why === 'currency-differs') {
    const standing = why ?? (result.truth === true ? 'accepted' : 'missing');
    return STANDINGS[standing] ?? same(standing);
  }
  if (leaf.kind === 'child') {
    if (result.seen === undefined) return { zh: '尚未开始任何一个', en: 'none was started' };
    const { zh, en } = valueText(result.seen);
    return result.truth === true ? { zh: `是：${zh}`, en: `so: ${en}` } : { zh: `不是：${zh}`, en: `not so: ${en}` };
  }
  if (leaf.kind === 'task')
    return result.seen === true ? { zh: '有', en: 'there is one' } : { zh: '无', en: 'there is none' };
  if (result.seen === undefined) {
    return leaf.kind === 'activity' ? { zh: '尚无', en: 'none yet' } : { zh: '未知', en: 'not known' };
  }
  const fact = leaf.kind === 'fact' ? titles.facts.get(leaf.fact) : undefined;
  const value = valueText(result.seen, fact);
  if (result.against === undefined) return join([{ zh: '现为', en: 'is' }, value], ' ');
  return join(
    [{ zh: '现为', en: 'is' }, value, { zh: '，而后者为', en: 'against' }, valueText(result.against, fact)],
    ' ',
  );
}

/** What a leaf asks for, or under a `not` asks not to be. */
export function wantedText(leaf: Leaf, isNegated: boolean, titles: Titles): Text {
  const text = wanted(leaf, titles);
  return isNegated ? { zh: `不应：${text.zh}`, en: `should not be: ${text.en}` } : text;
}

/** What is wanted of an unmet leaf, then what was seen. One that is true stands under a `not`: it is wanted false. */
export function leafText(result: LeafResult, titles: Titles): Text {
  return join([wantedText(result.leaf, result.truth === true, titles), seen(result, titles)], '；', '; ');
}

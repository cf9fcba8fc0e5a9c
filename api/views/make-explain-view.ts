/** Makes an explanation ready to show: titles, words, names, and the command behind each act. */

import type { CaseView } from '../../engine/case/case-view.ts';
import type { Act } from '../../engine/case/explain/act.ts';
import type { Explanation } from '../../engine/case/explain.ts';
import { indexOf } from '../../engine/case/rules-of.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { ActView, ExplainView } from './explain-view.ts';
import { wantedText } from './leaf-text.ts';
import { personRef } from './person-ref.ts';
import { reasonView, wordingOf } from './reason-view.ts';
import { type Titles, titleIn, titlesOf } from './titles.ts';

interface Worded {
  readonly text: Text;
  readonly command: string;
}

function factAct(act: Extract<Act, { act: 'set_fact' }>, titles: Titles): Worded {
  const goals = act.so_that.map(({ leaf, want }) => wantedText(leaf, want === 'false' || want === 'not_true', titles));
  // The fact itself was named already.
  const zh = goals.map((goal) => goal.zh.replace(act.title.zh, '其')).join('；');
  const en = goals.map((goal) => goal.en.replace(act.title.en, 'it')).join('; ');
  return {
    text: {
      zh: `更新${act.title.zh}${zh === '' ? '' : `，使 ${zh}`}`,
      en: `set ${act.title.en}${en === '' ? '' : ` so that ${en}`}`,
    },
    command: `set_facts ${act.fact}=…`,
  };
}

/** The answers its form cannot do without, to be filled in. */
function answersOf(evidence: string, { rules }: CaseView): string {
  const fields = indexOf(rules).evidence.get(evidence)?.fields ?? [];
  const needed = fields.filter((field) => !field.optional && field.when === undefined);
  return needed.map(({ field, type }) => ` --with ${field}=${type === 'file' ? '@' : ''}…`).join('');
}

/** The question that is asked first; which come after it follows from the answers. */
function questionsOf(decision: string, { rules }: CaseView): string {
  const way = indexOf(rules).decisions.get(decision)?.way;
  const [first] = way?.kind === 'tree' ? way.questions : [];
  return first === undefined ? '' : ` --with ${first.question}=… …`;
}

function worded(act: Act, titles: Titles, view: CaseView): Worded {
  switch (act.act) {
    case 'submit_evidence':
      return {
        text: { zh: `提交证据：${act.title.zh}`, en: `submit ${act.title.en}` },
        command: `submit_evidence ${act.evidence}${answersOf(act.evidence, view)}`,
      };
    case 'accept_evidence':
      return {
        text: { zh: `认可证据：${act.title.zh}`, en: `accept ${act.title.en}` },
        command: `accept_evidence ${act.evidence}`,
      };
    case 'withdraw_evidence':
      return {
        text: { zh: `撤回证据：${act.title.zh}`, en: `withdraw ${act.title.en}` },
        command: `withdraw_evidence ${act.evidence}`,
      };
    case 'set_fact':
      return factAct(act, titles);
    case 'answer': {
      const goals = act.so_that.map(({ leaf, want }) =>
        wantedText(leaf, want === 'false' || want === 'not_true', titles),
      );
      return {
        text: {
          zh: `回答决策：${act.title.zh}（须 ${goals.map((goal) => goal.zh).join('；')}）`,
          en: `answer ${act.title.en} (needed: ${goals.map((goal) => goal.en).join('; ')})`,
        },
        command: `answer ${act.decision}${questionsOf(act.decision, view)}`,
      };
    }
    case 'log_activity': {
      const title = titleIn(titles.activities, act.activity);
      // `any` is no kind that can be logged: whoever does it says which.
      const kind = act.activity === 'any' ? '…' : act.activity;
      return { text: { zh: `记录活动：${title.zh}`, en: `log ${title.en}` }, command: `log_activity ${kind}` };
    }
    case 'request_approval':
      return {
        text: { zh: `提交审批：${act.title.zh}`, en: `ask for ${act.title.en}` },
        command: act.resumes ? `resubmit ${act.approval} changed_only` : `request_approval ${act.approval}`,
      };
    case 'approve':
      return {
        text: {
          zh: `审批“${act.title.zh}”：${act.step_title.zh}`,
          en: `approve ${act.title.en}: ${act.step_title.en}`,
        },
        command: `approve ${act.approval} --digest …`,
      };
    case 'plan_task':
      return act.dated
        ? { text: { zh: '安排一个有日期的任务', en: 'plan a task with a date' }, command: 'plan_task … --due …' }
        : { text: { zh: '安排一个任务', en: 'plan a task' }, command: 'plan_task …' };
    case 'complete_task':
      return {
        text: { zh: `完成任务：${act.title}`, en: `complete the task ${act.title}` },
        command: `complete_task ${act.task}`,
      };
  }
}

function goalText({ goal }: Explanation): Text {
  const title = goal.title ?? { zh: '结束', en: 'the end' };
  const end = goal.wins
    ? { zh: '（赢单）', en: ' (won)' }
    : goal.finishes
      ? { zh: '（结束）', en: ' (over)' }
      : { zh: '', en: '' };
  return { zh: `进入 ${title.zh}${end.zh}`, en: `to ${title.en}${end.en}` };
}

export function makeExplainView(view: CaseView, explanation: Explanation): ExplainView {
  const titles = titlesOf(view.rules);
  const wording = wordingOf(view.world.people, view.world.playbook, view.rules);
  const { unmet, acts, ...rest } = explanation;
  const actViews = acts?.map(
    (act): ActView => ({
      ...act,
      ...worded(act, titles, view),
      people: act.who.map((person) => personRef(view.world.people, person)),
    }),
  );
  return {
    case: view.state.case,
    ...rest,
    goal_text: goalText(explanation),
    unmet: unmet.map((reason) => reasonView(reason, wording)),
    ...(actViews !== undefined && { acts: actViews }),
  };
}

/** Draws an approval: its steps one after another and beside each other, with who is asked and what is bound. */

import { whoText } from '../../api/views/action-text.ts';
import { type Titles, titlesOf } from '../../api/views/titles.ts';
import type { Approval, ApprovalStep, Quorum, Voice } from '../../engine/playbook/approval.ts';
import type { Roles } from '../../engine/playbook/roles.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { conditionText } from './condition-text.ts';
import { Flowchart } from './mermaid.ts';

const WORDS = {
  given: { zh: '通过', en: 'given' },
  leftOut: { zh: '不成立则跳过', en: 'left out where this is false' },
  fallback: { zh: '后备：', en: 'fallback: ' },
  any: { zh: '任一', en: 'any' },
  all: { zh: '全部', en: 'all' },
  each: { zh: '每位', en: 'each ' },
} as const;

interface Drawn {
  readonly chart: Flowchart;
  readonly titles: Titles;
  readonly roles: Roles;
  readonly lang: Lang;
}

/** Absent where no pipeline of the set asks for an approval of that name. */
export function drawApproval(set: PlaybookSet, name: string, lang: Lang): string | undefined {
  const rules = Object.values(set.rules).find((one) => Object.hasOwn(one.approvals ?? {}, name));
  const approval = rules?.approvals?.[name];
  if (rules === undefined || approval === undefined) return undefined;
  const drawn = { chart: new Flowchart(), titles: titlesOf(rules), roles: set.roles, lang };
  drawTurns(approval, drawn);
  return drawn.chart.toString();
}

function drawTurns({ title, turns }: Approval, drawn: Drawn): void {
  const { chart, lang } = drawn;
  chart.node('start', 'start', title[lang]).node('given', 'end', WORDS.given[lang]);
  let before: readonly string[] = ['start'];
  for (const turn of turns) {
    for (const step of turn) {
      chart.node(`step ${step.step}`, step.when === undefined ? 'box' : 'question', ...linesOf(step, drawn));
      for (const from of before) chart.arrow(from, `step ${step.step}`);
    }
    before = turn.map(({ step }) => `step ${step}`);
  }
  for (const from of before) chart.arrow(from, 'given');
}

function linesOf(step: ApprovalStep, { titles, roles, lang }: Drawn): readonly string[] {
  const names = { titles, roles };
  const bound = step.binds.map((one) =>
    one.kind === 'fact'
      ? (titles.facts.get(one.fact)?.title[lang] ?? one.fact)
      : (titles.evidence.get(one.evidence)?.[lang] ?? one.evidence),
  );
  const voice = (one: Voice): string => {
    if (one.kind === 'one') return whoText(one.who, names)[lang];
    if (one.kind === 'each') return `${quorum(one.quorum)} ${WORDS.each[lang]}${whoText(one.who, names)[lang]}`;
    return `${quorum(one.quorum)} (${one.of.map(voice).join(', ')})`;
  };
  const quorum = (one: Quorum): string => (typeof one === 'number' ? String(one) : WORDS[one][lang]);
  return [
    `${step.title[lang]}: ${voice(step.ask)}`,
    bound.join(', '),
    ...(step.when === undefined ? [] : [`${WORDS.leftOut[lang]}: ${conditionText(step.when, titles, lang)}`]),
    ...(step.fallback === undefined ? [] : [`${WORDS.fallback[lang]}${whoText(step.fallback, names)[lang]}`]),
  ];
}

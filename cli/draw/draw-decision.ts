/** Draws a decision: the tree as its questions, a table as its rules in their order. */

import { type Titles, titlesOf } from '../../api/views/titles.ts';
import type { DecisionOutcome, Table, Tree } from '../../engine/playbook/decision.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { conditionText } from './condition-text.ts';
import { Flowchart } from './mermaid.ts';

/** Absent where no pipeline of the set makes a decision of that name. */
export function drawDecision(set: PlaybookSet, name: string, lang: Lang): string | undefined {
  const rules = Object.values(set.rules).find((one) => one.decisions?.some(({ decision }) => decision === name));
  const decision = rules?.decisions?.find((one) => one.decision === name);
  if (rules === undefined || decision === undefined) return undefined;
  const titles = titlesOf(rules);
  const chart = new Flowchart();
  chart.node('start', 'start', decision.title[lang]);
  if (decision.way.kind === 'tree') drawTree(chart, decision.way, titles, lang);
  else drawTable(chart, decision.way, titles, lang);
  for (const outcome of decision.outcomes)
    chart.node(`outcome ${outcome.outcome}`, 'end', ...outcomeLines(outcome, lang));
  return chart.toString();
}

function drawTree(chart: Flowchart, { questions }: Tree, titles: Titles, lang: Lang): void {
  const [first] = questions;
  if (first !== undefined) chart.arrow('start', `question ${first.question}`);
  for (const { question, title, from, answers } of questions) {
    const byFacts = from === undefined ? [] : [`${BY_FACTS[lang]}${conditionText(from, titles, lang)}`];
    chart.node(`question ${question}`, 'question', title[lang], ...byFacts);
    for (const answer of answers) {
      const to = answer.next.kind === 'ask' ? `question ${answer.next.to}` : `outcome ${answer.next.to}`;
      chart.arrow(`question ${question}`, to, answer.title[lang]);
    }
  }
}

const BY_FACTS = { zh: '由事实回答：', en: 'answered by the facts: ' } as const;
const OTHERWISE = { zh: '否则', en: 'otherwise' } as const;
const NO = { zh: '否', en: 'no' } as const;
const HITS: Readonly<Record<Table['hit'], Readonly<Record<Lang, string>>>> = {
  first: { zh: '第一条成立的规则', en: 'the first rule that holds' },
  unique: { zh: '唯一成立的规则', en: 'the one rule that holds' },
  collect: { zh: '每一条成立的规则', en: 'every rule that holds' },
};

/** Under `first` each rule is asked where those before it do not hold; otherwise all of them are. */
function drawTable(chart: Flowchart, { hit, rows, otherwise }: Table, titles: Titles, lang: Lang): void {
  chart.node('table', 'box', HITS[hit][lang]).arrow('start', 'table');
  rows.forEach(({ when, outcome }, index) => {
    const rule = `rule ${index + 1}`;
    chart.node(rule, 'rule', `${index + 1}`, conditionText(when, titles, lang)).arrow(rule, `outcome ${outcome}`);
    if (hit === 'first' && index > 0) chart.arrow(`rule ${index}`, rule, NO[lang]);
    else chart.arrow('table', rule);
  });
  if (otherwise !== undefined) {
    const from = hit === 'first' ? `rule ${rows.length}` : 'table';
    chart.arrow(from, `outcome ${otherwise}`, OTHERWISE[lang]);
  }
}

/** With the tasks it plans. */
function outcomeLines({ title, do: actions }: DecisionOutcome, lang: Lang): readonly string[] {
  return [title[lang], ...actions.flatMap((action) => (action.kind === 'task' ? [`· ${action.title[lang]}`] : []))];
}

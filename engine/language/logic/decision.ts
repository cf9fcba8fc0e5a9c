/** What a decision says as a whole: every question asked, every outcome one that can come about, no way back to where one was. */

import type { Decision } from '../../playbook/decision.ts';
import type { Text } from '../../playbook/text.ts';
import type { Fact } from '../../playbook/value.ts';
import type { Report } from '../diagnostics/report.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import type { Token } from '../shape/shape.ts';
import { reportContradictions } from './contradiction.ts';
import { cyclesOf } from './cycle.ts';
import { checkTable } from './table.ts';
import { checkUnique } from './unique-ids.ts';

/** Ids that stand for one thing each. Reported in the stage of names. */
export function checkDecisionIds(source: DecisionSource, report: Report): void {
  const once = (kind: Text, ids: readonly Token<string>[]): void => checkUnique(kind, ids, report);
  once(
    { zh: '结果', en: 'outcome' },
    source.outcomes.map((one) => one.outcome),
  );
  once(
    { zh: '问题', en: 'question' },
    (source.questions ?? []).map((one) => one.question),
  );
  for (const { answers } of source.questions ?? []) {
    once(
      { zh: '答案', en: 'answer' },
      answers.map((one) => one.key),
    );
  }
}

/** @param facts of a pipeline it applies to; their types are the same in all of them. Absent: none can be read, so what values there are is not known */
export function checkDecision(
  source: DecisionSource,
  decision: Decision,
  facts: Readonly<Record<string, Fact>> | undefined,
  report: Report,
): void {
  checkDecisionIds(source, report);
  const { way } = decision;
  const conditions =
    way.kind === 'table' ? way.rows.map((row) => row.when) : way.questions.flatMap(({ from }) => from ?? []);
  for (const condition of conditions) reportContradictions([condition], facts ?? {}, report);
  if (way.kind === 'tree') checkTree(source, way.questions, report);
  else if (facts) checkTable(source, way, facts, report);
  const named = new Set(namedOutcomes(source));
  for (const { outcome } of source.outcomes) {
    if (!named.has(outcome.value)) report('unused-outcome', outcome.place, { id: outcome.value });
  }
}

function namedOutcomes({ questions = [], rules = [], otherwise }: DecisionSource): readonly string[] {
  return [
    ...questions.flatMap(({ answers }) => answers.flatMap(({ value }) => value.outcome?.value ?? [])),
    ...rules.map((rule) => rule.outcome.value),
    ...(otherwise ? [otherwise.value] : []),
  ];
}

type Questions = Extract<Decision['way'], { kind: 'tree' }>['questions'];

function checkTree(source: DecisionSource, questions: Questions, report: Report): void {
  const next = new Map(
    questions.map(({ question, answers }) => [
      question,
      answers.flatMap((one) => (one.next.kind === 'ask' ? [one.next.to] : [])),
    ]),
  );
  const place = (id: string) =>
    source.questions?.find((one) => one.question.value === id)?.question.place ?? source.place;
  for (const cycle of cyclesOf(next)) {
    const [id = ''] = cycle;
    report('question-cycle', place(id), { id, path: cycle.join(' → ') });
  }
  const asked = new Set<string>();
  const waiting = questions.slice(0, 1).map((one) => one.question);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (asked.has(id)) continue;
    asked.add(id);
    waiting.push(...(next.get(id) ?? []));
  }
  for (const { question } of questions) {
    if (!asked.has(question)) report('question-unreachable', place(question), { id: question });
  }
}

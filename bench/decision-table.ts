/** How long a decision table of a thousand rows takes: checked when it is saved, decided, and explained row by row. */

import { viewOf } from '../engine/case/case-view.ts';
import { explainDecision } from '../engine/case/explain-decision.ts';
import { compileSet } from '../engine/language/compile-set.ts';
import { sha256 } from '../store/hash.ts';
import type { Bench } from './bench.ts';
import { openedCase } from './opened-case.ts';
import { PLAYBOOKS } from './place.ts';
import { spread } from './statistics.ts';

const ROWS = 1_000;
const AGAIN = 20;

/** Every row a span of its own, so that all of them are looked at. */
function table(): string {
  const rules = Array.from(
    { length: ROWS },
    (_, row) => `  - { when: { fact: count, less_than: ${(row + 1) * 10} }, outcome: o${row % 10} }`,
  );
  const outcomes = Array.from({ length: 10 }, (_, one) => `  - { outcome: o${one}, title: { zh: 级, en: Grade } }`);
  return `decision: grade
title: { zh: 分级, en: Grade }
applies_to: [ deal ]
hit: first
rules:
${rules.join('\n')}
otherwise: o0
outcomes:
${outcomes.join('\n')}
`;
}

export const decisionTable: Bench = {
  name: 'decision-table',
  about: `a decision table of ${ROWS} rows: checked, and explained`,
  minutes: 3,
  run: async ({ quick }) => {
    const files = [...PLAYBOOKS, { path: 'grade.yaml', text: table() }];
    const times = (turns: number, once: () => void) =>
      Array.from({ length: turns }, () => {
        const from = performance.now();
        once();
        return performance.now() - from;
      });
    const { set, diagnostics } = compileSet(files, { sha256 });
    if (set === undefined) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
    const state = openedCase(set, { count: (ROWS - 1) * 10 });
    const view = viewOf(
      { case: state.case, playbook: set, people: { version: 0, by_id: {} }, now: state.last_at },
      state,
    );
    const decision = view?.rules.decisions?.[0];
    if (view === undefined || decision === undefined) throw new Error('the table is in no rules');
    const turns = quick ? 3 : AGAIN;
    const checked = times(quick ? 1 : 5, () => void compileSet(files, { sha256 }));
    const explained = times(turns, () => {
      const { come, rules } = explainDecision(view, decision);
      if (!come.reached || rules.length !== ROWS - 1) throw new Error(`${rules.length} rows were explained`);
    });
    return [
      { figure: 'table.explain', ...spread(explained), beside: `${ROWS - 1} rows say why not` },
      { figure: 'table.check', ...spread(checked) },
    ];
  },
};

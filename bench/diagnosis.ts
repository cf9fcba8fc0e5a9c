/** How many cases a second are looked at by the shipped diagnoses: by our own conditions, as after every command, and by json-rules-engine. */

import { type CaseView, viewOf } from '../engine/case/case-view.ts';
import { lookAt } from '../engine/case/findings/watch.ts';
import { judgeFindings } from '../workers/judge-findings.ts';
import type { Bench } from './bench.ts';
import { openedCase } from './opened-case.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';
import { spread } from './statistics.ts';
import { takeTurns } from './turns.ts';

const CASES = 50;

/** Every third has something to be found. */
function views(): readonly CaseView[] {
  const { set } = shippedPlaybooks();
  return Array.from({ length: CASES }, (_, index) => {
    const facts = {
      amount: `${30 + index}万 CNY`,
      source: 'event',
      quality: 70,
      priority: 'high',
      credit_score: index % 3 === 0 ? 40 : 80,
      competition: 'steady',
      needs_changed_on: '2026-01-01',
    };
    const state = openedCase(set, facts, 'large-deal');
    const view = viewOf({ case: 'bench', playbook: set, people: { version: 0, by_id: {} }, now: state.last_at }, state);
    if (view === undefined) throw new Error('the case has no rules');
    return view;
  });
}

export const diagnosis: Bench = {
  name: 'diagnosis',
  about: 'cases looked at by the shipped diagnoses',
  minutes: 2,
  run: async ({ quick }) => {
    const cases = views();
    const wanted = cases.filter((_, index) => index % 3 === 0).length;
    const counted = (found: number): number => {
      if (found !== wanted) throw new Error(`${found} findings, not ${wanted}`);
      return cases.length;
    };
    const rates = await takeTurns(
      {
        look: () => counted(cases.reduce((sum, view) => sum + lookAt(view).found.length, 0)),
        judge: async () => {
          let found = 0;
          for (const view of cases) found += (await judgeFindings(view)).size;
          return counted(found);
        },
      },
      { turns: quick ? 3 : 20, turnMs: 150 },
    );
    return [
      { figure: 'diagnosis.look', ...spread(rates.look) },
      { figure: 'diagnosis.judge', ...spread(rates.judge) },
    ];
  },
};

/** A case of the bench's small pipeline, opened by the decider itself. */

import { decide } from '../engine/case/decide.ts';
import { evolve } from '../engine/case/evolve.ts';
import type { CaseState } from '../engine/case/state.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { People } from '../engine/who/people.ts';

const NOW = '2026-10-20T04:00:00.000Z';
const ADMIN: People = {
  version: 1,
  by_id: { admin: { person: 'admin', name: 'Admin', role: 'admin', lang: 'en', active: true } },
};

/** @throws Error where the pipeline does not open so */
export function openedCase(
  playbook: PlaybookSet,
  facts: Readonly<Record<string, unknown>>,
  pipeline = 'deal',
): CaseState {
  const body = { command: 'open', title: 'Benchmark', pipeline, facts };
  const outcome = decide({ case: 'bench', playbook, people: ADMIN, now: NOW }, undefined, {
    id: 'c',
    actor: 'admin',
    body,
  });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
  const state = outcome.events.reduce<CaseState | undefined>(evolve, undefined);
  if (state === undefined) throw new Error('nothing was opened');
  return state;
}

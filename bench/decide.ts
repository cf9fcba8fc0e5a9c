/** How many commands a second the case decider answers on the large deal: accepted, refused with all reasons, forbidden. */

import type { CaseCommand, CommandEnvelope } from '../engine/case/command.ts';
import { decide as decideCase } from '../engine/case/decide.ts';
import { effectsOf } from '../engine/case/effects.ts';
import { evolve } from '../engine/case/evolve.ts';
import type { CaseState } from '../engine/case/state.ts';
import { wakeAt } from '../engine/case/wake-at.ts';
import type { World } from '../engine/case/world.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { People, Person } from '../engine/who/people.ts';
import type { Bench } from './bench.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';
import { spread } from './statistics.ts';
import { takeTurns } from './turns.ts';

const NOW = '2026-03-02T01:00:00.000Z';

function person(id: string, role: string, manager?: string): Person {
  return { person: id, name: id, role, ...(manager !== undefined && { manager }), lang: 'en', active: true };
}

const PEOPLE: People = {
  version: 1,
  by_id: {
    ann: person('ann', 'rep', 'mia'),
    mia: person('mia', 'manager', 'dan'),
    dan: person('dan', 'director', 'gus'),
    gus: person('gus', 'general-manager'),
    ops: person('ops', 'sales-ops'),
  },
};

/** The first weeks of a deal, as they go: what is asked too early is refused, with every reason. */
const WAY: readonly (readonly [actor: string, body: CaseCommand, answer: string])[] = [
  [
    'ann',
    {
      command: 'open',
      title: 'Huadong Machinery',
      facts: { amount: '50万 CNY', source: 'referral', quality: 70, priority: 'high', product: 'ERP' },
    },
    'accepted',
  ],
  ['ann', { command: 'advance' }, 'refused'],
  ['ann', { command: 'set_facts', facts: { customer: 'Huadong Machinery' } }, 'accepted'],
  ['ann', { command: 'log_activity', activity: 'call', note: 'Liu Wei, wants to see a reference' }, 'accepted'],
  ['ann', { command: 'plan_task', title: 'First visit', due_on: '2026-03-20' }, 'accepted'],
  [
    'ann',
    {
      command: 'submit_evidence',
      evidence: 'opportunity-sheet',
      fields: { industry: 'Machinery', contact: 'Liu Wei, CFO', problem: 'Closing the books takes three weeks' },
    },
    'accepted',
  ],
  ['ann', { command: 'accept_evidence', evidence: 'opportunity-sheet' }, 'forbidden'],
  ['mia', { command: 'accept_evidence', evidence: 'opportunity-sheet' }, 'accepted'],
  ['ann', { command: 'advance' }, 'refused'],
  [
    'ann',
    {
      command: 'submit_evidence',
      evidence: 'tactics',
      fields: { way_in: 'Through the auditor', offer: 'Closing in five days' },
    },
    'accepted',
  ],
  ['mia', { command: 'accept_evidence', evidence: 'tactics' }, 'accepted'],
  ['ann', { command: 'advance' }, 'accepted'],
  ['ann', { command: 'advance', to: 'negotiation' }, 'refused'],
  ['ann', { command: 'advance' }, 'refused'],
  ['ann', { command: 'close', as: 'won' }, 'refused'],
  ['ann', { command: 'set_facts', facts: { pain: 'Stock and books never agree' } }, 'accepted'],
  [
    'ann',
    {
      command: 'submit_evidence',
      evidence: 'first-visit',
      fields: { visited_on: '2026-03-02', people_met: 'Liu Wei' },
    },
    'accepted',
  ],
  ['mia', { command: 'accept_evidence', evidence: 'first-visit' }, 'accepted'],
  ['mia', { command: 'accept_evidence', evidence: 'customer-goals' }, 'refused'],
  ['ann', { command: 'advance' }, 'refused'],
];

interface Moment {
  readonly world: World;
  readonly before: CaseState | undefined;
  readonly envelope: CommandEnvelope;
}

/** @throws Error where a command is answered otherwise than the way says */
function walk(playbook: PlaybookSet): readonly Moment[] {
  const moments: Moment[] = [];
  let before: CaseState | undefined;
  for (const [index, [actor, body, answer]] of WAY.entries()) {
    const rules = playbook.rules['large-deal'];
    const world: World = { playbook, people: PEOPLE, now: NOW, case: 'HD-1', ...(before && rules && { rules }) };
    const envelope = { id: `c${index}`, actor, body };
    const outcome = decideCase(world, before, envelope);
    if (outcome.outcome !== answer) throw new Error(`${JSON.stringify(body)} was ${JSON.stringify(outcome)}`);
    moments.push({ world, before, envelope });
    if (outcome.outcome === 'accepted') before = outcome.events.reduce<CaseState | undefined>(evolve, before);
  }
  return moments;
}

/** The answers are counted, so that no compiler may leave them out. */
function decideAll(moments: readonly Moment[]): number {
  let said = 0;
  for (const { world, before, envelope } of moments) {
    const outcome = decideCase(world, before, envelope);
    said += outcome.outcome === 'refused' ? outcome.reasons.length : 1;
  }
  if (said <= moments.length) throw new Error('no refusal had its reasons');
  return moments.length;
}

function turnAll(moments: readonly Moment[]): number {
  for (const { world, before, envelope } of moments) {
    const outcome = decideCase(world, before, envelope);
    if (outcome.outcome !== 'accepted') continue;
    let state = before;
    for (const event of outcome.events) {
      state = evolve(state, event);
      effectsOf(world, state, event);
    }
    if (state !== undefined) wakeAt(world, state);
  }
  return moments.length;
}

export const decide: Bench = {
  name: 'decide',
  about: 'decide, and the whole turn of a command, on the large deal',
  minutes: 2,
  run: async ({ quick }) => {
    const moments = walk(shippedPlaybooks().set);
    const rates = await takeTurns(
      { rate: () => decideAll(moments), turn: () => turnAll(moments) },
      { turns: quick ? 3 : 20, turnMs: 150 },
    );
    const refused = WAY.filter(([, , answer]) => answer === 'refused').length;
    return [
      { figure: 'decide.rate', ...spread(rates.rate), beside: `${refused} of ${WAY.length} refused` },
      { figure: 'decide.turn', ...spread(rates.turn) },
    ];
  },
};

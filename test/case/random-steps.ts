/** Random commands that reach into every corner of a case of a random playbook. */

import fc from 'fast-check';
import { EVIDENCE, GATE_EVIDENCE, maybe, present, STAGES } from './random-playbook.ts';

export interface RandomStep {
  readonly actor: string;
  readonly body: unknown;
  /** How long after the step before. */
  readonly waitMs: number;
}

const HOUR_MS = 3_600_000;
const wait = fc.oneof(
  { arbitrary: fc.constantFrom(0, 1), weight: 5 },
  { arbitrary: fc.constantFrom(HOUR_MS, 30 * HOUR_MS, 4 * 24 * HOUR_MS, 15 * 24 * HOUR_MS), weight: 2 },
);
const day = fc.integer({ min: 1, max: 28 }).map((on) => `2026-0${1 + (on % 4)}-${String(on).padStart(2, '0')}`);

/** Values that conditions ask about; sometimes null, to clear. */
export const randomFacts: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    size: maybe(fc.integer({ min: 0, max: 4 })),
    price: maybe(fc.integer({ min: 0, max: 4 })),
    warm: maybe(fc.boolean()),
    segment: maybe(fc.constantFrom('new', 'old')),
    signing: maybe(day),
  })
  .map((record) => present(record));

const anyEvidence = fc.constantFrom(...EVIDENCE, ...EVIDENCE, ...GATE_EVIDENCE);
const anyStage = fc.constantFrom(...STAGES);

/** Stands for whoever owns the case at that moment. */
export const OWNER = '@owner';

const commandOf = (weight: number, arbitrary: fc.Arbitrary<unknown>) => ({ arbitrary, weight });

/** Well-formed commands of somebody who sells. */
const selling: fc.Arbitrary<unknown> = fc.oneof(
  commandOf(
    12,
    randomFacts.map((sent) => ({ command: 'set_facts', facts: sent })),
  ),
  commandOf(
    8,
    anyEvidence.map((id) => ({ command: 'submit_evidence', evidence: id })),
  ),
  commandOf(
    5,
    anyEvidence.map((id) => ({ command: 'withdraw_evidence', evidence: id })),
  ),
  commandOf(20, fc.constant({ command: 'advance' })),
  commandOf(
    4,
    anyStage.map((to) => ({ command: 'advance', to })),
  ),
  commandOf(
    1,
    anyStage.map((to) => ({ command: 'fall_back', to, reason: 'r' })),
  ),
  commandOf(
    4,
    fc.constantFrom('call', 'visit').map((kind) => ({ command: 'log_activity', activity: kind })),
  ),
  commandOf(
    3,
    day.map((due_on) => ({ command: 'plan_task', title: 't', due_on })),
  ),
  commandOf(1, fc.constant({ command: 'plan_task', title: 't' })),
  commandOf(
    2,
    fc.constantFrom('t1', 't2').map((id) => ({ command: 'complete_task', task: id })),
  ),
  commandOf(
    2,
    day.map((until) => ({ command: 'snooze', until, reason: 'r' })),
  ),
  commandOf(
    2,
    fc.constantFrom('large', 'small').map((to) => ({ command: 'move_pipeline', to })),
  ),
  commandOf(3, fc.constant({ command: 'close', as: 'won' })),
  commandOf(1, fc.constant({ command: 'close', as: 'lost', reason: 'price' })),
  commandOf(2, fc.constant({ command: 'reopen', reason: 'r' })),
);

const leading: fc.Arbitrary<unknown> = fc.oneof(
  commandOf(
    8,
    anyEvidence.map((id) => ({ command: 'accept_evidence', evidence: id })),
  ),
  commandOf(
    3,
    anyEvidence.map((id) => ({ command: 'reject_evidence', evidence: id, reason: 'r' })),
  ),
  commandOf(
    1,
    fc.constantFrom('ann', 'ben').map((to) => ({ command: 'hand_over', to })),
  ),
);

const resolving: fc.Arbitrary<unknown> = fc.constantFrom(
  { command: 'resolve', way: 'push', with: { plan: 'p', next_step_on: '2026-05-20' } },
  { command: 'resolve', way: 'fall_back', with: { stage: 's0' } },
  { command: 'resolve', way: 'hand_over', with: { to: 'ben' } },
  { command: 'resolve', way: 'close_lost', with: { reason: 'price' } },
);

function stepOf(actors: readonly string[], body: fc.Arbitrary<unknown>): fc.Arbitrary<readonly RandomStep[]> {
  return fc.record({ actor: fc.constantFrom(...actors), body, waitMs: wait }).map((step) => [step]);
}

/** Evidence as it mostly comes: handed in by who owns the case, accepted by who leads them. */
const proving: fc.Arbitrary<readonly RandomStep[]> = fc.tuple(anyEvidence, wait, wait).map(([id, first, second]) => [
  { actor: OWNER, body: { command: 'submit_evidence', evidence: id }, waitMs: first },
  { actor: 'mia', body: { command: 'accept_evidence', evidence: id }, waitMs: second },
]);

/** Everything somebody could do to get on, and the try. */
const climbing: fc.Arbitrary<readonly RandomStep[]> = fc.tuple(randomFacts, wait).map(([sent, waitMs]) => [
  ...EVIDENCE.flatMap((id) => [
    { actor: OWNER, body: { command: 'submit_evidence', evidence: id }, waitMs: 0 },
    { actor: 'mia', body: { command: 'accept_evidence', evidence: id }, waitMs: 0 },
  ]),
  { actor: OWNER, body: { command: 'log_activity', activity: 'call' }, waitMs },
  {
    actor: OWNER,
    body: { command: 'set_facts', facts: { size: 2, price: 3, warm: true, segment: 'new', ...sent } },
    waitMs: 0,
  },
  { actor: OWNER, body: { command: 'advance' }, waitMs: 0 },
]);

const waking = fc.constant({ command: 'wake' });

/** What happens to a case, one thing after another: people's commands and the timer's. */
export const randomSteps: fc.Arbitrary<readonly RandomStep[]> = fc
  .array(
    fc.oneof(
      { arbitrary: stepOf([OWNER, OWNER, OWNER, OWNER, 'ben', 'mia'], selling), weight: 12 },
      { arbitrary: proving, weight: 6 },
      { arbitrary: climbing, weight: 2 },
      { arbitrary: stepOf(['mia', 'mia', 'dan', OWNER], leading), weight: 4 },
      { arbitrary: stepOf(['system'], waking), weight: 2 },
      { arbitrary: stepOf(['dan', 'mia'], resolving), weight: 1 },
    ),
    { maxLength: 30, size: 'max' },
  )
  .map((steps) => steps.flat());

/** How a case begins: by a person, whose facts may keep its gates shut, or by an import at any stage. */
export const randomOpening: fc.Arbitrary<RandomStep> = fc.oneof(
  fc
    .record({ facts: randomFacts, stage: fc.constantFrom(undefined, undefined, undefined, undefined, 's1') })
    .map(({ facts: sent, stage: at }) => ({
      actor: 'ann',
      body: present({ command: 'open', title: 'a case', pipeline: 'large', stage: at, facts: sent }),
      waitMs: 0,
    })),
  fc
    .record({ facts: randomFacts, stage: fc.constantFrom('s0', 's1', 's1'), opened: day, due: maybe(day) })
    .map(({ facts: sent, stage: at, opened, due }) => ({
      actor: 'root',
      body: {
        command: 'open',
        title: 'an import',
        pipeline: 'large',
        owner: 'ann',
        stage: at,
        facts: sent,
        imported: present({ source: 'crm', opened_at: `2025-${opened.slice(5)}T09:00:00.000Z`, debt_due_on: due }),
      },
      waitMs: 0,
    })),
);

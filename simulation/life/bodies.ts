/** The bodies of commands as people send them: mostly fitting, sometimes not. */

import type { CaseState } from '../../engine/case/state.ts';
import type { EvidenceRule } from '../../engine/playbook/pipeline.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { Chance } from '../chance.ts';
import { DAY_MS } from '../parameters.ts';
import { ALL_EVIDENCE, PIPELINES, STAGES } from '../playbooks/random-set.ts';

/** What somebody sees who is about to do something. */
export interface Sight {
  readonly chance: Chance;
  readonly state: CaseState;
  readonly rules: Rules;
  /** Epoch ms. */
  readonly now: number;
  readonly people: readonly string[];
}

export type Body = { readonly command: string; readonly [key: string]: unknown };

/** `yyyy-MM-dd`, so many days from now; near midnight it may be the wrong day, as in life. */
export function day(now: number, days: number): string {
  return new Date(now + days * DAY_MS).toISOString().slice(0, 10);
}

export function facts(chance: Chance, now: number, people: readonly string[]): Record<string, unknown> {
  const all: readonly (readonly [string, () => unknown])[] = [
    ['size', () => chance.between(0, 4)],
    ['price', () => chance.between(0, 4)],
    ['warm', () => chance.happens(0.3)],
    ['segment', () => chance.pick(['new', 'old'])],
    ['signing', () => day(now, chance.between(-30, 30))],
    ['backer', () => chance.pick(people)],
  ];
  const chosen = all.filter(() => chance.happens(0.5));
  const values = chosen.map(([name, value]) => [name, chance.happens(0.06) ? null : value()]);
  return Object.fromEntries(values.length > 0 ? values : [['size', 2]]);
}

export function evidence(sight: Sight, id: string): Body {
  const rule = ruleOf(sight.rules, id);
  const { chance, now } = sight;
  if (rule === undefined || rule.fields.length === 0) return { command: 'submit_evidence', evidence: id };
  const fields = { said: chance.pick(['yes', '好的', 'x'.repeat(300)]), count: chance.between(0, 9), on: day(now, -1) };
  return { command: 'submit_evidence', evidence: id, fields };
}

function ruleOf({ pipeline, gates }: Rules, id: string): EvidenceRule | undefined {
  return [...pipeline.stages, ...gates].flatMap((holder) => holder.evidence).find((rule) => rule.evidence === id);
}

/** Evidence that is asked for up to here, by gates and by rungs, and neither waits nor was accepted. */
export function missing({ state, rules }: Sight): readonly string[] {
  const here = rules.pipeline.stages.findIndex((stage) => stage.stage === state.stage);
  const wanted = [...rules.pipeline.stages.slice(0, here + 1), ...rules.gates]
    .flatMap((holder) => holder.evidence)
    .map((rule) => rule.evidence);
  return [...wanted, ...state.required].filter((id) => {
    const status = state.evidence[id]?.status;
    return status !== 'submitted' && status !== 'accepted';
  });
}

/** What is still missing here, and a step towards it. */
export function climb(sight: Sight): Body {
  const { chance, now, people } = sight;
  const wanted = missing(sight);
  if (wanted.length > 0 && chance.happens(0.8)) return evidence(sight, chance.pick(wanted));
  return chance.weighted<() => Body>([
    [2, () => ({ command: 'set_facts', facts: facts(chance, now, people) })],
    [1, () => ({ command: 'plan_task', title: 'call', due_on: day(now, chance.between(1, 20)) })],
    [4, () => ({ command: 'advance' })],
  ])();
}

/** Anything at all that somebody who sells might do. */
export function work(sight: Sight): Body {
  const { chance, state, now, people } = sight;
  const task = (): string => chance.pick([...Object.keys(state.tasks), 't1']);
  const stage = (): string => chance.pick(STAGES);
  return chance.weighted<() => Body>([
    [14, () => climb(sight)],
    [7, () => ({ command: 'advance' })],
    [1, () => ({ command: 'advance', to: stage() })],
    [5, () => ({ command: 'set_facts', facts: facts(chance, now, people) })],
    [6, () => ({ command: 'log_activity', activity: chance.pick(['call', 'visit', 'workshop', 'mail']) })],
    [1, () => ({ command: 'log_activity', activity: 'call', happened_on: day(now, -chance.between(0, 9)) })],
    [4, () => evidence(sight, chance.pick(ALL_EVIDENCE))],
    [2, () => ({ command: 'withdraw_evidence', evidence: chance.pick(ALL_EVIDENCE) })],
    [2, () => ({ command: 'plan_task', title: 'call', due_on: day(now, chance.between(0, 30)) })],
    [1, () => ({ command: 'plan_task', title: 'ask', owner: chance.pick(people) })],
    [3, () => ({ command: 'complete_task', task: task() })],
    [2, () => ({ command: 'snooze', until: day(now, chance.between(0, 9)), reason: 'they are away' })],
    [1, () => ({ command: 'fall_back', to: stage(), reason: 'claimed too early' })],
    [1, () => ({ command: 'move_pipeline', to: chance.pick(PIPELINES) })],
    [2, () => ({ command: 'close', as: 'won' })],
    [0.3, () => ({ command: 'close', as: 'lost', reason: chance.pick(['price', 'other']) })],
  ])();
}

/** What those who lead do, unasked. */
export function lead(sight: Sight): Body {
  const { chance, people } = sight;
  const id = (): string => chance.pick(ALL_EVIDENCE);
  return chance.weighted<() => Body>([
    [5, () => ({ command: 'accept_evidence', evidence: id() })],
    [2, () => ({ command: 'reject_evidence', evidence: id(), reason: 'not shown' })],
    [2, () => ({ command: 'hand_over', to: chance.pick(people) })],
    [1, () => ({ command: 'fall_back', to: chance.pick(STAGES), reason: 'not there yet' })],
    [2, () => resolve(sight)],
  ])();
}

export function resolve({ chance, state, now, people, rules }: Sight): Body {
  const behind = rules.pipeline.stages.map(({ stage }) => stage);
  const way = chance.weighted<readonly [string, Record<string, unknown>]>([
    [6, ['push', { plan: 'visit them', next_step_on: day(now, chance.between(1, 15)) }]],
    [2, ['fall_back', { stage: chance.pick(behind) }]],
    [2, ['hand_over', { to: chance.pick(people) }]],
    [state.status === 'won' ? 0 : 1, ['close_lost', { reason: 'price' }]],
  ]);
  const asked = rules.ladders[state.clock.stall?.ladder ?? '']?.rungs.at(-1)?.demand?.fields ?? [];
  const fields = asked.length > 0 && chance.happens(0.95) ? { fields: { cause: 'no plan' } } : {};
  return { command: 'resolve', way: way[0], with: way[1], ...fields };
}

/** What nobody should send. */
export function nonsense({ chance }: Sight): unknown {
  return chance.pick<unknown>([
    { command: 'wake' },
    { command: 'advance', to: 'nowhere' },
    { command: 'submit_evidence', evidence: '__proto__' },
    { command: 'set_facts', facts: { score: 99 } },
    { command: 'open', title: 'again', pipeline: 'large' },
    { command: 'complete_task', task: 'constructor' },
    { command: 'log_activity', activity: 'call', happened_on: '2199-12-31' },
    { command: 'snooze', until: '2027-12-31', reason: 'for ever' },
    { command: 'constructor' },
    { command: 'set_facts', facts: {} },
    'advance',
  ]);
}

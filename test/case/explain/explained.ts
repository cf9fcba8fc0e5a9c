/** Puts a small case before `explain`: what its first stage asks, what has happened, and what is said then. */

import { decide } from '../../../engine/case/decide.ts';
import type { Act } from '../../../engine/case/explain/act.ts';
import { explain, planFor } from '../../../engine/case/explain.ts';
import type { CaseState } from '../../../engine/case/state.ts';
import type { Condition } from '../../../engine/playbook/condition.ts';
import type { EvidenceRule, Pipeline } from '../../../engine/playbook/pipeline.ts';
import type { PlaybookSet } from '../../../engine/playbook/set.ts';
import type { People } from '../../../engine/who/people.ts';
import { evidence, milestone, pipeline, setOf, stage } from '../playbook-fixture.ts';
import { deepFreeze, fold, worldAt } from '../run-case.ts';
import { give, type Order } from './follow-plan.ts';

export const NOW = '2026-01-05T09:00:00.000Z';

/** A pipeline whose first stage has one milestone; `first` and `second` are its evidence, to be accepted by the manager. */
export function asking(
  when: Condition,
  more: Partial<Pipeline> & { readonly evidence?: readonly EvidenceRule[] } = {},
): PlaybookSet {
  const { evidence: rules = [evidence('first'), evidence('second')], ...rest } = more;
  const asks = stage('s0', { milestones: [milestone('m', when)], evidence: rules });
  return setOf([pipeline('large', [asks, stage('s1'), stage('s2')], rest)]);
}

export interface Setting {
  readonly now?: string;
  readonly people?: People;
  /** Changes the state after the orders, where commands take too long to lead there. */
  readonly adjust?: (state: CaseState) => CaseState;
}

/** Undefined where the pipeline does not let a case in. */
export function openedIn(playbook: PlaybookSet): CaseState | undefined {
  const body = { command: 'open', title: 'a case', pipeline: 'large' };
  const opened = decide(worldAt(playbook, NOW), undefined, { id: 'o', actor: 'ann', body });
  return opened.outcome === 'accepted' ? fold(undefined, opened.events) : undefined;
}

/** What is said about ann's case after these commands, every one of which must be accepted. */
export function explained(playbook: PlaybookSet, orders: readonly Order[] = [], setting: Setting = {}) {
  const begun = worldAt(deepFreeze(playbook), NOW);
  const first = openedIn(playbook);
  if (first === undefined) throw new Error('not opened');
  const done = orders.reduce((state, order) => {
    const { outcome, state: after } = give(begun, state, order);
    if (outcome.outcome !== 'accepted') throw new Error(`${JSON.stringify(order)}: ${JSON.stringify(outcome)}`);
    return after;
  }, first);
  const state = setting.adjust === undefined ? done : setting.adjust(done);
  const world = {
    ...begun,
    now: setting.now ?? NOW,
    ...(setting.people && { people: setting.people }),
  };
  const said = explain(world, state);
  if (said === undefined) throw new Error('nothing said');
  return { world, state, said, plan: planFor(world, state), acts: said.acts?.map(shortly) };
}

/** `submit_evidence first (ann)`. */
function shortly(act: Act): string {
  return `${act.act} ${aboutWhat(act)} (${act.who.join(', ')})`;
}

function aboutWhat(act: Act): string {
  if ('evidence' in act) return act.evidence;
  if ('fact' in act) return act.fact;
  if ('activity' in act) return act.activity;
  if ('task' in act) return act.task;
  if ('approval' in act) return 'step' in act ? `${act.approval}/${act.step}` : act.approval;
  if ('decision' in act) return act.decision;
  return act.dated ? 'dated' : 'some day';
}

export const by = (actor: string, body: Order['body']): Order => ({ actor, body });
export const set = (facts: Readonly<Record<string, unknown>>): Order => by('ann', { command: 'set_facts', facts });
export const submit = (id: string): Order => by('ann', { command: 'submit_evidence', evidence: id });
export const accept = (id: string): Order => by('mia', { command: 'accept_evidence', evidence: id });
export const advance: Order = by('ann', { command: 'advance' });

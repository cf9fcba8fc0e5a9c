/** Finds the fewest commands to a goal by trying all of them, in every order, through the real decider. */

import type { CaseState } from '../../../engine/case/state.ts';
import type { World } from '../../../engine/case/world.ts';
import type { Rules } from '../../../engine/playbook/set.ts';
import { give, type Order, unlocks } from './follow-plan.ts';

const DAY_MS = 86_400_000;

/**
 * The least number of commands after which the goal is reached, or undefined when none up to `most` reach it.
 *
 * @param values what to try for each fact
 */
export function fewestCommands(
  world: World,
  state: CaseState,
  stage: string | undefined,
  most: number,
  values: Readonly<Record<string, readonly unknown[]>> = SMALL_VALUES,
): number | undefined {
  const names = namesAsked(rulesIn(world, state), state);
  const seen = new Set([key(state)]);
  let level: readonly CaseState[] = [state];
  for (let effort = 0; effort <= most; effort++) {
    if (level.some((one) => unlocks(world, one, state, stage))) return effort;
    if (effort === most) return undefined;
    const next: CaseState[] = [];
    for (const one of level) {
      for (const order of ordersIn(world, one, names, values)) {
        const { outcome, state: after } = give(world, one, order);
        // Who falls back has lost more than any command gives.
        if (outcome.outcome !== 'accepted' || after.stage !== state.stage || seen.has(key(after))) continue;
        seen.add(key(after));
        next.push(after);
      }
    }
    level = next;
  }
  return undefined;
}

/** For the facts of the random playbooks. */
export const SMALL_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  size: [0, 1, 2, 3, 4, 5, -1, null],
  price: [0, 1, 2, 3, 4, 5, -1, null],
  warm: [true, false, null],
  segment: ['new', 'old', null],
  signing: [-40, -12, -2, -1, 0, 1, 2, 12, 40, null],
};

function rulesIn({ playbook }: World, state: CaseState): Rules {
  const rules = playbook.rules[state.pipeline];
  if (rules === undefined) throw new Error(`no pipeline ${state.pipeline}`);
  return rules;
}

/** Everything that is not about the clock of a stall. */
function key({ facts, evidence, tasks, activities, stage }: CaseState): string {
  return JSON.stringify([facts, evidence, tasks, activities, stage]);
}

/** Names of facts and evidence that the rest of the way asks for, through milestones and formulas. */
export function namesAsked({ pipeline, gates }: Rules, state: CaseState): ReadonlySet<string> {
  const ahead = pipeline.stages.slice(pipeline.stages.findIndex((one) => one.stage === state.stage));
  const gatesAhead = gates.filter((gate) => gate.mode === 'enforce').map((gate) => gate.when);
  const conditions = ahead.map(({ milestones, leave_when, enter_when }) => [milestones, leave_when, enter_when]);
  const names = new Set(state.required);
  const pending: unknown[] = [conditions, gatesAhead, pipeline.applies_when, pipeline.close_when];
  const milestones = pipeline.stages.flatMap((one) => one.milestones);
  while (pending.length > 0) {
    const text = JSON.stringify(pending.pop()) ?? '';
    for (const [, kind, name] of text.matchAll(/"(fact|evidence|milestone)":"([^"]+)"/g)) {
      if (name === undefined || names.has(name)) continue;
      names.add(name);
      if (kind === 'milestone') pending.push(milestones.find((one) => one.milestone === name)?.when);
      if (kind === 'fact') pending.push(pipeline.facts[name]?.from);
    }
  }
  return names;
}

function ordersIn(
  world: World,
  state: CaseState,
  names: ReadonlySet<string>,
  values: Readonly<Record<string, readonly unknown[]>>,
): readonly Order[] {
  const { owner } = state;
  const { pipeline, gates } = rulesIn(world, state);
  const today = Date.parse(world.now.slice(0, 10));
  const day = (value: unknown): unknown =>
    typeof value === 'number' ? new Date(today + value * DAY_MS).toISOString().slice(0, 10) : value;
  const facts = Object.entries(values)
    .filter(([name]) => names.has(name))
    .flatMap(([name, list]) =>
      list.map((value) => ({ [name]: pipeline.facts[name]?.type === 'date' ? day(value) : value })),
    );
  const evidence = [...pipeline.stages, ...gates].flatMap((one) => one.evidence).map((rule) => rule.evidence);
  const proofs = evidence.filter((id) => names.has(id));
  const own = [
    ...facts.map((set) => ({ command: 'set_facts', facts: set })),
    ...proofs.flatMap((id) => [
      { command: 'submit_evidence', evidence: id },
      { command: 'withdraw_evidence', evidence: id },
    ]),
    ...['call', 'other', ...Object.keys(pipeline.activities)].map((kind) => ({
      command: 'log_activity',
      activity: kind,
    })),
    { command: 'plan_task', title: 't' },
    { command: 'plan_task', title: 't', due_on: day(1) },
    ...Object.keys(state.tasks).map((task) => ({ command: 'complete_task', task })),
  ];
  const judged = proofs.flatMap((id) =>
    ['mia', 'dan'].map((actor) => ({ actor, body: { command: 'accept_evidence', evidence: id } })),
  );
  return [...own.map((body) => ({ actor: owner, body })), ...judged];
}

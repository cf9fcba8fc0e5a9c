/** Which waivers stand in for a criterion, who may grant one, and what is owed where one was used. */

import { truthOf } from '../../condition/evaluate.ts';
import type { Gate } from '../../playbook/gate.ts';
import type { Rules } from '../../playbook/set.ts';
import type { Text } from '../../playbook/text.ts';
import type { WaiverRule } from '../../playbook/waiver.ts';
import { mayAnswer, resolveWho } from '../../who/resolve-who.ts';
import { standInsOf } from '../../who/substitutes.ts';
import type { Judge, WhoContext } from '../../who/who-context.ts';
import { type CaseView, seenIn, whoContextOf } from '../case-view.ts';
import { type Criterion, gateCriterion, milestoneCriterion } from '../criterion.ts';
import { lookUp } from '../look-up.ts';
import { stageIndex } from '../route.ts';
import { indexOf } from '../rules-of.ts';
import type { CaseState } from '../state.ts';
import { isOwedBy, stands, type WaivableKind, type WaiverEntry, waived } from './waiver.ts';

export function waiversOf(state: CaseState): readonly WaiverEntry[] {
  return Object.values(state.waivers ?? {});
}

/** The waiver that stands in for the criterion now. */
export function waiverFor({ state, at }: CaseView, { about, waiver }: Criterion): WaiverEntry | undefined {
  const entry = waiver === undefined ? undefined : lookUp(state.waivers ?? {}, about);
  return entry !== undefined && stands(entry, at) ? entry : undefined;
}

/** Whether a stage was left by a waiver in place of the criterion, and it was not met since. */
export function isPassedByWaiver(state: CaseState, { about }: Pick<Criterion, 'about'>): boolean {
  const entry = lookUp(state.waivers ?? {}, about);
  return entry !== undefined && isOwedBy(entry);
}

/** The criterion of that name; absent where the rules know none. */
export function waivableCriterion(rules: Rules, kind: WaivableKind, name: string): Criterion | undefined {
  if (kind === 'milestone') {
    const milestone = indexOf(rules).milestones.get(name);
    return milestone && milestoneCriterion(milestone);
  }
  const gate = rules.gates.find((one) => one.gate === name);
  return gate && gateCriterion(gate);
}

/** What people call it. */
export function waivableTitle(rules: Rules, { kind, name }: Pick<WaiverEntry, 'kind' | 'name'>): Text | undefined {
  const gate = (): Gate | undefined => rules.gates.find((one) => one.gate === name);
  return (kind === 'gate' ? gate() : indexOf(rules).milestones.get(name))?.title;
}

/** Whether it is met, or lies behind without being owed: there is nothing to waive. */
export function isNeedless(view: CaseView, criterion: Criterion): boolean {
  if (truthOf(criterion.condition, seenIn(view)) === true) return true;
  if (criterion.kind !== 'milestone' || isPassedByWaiver(view.state, criterion)) return false;
  const { pipeline } = view.rules;
  const isOf = pipeline.stages.findIndex((stage) =>
    stage.milestones.some(({ milestone }) => criterion.about === waived({ kind: 'milestone', name: milestone })),
  );
  return isOf < stageIndex(pipeline, view.state.stage);
}

/** Nobody waives anything in a case of their own, nor in the place of whoever owns it. */
function isOwnersSide({ world, state, at }: CaseView): Judge {
  const standIns = standInsOf(world.people, state.owner, at);
  return (person) => person === state.owner || standIns.includes(person);
}

function contextFor(view: CaseView): WhoContext {
  return { ...whoContextOf(view), isOwn: isOwnersSide(view) };
}

export function mayWaive(view: CaseView, { by }: WaiverRule, person: string): boolean {
  if (isOwnersSide(view)(person)) return false;
  return mayAnswer(view.world.people, by, contextFor(view), person, isOwnersSide(view));
}

/** Those to turn to. */
export function waiversGivers(view: CaseView, { by }: WaiverRule): readonly string[] {
  return resolveWho(view.world.people, by, contextFor(view)).filter((person) => !isOwnersSide(view)(person));
}

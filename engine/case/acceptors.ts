/** Who may settle a piece of evidence: never who submitted it, never who owns the case or owned it then. */

import type { EvidenceRule } from '../playbook/pipeline.ts';
import { type Authority, anyoneWithAuthority } from '../who/authority.ts';
import { personOf } from '../who/reporting-line.ts';
import { type Asked, administrators, mayAnswer, nearestAbove, whoToAsk } from '../who/resolve-who.ts';
import { standInsOf } from '../who/substitutes.ts';
import type { WhoContext } from '../who/who-context.ts';
import { type CaseView, whoContextOf } from './case-view.ts';
import { lookUp } from './look-up.ts';

/** Whether accepting or rejecting would be judging one's own work. */
export function isOwn({ state }: CaseView, evidence: string, person: string): boolean {
  const entry = lookUp(state.evidence, evidence);
  return person === state.owner || person === entry?.submitted_by || person === entry?.submitted_for;
}

/** Who steps in for the owner works on the case like them, and so must not step in for one of its judges as well. */
function mustNotStepIn(view: CaseView, evidence: string): (person: string) => boolean {
  const { world, state, at } = view;
  const standIns = standInsOf(world.people, state.owner, at);
  return (person) => isOwn(view, evidence, person) || standIns.includes(person);
}

function contextFor(view: CaseView, rule: EvidenceRule): WhoContext {
  return { ...whoContextOf(view), isOwn: (person) => isOwn(view, rule.evidence, person) };
}

/** Why nobody, or somebody higher only, may accept it; absent where the rule does not ask for authority. */
export function authorityFor(view: CaseView, rule: EvidenceRule): Authority | undefined {
  if (rule.accepted_by?.kind !== 'authority') return undefined;
  return anyoneWithAuthority(view.world.people, contextFor(view, rule));
}

/**
 * Whom the rule names, everybody who stands above one of them, who steps in for one of them, and whoever is asked when
 * all of those are barred. Evidence without `accepted_by` is accepted on submission; should it still wait (the case moved
 * here with it), whoever has the right over the case may settle it.
 */
export function maySettle(view: CaseView, rule: EvidenceRule, person: string): boolean {
  if (isOwn(view, rule.evidence, person)) return false;
  if (rule.accepted_by === undefined) return true;
  const { people } = view.world;
  if (mayAnswer(people, rule.accepted_by, contextFor(view, rule), person, mustNotStepIn(view, rule.evidence)))
    return true;
  // Whoever is asked because nobody has the authority gets none by that.
  if (rule.accepted_by.kind === 'authority') return false;
  // Nobody named and nobody above may: whoever is asked in their place.
  return acceptorsOf(view, rule).includes(person);
}

/** Ids of those to ask. */
export function acceptorsOf(view: CaseView, rule: EvidenceRule): readonly string[] {
  return acceptorsToAsk(view, rule).map((asked) => asked.person);
}

/**
 * Whom to ask: those the rule names, or who steps in for them; where they are barred because it is their own work, the
 * nearest superior who is there and not barred.
 */
export function acceptorsToAsk(view: CaseView, rule: EvidenceRule): readonly Asked[] {
  const { people } = view.world;
  const named = whoToAsk(
    people,
    rule.accepted_by ?? { kind: 'manager' },
    contextFor(view, rule),
    mustNotStepIn(view, rule.evidence),
  );
  const isFree = (person: string): boolean => !isOwn(view, rule.evidence, person);
  const free = named.filter(({ person }) => isFree(person));
  if (free.length > 0) return free;
  const above = named.flatMap(({ person }) => nearestAbove(people, person, view.at, isFree) ?? []);
  const found = above.length > 0 ? [...new Set(above)] : administrators(people, view.at).filter(isFree);
  return found.map((person) => ({ person }));
}

/** Whether the id names somebody active. */
export function isActive({ world }: CaseView, person: string): boolean {
  return personOf(world.people, person)?.active === true;
}

/** Who may settle a piece of evidence: never who submitted it, never who owns the case or owned it then. */

import type { EvidenceRule } from '../playbook/pipeline.ts';
import { isAbove, personOf, superiorsOf } from '../who/reporting-line.ts';
import { resolveWho } from '../who/resolve-who.ts';
import { type CaseView, whoContextOf } from './case-view.ts';
import { lookUp } from './look-up.ts';

/** Whether accepting or rejecting would be judging one's own work. */
export function isOwn({ state }: CaseView, evidence: string, person: string): boolean {
  const entry = lookUp(state.evidence, evidence);
  return person === state.owner || person === entry?.submitted_by || person === entry?.submitted_for;
}

/**
 * Whom the rule names, everybody who stands above one of them, and whoever is asked when all of those are barred.
 * Evidence without `accepted_by` is accepted on submission; should it still wait (the case moved here with it), whoever
 * has the right over the case may settle it.
 */
export function maySettle(view: CaseView, rule: EvidenceRule, person: string): boolean {
  if (isOwn(view, rule.evidence, person)) return false;
  if (rule.accepted_by === undefined) return true;
  const { people } = view.world;
  const named = resolveWho(people, rule.accepted_by, whoContextOf(view));
  if (named.includes(person) || named.some((one) => isAbove(people, person, one))) return true;
  // Nobody named and nobody above may: whoever is asked in their place.
  return acceptorsOf(view, rule).includes(person);
}

/**
 * Whom to ask: those the rule names; where they are barred because it is their own work, the nearest active superior who
 * is not.
 */
export function acceptorsOf(view: CaseView, rule: EvidenceRule): readonly string[] {
  const { people } = view.world;
  const named = resolveWho(people, rule.accepted_by ?? { kind: 'manager' }, whoContextOf(view));
  const free = named.filter((person) => !isOwn(view, rule.evidence, person));
  if (free.length > 0) return free;
  const above = named.flatMap((person) => {
    const superior = superiorsOf(people, person).find((one) => one.active && !isOwn(view, rule.evidence, one.person));
    return superior === undefined ? [] : [superior.person];
  });
  if (above.length > 0) return [...new Set(above)];
  const admins = Object.values(people.by_id).filter((person) => person.role === 'admin' && person.active);
  return admins
    .map((admin) => admin.person)
    .filter((admin) => !isOwn(view, rule.evidence, admin))
    .sort();
}

/** Whether the id names somebody active. */
export function isActive({ world }: CaseView, person: string): boolean {
  return personOf(world.people, person)?.active === true;
}

/** Settles who must act, against the reporting line and the absences of the moment; falls upward so that nothing waits for nobody. */

import type { Who } from '../playbook/who.ts';
import type { Instant } from '../time/instant.ts';
import { coveringLine } from './authority.ts';
import type { People, Person } from './people.ts';
import { isAbove, personOf, superiorsOf } from './reporting-line.ts';
import { isThere, standInsOf } from './substitutes.ts';
import { type Judge, NOBODY, type WhoContext } from './who-context.ts';

/** Somebody who is asked, and in whose place, where that is not their own. */
export interface Asked {
  readonly person: string;
  readonly on_behalf_of?: string;
}

/**
 * Ids of those a `who` means, sorted. `owner` and a fact mean one person, `manager` whom the owner reports to, a role its
 * nearest active holder up the line from the owner (the owner included), else everybody who holds it. In the place of
 * one who is away steps their substitute, but never the owner: nobody comes to judge their own case that way. Where
 * that is nobody: the nearest person there above whoever is away or, where nobody is meant at all, above the owner;
 * else every administrator; empty only when there is not even one of those.
 * Authority falls only to who has it: to the next above whose limits cover the case too; administrators are asked where
 * nobody's do, so that somebody knows, and may not answer.
 */
export function resolveWho(people: People, who: Who, context: WhoContext): readonly string[] {
  return whoToAsk(people, who, context).map((asked) => asked.person);
}

/** As `resolveWho`, and for each in whose place. @param barred who must not step in, besides the owner */
export function whoToAsk(people: People, who: Who, context: WhoContext, barred: Judge = NOBODY): readonly Asked[] {
  const mayStepIn = stepsIn(context, barred);
  if (who.kind === 'authority') return withAuthority(people, context, mayStepIn);
  const meant = meantBy(people, who, context);
  const active = meant.filter((person) => person.active);
  const asked = active.flatMap((person) => inPlaceOf(people, person, context.now, mayStepIn));
  if (asked.length > 0) return onceEach(asked);
  const missed = active[0] ?? meant[0];
  const from = active[0]?.person ?? context.owner;
  const above = nearestAbove(people, from, context.now, mayStepIn);
  const found = above === undefined ? administrators(people, context.now) : [above];
  return onceEach(found.map((person) => (missed === undefined ? { person } : { person, on_behalf_of: missed.person })));
}

function stepsIn({ owner, isOwn = NOBODY }: WhoContext, barred: Judge): Judge {
  return (person) => person !== owner && !isOwn(person) && !barred(person);
}

function withAuthority(people: People, context: WhoContext, mayStepIn: Judge): readonly Asked[] {
  for (const id of coveringLine(people, context)) {
    const asked = one(people, id).flatMap((person) => inPlaceOf(people, person, context.now, mayStepIn));
    if (asked.length > 0) return asked;
  }
  return administrators(people, context.now).map((person) => ({ person }));
}

/** Who is there: themselves; who is away: the first who may step in; nobody where that is nobody. */
export function inPlaceOf(people: People, meant: Person, now: Instant, mayStepIn: Judge): readonly Asked[] {
  if (isThere(meant, now)) return [{ person: meant.person }];
  const standIn = standInsOf(people, meant.person, now).find(mayStepIn);
  return standIn === undefined ? [] : [{ person: standIn, on_behalf_of: meant.person }];
}

/** The nearest person up the line who is there and may, or who steps in for one who is away; absent: nobody. */
export function nearestAbove(people: People, from: string, now: Instant, may: Judge): string | undefined {
  for (const superior of superiorsOf(people, from)) {
    if (!superior.active) continue;
    const present = isThere(superior, now) ? [superior.person] : standInsOf(people, superior.person, now);
    const found = present.find(may);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Those who are there, else all of them: somebody away is better than nobody. Sorted. */
export function administrators(people: People, now: Instant): readonly string[] {
  const all = holdersOf(people, 'admin');
  const present = all.filter((person) => isThere(person, now));
  return (present.length > 0 ? present : all).map((person) => person.person).sort();
}

/**
 * Whether somebody may give an answer that a `who` is asked for: whom it means, there or away; everybody above one of
 * those, or above the owner where nobody is meant; who steps in for one of those, unless it is the owner or barred; and
 * whoever is asked. Where authority is asked for, only who has it, and who steps in for them.
 *
 * @param barred who must not step in, whoever names them: it would be judging their own work
 */
export function mayAnswer(
  people: People,
  who: Who,
  context: WhoContext,
  person: string,
  barred: Judge = NOBODY,
): boolean {
  const mayStepIn = stepsIn(context, barred);
  const isIn = (one: string): boolean => mayStepIn(person) && standInsOf(people, one, context.now).includes(person);
  if (who.kind === 'authority') return coveringLine(people, context).some((one) => one === person || isIn(one));
  const meant = meantBy(people, who, context).filter((one) => one.active);
  if (meant.some((one) => one.person === person || isAbove(people, person, one.person))) return true;
  if (meant.some((one) => isIn(one.person))) return true;
  if (meant.length === 0 && isAbove(people, person, context.owner)) return true;
  return whoToAsk(people, who, context, barred).some((one) => one.person === person);
}

/** Whom a `who` means, there or away or gone: of a role the nearest holder in the line, else everybody who holds it. */
export function meantBy(
  people: People,
  who: Exclude<Who, { kind: 'authority' }>,
  { owner, fact }: WhoContext,
): readonly Person[] {
  switch (who.kind) {
    case 'owner':
      return one(people, owner);
    case 'manager':
      return superiorsOf(people, owner).slice(0, 1);
    case 'role':
      return byRole(people, who.role, owner);
    case 'fact': {
      const person = fact(who.fact);
      return typeof person === 'string' ? one(people, person) : [];
    }
  }
}

function one(people: People, id: string): readonly Person[] {
  const person = personOf(people, id);
  return person === undefined ? [] : [person];
}

function byRole(people: People, role: string, owner: string): readonly Person[] {
  const line = [...one(people, owner), ...superiorsOf(people, owner)];
  const nearest = line.find((person) => person.role === role && person.active);
  return nearest !== undefined ? [nearest] : holdersOf(people, role);
}

/** Everybody active who holds a role. */
export function holdersOf(people: People, role: string): readonly Person[] {
  return Object.values(people.by_id).filter((person) => person.role === role && person.active);
}

/** Sorted; who is asked in their own right is not asked for somebody else too. */
function onceEach(asked: readonly Asked[]): readonly Asked[] {
  const found = new Map<string, Asked>();
  for (const one of asked) {
    if (found.get(one.person) === undefined || one.on_behalf_of === undefined) found.set(one.person, one);
  }
  return [...found.values()].sort((a, b) => (a.person < b.person ? -1 : 1));
}

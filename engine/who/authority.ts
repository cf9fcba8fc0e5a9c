/** Finds who may approve a case: the lowest person above its owner whose limits cover everything it is measured by, and why not the others. */

import type { Dimension, Limit } from '../playbook/authority.ts';
import type { Post } from '../playbook/roles.ts';
import type { Text } from '../playbook/text.ts';
import type { Value } from '../playbook/value.ts';
import { nobodyText, shortText, standingText } from './authority-texts.ts';
import { type ShortBy, shortBy } from './measure.ts';
import type { People, Person } from './people.ts';
import { superiorsOf } from './reporting-line.ts';
import { isThere, standInsOf } from './substitutes.ts';
import type { WhoContext } from './who-context.ts';

/** One thing the case is measured by. */
export interface Measured {
  readonly dimension: Dimension;
  /** Absent: not known. */
  readonly value?: Value;
}

/** One limit that does not cover the case. */
export interface TooLow extends Measured {
  readonly why: ShortBy;
  /** Absent: the post names none. */
  readonly limit?: Limit;
  readonly text: Text;
}

/** How somebody above the owner stands to the case. */
export interface Standing {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  /** `own_work`: nobody approves what they submitted. `gone`: left. `no_post`: the post may approve nothing at all. */
  readonly stands: 'covers' | 'too_low' | 'no_post' | 'own_work' | 'gone';
  /** Every limit that is too low, in the order of the dimensions. */
  readonly too_low: readonly TooLow[];
  /** Present while the person is away: who steps in, first first; whether one may is for the asker to say. */
  readonly away?: { readonly stand_ins: readonly string[] };
  readonly text: Text;
}

export type WhyNobody = 'not_measured' | 'no_superior' | 'limits_too_low';

export interface Authority {
  /** What the limits must cover; a dimension whose fact the pipeline does not declare is not among it. */
  readonly measured: readonly Measured[];
  /** Everybody above the owner, nearest first, to the top: those after `found` are asked where it cannot be; none where nothing is measured. */
  readonly line: readonly Standing[];
  /** The lowest who covers it all, there or away. */
  readonly found?: string;
  /** Present where nobody does. */
  readonly nobody?: { readonly why: WhyNobody; readonly text: Text };
}

/**
 * Who has the authority to approve. The limits are those in force, the facts those of the moment. A fact that is not known
 * counts as the gravest it could be; a post that names no limit in a dimension approves nothing measured by it; a case
 * that nothing measures is approved by nobody.
 */
export function anyoneWithAuthority(people: People, context: WhoContext): Authority {
  const measured = measuredBy(context);
  if (measured.length === 0) return { measured, line: [], nobody: nobodyFor('not_measured', []) };
  const line = superiorsOf(people, context.owner).map((person) => standingOf(people, person, measured, context));
  const found = line.find(({ stands }) => stands === 'covers');
  if (found !== undefined) return { measured, line, found: found.person };
  return { measured, line, nobody: nobodyFor(line.length === 0 ? 'no_superior' : 'limits_too_low', line) };
}

/** Why this person may not approve, as they are told: what their limits lack, or that nobody may; absent: it is others' to do. */
export function whyNot({ line, nobody }: Authority, person: string): Text | undefined {
  return line.find((one) => one.person === person && one.stands !== 'covers')?.text ?? nobody?.text;
}

function nobodyFor(why: WhyNobody, line: readonly Standing[]): NonNullable<Authority['nobody']> {
  return { why, text: nobodyText(why, line) };
}

/** Those who may approve, lowest first; empty when nobody may. */
export function coveringLine(people: People, context: WhoContext): readonly string[] {
  const { line } = anyoneWithAuthority(people, context);
  return line.filter(({ stands }) => stands === 'covers').map(({ person }) => person);
}

function measuredBy({ roles, facts, fact }: WhoContext): readonly Measured[] {
  return (roles.authority ?? [])
    .filter((dimension) => Object.hasOwn(facts, dimension.fact))
    .map((dimension) => {
      const value = fact(dimension.fact);
      return { dimension, ...(value !== undefined && { value }) };
    });
}

function standingOf(people: People, person: Person, measured: readonly Measured[], context: WhoContext): Standing {
  const { roles, now, isOwn } = context;
  const post = roles.posts.find(({ role }) => role === person.role);
  const tooLow = measured.flatMap((one) => tooLowIn(one, post, context));
  const stands = !person.active
    ? 'gone'
    : isOwn?.(person.person) === true
      ? 'own_work'
      : post?.authority === undefined
        ? 'no_post'
        : tooLow.length > 0
          ? 'too_low'
          : 'covers';
  const isAway = person.active && !isThere(person, now);
  const known = { person: person.person, name: person.name, role: person.role, stands } as const;
  return {
    ...known,
    too_low: stands === 'too_low' ? tooLow : [],
    ...(isAway && { away: { stand_ins: standInsOf(people, person.person, now) } }),
    text: standingText(known, post?.title, tooLow, isAway),
  };
}

function tooLowIn(one: Measured, post: Post | undefined, { facts }: WhoContext): readonly TooLow[] {
  const limit = post?.authority?.[one.dimension.dimension];
  const why = shortBy(one.dimension, limit, one.value);
  if (why === undefined) return [];
  const short = { ...one, why, ...(limit !== undefined && { limit }) };
  return [{ ...short, text: shortText(short, facts[one.dimension.fact]) }];
}

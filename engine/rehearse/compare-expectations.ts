/** Holds what a line expects against what happened: all of it and nothing else, in any order. */

import type { Expectation, ScenarioWho } from '../playbook/scenario.ts';
import type { People } from '../who/people.ts';
import { personOf } from '../who/reporting-line.ts';
import { happeningText, type Occurrence } from './occurrence.ts';

export interface Unmatched {
  /** In the words of the grammar: expected, but not there. */
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/**
 * Each expectation takes one occurrence, those that name a person before those that name a post. One that names a post
 * takes one for each holder: everybody's copy of the same message.
 */
export function compareExpectations(
  expected: readonly Expectation[],
  happened: readonly Occurrence[],
  people: People,
): Unmatched {
  const missing = new Set(expected.filter((expectation) => expectation.kind !== 'nothing'));
  const left = new Set(happened);
  for (const expectation of [...missing].sort((a, b) => looseness(a) - looseness(b))) {
    const taken = new Set<string>();
    for (const occurrence of left) {
      const who = 'who' in occurrence.what ? occurrence.what.who : '';
      if (taken.has(who) || !fits(expectation, occurrence, people)) continue;
      taken.add(who);
      left.delete(occurrence);
      if (looseness(expectation) < 2) break;
    }
    if (taken.size > 0) missing.delete(expectation);
  }
  return {
    missing: [...missing].map(expectationText),
    unexpected: [...left].map(({ what }) => happeningText(what)),
  };
}

/** 0 names everything, 1 leaves out a detail, 2 names a post. */
function looseness(expectation: Expectation): number {
  if ('who' in expectation && expectation.who.kind === 'role') return 2;
  const isOpen =
    ((expectation.kind === 'ask' || expectation.kind === 'tell') && expectation.about === undefined) ||
    (expectation.kind === 'task' && expectation.title === undefined);
  return isOpen ? 1 : 0;
}

function isWho(who: ScenarioWho, person: string, owner: string, people: People): boolean {
  switch (who.kind) {
    case 'owner':
      return person === owner;
    case 'role':
      return personOf(people, person)?.role === who.role;
    case 'person':
      return person === who.person;
  }
}

function fits(expectation: Expectation, { what, owner }: Occurrence, people: People): boolean {
  if ('who' in expectation) {
    if (!('who' in what) || what.kind !== expectation.kind) return false;
    if (!isWho(expectation.who, what.who, owner, people)) return false;
    if ('about' in expectation && 'about' in what) return expectation.about === what.about;
    if ('title' in expectation && 'title' in what) return expectation.title === what.title;
    return true;
  }
  return expectation.kind === what.kind && expectationText(expectation) === happeningText(what);
}

function whoText(who: ScenarioWho): string {
  switch (who.kind) {
    case 'owner':
      return 'owner';
    case 'role':
      return who.role;
    case 'person':
      return who.person;
  }
}

/** As the scenario wrote it. */
export function expectationText(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'nothing':
      return 'nothing';
    case 'ask':
    case 'tell':
      return `${expectation.kind} ${whoText(expectation.who)} ${expectation.about ?? ''}`.trimEnd();
    case 'task': {
      const title = expectation.title ?? '';
      return `task ${whoText(expectation.who)} ${title}`.trimEnd();
    }
    case 'remind':
    case 'notify':
    case 'demand':
    case 'digest':
    case 'hand_over':
      return `${expectation.kind} ${whoText(expectation.who)}`;
    default:
      return happeningText(expectation);
  }
}

/** A reason as the API tells it: each unmet leaf also in words, people also by name. */

import type { Reason, UnmetLeaf } from '../../engine/case/outcome.ts';
import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { People } from '../../engine/who/people.ts';
import { leafText } from './leaf-text.ts';
import { type PersonRef, personRef } from './person-ref.ts';
import { type Titles, titlesOf } from './titles.ts';

export interface ReasonView extends Reason {
  readonly unmet: readonly (UnmetLeaf & { readonly text: Text })[];
  /** Those of `can_meet`. */
  readonly people: readonly PersonRef[];
}

/** What the words of a reason are made with. */
export interface Wording {
  readonly people: People;
  /** Absent: things are called by their ids. */
  readonly titles: Titles | undefined;
  /** Of the calendar that what is worded counts in. */
  readonly zone?: string | undefined;
}

/** @param rules absent: not at hand */
export function wordingOf(people: People, playbook: PlaybookSet | undefined, rules: Rules | undefined): Wording {
  if (rules === undefined) return { people, titles: undefined };
  return { people, titles: titlesOf(rules), zone: playbook?.calendars[rules.pipeline.calendar]?.zone };
}

const NO_TITLES: Titles = {
  facts: new Map(),
  evidence: new Map(),
  milestones: new Map(),
  stages: new Map(),
  activities: new Map(),
};

export function reasonView(reason: Reason, { people, titles = NO_TITLES }: Wording): ReasonView {
  return {
    ...reason,
    unmet: reason.unmet.map((leaf) => ({ ...leaf, text: leafText(leaf, titles) })),
    people: reason.can_meet.map((person) => personRef(people, person)),
  };
}

/** A reason as the API tells it: each unmet leaf also in words, people also by name. */

import { z } from 'zod';
import { aboutsOf, notesFor } from '../../engine/case/notes-for.ts';
import type { Reason } from '../../engine/case/outcome.ts';
import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import type { People } from '../../engine/who/people.ts';
import { at, leaf, list, personRef as personShape, text, truth, value } from '../wire/shapes.ts';
import { changeShape, changeView } from './change-view.ts';
import { type NoteRef, noteRef, refOf } from './knowledge-view.ts';
import { leafText } from './leaf-text.ts';
import { personRef } from './person-ref.ts';
import { type Titles, titlesOf } from './titles.ts';

export const unmetLeaf = z
  .strictObject({
    leaf,
    truth,
    seen: value.exactOptional().meta({ description: 'What was seen; absent when there was nothing.' }),
    why: z.string().exactOptional().meta({ description: 'Why it is not true, where the value alone does not say.' }),
    against: value.exactOptional().meta({ description: 'The value of the other fact it is compared with.' }),
    one_of: list(z.strictObject({ choice: z.number(), way: z.number() }))
      .exactOptional()
      .meta({ description: 'Leaves of one `choice` are alternatives; one `way` of them is enough. Outermost first.' }),
    text,
  })
  .meta({ id: 'UnmetLeaf' });

export const reasonShape = z
  .strictObject({
    code: z.string().meta({ description: '`milestone-unmet`, `gate-closed`, `evidence-missing`, …' }),
    message: text,
    about: z.string().exactOptional().meta({ description: 'What it is about, as `milestone pain-found`.' }),
    rule: at.exactOptional().meta({ description: 'The rule in the playbook.' }),
    unmet: list(unmetLeaf),
    can_meet: list(z.string()).meta({ description: 'Ids of the people who can meet it.' }),
    notes: list(noteRef).exactOptional().meta({ description: 'Notes that help with it; absent: there are none.' }),
    under_way: list(text).meta({ description: 'What is already on its way.' }),
    people: list(personShape).meta({ description: 'Those of `can_meet`.' }),
    waiver: z
      .strictObject({ can_grant: list(personShape), at_most: text })
      .exactOptional()
      .meta({ description: 'It may be waived: by whom, and for how long at most.' }),
    changes: list(changeShape).exactOptional().meta({ description: 'What has changed since the actor looked at it.' }),
  })
  .meta({ id: 'Reason', description: 'One unmet criterion.' });

export type ReasonView = z.output<typeof reasonShape>;

/** What the words of a reason are made with. */
export interface Wording {
  readonly people: People;
  /** Absent: things are called by their ids. */
  readonly titles: Titles | undefined;
  /** Of the calendar that what is worded counts in. */
  readonly zone?: string | undefined;
  /** Notes that help with a reason; absent: none are at hand. */
  readonly notesOf?: (reason: Reason) => readonly NoteRef[];
}

/** @param rules absent: not at hand */
export function wordingOf(people: People, playbook: PlaybookSet | undefined, rules: Rules | undefined): Wording {
  if (rules === undefined) return { people, titles: undefined };
  const { pipeline, calendar } = rules.pipeline;
  return {
    people,
    titles: titlesOf(rules),
    zone: playbook?.calendars[calendar]?.zone,
    ...(playbook && { notesOf: (reason) => notesFor(playbook, pipeline, aboutsOf(reason)).map(refOf) }),
  };
}

const NO_TITLES: Titles = {
  facts: new Map(),
  evidence: new Map(),
  approvals: new Map(),
  bound: new Map(),
  milestones: new Map(),
  stages: new Map(),
  activities: new Map(),
  decisions: new Map(),
};

export function reasonView(reason: Reason, { people, titles = NO_TITLES, notesOf }: Wording): ReasonView {
  const { changes, waiver, ...rest } = reason;
  const notes = notesOf?.(reason) ?? [];
  return {
    ...rest,
    ...(changes !== undefined && { changes: changes.map((one) => changeView(one, titles)) }),
    ...(waiver !== undefined && {
      waiver: { can_grant: waiver.can_grant.map((person) => personRef(people, person)), at_most: waiver.at_most },
    }),
    ...(notes.length > 0 && { notes }),
    unmet: reason.unmet.map((one) => ({ ...one, text: leafText(one, titles) })),
    people: reason.can_meet.map((person) => personRef(people, person)),
  };
}

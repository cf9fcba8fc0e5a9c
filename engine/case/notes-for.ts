/** Finds the notes that help with something: with an unmet rule, with the stage a case is in. */

import type { Note } from '../playbook/knowledge.ts';
import type { PlaybookSet } from '../playbook/set.ts';
import { lookUp } from './look-up.ts';
import type { Reason } from './outcome.ts';

/**
 * Notes attached to any of these in the pipeline, by their ids.
 * @param abouts as refusals name things: `milestone pain-found`
 */
export function notesFor(
  { knowledge = {} }: Pick<PlaybookSet, 'knowledge'>,
  pipeline: string,
  abouts: readonly string[],
): readonly Note[] {
  const notes = Object.values(knowledge).filter((note) =>
    (lookUp(note.attached_to, pipeline) ?? []).some((place) => abouts.includes(place)),
  );
  return notes.sort((a, b) => (a.knowledge < b.knowledge ? -1 : 1));
}

/** Notes attached to a finding about people or to a coaching flow. @param about `finding win-rate-low`, `coaching smart` */
export function notesAbout({ knowledge = {} }: Pick<PlaybookSet, 'knowledge'>, about: string): readonly Note[] {
  return Object.values(knowledge)
    .filter(({ attached_to_people: places = [] }) => places.includes(about))
    .sort((a, b) => (a.knowledge < b.knowledge ? -1 : 1));
}

/** What a reason is about: the rule itself, and the evidence, milestones, approvals and decisions that it waits for. */
export function aboutsOf({ about, unmet }: Pick<Reason, 'about' | 'unmet'>): readonly string[] {
  const leaves = unmet.flatMap(({ leaf }) => {
    switch (leaf.kind) {
      case 'evidence':
        return [`evidence ${leaf.evidence}`];
      case 'milestone':
        return [`milestone ${leaf.milestone}`];
      case 'approval':
        return [`approval ${leaf.approval}`];
      case 'decision':
        return [`decision ${leaf.decision}`];
      default:
        return [];
    }
  });
  return [...(about === undefined ? [] : [about]), ...leaves];
}

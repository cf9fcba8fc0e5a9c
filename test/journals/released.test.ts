/** What an earlier release wrote is read by this one: its journals fold, its states are taken on. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../engine/canonical-text.ts';
import { CASE_SHAPES } from '../../engine/case/shapes.ts';
import { PERSON_SHAPES } from '../../engine/person/shapes.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { NewerShape, type Shapes, upcastEvent, upgradeState } from '../../engine/shapes.ts';
import type { People } from '../../engine/who/people.ts';
import { caseDecider } from '../../store/case-decider.ts';
import type { Decider, Scene } from '../../store/decider.ts';
import { draft, NEW_HEAD } from '../../store/draft.ts';
import { foldOf, stateOf } from '../../store/fold.ts';
import { sha256 } from '../../store/hash.ts';
import { type JournalEntry, openEntry, parseEntry, replyOf } from '../../store/journal-entry.ts';
import { currentRules } from '../../store/known.ts';
import { personDecider } from '../../store/person-decider.ts';
import type { RecordedJournal } from './recorded.ts';

const FOLDER = new URL('./', import.meta.url);
const LATER = '2030-01-01T00:00:00.000Z';

const journals = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(new URL(`${name}/`, FOLDER)).map((file) => `${name}/${file}`))
  .map((file): [string, RecordedJournal] => [file, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))]);

function entriesOf({ entries }: RecordedJournal): readonly JournalEntry[] {
  return entries.map(({ text, texts = null }) => openEntry({ text, texts }).entry);
}

function folded(journal: RecordedJournal): unknown {
  const accepted = entriesOf(journal).filter((entry) => entry.outcome === 'accepted');
  return foldOf(
    journal.kind,
    undefined,
    accepted.flatMap((entry) => entry.events ?? []),
  );
}

/** Today's decider at work on the state: its timer, and one ordinary command. */
function takeOn<S, C, E>(decider: Decider<S, C, E>, { id, set, people, state }: RecordedJournal, body: C): string[] {
  const known = decider.stateOf(state);
  const hash = decider.rulesOf(known);
  // The release compiled them; that today's code can judge by them is part of the promise.
  const playbook = set as PlaybookSet;
  const rules = hash === undefined ? undefined : currentRules(playbook, hash);
  const scene: Scene = { id, playbook, rules, people: people as People, now: LATER };
  const head = { ...NEW_HEAD, seq: 1, hash: 'h', state: known };
  return [decider.wake, body].map(
    (one, index) => draft(decider, scene, head, { id: `t${index}`, actor: 'system', body: one }).reply.outcome,
  );
}

describe.each(journals)('the journal %s', (_name, journal) => {
  it('is chained as it was written', () => {
    let prev = '';
    for (const { text, hash } of journal.entries) {
      expect(sha256(text)).toBe(hash);
      expect(parseEntry(text).prev).toBe(prev);
      prev = hash;
    }
  });

  it('folds to the state that the release had made of it', () => {
    expect(canonicalText(folded(journal))).toBe(canonicalText(stateOf(journal.kind, journal.state)));
  });

  it('gives every command its first reply again', () => {
    for (const entry of entriesOf(journal)) expect(replyOf(entry).outcome).toBe(entry.outcome);
  });

  it('has a state that today’s decider takes on', () => {
    const outcomes =
      journal.kind === 'case'
        ? takeOn(caseDecider, journal, { command: 'hand_over', to: 'nobody-here' })
        : takeOn(personDecider, journal, { command: 'read', items: ['999'] });
    expect(outcomes[0]).toBe('accepted');
    expect(['forbidden', 'invalid', 'refused']).toContain(outcomes[1]);
  });
});

describe('the recorded journals', () => {
  it('show every event that release 0.1.0 had, each still known', () => {
    const shown = (kind: string) =>
      new Set(journals.filter(([, one]) => one.kind === kind).flatMap(([, one]) => one.events));
    expect(shown('case').size).toBe(26);
    expect(shown('person').size).toBe(4);
    for (const name of shown('case')) expect(Object.keys(CASE_SHAPES.events)).toContain(name);
    for (const name of shown('person')) expect(Object.keys(PERSON_SHAPES.events)).toContain(name);
  });
});

describe('shapes', () => {
  const shapes: Shapes = {
    state: [({ name, ...rest }) => ({ ...rest, title: name }), (raw) => ({ ...raw, tags: [] })],
    events: { moved: [({ to, ...rest }) => ({ ...rest, stage: to })], gone: [] },
  };

  it('are brought step by step from the version they were kept in', () => {
    expect(upcastEvent(shapes, { event: 'moved', v: 1, to: 'b' })).toEqual({ event: 'moved', v: 2, stage: 'b' });
    expect(upcastEvent(shapes, { event: 'moved', v: 2, stage: 'b' })).toEqual({ event: 'moved', v: 2, stage: 'b' });
    expect(upgradeState(shapes, { state_version: 1, name: 'a' })).toEqual({ state_version: 3, title: 'a', tags: [] });
    expect(upgradeState(shapes, { state_version: 2, title: 'a' })).toEqual({ state_version: 3, title: 'a', tags: [] });
  });

  it('of a newer Playrail are refused, not guessed at', () => {
    expect(() => upcastEvent(shapes, { event: 'gone', v: 2 })).toThrow(NewerShape);
    expect(() => upcastEvent(shapes, { event: 'unheard_of', v: 1 })).toThrow(NewerShape);
    expect(() => upgradeState(shapes, { state_version: 4 })).toThrow(NewerShape);
    expect(() => caseDecider.stateOf({ state_version: 99 })).toThrow(NewerShape);
  });

  it('without a version are no shapes', () => {
    for (const raw of [null, 1, [], {}, { state_version: '1' }, { state_version: 0 }, { state_version: 1.5 }]) {
      expect(() => upgradeState(shapes, raw)).toThrow(Error);
    }
  });
});

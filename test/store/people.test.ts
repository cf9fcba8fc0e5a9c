/** Leaving and being away, through the record: who owns, who is asked, what is kept, and that nothing waits for nobody. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxOf } from '../../store/inbox.ts';
import { insertNewCases } from '../../store/insert-new-cases.ts';
import { journalOf } from '../../store/journal-of.ts';
import { createKey, findKey } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { markDelivered, takeDue } from '../../store/outbox.ts';
import { listPeople, peopleAt } from '../../store/people.ts';
import { caseById } from '../../store/read-case.ts';
import { personState, versionsOf } from '../../store/read-person.ts';
import { sentBy } from '../../store/sent-by.ts';
import { step } from '../../store/step.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import type { EntityKind } from '../../workers/contract.ts';
import { START, smallStore } from './small-store.ts';

const STAFF = [
  { id: 'dan', role: 'manager' },
  { id: 'eve', role: 'manager', manager: 'dan' },
  { id: 'cy', role: 'rep', manager: 'bob' },
  { id: 'flo', role: 'rep', manager: 'bob' },
  { id: 'gus', role: 'rep', manager: 'eve' },
];

let store: Store;

beforeAll(async () => {
  store = await smallStore();
  for (const { id, ...profile } of STAFF) await person(id, 'admin', { command: 'join', name: id, ...profile });
  await person('bob', 'admin', { command: 'change', manager: 'dan' });
});
afterAll(() => store.close());

let commands = 0;

function send(kind: EntityKind, id: string, actor: string, body: object, now: string) {
  commands += 1;
  return step(store, { kind, id, now, commands: [{ id: `k${commands}`, actor, body }] });
}

const person = (id: string, actor: string, body: object, at = START) => send('person', id, actor, body, at);
const toCase = (id: string, actor: string, body: object, at = START) => send('case', id, actor, body, at);
const open = (id: string, owner: string) => toCase(id, owner, { command: 'open', title: id, pipeline: 'deal' });

/** Delivers until nothing waits. @param twice as when the first receipt was lost with a worker */
async function deliverAll(now = START, twice = false): Promise<void> {
  for (;;) {
    const waiting = await store.db
      .selectFrom('outbox')
      .select(['kind', 'entity'])
      .distinct()
      .where('queue', '=', 'entities')
      .where('delivered_at', 'is', null)
      .execute();
    if (waiting.length === 0) return;
    for (const { kind, entity } of waiting) {
      for (const item of await takeDue(store, kind, entity, 'entities', now, 100)) {
        const [target, ...rest] = item.target.split('/');
        const command = sentBy(item);
        if (command === undefined) throw new Error('no command');
        const to = { kind: target as EntityKind, id: rest.join('/'), now };
        for (const _ of twice ? [1, 2] : [1]) await step(store, { ...to, commands: [command] });
        await markDelivered(store, item.id, now);
      }
    }
  }
}

const openItems = async (id: string) =>
  (await inboxOf(store, id, { unread: true, limit: 100 })).map(({ message }) =>
    `${message.kind} ${message.case ?? ''}`.trim(),
  );
const ownerOf = async (id: string) => (await caseById(store, id))?.state.owner;
const eventsOf = async (id: string) =>
  (await journalOf(store, 'case', id, 0, 100))
    .flatMap(({ entry }) => (entry.events ?? []) as { event: string }[])
    .map(({ event }) => event);

describe('somebody who leaves', () => {
  it('leaves nothing behind: cases, tasks, questions, inbox and keys', async () => {
    await open('own', 'cy');
    await open('other', 'flo');
    await toCase('own', 'cy', { command: 'submit_evidence', evidence: 'visit' });
    const key = await createKey(store, 'cy', 'laptop');
    await deliverAll();
    expect(await openItems('bob')).toContain('evidence_to_accept own');

    const left = await person('cy', 'admin', { command: 'leave', successor: 'flo' });
    expect(left.replies[0]).toMatchObject({
      outcome: 'accepted',
      events: [{ event: 'person_left', successor: 'flo' }],
    });
    expect(await findKey(store, key)).toBeUndefined();
    await deliverAll(START, true);
    expect(await ownerOf('own')).toBe('flo');
    expect(await openItems('cy')).toEqual([]);
    expect(await openItems('flo')).toEqual(['handed_over own']);
    // Of the twice delivered word the case has heard once, and its own evidence still waits for its manager.
    expect((await eventsOf('own')).filter((event) => event === 'handed_over')).toHaveLength(1);
    expect(await openItems('bob')).toContain('evidence_to_accept own');
  });

  it('without a successor leaves it to whoever stands above', async () => {
    await open('gus-1', 'gus');
    await person('gus', 'admin', { command: 'leave' });
    await deliverAll();
    expect(await ownerOf('gus-1')).toBe('eve');
    expect(await openItems('eve')).toEqual(['handed_over gus-1']);
  });

  it('is asked no more: what waited for their answer is asked of whoever is meant now', async () => {
    await open('flo-1', 'flo');
    await toCase('flo-1', 'flo', { command: 'submit_evidence', evidence: 'visit' });
    await deliverAll();
    await person('bob', 'admin', { command: 'leave' });
    await deliverAll();
    expect(await openItems('bob')).toEqual([]);
    expect(await openItems('dan')).toContain('evidence_to_accept flo-1');
    expect((await toCase('flo-1', 'dan', { command: 'accept_evidence', evidence: 'visit' })).replies[0]?.outcome).toBe(
      'accepted',
    );
    await deliverAll();
    expect(await openItems('dan')).not.toContain('evidence_to_accept flo-1');
    await person('bob', 'admin', { command: 'return' });
  });

  it('passes on a case that was on its way to them', async () => {
    await open('late', 'flo');
    await deliverAll();
    // Decided while they were here, heard of when they are gone.
    await toCase('late', 'bob', { command: 'hand_over', to: 'ann' });
    await person('ann', 'admin', { command: 'leave' });
    await deliverAll();
    expect(await ownerOf('late')).toBe('bob');
    await person('ann', 'admin', { command: 'return' });
  });

  it('on a day to come goes on that day', async () => {
    await open('later', 'ann');
    const planned = await person('ann', 'admin', { command: 'leave', on: '2026-10-22', successor: 'flo' });
    expect(planned.wake_at).toBe('2026-10-22T00:00:00.000Z');
    await step(store, { kind: 'person', id: 'ann', now: '2026-10-22T00:00:00.000Z', commands: [] });
    await deliverAll('2026-10-22T00:00:00.000Z');
    expect(await ownerOf('later')).toBe('flo');
    await person('ann', 'admin', { command: 'return' }, '2026-10-22T00:00:00.000Z');
  });
});

describe('somebody who is away', () => {
  const BEGIN = '2026-11-02T00:00:00.000Z';
  const END = '2026-11-07T00:00:00.000Z';

  it('is asked again when they are back, and their substitute no more', async () => {
    const now = '2026-10-30T00:00:00.000Z';
    await open('away-1', 'flo');
    await toCase('away-1', 'flo', { command: 'submit_evidence', evidence: 'visit' }, now);
    await deliverAll(now);
    const absence = {
      command: 'set_absence',
      first_day: '2026-11-02',
      last_day: '2026-11-06',
      substitutes: ['eve'],
      reason: 'a cure',
    };
    expect((await person('bob', 'bob', absence, now)).wake_at).toBe(BEGIN);
    expect((await listPeople(store)).by_id['bob']?.absences).toMatchObject([{ substitutes: ['eve'] }]);
    expect(JSON.stringify(await listPeople(store))).not.toContain('a cure');
    expect(await openItems('bob')).toContain('evidence_to_accept away-1');

    expect((await step(store, { kind: 'person', id: 'bob', now: BEGIN, commands: [] })).wake_at).toBe(END);
    await deliverAll(BEGIN);
    expect(await openItems('bob')).not.toContain('evidence_to_accept away-1');
    const [asked] = (await inboxOf(store, 'eve', { unread: true, limit: 100 })).filter(
      ({ message }) => message.case === 'away-1',
    );
    expect(asked?.message).toMatchObject({ kind: 'evidence_to_accept', on_behalf_of: 'bob' });

    await step(store, { kind: 'person', id: 'bob', now: END, commands: [] });
    await deliverAll(END);
    expect(await openItems('bob')).toContain('evidence_to_accept away-1');
    expect(await openItems('eve')).not.toContain('evidence_to_accept away-1');
    expect((await personState(store, 'bob'))?.absences).toEqual([]);
  });
});

describe('the version of people', () => {
  it('stands in every entry, and tells how people were when it was decided', async () => {
    const at = '2026-12-01T00:00:00.000Z';
    const before = (await listPeople(store)).version;
    await person('flo', 'admin', { command: 'change', name: 'Florence' }, at);
    const [now, earlier] = await versionsOf(store, 'flo', 10);
    expect([now?.name, now?.version, now?.since, earlier?.name]).toEqual(['Florence', before + 1, at, 'flo']);
    expect((await peopleAt(store, before)).by_id['flo']?.name).toBe('flo');

    await open('by-step', 'flo');
    await insertNewCases(store, at, [
      {
        id: 'by-import',
        envelope: {
          id: 'i1',
          actor: 'admin',
          body: { command: 'open', title: 'X', pipeline: 'deal', owner: 'flo', imported: { source: 'crm' } },
        },
      },
    ]);
    for (const [kind, id] of [
      ['case', 'by-step'],
      ['case', 'by-import'],
    ] as const) {
      const [line] = await journalOf(store, kind, id, 0, 1);
      expect(line?.entry.people_version).toBe(before + 1);
    }
    const journal = await journalOf(store, 'person', 'flo', 0, 100);
    expect(journal.at(-1)?.entry.people_version).toBe(before);
    expect(journal.every(({ entry }) => typeof entry.people_version === 'number')).toBe(true);
  });

  it('leaves a journal whose states are what its events make', async () => {
    const findings: unknown[] = [];
    await verifyJournal(store, { report: (finding) => findings.push(finding) });
    expect(findings).toEqual([]);
  });
});

/** What one step promises: all or nothing, once and for ever, each command for itself. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { journalOf } from '../../store/journal-of.ts';
import { newKnown } from '../../store/known.ts';
import type { Store } from '../../store/open-store.ts';
import { publish } from '../../store/publish.ts';
import { caseById } from '../../store/read-case.ts';
import { step } from '../../store/step.ts';
import { sweepDue } from '../../store/sweep.ts';
import type { SentCommand } from '../../workers/contract.ts';
import { rulesWith, smallSet } from './small-set.ts';
import { open, START, send, smallStore, stepCase } from './small-store.ts';

let store: Store;

beforeAll(async () => {
  store = await smallStore();
});
afterAll(() => store.close());

function facts(id: string, pain: string, actor = 'ann'): SentCommand {
  return { id, actor, body: { command: 'set_facts', facts: { pain } } };
}

async function wakeOf(id: string) {
  const row = await store.db.selectFrom('entities').select('wake_at').where('id', '=', id).executeTakeFirst();
  return row?.wake_at;
}

async function entries(id: string) {
  return (await journalOf(store, 'case', id, 0, 100)).map((line) => line.entry);
}

describe('an accepted command', () => {
  it('is journalled, and its effect on the state and the lists can be read at once', async () => {
    expect(await open(store, 'a1')).toMatchObject({
      outcome: 'accepted',
      entry: 1,
      events: [{ event: 'case_opened' }],
    });
    expect(await send(store, 'case', 'a1', facts('k1', 'downtime'))).toMatchObject({ outcome: 'accepted', entry: 2 });
    expect((await caseById(store, 'a1'))?.state.facts['pain']?.value).toBe('downtime');
    const row = await store.db.selectFrom('cases').selectAll().where('id', '=', 'a1').executeTakeFirstOrThrow();
    expect(row).toMatchObject({ stage: 'first', owner: 'ann', status: 'open', opened_at: START, finished: false });
  });

  it('names in its entry who did what, when, under which rules and people', async () => {
    const [opened] = await entries('a1');
    expect(opened).toMatchObject({
      v: 2,
      entity: { kind: 'case', id: 'a1' },
      seq: 1,
      command_id: 'open-a1',
      command: { command: 'open', title: 'Deal a1' },
      actor: 'ann',
      at: START,
      outcome: 'accepted',
      people_version: 3,
      rules: 'rules-1',
      prev: '',
    });
  });

  it('says when to come again, and the next step finds the clocks caught up', async () => {
    const opened = await stepCase(store, 'a2', START, {
      id: 'o',
      actor: 'ann',
      body: { command: 'open', title: 'A2', pipeline: 'deal' },
    });
    expect(opened.wake_at).toBe('2026-10-30T01:00:00.000Z');
    const woken = await stepCase(store, 'a2', '2026-10-30T01:00:00.000Z');
    expect(woken).toMatchObject({ replies: [], outbox: true, gone: false, wake_at: '2026-11-02T01:00:00.000Z' });
    const [, wake] = await entries('a2');
    expect(wake).toMatchObject({
      command_id: 'wake:2',
      actor: 'system',
      outcome: 'accepted',
      at: '2026-10-30T01:00:00.000Z',
    });
    expect(wake?.events).toMatchObject([{ event: 'stall_started' }, { event: 'rung_fired', rung: 0 }]);
    expect(await stepCase(store, 'a2', '2026-10-30T01:00:01.000Z')).toMatchObject({ outbox: true });
    expect(await entries('a2')).toHaveLength(2);
  });
});

describe('a refused command', () => {
  it('leaves the case where it was and is journalled with its reasons', async () => {
    await open(store, 'r1');
    const before = await caseById(store, 'r1');
    const reply = await send(store, 'case', 'r1', { id: 'k1', actor: 'ann', body: { command: 'advance' } });
    expect(reply).toMatchObject({ outcome: 'refused', entry: 2, reasons: [{ about: 'milestone visited' }] });
    const after = await caseById(store, 'r1');
    expect(after?.state).toEqual(before?.state);
    expect(after?.seq).toBe(2);
    expect((await entries('r1'))[1]).toMatchObject({ outcome: 'refused', reasons: [{ about: 'milestone visited' }] });
  });
});

describe('a command that is not for the journal', () => {
  it('is counted when it is forbidden', async () => {
    await open(store, 'f1');
    expect(await send(store, 'case', 'f1', facts('k1', 'x', 'bob'))).toMatchObject({ outcome: 'forbidden' });
    expect(await send(store, 'case', 'f1', facts('k1', 'x', 'bob'))).toMatchObject({ outcome: 'forbidden' });
    const row = await store.db.selectFrom('forbidden_counts').selectAll().where('actor', '=', 'bob').executeTakeFirst();
    expect(row?.count).toBe(2);
    expect(await entries('f1')).toHaveLength(1);
  });

  it.each<[string, SentCommand]>([
    ['a body that is no object', { id: 'k1', actor: 'ann', body: 'advance' }],
    ['a NUL in a text', facts('k1', 'a\0b')],
    ['half a character', facts('k1', '\ud83d')],
    ['an id with a NUL', facts('k\0', 'x')],
    ['an id of ours', facts('wake:2', 'x')],
    ['an actor that is no name', facts('k1', 'x', 'a\0')],
    ['an actor of half a character', { ...facts('k1', 'x'), actor: '\ud800' }],
    ['a time that is none', { ...facts('k1', 'x'), sent_at: 'yesterday' }],
  ])('is invalid, harming no other: %s', async (_, command) => {
    const id = `i${Math.abs(hashCode(JSON.stringify(command)))}`;
    await open(store, id);
    const { replies } = await stepCase(store, id, START, facts('k-before', 'one'), command, facts('k-after', 'two'));
    expect(replies.map((reply) => reply.outcome)).toEqual(['accepted', 'invalid', 'accepted']);
    expect((await caseById(store, id))?.state.facts['pain']?.value).toBe('two');
  });

  it('is answered for a case that does not exist, whose run may end', async () => {
    const result = await stepCase(store, 'nowhere', START, facts('k1', 'x'));
    expect(result).toMatchObject({
      gone: true,
      outbox: false,
      replies: [{ outcome: 'invalid', problems: [{ code: 'no-such-case' }] }],
    });
    expect(await step(store, { kind: 'person', id: 'nobody', now: START, commands: [] })).toMatchObject({ gone: true });
    const open = { id: 'o', actor: 'ann', body: { command: 'open', title: 'X', pipeline: 'deal' } };
    for (const id of ['', 'a\0b', 'a\ud800b', 'x'.repeat(201)]) {
      expect(await stepCase(store, id, START, open)).toMatchObject({ gone: true, replies: [{ outcome: 'invalid' }] });
      expect(await caseById(store, id)).toBeUndefined();
    }
  });
});

/** A number of its own for each text, so that each case of a table has its own entity. */
function hashCode(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) | 0, 7);
}

describe('a repeated command', () => {
  it('gets its first reply, whatever happened since', async () => {
    await open(store, 'd1');
    const first = await send(store, 'case', 'd1', facts('k1', 'one'));
    await send(store, 'case', 'd1', facts('k2', 'two'));
    expect(await send(store, 'case', 'd1', facts('k1', 'one'), '2026-10-21T01:00:00.000Z')).toEqual(first);
    expect((await caseById(store, 'd1'))?.state.facts['pain']?.value).toBe('two');
  });

  it('gets its first refusal too', async () => {
    await open(store, 'd2');
    const advance = { id: 'k1', actor: 'ann', body: { command: 'advance' } };
    const first = await send(store, 'case', 'd2', advance);
    expect(await send(store, 'case', 'd2', advance)).toEqual(first);
    expect(await entries('d2')).toHaveLength(2);
  });

  it('counts once when it comes ten times in one step', async () => {
    await open(store, 'd3');
    const { replies } = await stepCase(store, 'd3', START, ...Array.from({ length: 10 }, () => facts('k1', 'one')));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(replies[0]).toMatchObject({ outcome: 'accepted', entry: 2 });
    expect(await entries('d3')).toHaveLength(2);
  });

  it('is a mistake with another payload or by another actor', async () => {
    await open(store, 'd4');
    await send(store, 'case', 'd4', facts('k1', 'one'));
    for (const other of [facts('k1', 'two'), facts('k1', 'one', 'bob')]) {
      const reply = await send(store, 'case', 'd4', other);
      expect(reply).toMatchObject({ outcome: 'invalid', problems: [{ code: 'command-id-reused' }] });
    }
  });
});

describe('steps on one entity at the same time', () => {
  it('go one after another and lose nothing', async () => {
    await open(store, 'p1');
    const names = Array.from({ length: 8 }, (_, index) => `k${index}`);
    const replies = await Promise.all(names.map((name) => send(store, 'case', 'p1', facts(name, name))));
    const seqs = replies.map((reply) => ('entry' in reply ? reply.entry : 0)).sort((a, b) => a - b);
    expect(seqs).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('open it once', async () => {
    const replies = await Promise.all(Array.from({ length: 4 }, () => open(store, 'p2')));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(await entries('p2')).toHaveLength(1);
  });

  it('let two people change at once without making a circle', async () => {
    const join = (id: string, manager?: string): SentCommand => ({
      id: `join-${id}-${manager ?? ''}`,
      actor: 'admin',
      body: { command: 'join', name: id, role: 'manager', ...(manager === undefined ? {} : { manager }) },
    });
    await send(store, 'person', 'x', join('x'));
    await send(store, 'person', 'y', join('y'));
    const replies = await Promise.all([
      send(store, 'person', 'x', join('x', 'y')),
      send(store, 'person', 'y', join('y', 'x')),
    ]);
    expect(replies.map((reply) => reply.outcome).sort()).toEqual(['accepted', 'invalid']);
  });
});

describe('a published set', () => {
  /** Rules that let a case leave its first stage without the visit. */
  function lenientSet(): PlaybookSet {
    const set = smallSet('rules-2');
    const rules = rulesWith('rules-2');
    const stages = rules.pipeline.stages.map((stage) => ({ ...stage, milestones: [] }));
    return { ...set, rules: { deal: { ...rules, pipeline: { ...rules.pipeline, stages } } } };
  }

  it('is for new cases only: running ones are judged by the rules they are pinned to', async () => {
    await open(store, 'v1');
    const published = await publish(store, lenientSet(), {}, 'admin');
    expect(published).toMatchObject({ changed: true, pipelines: { changed: ['deal'], added: [], removed: [] } });
    expect(await publish(store, lenientSet(), {}, 'admin')).toMatchObject({ changed: false, hash: published.hash });
    await open(store, 'v2');
    const advance = { id: 'k1', actor: 'ann', body: { command: 'advance' } };
    expect(await send(store, 'case', 'v1', advance)).toMatchObject({ outcome: 'refused' });
    expect(await send(store, 'case', 'v2', advance)).toMatchObject({ outcome: 'accepted' });
    expect((await entries('v1')).map((entry) => entry.rules)).toEqual(['rules-1', 'rules-1']);
    expect((await entries('v2')).map((entry) => entry.rules)).toEqual(['rules-2', 'rules-2']);
    const elsewhere = { ...store, known: newKnown() };
    expect(await send(elsewhere, 'case', 'v1', { ...advance, id: 'k2' })).toMatchObject({ outcome: 'refused' });
  });

  it('with another calendar has whoever waits look again, as a deadline may have moved forward', async () => {
    const set = smallSet('rules-3');
    const { plain } = set.calendars;
    const rules = rulesWith('rules-3');
    const ladder = rules.ladders['stall'];
    if (plain === undefined || ladder === undefined) throw new Error('the small set has a calendar and a ladder');
    const starts = [{ kind: 'no_activity', for: { amount: 10, unit: 'business_days' }, at: ladder.at }] as const;
    const inBusinessDays = { ...set, rules: { deal: { ...rules, ladders: { stall: { ...ladder, starts } } } } };
    const [day] = plain.hours;
    const fiveDays = { ...plain, hours: [day, day, day, day, day, [], []] as const };
    const fiveDayWeek = { ...inBusinessDays, calendars: { plain: fiveDays } };

    await publish(store, fiveDayWeek, {}, 'admin');
    const now = new Date().toISOString();
    await open(store, 'sleeps', 'Deal', now);
    const before = await wakeOf('sleeps');
    await publish(store, { ...fiveDayWeek, rules: { deal: rulesWith('rules-4') } }, {}, 'admin');
    expect(await wakeOf('sleeps')).toEqual(before);

    await publish(store, inBusinessDays, {}, 'admin');
    const inTwoMinutes = new Date(Date.now() + 120_000).toISOString();
    expect(await sweepDue(store, inTwoMinutes, 100)).toContainEqual({ kind: 'case', id: 'sleeps' });
    await stepCase(store, 'sleeps', now);
    const after = await wakeOf('sleeps');
    expect(after && before && after < before).toBe(true);
    expect(await sweepDue(store, inTwoMinutes, 100)).not.toContainEqual({ kind: 'case', id: 'sleeps' });
  });
});

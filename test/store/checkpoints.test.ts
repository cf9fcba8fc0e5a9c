/** Up to the newest checkpoint, nobody changes the journal unseen, superusers of the database included. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPlace, readCopies, renewSigningKey } from '../../store/audit/copies.ts';
import type { Finding } from '../../store/audit/finding.ts';
import { CheckpointRefused, makeCheckpoint } from '../../store/audit/make-checkpoint.ts';
import type { Store } from '../../store/open-store.ts';
import { verifyIn, verifyJournal } from '../../store/verify-journal.ts';
import { open, START, send, smallStore } from './small-store.ts';
import { randomOf, superuser, TAMPERINGS } from './tampering.ts';

/** How many; more with `PLAYRAIL_TAMPERINGS=20000`. */
const COUNT = Number(process.env['PLAYRAIL_TAMPERINGS'] ?? 1_000);
const SEED = Number(process.env['PLAYRAIL_SEED'] ?? 4);

let dir: string;
let store: Store;
let clean: Awaited<ReturnType<typeof verifyJournal>>;

const place = () => auditPlace(dir, {});
const at = START;

async function work(id: string): Promise<void> {
  await open(store, id, `机密 deal of ${id}`);
  for (const pain of ['month end takes nine days', '九天']) {
    await send(store, 'case', id, { id: `p-${pain}`, actor: 'ann', body: { command: 'set_facts', facts: { pain } } });
  }
  await send(store, 'case', id, { id: 'up', actor: 'ann', body: { command: 'advance' } });
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'playrail-audit-'));
  store = await smallStore();
  for (const id of ['c1', 'c2']) await work(id);
  await makeCheckpoint(store, place(), { at, night: '2026-10-20' });
  await work('c3');
  await makeCheckpoint(store, place(), { at, night: '2026-10-21' });
  await send(store, 'case', 'c1', {
    id: 'late',
    actor: 'ann',
    body: { command: 'set_facts', facts: { pain: 'gone' } },
  });
  await makeCheckpoint(store, place(), { at });
  clean = await verifyJournal(store, {
    checkpoints: place().folder,
    report: (one) => expect.fail(JSON.stringify(one)),
  });
});

afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

/** Tampers, verifies, and takes everything back. */
async function tampered(number: number): Promise<{ readonly how: string; readonly findings: readonly Finding[] }> {
  const random = randomOf(SEED * 1_000_003 + number);
  const names = Object.keys(TAMPERINGS);
  const how = names[number % names.length] ?? '';
  const trx = await store.db.startTransaction().execute();
  const findings: Finding[] = [];
  try {
    const entries = await trx
      .selectFrom('journal')
      .select(['kind', 'entity', 'seq', 'text'])
      .orderBy('kind')
      .orderBy('entity')
      .orderBy('seq')
      .execute();
    await TAMPERINGS[how]?.({ db: await superuser(trx), random, entries });
    await verifyIn(trx, { checkpoints: place().folder, report: (one) => findings.push(one) });
  } finally {
    await trx.rollback().execute();
  }
  return { how, findings };
}

describe('verification', () => {
  it(`finds every one of ${COUNT} tamperings, and accuses no journal that was left alone`, {
    timeout: 600_000,
  }, async () => {
    const missed: string[] = [];
    for (let number = 0; number < COUNT; number += 1) {
      const { how, findings } = await tampered(number);
      if (findings.length === 0) missed.push(`${how} (PLAYRAIL_SEED=${SEED}, number ${number})`);
      if (number % 100 === 0) {
        const again = await verifyJournal(store, { checkpoints: place().folder, report: () => undefined });
        expect(again).toEqual(clean);
      }
    }
    expect(missed).toEqual([]);
  });

  it('says which entity, which entry and what of it', async () => {
    const trx = await store.db.startTransaction().execute();
    const findings: Finding[] = [];
    const db = await superuser(trx);
    await db.query(`delete from journal where kind = 'case' and entity = 'c2'`);
    await db.query(`delete from personal_texts where kind = 'case' and entity = 'c2'`);
    await db.query(`delete from entities where kind = 'case' and id = 'c2'`);
    await verifyIn(trx, { checkpoints: place().folder, report: (one) => findings.push(one) });
    await trx.rollback().execute();
    expect(findings.map(({ code, kind, id }) => ({ code, kind, id }))).toEqual([
      { code: 'entity-removed', kind: 'case', id: 'c2' },
    ]);
  });

  it('without the copies cannot know of an entity that was removed whole, and says that nothing vouches', async () => {
    const counts = await verifyJournal(store, { report: () => undefined });
    expect(counts.checkpoints).toBe(0);
    expect(clean.checkpoints).toBe(3);
    expect(clean.checkpoint_at).toBe(at);
  });
});

describe('a checkpoint', () => {
  it('is made once a night, however many workers try', async () => {
    const night = '2026-10-22';
    const made = await Promise.all([1, 2, 3, 4].map(() => makeCheckpoint(store, place(), { at, night })));
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await makeCheckpoint(store, place(), { at, night })).toBeUndefined();
  });

  it('is not signed over a journal that no longer fits the one before', async () => {
    const before = await readCopies(place().folder);
    const trail = await store.db.selectFrom('journal').select(['seq', 'hash']).where('entity', '=', 'c3').execute();
    const tamper = (hash: string) =>
      store.db.transaction().execute(async (tx) => {
        const db = await superuser(tx);
        await db.query(`update journal set hash = $1 where entity = 'c3' and seq = $2`, [hash, trail.length]);
        await db.query(`update entities set head_hash = $1 where id = 'c3'`, [hash]);
      });
    await tamper('f'.repeat(64));
    await expect(makeCheckpoint(store, place(), { at })).rejects.toThrow(CheckpointRefused);
    await tamper(trail.find((one) => one.seq === trail.length)?.hash ?? '');
    expect(await readCopies(place().folder)).toEqual(before);
    expect(await makeCheckpoint(store, place(), { at })).toMatchObject({ n: before.length + 1 });
  });

  it('signed with a key since replaced still vouches', async () => {
    const key = await renewSigningKey(place());
    const made = await makeCheckpoint(store, place(), { at });
    expect(made).toBeDefined();
    expect((await readCopies(place().folder)).at(-1)?.document).toContain(key.id);
    await verifyJournal(store, { checkpoints: place().folder, report: (one) => expect.fail(JSON.stringify(one)) });
  });

  it('whose copy is edited, or not signed by a key of ours, is found', async () => {
    const { folder } = place();
    const newest = (await readCopies(folder)).at(-1);
    if (newest === undefined) throw new Error('no copy');
    const file = join(folder, `${String(newest.n).padStart(6, '0')}.json`);
    await writeFile(file, newest.document.replace('"entries":', '"entries":1'));
    const codes: string[] = [];
    await verifyJournal(store, { checkpoints: folder, report: ({ code }) => codes.push(code) });
    await writeFile(file, newest.document);
    expect(codes).toEqual(['checkpoint-forged', 'checkpoint-differs']);
  });

  it('after a restore begins anew, and only a key holder can say so', async () => {
    const { folder } = place();
    await work('c9');
    await makeCheckpoint(store, place(), { at });
    // The database as it was in the last backup: the newest case and the newest checkpoints are not in it.
    await store.db.transaction().execute(async (tx) => {
      const db = await superuser(tx);
      for (const table of ['journal', 'personal_texts']) await db.query(`delete from ${table} where entity = 'c9'`);
      await db.query(`delete from entities where id = 'c9'`);
      await db.query('delete from checkpoints where n > 2');
    });
    await expect(makeCheckpoint(store, place(), { at })).rejects.toThrow(CheckpointRefused);
    expect(await makeCheckpoint(store, place(), { at, afterRestore: true })).toMatchObject({ after_restore: true });
    const counts = await verifyJournal(store, {
      checkpoints: folder,
      report: (one) => expect.fail(JSON.stringify(one)),
    });
    expect(counts.checkpoints).toBe(1);
    expect(await makeCheckpoint(store, place(), { at })).toBeDefined();
  });
});

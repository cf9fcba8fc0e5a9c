/** Somebody who has left is erased: their words are nowhere any more, and the journal is as whole as before. */

import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { ERASED } from '../../engine/personal.ts';
import { countTexts, erasureOf, resumeErasures } from '../../store/erase/erase-person.ts';
import { caseFiles, noteCaseFile } from '../../store/files/case-files.ts';
import { inboxOf } from '../../store/inbox.ts';
import { journalOf } from '../../store/journal-of.ts';
import type { Store } from '../../store/open-store.ts';
import { verifyJournal } from '../../store/verify-journal.ts';
import { open, send, smallStore } from './small-store.ts';

const stores: Store[] = [];
let store: Store;

const NAME = '王安妮 Ann Whitfield';
const pain = (facts: object, id: string, actor = 'ann') => ({ id, actor, body: { command: 'set_facts', facts } });

beforeEach(async () => {
  store = await smallStore();
  stores.push(store);
  const profile = { command: 'join', name: NAME, role: 'rep', manager: 'bob', email: 'ann@example.org', lang: 'en' };
  await send(store, 'person', 'ann', { id: 'named', actor: 'admin', body: profile });
  await open(store, 'c1', 'Deal with 东方');
  await send(store, 'case', 'c1', pain({ pain: 'their CFO snores' }, 'k1'));
  const message = {
    kind: 'notice',
    case: 'c1',
    title: { zh: '停滞', en: 'stalled: Deal' },
    text: { zh: `负责人：${NAME}`, en: `it belongs to ${NAME}` },
  };
  for (const to of ['ann', 'bob']) {
    await send(store, 'person', to, { id: `m-${to}`, actor: 'system', body: { command: 'receive', message } });
  }
  const other = { command: 'set_facts', facts: { pain: `${NAME} said it hurts` } };
  await open(store, 'c2', 'Another');
  await send(store, 'case', 'c2', { id: 'k1', actor: 'ann', body: other });
});
afterAll(() => Promise.all(stores.map((one) => one.close())));

/** Everything the database holds, as one text. */
async function everything(): Promise<string> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(
    store.db,
  );
  const read = tables.rows.map(({ name }) =>
    store.db.executeQuery<{ row: string }>(CompiledQuery.raw(`select r::text as row from ${name} r`)),
  );
  return (await Promise.all(read)).flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
}

async function leaveAndErase(reach: object): Promise<void> {
  await send(store, 'person', 'ann', { id: 'leave', actor: 'admin', body: { command: 'leave' } });
  await sql`update outbox set delivered_at = now() - interval '2 hours'`.execute(store.db);
  const reply = await send(store, 'person', 'ann', {
    id: 'erase',
    actor: 'admin',
    body: { command: 'erase', ...reach },
  });
  expect(reply.outcome).toBe('accepted');
  await resumeErasures(store);
}

async function isWhole(): Promise<void> {
  await verifyJournal(store, { report: (one) => expect.fail(JSON.stringify(one)) });
}

it('who has not left, and who is no administrator, is told so', async () => {
  const body = { command: 'erase' };
  const early = await send(store, 'person', 'ann', { id: 'e1', actor: 'admin', body });
  expect(early).toMatchObject({ outcome: 'refused', reasons: [{ code: 'not-gone' }] });
  expect((await send(store, 'person', 'ann', { id: 'e2', actor: 'bob', body })).outcome).toBe('forbidden');
});

it('name and mail are nowhere any more; what they wrote about cases stays; the journal is whole', async () => {
  const before = await countTexts(store, 'ann');
  expect(before.about).toBeGreaterThan(0);
  expect(before.named).toBeGreaterThan(0);
  await leaveAndErase({});
  const text = await everything();
  expect(text).not.toContain('ann@example.org');
  expect(text).not.toContain(`it belongs to ${NAME}`);
  expect(text).toContain('their CFO snores');
  expect(await countTexts(store, 'ann')).toMatchObject({ about: 0, named: 0 });
  expect((await erasureOf(store, 'ann')).done_at).toBeDefined();
  const [item] = await inboxOf(store, 'bob', { limit: 1 });
  expect(item?.message.text).toEqual({ zh: ERASED, en: ERASED });
  await isWhole();
});

it('with `written` every word of theirs goes, and a command sent again still gets its first reply', async () => {
  await leaveAndErase({ written: true });
  const text = await everything();
  for (const secret of [NAME, 'their CFO snores', 'Deal with 东方', 'ann@example.org'])
    expect(text).not.toContain(secret);
  const [opened] = await journalOf(store, 'case', 'c1', 0, 1);
  expect(opened?.entry.command).toMatchObject({ title: ERASED });
  expect(await send(store, 'case', 'c1', pain({ pain: 'their CFO snores' }, 'k1'))).toMatchObject({
    outcome: 'accepted',
    entry: 2,
  });
  await isWhole();
  // The case goes on: its other values are what they were.
  expect(await send(store, 'case', 'c1', pain({ pain: 'now mine' }, 'k9', 'bob'))).toMatchObject({
    outcome: 'forbidden',
  });
});

it('an erasure that was cut off goes on, and one that was done is done', async () => {
  await send(store, 'person', 'ann', { id: 'leave', actor: 'admin', body: { command: 'leave' } });
  await send(store, 'person', 'ann', { id: 'erase', actor: 'admin', body: { command: 'erase' } });
  // A message may still be on its way: what can go goes, the rest later.
  await sql`update outbox set delivered_at = now()`.execute(store.db);
  await resumeErasures(store);
  await isWhole();
  await sql`update outbox set delivered_at = now() - interval '2 hours'`.execute(store.db);
  await resumeErasures(store);
  expect((await erasureOf(store, 'ann')).done_at).toBeDefined();
  expect(await resumeErasures(store)).toBe(0);
  expect(await everything()).not.toContain('ann@example.org');
});

it('texts that were taken away without an erasure are found', async () => {
  await sql`update personal_texts set texts = '[{"erased":"ann"}]' where entity = 'c1' and seq = 2`.execute(store.db);
  const codes: string[] = [];
  await verifyJournal(store, { report: ({ code }) => codes.push(code) });
  expect(codes).toContain('text-missing');
});

it('names of files go with what was written, or names them; hashes, kinds and bytes stay', async () => {
  const file = (digit: string, name: string) => ({ sha256: digit.repeat(64), name, size: 9, type: 'application/pdf' });
  await noteCaseFile(store, 'c1', file('1', 'my secret notes.pdf'), 'ann');
  await noteCaseFile(store, 'c1', file('2', `CV of ${NAME}.pdf`), 'bob');
  await noteCaseFile(store, 'c1', file('3', 'Annual plan.pdf'), 'bob');
  const names = async () => (await caseFiles(store, 'c1')).map(({ name }) => name);
  const before = await countTexts(store, 'ann');
  await leaveAndErase({ quoted: true });
  expect(await names()).toEqual(['my secret notes.pdf', '已删除-erased.pdf', 'Annual plan.pdf']);
  expect((await countTexts(store, 'ann')).written).toBe(before.written);
});

it('names of files that they uploaded are erased when what they wrote is', async () => {
  const file = { sha256: '1'.repeat(64), name: 'my secret notes.pdf', size: 9, type: 'application/pdf' };
  await noteCaseFile(store, 'c1', file, 'ann');
  await leaveAndErase({ written: true });
  expect(await everything()).not.toContain('secret notes');
  expect(await caseFiles(store, 'c1')).toMatchObject([{ sha256: file.sha256, size: 9, uploaded_by: 'ann' }]);
  await isWhole();
});

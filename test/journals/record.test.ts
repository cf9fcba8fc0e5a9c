/**
 * The recorder of journals, kept in working order until the next release needs it. Before a release:
 * `PLAYRAIL_RECORD=test/journals/<version> npx vitest run --project pure test/journals/record.test.ts`, once, and never
 * again for that version.
 */

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { foldOf, stateOf } from '../../store/fold.ts';
import { openEntry } from '../../store/journal-entry.ts';
import { record } from './record.ts';
import type { RecordedJournal } from './recorded.ts';

const folder = process.env['PLAYRAIL_RECORD'];

it('today’s journals can be recorded, and fold', { timeout: 300_000 }, async () => {
  if (folder !== undefined && existsSync(folder)) throw new Error(`${folder} is recorded already and stays as it is`);
  const scratch = await mkdtemp(join(tmpdir(), 'playrail-journals-'));
  const into = folder ?? scratch;
  const files = await record(into, folder === undefined ? 30 : 1_200);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const journal: RecordedJournal = JSON.parse(await readFile(join(into, file), 'utf8'));
    const accepted = journal.entries
      .map(({ text, texts = null }) => openEntry({ text, texts }).entry)
      .filter((one) => one.outcome === 'accepted');
    const events = accepted.flatMap((entry) => entry.events ?? []);
    expect(foldOf(journal.kind, undefined, events)).toEqual(stateOf(journal.kind, journal.state));
  }
  await rm(scratch, { recursive: true });
});

/** Exports of CRMs nobody here has seen: every row lands as it was meant, or is told; and a mapping can be suggested for each. */

import { expect, it } from 'vitest';
import { readTables } from '../../api/export-files/read-tables.ts';
import { sampleFile } from '../../api/export-files/sample-file.ts';
import { decide } from '../../engine/case/decide.ts';
import type { CaseEvent } from '../../engine/case/event.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import { suggestMapping } from '../../engine/mapping/suggest/suggest-mapping.ts';
import type { People } from '../../engine/who/people.ts';
import { sha256 } from '../../store/hash.ts';
import { readImport, rowMapper } from '../../store/imports/prepare-import.ts';
import { CORPUS, type Export } from './exports/corpus.ts';
import { type Deal, OWNERS } from './exports/deals.ts';
import { compiledWith, mappingOf, SHIPPED, SHIPPED_PLAYBOOKS } from './shipped-mapping.ts';

const NOW = '2026-11-20T08:00:00.000Z';

const PEOPLE: People = {
  version: 1,
  by_id: Object.fromEntries([
    ...OWNERS.map(
      ({ id, name, email }) => [id, { person: id, name, email, role: 'rep', lang: 'en', active: true }] as const,
    ),
    ['ops', { person: 'ops', name: 'Ops', role: 'sales-ops', lang: 'en', active: true }] as const,
  ]),
};

type Opened = Extract<CaseEvent, { event: 'case_opened' }>;

/** Every row through the mapping and the decider that would open its case. */
async function dryRun(one: Export) {
  const set = compiledWith({ path: `${one.name}.yaml`, text: one.mapping });
  const mapping = mappingOf(set, one.name);
  const read = await readTables(mapping, one.files);
  const result = read.ok ? readImport(mapping, read.tables) : read;
  if (!result.ok || !('read' in result)) throw new Error(JSON.stringify(result));
  const rowAt = rowMapper(result.read, { playbook: set, people: PEOPLE, shift_days: 0, started_at: NOW });
  const opened = new Map<string, readonly CaseEvent[]>();
  const told: string[] = [];
  let skipped = 0;
  for (const index of result.read.tables.main.rows.keys()) {
    const row = rowAt(index);
    if (row?.ok === false) {
      if (row.skipped !== undefined) skipped += 1;
      told.push(...row.problems.map(({ line, column, message }) => `${line} ${column}: ${message.en}`));
    } else if (row !== undefined) {
      const id = `c${index}`;
      const outcome = decide({ case: id, playbook: set, people: PEOPLE, now: NOW }, undefined, {
        id,
        actor: 'ops',
        body: row.open,
      });
      if (outcome.outcome === 'accepted') opened.set(row.external_id, outcome.events);
      else told.push(`${row.line}: ${JSON.stringify(outcome)}`);
    }
  }
  return { rows: result.read.tables.main.rows.length, opened, told, skipped };
}

function openedOf(events: readonly CaseEvent[] | undefined): Opened | undefined {
  return events?.find((event): event is Opened => event.event === 'case_opened');
}

/** The deal's number is the only one in each id. */
function numberIn(id: string): number {
  const digits = Number(/(\d+)$/.exec(id)?.[1]);
  return digits > 90_000 ? digits - 90_000 : id.startsWith('006') ? Number(id.slice(3)) : digits;
}

it.each(CORPUS.filter((one) => one.name !== 'leads').map((one) => [one.name, one] as const))(
  'every row of the %s export becomes the deal that it is',
  async (_name, one) => {
    const { rows, opened, told, skipped } = await dryRun(one);
    expect(told).toEqual([]);
    expect(skipped).toBe(one.beside?.skipped ?? 0);
    expect(opened.size).toBe(one.deals.length);
    expect(rows).toBe(opened.size + skipped);
    const byNumber = new Map(one.deals.map((deal) => [deal.number, deal]));
    for (const [id, events] of opened) {
      const deal = byNumber.get(numberIn(id));
      if (deal === undefined) throw new Error(`no deal for ${id}`);
      expectSame(one, deal, events);
    }
  },
);

function expectSame(one: Export, deal: Deal, events: readonly CaseEvent[]): void {
  const event = openedOf(events);
  const status = events.some(({ event: name }) => name === 'won')
    ? 'won'
    : events.some(({ event: name }) => name === 'lost')
      ? 'lost'
      : undefined;
  expect(status).toBe(deal.end);
  const day = new Date(Date.parse(event?.opened_at ?? '') + 12 * 3_600_000).toISOString().slice(0, 10);
  expect(day).toBe(deal.opened);
  expect(event?.owner).toBe(deal.owner.id);
  if (one.has.money !== undefined) {
    expect(event?.facts['amount']?.value).toEqual({ minor: deal.cents, currency: one.has.money });
  }
  if (one.has.history === true && deal.end === undefined && [1, 3].includes(deal.stage)) {
    expect(event?.entered_at?.slice(0, 10)).toBe(deal.entered);
    expect(event?.history?.at(-1)?.stage).toBe(event?.stage);
  }
}

it('a leads export with `Select` for nothing and owners nobody knows is told where it says nothing, and loses no row', async () => {
  const one = CORPUS.find(({ name }) => name === 'leads');
  if (one === undefined) throw new Error('no leads');
  const { opened, told } = await dryRun(one);
  const blank = one.deals.filter(({ stage }) => stage === 0);
  // Each title holds a line break, so that a row takes two lines.
  expect(told).toEqual(blank.map(({ number }) => `${2 * number} Lead Stage: the stage is blank`));
  expect(opened.size).toBe(one.deals.length - blank.length);
  for (const [id, events] of opened) {
    const deal = one.deals[numberIn(id) - 1];
    const event = openedOf(events);
    expect(event?.owner).toBe(numberIn(id) % 4 === 0 ? 'ann' : deal?.owner.id);
    expect(event?.facts['waiting_for_customer']?.value).toBe(
      { yes: true, no: false, '': undefined }[deal?.waiting ?? ''],
    );
  }
});

const PIPELINE = SHIPPED.rules['large-deal']?.pipeline;
const NAMES = new Set(
  [
    ...(PIPELINE?.stages.flatMap(({ stage, title }) => [stage, title.zh, title.en]) ?? []),
    ...Object.values(PIPELINE?.aliases ?? {}).flatMap((set) => Object.values(set).flatMap(({ zh, en }) => [zh, en])),
  ].map((name) => name.toLowerCase()),
);

async function suggested(one: Export) {
  const file = one.files[one.file] ?? '';
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const read = await sampleFile(one.file, bytes);
  if (!read.ok) throw new Error(read.message.en);
  const pipelines = Object.values(SHIPPED.rules).map(({ pipeline }) => pipeline);
  return suggestMapping({ name: 'suggested', ...read.sampled, pipelines, pipeline: 'large-deal', lang: 'en' });
}

it.each(CORPUS.map((one) => [one.name, one] as const))(
  'the mapping suggested for %s sees what a person would, and asks the rest',
  async (_name, one) => {
    const { text, questions } = await suggested(one);
    for (const seen of one.sees) expect(text).toContain(seen);
    for (const word of one.asks) expect(questions.join('\n')).toContain(`\`${word}\``);
    const playbooks = [...SHIPPED_PLAYBOOKS, { path: 'suggested.yaml', text }];
    const { set, diagnostics } = compileSet(playbooks, { sha256 });
    const own = diagnostics.filter(({ at }) => at.file === 'suggested.yaml');
    expect(own.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(own.every(({ code }) => code === 'open-question')).toBe(true);
    const mapping = set?.mappings['suggested'];
    // A line that asks about several words holds a mark for each.
    expect(mapping?.open_questions?.length ?? 0).toBeGreaterThanOrEqual(questions.length);
    expect(questions.length === 0).toBe(mapping?.open_questions === undefined);
    for (const [word, meant] of Object.entries(mapping?.stage.values ?? {})) {
      // A stage is never invented: the word is what the playbook itself calls it.
      if (meant.kind === 'stage') expect(NAMES).toContain(word.toLowerCase());
    }
  },
);

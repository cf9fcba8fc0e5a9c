/** What somebody with the rights of a superuser could do to the journal, each way chosen by a random number. */

import { CompiledQuery } from 'kysely';
import { canonicalText } from '../../engine/canonical-text.ts';
import { sha256 } from '../../store/hash.ts';
import type { Tx } from '../../store/open-store.ts';

export type Random = (below: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

interface Entry {
  readonly kind: string;
  readonly entity: string;
  readonly seq: number;
  readonly text: string;
}

export interface Target {
  readonly db: Superuser;
  readonly random: Random;
  /** Every entry that a checkpoint has seen, in order of kind, entity and number. */
  readonly entries: readonly Entry[];
}

/** Whom no trigger stops. */
export interface Superuser {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

export async function superuser(tx: Tx): Promise<Superuser> {
  await tx.executeQuery(CompiledQuery.raw('set local session_replication_role = replica'));
  return { query: (text, values = []) => tx.executeQuery(CompiledQuery.raw(text, [...values])) };
}

type Tampering = (target: Target) => Promise<unknown>;

function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[random(list.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

const of = (entry: Entry): unknown[] => [entry.kind, entry.entity];
const WHERE = 'kind = $1 and entity = $2';

function trailOf({ entries }: Target, { kind, entity }: Entry): readonly Entry[] {
  return entries.filter((one) => one.kind === kind && one.entity === entity);
}

/** Writes an entity's journal anew from an entry on, every hash fitting, its head too. */
async function rewrite(target: Target, from: Entry, change: (entry: Record<string, unknown>) => void): Promise<void> {
  let prev: string | undefined;
  for (const { kind, entity, seq, text } of trailOf(target, from)) {
    if (seq < from.seq) continue;
    const entry: Record<string, unknown> = JSON.parse(text);
    if (seq === from.seq) change(entry);
    if (prev !== undefined) entry['prev'] = prev;
    const anew = canonicalText(entry);
    prev = sha256(anew);
    await target.db.query(
      `update journal set text = $4, hash = $5, prev_hash = $6, actor = $7, recorded_at = $8 where ${WHERE} and seq = $3`,
      [kind, entity, seq, anew, prev, entry['prev'], entry['actor'], entry['at']],
    );
  }
  await target.db.query('update entities set head_hash = $3 where kind = $1 and id = $2', [...of(from), prev]);
}

export const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'a character of an entry is changed': async (target) => {
    const entry = pick(target.random, target.entries);
    const at = target.random(entry.text.length);
    const other = entry.text[at] === 'x' ? 'y' : 'x';
    const text = entry.text.slice(0, at) + other + entry.text.slice(at + 1);
    await target.db.query(`update journal set text = $4 where ${WHERE} and seq = $3`, [...of(entry), entry.seq, text]);
  },
  'an entry is changed and its hash made to fit': async (target) => {
    const entry = pick(target.random, target.entries);
    const text = canonicalText({ ...JSON.parse(entry.text), actor: 'eve' });
    await target.db.query(`update journal set text = $4, hash = $5, actor = 'eve' where ${WHERE} and seq = $3`, [
      ...of(entry),
      entry.seq,
      text,
      sha256(text),
    ]);
  },
  'a column is changed': async (target) => {
    const entry = pick(target.random, target.entries);
    const column = pick(target.random, [
      `actor = 'eve'`,
      `recorded_at = recorded_at - interval '1 day'`,
      `command_id = 'another'`,
      `prev_hash = 'x'`,
      `hash = 'x'`,
    ]);
    await target.db.query(`update journal set ${column} where ${WHERE} and seq = $3`, [...of(entry), entry.seq]);
  },
  'an entry is removed': async (target) => {
    const entry = pick(target.random, target.entries);
    await target.db.query(`delete from journal where ${WHERE} and seq = $3`, [...of(entry), entry.seq]);
  },
  'a tail is cut': async (target) => {
    const entry = pick(target.random, target.entries);
    await target.db.query(`delete from journal where ${WHERE} and seq >= $3`, [...of(entry), entry.seq]);
  },
  'a tail is cut, and the head put where the journal now ends': async (target) => {
    const entry = pick(
      target.random,
      target.entries.filter((one) => one.seq > 1),
    );
    await target.db.query(`delete from journal where ${WHERE} and seq >= $3`, [...of(entry), entry.seq]);
    await target.db.query(`delete from personal_texts where ${WHERE} and seq >= $3`, [...of(entry), entry.seq]);
    await target.db.query(
      `update entities set (seq, head_hash) = (select seq, hash from journal where ${WHERE} order by seq desc limit 1),
        state = null where kind = $1 and id = $2`,
      of(entry),
    );
  },
  'an entity is removed, its journal left': async (target) => {
    const entry = pick(target.random, target.entries);
    await target.db.query('delete from entities where kind = $1 and id = $2', of(entry));
  },
  'an entity’s journal is removed, the entity left': async (target) => {
    await target.db.query(`delete from journal where ${WHERE}`, of(pick(target.random, target.entries)));
  },
  'an entity is removed whole': async (target) => {
    const entry = pick(target.random, target.entries);
    for (const table of ['journal', 'personal_texts', 'outbox']) {
      await target.db.query(`delete from ${table} where ${WHERE}`, of(entry));
    }
    await target.db.query('delete from entities where kind = $1 and id = $2', of(entry));
    await target.db.query('delete from cases where id = $1', [entry.entity]);
  },
  'a chain is rewritten from an entry on': async (target) => {
    const entry = pick(target.random, target.entries);
    await rewrite(target, entry, (raw) => {
      raw['people_version'] = 999;
    });
  },
  'a chain is rewritten whole': async (target) => {
    const entry = pick(
      target.random,
      target.entries.filter((one) => one.seq === 1),
    );
    await rewrite(target, entry, (raw) => {
      raw['actor'] = 'eve';
    });
  },
  'a state is changed': async (target) => {
    const { kind, entity } = pick(target.random, target.entries);
    await target.db.query(
      `update entities set state = replace(state::text, '"last_at":"20', '"last_at":"19')::json where kind = $1 and id = $2`,
      [kind, entity],
    );
  },
  'two entries change places': async (target) => {
    const entry = pick(
      target.random,
      target.entries.filter((one) => one.seq > 1),
    );
    const pair = [...of(entry), entry.seq];
    await target.db.query(`update journal set seq = -seq where ${WHERE} and seq in ($3, $3 - 1)`, pair);
    await target.db.query(
      `update journal set seq = case -seq when $3 then $3 - 1 else $3 end where ${WHERE} and seq < 0`,
      pair,
    );
  },
  'a text kept apart is changed': async (target) => {
    const row = await someTexts(target);
    const [first, ...others] = row.texts;
    await target.db.query(`update personal_texts set texts = $4 where ${WHERE} and seq = $3`, [
      ...of(row),
      row.seq,
      JSON.stringify([{ ...first, text: 'never said' }, ...others]),
    ]);
  },
  'texts kept apart are removed': async (target) => {
    const row = await someTexts(target);
    const how = pick(target.random, ['delete', 'empty', 'blame']);
    const where = `${WHERE} and seq = $3`;
    if (how === 'delete') await target.db.query(`delete from personal_texts where ${where}`, [...of(row), row.seq]);
    else {
      const texts = how === 'empty' ? [] : row.texts.map(() => ({ erased: 'nobody' }));
      await target.db.query(`update personal_texts set texts = $4 where ${where}`, [
        ...of(row),
        row.seq,
        JSON.stringify(texts),
      ]);
    }
  },
  'texts are given to somebody else': async (target) => {
    const row = await someTexts(target);
    await target.db.query(`update personal_texts set person = 'eve' where ${WHERE} and seq = $3`, [
      ...of(row),
      row.seq,
    ]);
  },
  'a checkpoint is removed': async (target) => {
    await target.db.query('delete from checkpoints where n = $1', [1 + target.random(3)]);
  },
  'all checkpoints are removed': (target) => target.db.query('delete from checkpoints'),
  'a checkpoint is rewritten': async (target) => {
    const column = pick(target.random, ['heads', 'document']);
    await target.db.query(`update checkpoints set ${column} = replace(${column}, '1', '2') where n = $1`, [
      1 + target.random(3),
    ]);
  },
  'a checkpoint is added that nobody signed': async ({ db }) => {
    await db.query(
      `insert into checkpoints (n, at, document, heads) select max(n) + 1, now(), '{}', '' from checkpoints`,
    );
  },
};

type TextRow = Entry & { readonly texts: readonly Readonly<Record<string, unknown>>[] };

async function someTexts(target: Target): Promise<TextRow> {
  const { rows } = await target.db.query('select kind, entity, seq, texts from personal_texts order by 1, 2, 3');
  return pick(target.random, rows as readonly TextRow[]);
}

/** Writes drafts: journal, entities, lists, inbox and outbox, one statement for one command or for hundreds. */

import { CompiledQuery, sql } from 'kysely';
import type { Effect } from '../engine/case/effect.ts';
import type { PersonRow, Projection, Wish } from './decider.ts';
import type { Draft } from './draft.ts';
import type { Tx } from './open-store.ts';

/** Columns and types of the rows handed over as JSON, and what to do when the row is there. */
interface Target {
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly key?: readonly string[];
}

const ENTITIES: Target = {
  table: 'entities',
  columns: {
    kind: 'text',
    id: 'text',
    seq: 'integer',
    head_hash: 'text',
    state: 'json',
    wake_at: 'timestamptz',
    last_at: 'timestamptz',
    wake_faults: 'integer',
    wake_not_before: 'timestamptz',
  },
  key: ['kind', 'id'],
};

const JOURNAL: Target = {
  table: 'journal',
  columns: {
    kind: 'text',
    entity: 'text',
    seq: 'integer',
    command_id: 'text',
    actor: 'text',
    recorded_at: 'timestamptz',
    text: 'text',
    hash: 'text',
    prev_hash: 'text',
  },
};

const PERSONAL: Target = {
  table: 'personal_texts',
  columns: { kind: 'text', entity: 'text', seq: 'integer', person: 'text', role: 'text', texts: 'json' },
};

const CASES: Target = {
  table: 'cases',
  columns: {
    id: 'text',
    title: 'text',
    pipeline: 'text',
    rules: 'text',
    status: 'text',
    finished: 'boolean',
    finish_reason: 'text',
    ungated: 'boolean',
    stage: 'text',
    owner: 'text',
    opened_at: 'timestamptz',
    entered_at: 'timestamptz',
    last_activity_at: 'timestamptz',
    stalled_since: 'timestamptz',
    stall_cause: 'text',
    rungs_fired: 'integer',
    demanded: 'boolean',
    flags: 'text[]',
    task_owners: 'text[]',
    asked: 'text[]',
    to_accept: 'integer',
    debts: 'integer',
    debt_due_on: 'date',
    owes: 'jsonb',
    answer_digests: 'text[]',
    customer: 'text',
    amount_minor: 'bigint',
    amount_currency: 'text',
    amount_mark: 'text',
    findings: 'integer',
    parent: 'text',
    updated_at: 'timestamptz',
  },
  key: ['id'],
};

const INBOX: Target = {
  table: 'inbox_items',
  columns: {
    person: 'text',
    item: 'integer',
    kind: 'text',
    case_id: 'text',
    message: 'jsonb',
    received_at: 'timestamptz',
    subject: 'text',
    on_behalf_of: 'text',
  },
};

const OUTBOX: Target = {
  table: 'outbox',
  columns: {
    kind: 'text',
    entity: 'text',
    seq: 'integer',
    idx: 'integer',
    key: 'text',
    queue: 'text',
    target: 'text',
    payload: 'jsonb',
    recorded_at: 'timestamptz',
    next_at: 'timestamptz',
  },
};

type Rows = readonly (readonly [Target, readonly unknown[]])[];

/** All drafts are of different entities, or there is one. Returns the new version of the people, when they changed. */
export async function writeDrafts<S>(tx: Tx, drafts: readonly Draft<S>[]): Promise<number | undefined> {
  await insertRows(tx, [
    [ENTITIES, drafts.map(entityRow)],
    [JOURNAL, drafts.map(journalRow)],
    [PERSONAL, drafts.flatMap(personalRow)],
    [CASES, drafts.flatMap((draft) => draft.projection.cases)],
    [INBOX, drafts.flatMap((draft) => draft.projection.inbox_items)],
    [OUTBOX, drafts.flatMap(outboxRows)],
  ]);
  const read = drafts.flatMap((draft) => draft.projection.read_items);
  if (read.length > 0) await markRead(tx, read);
  const settled = drafts.flatMap((draft) => draft.projection.settled_items);
  if (settled.length > 0) await markSettled(tx, settled);
  for (const { person, at } of drafts.flatMap((draft) => draft.projection.revoked_keys)) {
    await sql`update api_keys set revoked_at = ${at} where person = ${person} and revoked_at is null`.execute(tx);
  }
  for (const wish of drafts.flatMap((draft) => draft.projection.erasures)) await rememberErasure(tx, wish);
  let version: number | undefined;
  for (const row of drafts.flatMap((draft) => draft.projection.people)) version = await putPerson(tx, row);
  return version;
}

/** Asked again, it reaches at least as far, and begins anew. */
async function rememberErasure(tx: Tx, { person, requested_at, written, quoted }: Wish): Promise<void> {
  await sql`insert into erasures (person, requested_at, written, quoted, counts)
    values (${person}, ${requested_at}, ${written}, ${quoted}, '{}')
    on conflict (person) do update set requested_at = excluded.requested_at, done_at = null,
      written = erasures.written or excluded.written, quoted = erasures.quoted or excluded.quoted`.execute(tx);
}

/** What was read before keeps its time. */
async function markRead(tx: Tx, items: Projection['read_items']): Promise<void> {
  await sql`update inbox_items i set read_at = r.read_at
    from json_to_recordset(${JSON.stringify(items)}::json) as r(person text, item integer, read_at timestamptz)
    where i.person = r.person and i.item = r.item and i.read_at is null`.execute(tx);
}

/** What is settled stays as it was settled first. */
async function markSettled(tx: Tx, items: Projection['settled_items']): Promise<void> {
  await sql`update inbox_items i set settled_at = s.at, settled_how = s.how
    from json_to_recordset(${JSON.stringify(items)}::json)
      as s(person text, subject text, item integer, before integer, how text, at timestamptz)
    where i.person = s.person and i.settled_at is null and (s.subject is null or i.subject = s.subject)
      and (s.item is null or i.item = s.item) and (s.before is null or i.item < s.before)`.execute(tx);
}

async function insertRows(tx: Tx, rows: Rows): Promise<void> {
  const filled = rows.filter(([, list]) => list.length > 0);
  const parts = filled.map(([target], index) => `t${index} as (${insertOf(target, index + 1)})`);
  const parameters = filled.map(([, list]) => JSON.stringify(list));
  await tx.executeQuery(CompiledQuery.raw(`with ${parts.join(', ')} select`, parameters));
}

const inserts = new Map<string, string>();

function insertOf({ table, columns, key }: Target, parameter: number): string {
  const name = `${table} ${parameter}`;
  const known = inserts.get(name);
  if (known !== undefined) return known;
  const names = Object.keys(columns).join(', ');
  const typed = Object.entries(columns)
    .map(([column, type]) => `${column} ${type}`)
    .join(', ');
  const others = Object.keys(columns).filter((column) => key !== undefined && !key.includes(column));
  const set = others.map((column) => `${column} = excluded.${column}`).join(', ');
  const conflict = key === undefined ? '' : ` on conflict (${key.join(', ')}) do update set ${set}`;
  const text = `insert into ${table} (${names}) select ${names} from json_to_recordset($${parameter}::json) as r(${typed})${conflict}`;
  inserts.set(name, text);
  return text;
}

function entityRow<S>({ kind, id, head }: Draft<S>): unknown {
  const { seq, hash, state = null, last_at, wake_at = null, wake_faults, wake_not_before = null } = head;
  return { kind, id, seq, head_hash: hash, state, wake_at, last_at, wake_faults, wake_not_before };
}

function journalRow<S>({ kind, id, sealed: { entry, text, hash } }: Draft<S>): unknown {
  const command_id = entry.outcome === 'fault' ? null : entry.command_id;
  return {
    kind,
    entity: id,
    seq: entry.seq,
    command_id,
    actor: entry.actor,
    recorded_at: entry.at,
    text,
    hash,
    prev_hash: entry.prev,
  };
}

function personalRow<S>({ kind, id, sealed: { entry, apart }, whose }: Draft<S>): unknown[] {
  return whose === undefined || apart.length === 0
    ? []
    : [{ kind, entity: id, seq: entry.seq, ...whose, texts: apart }];
}

function outboxRows<S>({ kind, id, sealed, effects }: Draft<S>): unknown[] {
  const { entry, hash } = sealed;
  return effects.map((payload, idx) => ({
    kind,
    entity: id,
    seq: entry.seq,
    idx,
    key: `${hash}:${idx}`,
    ...destinationOf(payload),
    payload,
    recorded_at: entry.at,
    next_at: entry.at,
  }));
}

function destinationOf(effect: Effect): { queue: 'entities' | 'outside'; target: string } {
  switch (effect.effect) {
    case 'message':
    case 'settle':
    case 'tell_person':
      return { queue: 'entities', target: `person/${effect.to}` };
    case 'tell_case':
    case 'diagnose':
      return { queue: 'entities', target: `case/${effect.to}` };
    case 'webhook':
      return { queue: 'outside', target: `webhook/${effect.destination}` };
    case 'mail':
      return { queue: 'outside', target: 'mail' };
    default:
      return effect satisfies never;
  }
}

/** Two statements, so that the old row has ended before the new one begins. The lock on the version orders all changes. */
async function putPerson(tx: Tx, row: PersonRow): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    with v as (update people_version set version = version + 1 returning version),
    ended as (update people set until_version = v.version from v where person = ${row.person} and until_version is null)
    select version from v`.execute(tx);
  const version = rows[0]?.version;
  if (version === undefined) throw new Error('the version of the people is missing');
  await tx
    .insertInto('people')
    .values({ ...row, absences: JSON.stringify(row.absences), version, until_version: null })
    .execute();
  return version;
}

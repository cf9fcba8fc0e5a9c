/** Bulk import of new cases: the same decisions and the same rows as `step`, hundreds in one transaction. */

import { sql } from 'kysely';
import type { CaseCommand, CommandEnvelope } from '../engine/case/command.ts';
import type { CaseEvent } from '../engine/case/event.ts';
import type { CaseState } from '../engine/case/state.ts';
import type { Reply } from '../engine/entity.ts';
import { fault } from '../engine/fault.ts';
import { fromMs, type Instant, toMs } from '../engine/time/instant.ts';
import { caseDecider } from './case-decider.ts';
import { ofTheRows, StoreFault } from './cause-of.ts';
import { type CheckedCommand, checkSent } from './check-sent.ts';
import type { Scene } from './decider.ts';
import { type Draft, draft, NEW_HEAD } from './draft.ts';
import type { KeptEntry } from './journal-entry.ts';
import { loadScene } from './load-scene.ts';
import type { Store, Tx } from './open-store.ts';
import { lockNames, readSurroundings } from './read-entity.ts';
import { LEEWAY_MS, noSuch, repeat } from './turn.ts';
import { writeDrafts } from './write-drafts.ts';

export interface NewCase {
  readonly id: string;
  readonly envelope: CommandEnvelope<CaseCommand>;
}

export interface InsertedCase {
  readonly id: string;
  /** True: made by this call. False: it was there already, or `reply` says why it could not be made. */
  readonly created: boolean;
  readonly reply: Reply;
  /** When its workflow must wake; absent where it needs no workflow yet. */
  readonly wake_at?: Instant;
  /** Messages wait in its outbox, so its workflow must run. */
  readonly outbox: boolean;
}

/** Hundreds of rows may take longer than one command's. */
const BATCH_PATIENCE_MS = 30_000;

type CaseDraft = Draft<CaseState>;

/** One case on its way through the batch: what it was drafted as, or why not. */
interface Prepared {
  readonly id: string;
  readonly reply: Reply;
  readonly draft?: CaseDraft;
}

/**
 * Opens cases in one transaction (some 200 at a time are best), their workflows to be started after. Repeatable: a case
 * made before by the same command gets its first reply; refusals of new cases are answered but not journalled, since
 * an import reports them and may try again with a better row. Ids in one call must differ.
 * @param alongside writes what belongs to the cases in the same transaction; what it throws undoes them
 * @throws Error when the database is away or busy, or `now` lies ahead of its clock: nothing was written.
 */
export function insertNewCases(
  store: Store,
  now: Instant,
  items: readonly NewCase[],
  alongside: (tx: Tx, made: readonly InsertedCase[]) => Promise<void> = () => Promise.resolve(),
): Promise<readonly InsertedCase[]> {
  return store.db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = ${sql.lit(BATCH_PATIENCE_MS)}`.execute(tx);
    await lockNames(
      tx,
      'case',
      items.map((item) => item.id),
    );
    const known = await openings(tx, items);
    const scene = await sceneFor(store, tx, now);
    const prepared = items.map((item) => prepare(scene, item, known));
    const failures = await writeAll(
      tx,
      prepared.flatMap((item) => item.draft ?? []),
    );
    const made = prepared.map((item) => inserted(item, failures.get(item.id)));
    await alongside(tx, made);
    return made;
  });
}

async function sceneFor(store: Store, tx: Tx, now: Instant): Promise<Scene> {
  const around = await readSurroundings(tx, 'case', '', []);
  if (!store.allowTimeTravel && toMs(now) > toMs(around.clock) + LEEWAY_MS) {
    throw new StoreFault('clock-ahead', `the time ${now} lies ahead of the database's ${around.clock}`);
  }
  return loadScene(store, tx, '', fromMs(toMs(now)), around, undefined);
}

/** Those of the cases that exist → the journal entry of the command that is to open them, or null when another did. */
async function openings(tx: Tx, items: readonly NewCase[]): Promise<ReadonlyMap<string, KeptEntry | null>> {
  const { rows } = await sql<{ id: string; text: string | null; texts: KeptEntry['texts'] }>`
    select e.id, j.text, p.texts
    from unnest(${items.map((item) => item.id)}::text[], ${items.map((item) => item.envelope.id)}::text[]) as wanted (id, command_id)
    join entities e on e.kind = 'case' and e.id = wanted.id
    left join journal j on j.kind = 'case' and j.entity = wanted.id and j.command_id = wanted.command_id
    left join personal_texts p on p.kind = j.kind and p.entity = j.entity and p.seq = j.seq`.execute(tx);
  return new Map(rows.map(({ id, text, texts }) => [id, text === null ? null : { text, texts }]));
}

function prepare(scene: Scene, { id, envelope }: NewCase, known: ReadonlyMap<string, KeptEntry | null>): Prepared {
  const checked = checkSent(envelope);
  if (!checked.ok) return { id, reply: { outcome: 'invalid', problems: [checked.problem] } };
  const first = known.get(id);
  if (first !== undefined) return { id, reply: answerKnown(first, checked) };
  if (!caseDecider.creates(envelope.body)) return { id, reply: noSuch(caseDecider) };
  try {
    const drafted = draft<CaseState, CaseCommand, CaseEvent>(caseDecider, { ...scene, id }, NEW_HEAD, envelope);
    const isNew = drafted.reply.outcome === 'accepted' && drafted.draft !== undefined;
    return isNew ? { id, reply: drafted.reply, draft: drafted.draft } : { id, reply: drafted.reply };
  } catch (error) {
    return { id, reply: fault('decider-failed', String(error)) };
  }
}

function answerKnown(first: KeptEntry | null, { envelope, bodyText }: Extract<CheckedCommand, { ok: true }>): Reply {
  if (first !== null) return repeat(first, envelope.actor, bodyText);
  const message = { zh: '此案件已由另一命令建立', en: 'this case was opened by another command' };
  return { outcome: 'invalid', problems: [{ code: 'case-exists', path: '', message }] };
}

/** All at once; where PostgreSQL objects to a row, one by one, so that each failure is that of its own case. */
async function writeAll(tx: Tx, drafts: readonly CaseDraft[]): Promise<ReadonlyMap<string, string>> {
  const failures = new Map<string, string>();
  if (drafts.length === 0 || (await tryWrite(tx, drafts)) === undefined) return failures;
  for (const one of drafts) {
    const failure = await tryWrite(tx, [one]);
    if (failure !== undefined) failures.set(one.id, failure);
  }
  return failures;
}

async function tryWrite(tx: Tx, drafts: readonly CaseDraft[]): Promise<string | undefined> {
  await sql`savepoint cases`.execute(tx);
  try {
    await writeDrafts(tx, drafts);
    return undefined;
  } catch (error) {
    const failure = ofTheRows(error);
    if (failure === undefined) throw error;
    await sql`rollback to savepoint cases`.execute(tx);
    return failure;
  }
}

function inserted({ id, reply, draft: made }: Prepared, failure: string | undefined): InsertedCase {
  if (failure !== undefined)
    return { id, created: false, reply: fault('rejected-by-database', failure), outbox: false };
  const wake_at = made?.head.wake_at;
  return {
    id,
    created: made !== undefined,
    reply,
    ...(wake_at === undefined ? {} : { wake_at }),
    outbox: (made?.effects.length ?? 0) > 0,
  };
}

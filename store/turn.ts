/** One command's turn within a step: decided and written under a savepoint, its failure kept to itself. */

import { sql } from 'kysely';
import { canonicalText } from '../engine/canonical-text.ts';
import type { CommandEnvelope } from '../engine/case/command.ts';
import type { Reply } from '../engine/entity.ts';
import { type Fault, fault } from '../engine/fault.ts';
import { ERASED } from '../engine/personal.ts';
import type { Instant } from '../engine/time/instant.ts';
import { ofTheRows } from './cause-of.ts';
import type { CheckedCommand } from './check-sent.ts';
import type { Decider, PersonRow, Scene } from './decider.ts';
import { type Drafted, draft, draftFault, type Head } from './draft.ts';
import { type KeptEntry, keptOf, type OpenedEntry, openEntry, replyOf } from './journal-entry.ts';
import { personOf } from './known.ts';
import type { Tx } from './open-store.ts';
import { membersOf, put } from './personal-text.ts';
import { writeDrafts } from './write-drafts.ts';

/** A sender's clock may be this far ahead of PostgreSQL's. */
export const LEEWAY_MS = 2 * 60_000;

/** What a step carries from command to command. */
export interface Bench<S, C, E> {
  readonly tx: Tx;
  readonly decider: Decider<S, C, E>;
  readonly clock: Instant;
  /** The latest time a command may carry. */
  readonly horizon: Instant | undefined;
  /** Command id → its journal entry. */
  readonly journalled: Map<string, KeptEntry>;
  scene: Scene;
  head: Head<S>;
  /** Told how long deciding took. */
  readonly decided: (seconds: number) => void;
  /** Undelivered messages wait. */
  outbox: boolean;
}

/** Answers one command, the first time or again. @throws what is not the command's own fault: the whole step is tried again. */
export async function takeTurn<S, C, E>(bench: Bench<S, C, E>, checked: CheckedCommand): Promise<Reply> {
  if (!checked.ok) return { outcome: 'invalid', problems: [checked.problem] };
  const first = bench.journalled.get(checked.envelope.id);
  if (first !== undefined) return repeat(first, checked.envelope.actor, checked.bodyText);
  const body = bench.decider.bodyOf(checked.envelope.body);
  if (bench.head.state === undefined && !bench.decider.creates(body)) {
    return noSuch(bench.decider);
  }
  const reply = await decideAndWrite(bench, { ...checked.envelope, body });
  if (reply.outcome === 'forbidden') await countForbidden(bench, checked.envelope.actor);
  return reply;
}

export function noSuch<S, C, E>({ noSuch: problem }: Decider<S, C, E>): Reply {
  return { outcome: 'invalid', problems: [{ ...problem, path: '' }] };
}

/** The same command again gets its first reply; another one under the same id is a mistake of the sender's. */
export function repeat(first: KeptEntry, actor: string, bodyText: string): Reply {
  const opened = openEntry(first);
  if (opened.entry.actor === actor && isSameCommand(opened, bodyText)) return replyOf(opened.entry);
  const message = { zh: '此命令编号已用于另一命令', en: 'this command id was used for another command' };
  return { outcome: 'invalid', problems: [{ code: 'command-id-reused', path: '', message }] };
}

/** What was erased of the first is not compared: nobody knows any more. */
function isSameCommand({ entry, erased }: OpenedEntry, bodyText: string): boolean {
  if (erased.length === 0) return canonicalText(entry.command) === bodyText;
  const sent: object = { command: JSON.parse(bodyText) };
  for (const pointer of erased) put(sent, membersOf(pointer), ERASED);
  return canonicalText({ command: entry.command }) === canonicalText(sent);
}

/** Never earlier than the entity's last entry, nor than the sender's time. */
export async function decideAndWrite<S, C, E>(bench: Bench<S, C, E>, envelope: CommandEnvelope<C>): Promise<Reply> {
  const now = latest(bench.scene.now, bench.head.last_at, envelope.sent_at);
  if (bench.horizon !== undefined && now > bench.horizon) {
    const ahead = fault('clock-ahead', `the time ${now} lies ahead of the database's ${bench.clock}`);
    return writeFault(bench, latest(bench.clock, bench.head.last_at), envelope, ahead);
  }
  let drafted: Drafted<S>;
  try {
    const started = performance.now();
    drafted = draft(bench.decider, { ...bench.scene, now }, bench.head, envelope);
    bench.decided((performance.now() - started) / 1_000);
  } catch (error) {
    return writeFault(bench, now, envelope, fault('decider-failed', String(error)));
  }
  const failure = await writeDraft(bench, drafted);
  if (failure === undefined) return drafted.reply;
  return writeFault(bench, now, envelope, fault('rejected-by-database', failure));
}

/** Journals a fault where that is possible; the command's id stays free either way. */
async function writeFault<S, C, E>(
  bench: Bench<S, C, E>,
  now: Instant,
  envelope: CommandEnvelope<C>,
  met: Fault,
): Promise<Reply> {
  await writeDraft(bench, draftFault(bench.decider, { ...bench.scene, now }, bench.head, envelope, met));
  return met;
}

/** Returns what PostgreSQL had against the rows themselves; any other failure is thrown. */
async function writeDraft<S, C, E>(bench: Bench<S, C, E>, { draft: written }: Drafted<S>): Promise<string | undefined> {
  if (written === undefined) return undefined;
  const { tx } = bench;
  await sql`savepoint command`.execute(tx);
  let peopleVersion: number | undefined;
  try {
    peopleVersion = await writeDrafts(tx, [written]);
  } catch (error) {
    const failure = ofTheRows(error);
    if (failure === undefined) throw error;
    await sql`rollback to savepoint command`.execute(tx);
    return failure;
  }
  const { entry } = written.sealed;
  if (entry.outcome !== 'fault') bench.journalled.set(entry.command_id, keptOf(written.sealed));
  bench.head = written.head;
  bench.outbox ||= written.effects.length > 0;
  bench.scene = {
    ...bench.scene,
    rules: written.rules,
    people: peopleAfter(bench.scene, written.projection.people, peopleVersion),
  };
  return undefined;
}

function peopleAfter(scene: Scene, rows: readonly PersonRow[], version: number | undefined): Scene['people'] {
  if (version === undefined) return scene.people;
  const changed = Object.fromEntries(rows.map((row) => [row.person, personOf(row)]));
  return { version, by_id: { ...scene.people.by_id, ...changed } };
}

async function countForbidden<S, C, E>(bench: Bench<S, C, E>, actor: string): Promise<void> {
  await bench.tx
    .insertInto('forbidden_counts')
    .values({ actor, day: bench.clock.slice(0, 10), count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['actor', 'day']).doUpdateSet((eb) => ({ count: eb('forbidden_counts.count', '+', 1) })),
    )
    .execute();
}

export function latest(first: Instant, ...others: readonly (Instant | undefined)[]): Instant {
  return others.reduce<Instant>((newest, at) => (at !== undefined && at > newest ? at : newest), first);
}

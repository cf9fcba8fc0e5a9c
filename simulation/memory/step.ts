/**
 * The step on the store in memory: the same decisions in the same order as `store/step.ts` takes them in a transaction,
 * with the same drafts; what is written is put in place by `commit`, or not at all.
 */

import type { CommandEnvelope } from '../../engine/case/command.ts';
import type { EntityRef, Reply, SentCommand } from '../../engine/entity.ts';
import { fromMs, type Instant, toMs } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import { type CheckedCommand, checkSent } from '../../store/check-sent.ts';
import type { Decider, Scene } from '../../store/decider.ts';
import { type Draft, draft, type Head } from '../../store/draft.ts';
import { type JournalEntry, type KeptEntry, keptOf } from '../../store/journal-entry.ts';
import { personOf } from '../../store/known.ts';
import { sentBy } from '../../store/sent-by.ts';
import { latest, noSuch, repeat } from '../../store/turn.ts';
import type { Machine } from './machine.ts';
import type { Kept, MemoryStore, Outgoing } from './store.ts';

/** One command's way through a step, for those who watch. */
export interface Turn {
  readonly ref: EntityRef;
  readonly command: SentCommand;
  /** The time the decision was given. */
  readonly now: Instant;
  readonly reply: Reply;
  /** This id had been answered before. */
  readonly isRepeat: boolean;
  /** Absent where nothing was journalled. */
  readonly entry: JournalEntry | undefined;
  readonly before: Head<unknown>;
  readonly after: Head<unknown>;
  readonly sent: readonly Outgoing[];
  readonly scene: Scene;
}

export interface Stepped {
  readonly replies: readonly Reply[];
  readonly wake_at: Instant | undefined;
  readonly hasOutbox: boolean;
  readonly gone: boolean;
  readonly turns: readonly Turn[];
  /** Makes all of it true at once. A step that is dropped instead has left nothing behind. */
  commit(): void;
}

const MINUTE_MS = 60_000;

interface Bench<S, C, E> {
  readonly decider: Decider<S, C, E>;
  readonly journalled: Map<string, KeptEntry>;
  readonly written: Draft<S>[];
  readonly turns: Turn[];
  scene: Scene;
  head: Head<S>;
}

export function step(
  store: MemoryStore,
  machine: Machine,
  ref: EntityRef,
  now: Instant,
  commands: readonly SentCommand[],
): Stepped {
  return ref.kind === 'case'
    ? run(store, machine, machine.case, ref, now, commands)
    : run(store, machine, machine.person, ref, now, commands);
}

function run<S, C, E>(
  store: MemoryStore,
  machine: Machine,
  decider: Decider<S, C, E>,
  ref: EntityRef,
  now: Instant,
  commands: readonly SentCommand[],
): Stepped {
  const kept = store.entity(ref);
  const checked = commands.map((command) => ({ command, ...checkSent(command) }));
  const state = kept.state === undefined ? undefined : decider.stateOf(kept.state);
  const hash = state === undefined ? undefined : decider.rulesOf(state);
  const rules = hash === undefined ? undefined : store.rulesBy(hash);
  const bench: Bench<S, C, E> = {
    decider,
    journalled: new Map(),
    written: [],
    turns: [],
    scene: {
      id: ref.id,
      playbook: store.playbook,
      rules,
      people: store.people,
      now,
      newSalt: () => 'simulated',
      ...concernedBy(store, decider, kept, now, checked),
    },
    head: { ...kept.head, state },
  };
  const known = (id: string): KeptEntry | undefined => bench.journalled.get(id) ?? machine.firstOf(kept.journalled, id);
  if (state !== undefined) catchUp(bench, ref);
  const replies = checked.map((command) => takeTurn(bench, ref, command, known));
  const wake_at = bench.head.state === undefined ? undefined : wakeAfter(bench);
  const head = { ...bench.head, wake_at };
  return {
    replies,
    wake_at,
    hasOutbox: bench.turns.some(({ sent }) => sent.length > 0) || kept.outbox.some(({ isDelivered }) => !isDelivered),
    gone: head.state === undefined,
    turns: bench.turns,
    commit: () => commit(store, kept, bench, head),
  };
}

/** Looked up where who is who may change, as the store does. */
function concernedBy<S, C, E>(
  store: MemoryStore,
  decider: Decider<S, C, E>,
  { id, head, state }: Kept,
  now: Instant,
  checked: readonly CheckedCommand[],
): Pick<Scene, 'concerned'> {
  const before = state === undefined ? undefined : decider.stateOf(state);
  const at = latest(now, head.last_at);
  const moves =
    decider.movesPeople(before, undefined, at) ||
    checked.some((one) => one.ok && decider.movesPeople(before, decider.bodyOf(one.envelope.body), at));
  return moves ? { concerned: store.concernedBy(id) } : {};
}

/** A wake of its own before the commands, when the clocks of the entity are behind. */
function catchUp<S, C, E>(bench: Bench<S, C, E>, ref: EntityRef): void {
  const { decider, head, scene } = bench;
  const now = latest(scene.now, head.last_at);
  const due = head.state === undefined ? undefined : decider.wakeAt(scene, head.state);
  if (due === undefined || due > now) return;
  const command = { id: `wake:${head.seq + 1}`, actor: 'system', body: decider.wake };
  decideAndDraft(bench, ref, command, command);
}

function takeTurn<S, C, E>(
  bench: Bench<S, C, E>,
  ref: EntityRef,
  checked: CheckedCommand & { readonly command: SentCommand },
  known: (id: string) => KeptEntry | undefined,
): Reply {
  const { command } = checked;
  if (!checked.ok) return note(bench, ref, command, { outcome: 'invalid', problems: [checked.problem] }, false);
  const first = known(checked.envelope.id);
  if (first !== undefined)
    return note(bench, ref, command, repeat(first, checked.envelope.actor, checked.bodyText), true);
  const body = bench.decider.bodyOf(checked.envelope.body);
  if (bench.head.state === undefined && !bench.decider.creates(body)) {
    return note(bench, ref, command, noSuch(bench.decider), false);
  }
  return decideAndDraft(bench, ref, command, { ...checked.envelope, body });
}

function note<S, C, E>(
  bench: Bench<S, C, E>,
  ref: EntityRef,
  command: SentCommand,
  reply: Reply,
  isRepeat: boolean,
): Reply {
  const { head, scene } = bench;
  const nothing = { entry: undefined, before: head, after: head, sent: [] };
  bench.turns.push({ ref, command, now: scene.now, reply, isRepeat, scene, ...nothing });
  return reply;
}

/** Never earlier than the entity's last entry, nor than the sender's time. */
function decideAndDraft<S, C, E>(
  bench: Bench<S, C, E>,
  ref: EntityRef,
  command: SentCommand,
  envelope: CommandEnvelope<C>,
): Reply {
  const now = latest(bench.scene.now, bench.head.last_at, envelope.sent_at);
  const scene = { ...bench.scene, now };
  const before = bench.head;
  const { reply, draft: written } = draft(bench.decider, scene, before, envelope);
  const sent = written === undefined ? [] : outgoingOf(ref, written);
  if (written !== undefined) {
    bench.written.push(written);
    bench.head = written.head;
    bench.journalled.set(written.sealed.entry.command_id, keptOf(written.sealed));
    bench.scene = { ...bench.scene, rules: written.rules, people: peopleAfter(bench.scene.people, written) };
  }
  const entry = written?.sealed.entry;
  bench.turns.push({ ref, command, now, reply, isRepeat: false, entry, before, after: bench.head, sent, scene });
  return reply;
}

/** Webhooks and mail leave the installation, where nothing is asked of them here. */
function outgoingOf<S>(from: EntityRef, { sealed, effects }: Draft<S>): readonly Outgoing[] {
  return effects.flatMap((effect, index) => {
    const item = { key: `${sealed.hash}:${index}`, effect, recorded_at: sealed.entry.at };
    const command = sentBy(item);
    if (command === undefined || !('to' in effect)) return [];
    const to = { kind: effect.effect === 'tell_case' ? 'case' : 'person', id: effect.to } as const;
    const waiting = { isDelivered: false, attempts: 0, nextAt: toMs(sealed.entry.at) };
    return [{ ...item, from, to, body: command.body, ...waiting }];
  });
}

function peopleAfter<S>(people: People, { projection }: Draft<S>): People {
  if (projection.people.length === 0) return people;
  const changed = projection.people.map((row) => [row.person, personOf(row)]);
  return { version: people.version + 1, by_id: { ...people.by_id, ...Object.fromEntries(changed) } };
}

function wakeAfter<S, C, E>({ decider, scene, head }: Bench<S, C, E>): Instant | undefined {
  const now = latest(scene.now, head.last_at);
  const due = head.state === undefined ? undefined : decider.wakeAt(scene, head.state);
  if (due === undefined || due > now) return due;
  return fromMs(toMs(now) + MINUTE_MS);
}

function commit<S, C, E>(store: MemoryStore, kept: Kept, bench: Bench<S, C, E>, head: Head<S>): void {
  const { state, ...rest } = head;
  kept.head = rest;
  if (bench.written.length === 0) return;
  kept.state = state;
  for (const { sealed, projection } of bench.written) {
    store.project(projection);
    kept.journal.push(keptOf(sealed));
    kept.journalled.set(sealed.entry.command_id, keptOf(sealed));
  }
  for (const { sent } of bench.turns) kept.outbox.push(...sent);
  store.people = bench.scene.people;
}

/** Decides one command and drafts all that is to be written of it; pure but for the hash. */

import type { CommandEnvelope } from '../engine/case/command.ts';
import type { Effect } from '../engine/case/effect.ts';
import type { Outcome } from '../engine/case/outcome.ts';
import type { EntityKind, Reply } from '../engine/entity.ts';
import type { Fault } from '../engine/fault.ts';
import { personalTexts } from '../engine/personal.ts';
import type { Instant } from '../engine/time/instant.ts';
import { WAKE_ID } from './check-sent.ts';
import { type Decider, NO_ROWS, type Projection, type Scene, type Whose } from './decider.ts';
import { ENTRY_VERSION, type JournalEntry, replyOf, type SealedEntry, sealEntry } from './journal-entry.ts';
import { currentRules } from './known.ts';

/** Where an entity stands between two commands. */
export interface Head<S> {
  readonly seq: number;
  readonly hash: string;
  readonly state: S | undefined;
  /** Absent before the first entry. */
  readonly last_at?: Instant;
  readonly wake_at: Instant | undefined;
  readonly wake_faults: number;
  readonly wake_not_before: Instant | undefined;
}

/** What one command leaves behind: the entry, the new head, rows and effects. */
export interface Draft<S> {
  readonly kind: EntityKind;
  readonly id: string;
  readonly sealed: SealedEntry;
  /** Whose the texts are that lie apart from the entry. */
  readonly whose: Whose | undefined;
  readonly head: Head<S>;
  /** What the entity is pinned to now. */
  readonly rules: Scene['rules'];
  readonly projection: Projection;
  readonly effects: readonly Effect[];
}

export type Drafted<S> =
  | { readonly reply: Reply; readonly draft: Draft<S> }
  | { readonly reply: Reply; readonly draft?: undefined };

export const NEW_HEAD: Head<never> = {
  seq: 0,
  hash: '',
  state: undefined,
  wake_at: undefined,
  wake_faults: 0,
  wake_not_before: undefined,
};

/** @throws whatever the decider throws: the caller makes a fault of it. */
export function draft<S, C, E>(
  decider: Decider<S, C, E>,
  scene: Scene,
  head: Head<S>,
  envelope: CommandEnvelope<C>,
): Drafted<S> {
  const outcome = decider.decide(scene, head.state, envelope);
  switch (outcome.outcome) {
    case 'accepted':
      return draftAccepted(decider, scene, head, envelope, outcome);
    case 'refused': {
      const sealed = seal(decider, scene, head, envelope, { outcome: 'refused', reasons: outcome.reasons });
      const next = { ...head, seq: sealed.entry.seq, hash: sealed.hash, last_at: scene.now };
      const effects = decider.effectsOfRefusal(scene, head.state, envelope.body, outcome.reasons);
      return drafted(decider, scene, envelope.body, sealed, next, NO_ROWS, effects);
    }
    case 'forbidden':
      return { reply: { outcome: 'forbidden', reason: outcome.reason } };
    case 'invalid':
      return { reply: { outcome: 'invalid', problems: outcome.problems } };
    default:
      return outcome satisfies never;
  }
}

/** The entry of a command that could not be decided or kept; its id stays free. */
export function draftFault<S, C, E>(
  decider: Decider<S, C, E>,
  scene: Scene,
  head: Head<S>,
  envelope: CommandEnvelope<C>,
  fault: Fault,
): Drafted<S> {
  const sealed = seal(decider, scene, head, envelope, fault);
  const next = { ...head, seq: sealed.entry.seq, hash: sealed.hash, last_at: scene.now };
  return drafted(decider, scene, envelope.body, sealed, next);
}

function draftAccepted<S, C, E>(
  decider: Decider<S, C, E>,
  scene: Scene,
  head: Head<S>,
  envelope: CommandEnvelope<C>,
  { events, warnings }: Extract<Outcome<E>, { outcome: 'accepted' }>,
): Drafted<S> {
  if (events.length === 0 && WAKE_ID.test(envelope.id)) {
    // Nothing was due after all: no entry worth keeping.
    return { reply: { outcome: 'accepted', entry: head.seq, events, warnings } };
  }
  const effects: Effect[] = [];
  let { state } = head;
  let seen = scene;
  for (const event of events) {
    state = decider.evolve(state, event);
    seen = { ...scene, rules: pinned(decider, scene, state) };
    effects.push(...decider.effectsOf(seen, state, event));
  }
  if (state !== undefined) effects.push(...decider.effectsAfter(seen, state, events));
  const sealed = seal(decider, seen, { ...head, state }, envelope, { outcome: 'accepted', events, warnings });
  const next: Head<S> = {
    seq: sealed.entry.seq,
    hash: sealed.hash,
    state,
    last_at: scene.now,
    wake_at: state === undefined ? undefined : decider.wakeAt(seen, state),
    wake_faults: 0,
    wake_not_before: undefined,
  };
  const projection = state === undefined ? NO_ROWS : decider.project(state, events);
  return drafted(decider, seen, envelope.body, sealed, next, projection, effects);
}

/** The rules of the state: those it came with, or the current ones that it was just opened with or moved to. */
function pinned<S, C, E>(decider: Decider<S, C, E>, scene: Scene, state: S): Scene['rules'] {
  const hash = decider.rulesOf(state);
  if (hash === undefined || hash === scene.rules?.hash) return scene.rules;
  return currentRules(scene.playbook, hash);
}

type Result = Pick<JournalEntry, 'outcome' | 'events' | 'warnings' | 'reasons' | 'cause' | 'detail'>;

/** `head` carries the state after the command, the number and hash of the entry before. */
function seal<S, C, E>(
  decider: Decider<S, C, E>,
  scene: Scene,
  head: Head<S>,
  envelope: CommandEnvelope<C>,
  result: Result,
): SealedEntry {
  const rules = head.state === undefined ? undefined : decider.rulesOf(head.state);
  const entry: JournalEntry = {
    v: ENTRY_VERSION,
    entity: { kind: decider.kind, id: scene.id },
    seq: head.seq + 1,
    command_id: envelope.id,
    command: envelope.body,
    actor: envelope.actor,
    at: scene.now,
    ...result,
    people_version: scene.people.version,
    ...(rules === undefined ? {} : { rules }),
    prev: head.hash,
  };
  const isApart = decider.whose(scene, envelope.actor, envelope.body) !== undefined;
  const found = isApart ? personalTexts(entry, decider.personal, decider.specsOf(scene)) : [];
  return sealEntry(entry, found, scene.newSalt);
}

function drafted<S, C, E>(
  decider: Decider<S, C, E>,
  scene: Scene,
  body: C,
  sealed: SealedEntry,
  head: Head<S>,
  projection: Projection = NO_ROWS,
  effects: readonly Effect[] = [],
): Drafted<S> {
  const whose = decider.whose(scene, sealed.entry.actor, body);
  return {
    reply: replyOf(sealed.entry),
    draft: { kind: decider.kind, id: scene.id, sealed, whose, head, rules: scene.rules, projection, effects },
  };
}

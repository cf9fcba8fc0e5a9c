/** What is promised of the journal and of answers: one entry a command, in order, chained, and the state is their fold. */

import { canonicalText } from '../../engine/canonical-text.ts';
import type { EntityRef } from '../../engine/entity.ts';
import { foldOf } from '../../store/fold.ts';
import { sha256 } from '../../store/hash.ts';
import { openEntry } from '../../store/journal-entry.ts';
import type { Turn } from '../memory/step.ts';
import type { Kept, MemoryStore } from '../memory/store.ts';
import type { Ledger } from './ledger.ts';
import type { CaseTurn, Complaint, Promised } from './promise.ts';

function noLeavesAllAsItWas({ reply, before, after, entry, sent, isRepeat }: Turn): Complaint {
  if (reply.outcome === 'accepted' || isRepeat) return undefined;
  if (sent.length > 0) return `a ${reply.outcome} command told somebody something`;
  const isSame = before.state === after.state || canonicalText(before.state) === canonicalText(after.state);
  if (!isSame) return `a ${reply.outcome} command changed the state`;
  const isKept = entry !== undefined;
  return isKept === (reply.outcome === 'refused')
    ? undefined
    : `${reply.outcome}, and ${isKept ? '' : 'not '}journalled`;
}

/** Each no carries what it must; a fault is never the decider's own. */
function everyNoIsOneOfFive({ reply, command }: Turn): Complaint {
  switch (reply.outcome) {
    case 'accepted':
    case 'forbidden':
      return undefined;
    case 'refused':
      return reply.reasons.length > 0 ? undefined : `${command.id} was refused without a reason`;
    case 'invalid':
      return reply.problems.length > 0 ? undefined : `${command.id} was invalid without a problem`;
    case 'fault':
      return `a fault of ours: ${reply.cause}`;
  }
}

function repeatsGetTheFirstReply({ ref, command, reply, isRepeat, entry }: Turn, ledger: Ledger): Complaint {
  const first = ledger.firstAnswer(ref, command.id);
  if (first === undefined) return isRepeat ? 'called a repeat, and never answered before' : undefined;
  if (entry !== undefined) return `${command.id} was journalled a second time`;
  const isSame = JSON.stringify(reply) === JSON.stringify(first);
  const isReused = reply.outcome === 'invalid' && JSON.stringify(reply).includes('command-id-reused');
  return isSame || isReused ? undefined : `${command.id} got another answer than at first`;
}

function entriesAreChained({ entry, before, after }: Turn): Complaint {
  if (entry === undefined) return undefined;
  if (entry.seq !== before.seq + 1 || after.seq !== entry.seq) return `entry ${entry.seq} after ${before.seq}`;
  if (entry.prev !== before.hash) return 'not chained to the entry before';
  return before.last_at === undefined || entry.at >= before.last_at ? undefined : 'earlier than the entry before';
}

/** What the world saw lies not after what we recorded; only an import knows when a case was opened before it came. */
function twoTimes({ events, turn }: CaseTurn): Complaint {
  for (const event of events) {
    if (event.at !== turn.entry?.at) return `${event.event} bears another time than its entry`;
    if ('happened_at' in event && event.happened_at !== undefined && event.happened_at > event.at) {
      return `${event.event} happened after it was recorded`;
    }
    if (event.event !== 'case_opened') continue;
    const isPast = event.opened_at < event.at;
    if (event.opened_at > event.at || (isPast && event.source === undefined)) return 'opened at another time than now';
  }
  return undefined;
}

/** A whole journal, folded by the store's own fold. */
function stateIsTheFold(store: MemoryStore): Complaint {
  for (const kept of store.all()) {
    const complaint = kept.journal.length === 0 ? undefined : foldOfJournal(kept);
    if (complaint !== undefined) return `${nameOf(kept)}: ${complaint}`;
  }
  return undefined;
}

function foldOfJournal({ kind, journal, state, head }: Kept): Complaint {
  const entries = journal.map((one) => openEntry(one).entry);
  const events = entries.flatMap((entry) => (entry.outcome === 'accepted' ? (entry.events ?? []) : []));
  const folded = events.length === 0 ? undefined : foldOf(kind, undefined, events);
  const isSame = folded === undefined ? state === undefined : canonicalText(folded) === canonicalText(state ?? null);
  if (!isSame) return 'the state is not the fold of the journal';
  let prev = '';
  for (const [index, entry] of entries.entries()) {
    if (entry.prev !== prev) return `entry ${entry.seq} is not chained`;
    prev = sha256(journal[index]?.text ?? '');
  }
  const ids = new Set(entries.map((entry) => entry.command_id));
  if (ids.size !== entries.length) return 'one command has two entries';
  return prev === head.hash && entries.length === head.seq ? undefined : 'the head is not that of the journal';
}

function nameOf({ kind, id }: EntityRef): string {
  return `${kind} ${id}`;
}

export const JOURNAL_PROMISES: readonly Promised[] = [
  {
    name: 'no-leaves-all-as-it-was',
    sentence: 'a refusal is journalled and changes nothing; invalid and forbidden are not journalled',
    checks: { turn: noLeavesAllAsItWas },
  },
  {
    name: 'every-no-is-one-of-five',
    sentence: 'the rules said no, with every reason',
    checks: { turn: everyNoIsOneOfFive },
  },
  {
    name: 'repeats-get-the-first-reply',
    sentence: 'id of a command is unique for its entity for ever; a repeat gets the first reply',
    checks: { turn: repeatsGetTheFirstReply },
  },
  {
    name: 'entries-are-chained',
    sentence: "an entry is canonical JSON kept as text, chained by hash to the entity's previous one",
    checks: { turn: entriesAreChained },
  },
  {
    name: 'two-times',
    sentence:
      'two times: `recorded_at` (ours) and `happened_on` (the world’s); only import may put the second before the first',
    checks: { caseTurn: twoTimes },
  },
  {
    name: 'state-is-the-fold',
    sentence: 'the stored state is authoritative and versioned; folding the journal is the check on it',
    checks: { end: stateIsTheFold },
  },
];

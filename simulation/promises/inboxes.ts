/** What is promised of inboxes: nobody is disturbed more, or at other hours, than they said; and what waits comes. */

import type { PersonEvent } from '../../engine/person/event.ts';
import { MINUTE_MS } from '../parameters.ts';
import type { Complaint, PersonTurn, Promised, StepSeen } from './promise.ts';

function disturbedByTheRules(event: PersonEvent, { turn, mailbox, store }: PersonTurn): Complaint {
  if (event.event !== 'message_received') return undefined;
  const wanted = mailbox.mailing(event.message.kind, store.playbook, Date.parse(turn.now));
  if (event.mailed === wanted) return undefined;
  return `a ${event.message.kind} was ${event.mailed ?? 'not mailed'}, not ${wanted ?? 'left in the inbox'}`;
}

function digestsAreWhole(event: PersonEvent, { turn, mailbox, store }: PersonTurn): Complaint {
  if (event.event !== 'digest_sent') return undefined;
  const told = event.lines.map(({ item }) => item).join(', ');
  const waiting = mailbox.waiting.join(', ');
  if (told !== waiting) return `the digest tells of ${told || 'nothing'}, and ${waiting || 'nothing'} waits`;
  return mailbox.isDigestDue(store.playbook, Date.parse(turn.now)) ? undefined : `no digest is due at ${turn.now}`;
}

/** As of stalls: after a step nothing due is left unsaid, and the next ring comes in time. */
function whatWaitsIsTold({ ref, stepped, mailbox, store, now }: StepSeen): Complaint {
  if (ref.kind !== 'person' || mailbox === undefined) return undefined;
  const last = stepped.turns.at(-1);
  const at = Math.max(now, last === undefined ? now : Date.parse(last.now));
  const next = mailbox.nextDigest(store.playbook, at);
  if (next === undefined) return undefined;
  const rings = stepped.wake_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(stepped.wake_at);
  if (next > at) return rings <= next ? undefined : `a digest is due at ${shown(next)}, rings ${stepped.wake_at}`;
  const isWoken = last?.command.id.startsWith('wake:') !== false;
  if (isWoken) return `a digest was due at ${shown(next)}, and none was sent`;
  return rings <= at + MINUTE_MS ? undefined : `a digest is due since ${shown(next)}, rings ${stepped.wake_at}`;
}

const shown = (ms: number): string => new Date(ms).toISOString();

export const INBOX_PROMISES: readonly Promised[] = [
  {
    name: 'disturbed-by-the-rules',
    sentence: '`in_budget` at once within the budget and outside quiet hours, else in the digest',
    checks: { personEvent: disturbedByTheRules },
  },
  {
    name: 'digests-are-whole',
    sentence: 'inbox and digest with budget, quiet hours and working calendar; what has settled itself is withdrawn',
    checks: { personEvent: digestsAreWhole },
  },
  {
    name: 'what-waits-is-told',
    sentence: 'the rest waits for the digest … times of the digest, on working days',
    checks: { step: whatWaitsIsTold },
  },
];

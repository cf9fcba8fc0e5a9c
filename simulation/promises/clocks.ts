/** What is promised of clocks: nothing stalls in silence, nothing rings twice or too early, and every length shows its work. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Stretch } from '../../engine/time/instant.ts';
import type { MemoryStore } from '../memory/store.ts';
import type { SlowTime } from '../oracle/slow-time.ts';
import { DAY_MS, MINUTE_MS } from '../parameters.ts';
import type { Ledger } from './ledger.ts';
import type { CaseTurn, Complaint, Promised, StepSeen } from './promise.ts';

type RungFired = Extract<CaseEvent, { readonly event: 'rung_fired' }>;

const shown = (ms: number | undefined): string => (ms === undefined ? 'never' : new Date(ms).toISOString());

function rungsOnceInOrder(event: CaseEvent, { story }: CaseTurn): Complaint {
  const { stalled, isFinished } = story.stay;
  if (event.event === 'stall_started') {
    if (stalled !== undefined) return 'a stall began within a stall';
    return isFinished ? 'a finished case stalled' : undefined;
  }
  if (event.event !== 'rung_fired') return undefined;
  if (stalled === undefined || stalled.ladder !== event.ladder) return `rung ${event.rung} fired of no stall`;
  if (isFinished) return 'a rung fired of a finished case';
  const fired = [...stalled.fired, ...event.folded, event.rung];
  const isInOrder = fired.every((rung, index) => rung === index);
  return isInOrder ? undefined : `rungs fired as ${fired.join(', ')}`;
}

function neverTooEarly(event: CaseEvent, { story, turn }: CaseTurn): Complaint {
  const now = Date.parse(turn.now);
  if (event.event === 'stall_started') {
    const due = story.stay.stallDueNow(story.judges);
    const said = Date.parse(event.started_at);
    return due === said && said <= now
      ? undefined
      : `stalled at ${shown(said)}, due at ${shown(due)}, now ${shown(now)}`;
  }
  if (event.event !== 'rung_fired') return undefined;
  const due = story.stay.rungDueNow(story.judges, event.rung);
  const said = Date.parse(event.due_at);
  if (due === said && said <= now) return undefined;
  return `rung ${event.rung} says ${shown(said)}, due at ${shown(due)}, now ${shown(now)}`;
}

function clocksShowTheirWork(event: CaseEvent, { story }: CaseTurn): Complaint {
  const { stalled } = story.stay;
  if (event.event !== 'rung_fired' || stalled === undefined) return undefined;
  const { rules, time } = story.judges;
  const unit = rules.ladders[event.ladder]?.rungs[event.rung]?.after.unit ?? '';
  const isWork = unit.startsWith('business');
  return tiles(event, stalled.startedAt, isWork ? time : undefined);
}

/** No gap and no overlap: what is neither counted nor paused is time off. */
function tiles({ counted, paused, due_at }: RungFired, startedAt: number, time: SlowTime | undefined): Complaint {
  const dueAt = Date.parse(due_at);
  const all = [...counted, ...paused].sort((one, other) => (one.from < other.from ? -1 : 1));
  let at = startedAt;
  for (const { from, to } of all) {
    const begins = Date.parse(from);
    const off = time === undefined ? begins - at : time.workedBy(begins) - time.workedBy(at);
    if (begins < at || off > 0 || to <= from) return `a gap or overlap at ${from}`;
    at = Date.parse(to);
  }
  if (at > dueAt || (time === undefined ? dueAt - at : time.workedBy(dueAt) - time.workedBy(at)) > 0)
    return 'a gap at the end';
  const idle = time === undefined ? 0 : sum(counted) - worked(counted, time);
  return idle === 0 ? undefined : `${idle} ms off work were counted`;
}

const sum = (stretches: readonly Stretch[]): number =>
  stretches.reduce((total, { from, to }) => total + Date.parse(to) - Date.parse(from), 0);
const worked = (stretches: readonly Stretch[], time: SlowTime): number =>
  stretches.reduce((total, { from, to }) => total + time.workedBy(Date.parse(to)) - time.workedBy(Date.parse(from)), 0);

/** After a step nothing due is left unsaid, and the next ring is set for the moment of the next thing due. */
function nothingStallsInSilence({ ref, stepped, story, now }: StepSeen): Complaint {
  if (ref.kind !== 'case' || story === undefined || !story.isOpened) return undefined;
  const due = story.stay.nextDue(story.judges);
  const rings = stepped.wake_at === undefined ? undefined : Date.parse(stepped.wake_at);
  const last = stepped.turns.at(-1)?.now;
  const at = Math.max(now, last === undefined ? now : Date.parse(last));
  if (due === undefined || due > at) return rings === due ? undefined : `rings ${shown(rings)}, due ${shown(due)}`;
  // What a command has made due is said at the next ring; a ring itself has said all that was due.
  const isWoken = stepped.turns.at(-1)?.command.id.startsWith('wake:') !== false;
  if (isWoken) return `due since ${shown(due)}, and nothing was said`;
  return rings !== undefined && rings <= at + MINUTE_MS ? undefined : `due since ${shown(due)}, rings ${shown(rings)}`;
}

/** Outages and absent workers keep a ring for two days and a half at most. */
const HEARD_WITHIN_MS = 3 * DAY_MS;

/** What was due has been woken for within the leeway of a bad day. */
function ringsAreHeard({ ref, story, now, ledger }: StepSeen): Complaint {
  if (ref.kind !== 'case' || story?.isOpened !== true) return undefined;
  const owed = ledger.owed.get(ref.id);
  const due = story.stay.nextDue(story.judges);
  if (due === undefined) ledger.owed.delete(ref.id);
  else ledger.owed.set(ref.id, Math.max(due, now));
  const isLate = owed !== undefined && now - owed > HEARD_WITHIN_MS;
  return isLate ? `due at ${shown(owed)}, woken for at ${shown(now)}` : undefined;
}

function ringsWereHeard(_store: MemoryStore, { owed }: Ledger, now: number): Complaint {
  for (const [id, due] of owed) if (now - due > HEARD_WITHIN_MS) return `${id} is due since ${shown(due)}`;
  return undefined;
}

function endedThingsRingNoMore({ stepped, story }: StepSeen): Complaint {
  if (story?.stay.isFinished !== true) return undefined;
  return stepped.wake_at === undefined ? undefined : `a finished case rings at ${stepped.wake_at}`;
}

/** Endings that are an answer, or with which the case goes on or is over. */
const ANSWERS = new Set(['advance', 'closed', 'resolve', 'hand_over']);

function demandsAreOwed(event: CaseEvent, { story, turn }: CaseTurn): Complaint {
  if (event.event === 'stall_ended' && story.stay.stalled?.isDemanding === true) {
    return ['advance', 'closed'].includes(event.because)
      ? undefined
      : `${event.because} ended a stall that demands a decision`;
  }
  if (event.event === 'stall_ended' && !ANSWERS.has(event.because) && event.next_step_by !== undefined) {
    return 'a step was promised without a decision';
  }
  if (event.event === 'demand_resolved') {
    return story.stay.stalled?.isDemanding === true ? undefined : 'a decision that nobody asked for';
  }
  const isDemanding = event.event === 'rung_fired' && event.demanded && !event.in_digest;
  const isHeard = turn.sent.some(({ effect }) => effect.effect === 'message' && effect.message.kind === 'demand');
  return isDemanding && !isHeard ? 'a decision was demanded of nobody' : undefined;
}

function missedRungsFold({ events }: CaseTurn): Complaint {
  const fired = events.filter((event) => event.event === 'rung_fired').length;
  return fired > 1 ? `${fired} rungs at once instead of the highest` : undefined;
}

/** Deliveries that fail ring too, a dozen times at most before one goes through. */
const IDLE_AT_MOST = 60;

function wakesMakeProgress({ ref, stepped, store, ledger }: StepSeen): Complaint {
  const isIdle = stepped.replies.length === 0 && stepped.turns.length === 0;
  const steps = ledger.idleSteps(ref, store.entity(ref).head.seq, isIdle);
  return steps > IDLE_AT_MOST ? `rang ${steps} times for nothing` : undefined;
}

export const CLOCK_PROMISES: readonly Promised[] = [
  {
    name: 'nothing-stalls-in-silence',
    sentence: 'nothing stalls in silence',
    checks: { step: nothingStallsInSilence },
  },
  {
    name: 'rings-are-heard',
    sentence: 'wakes at the next deadline; a sweep wakes entities whose `wakeAt` passed',
    checks: { step: ringsAreHeard, end: ringsWereHeard },
  },
  {
    name: 'rungs-once-in-order',
    sentence: 'each rung fires once, in order',
    checks: { caseEvent: rungsOnceInOrder },
  },
  {
    name: 'never-too-early',
    sentence: "clocks count in the playbook's calendar",
    checks: { caseEvent: neverTooEarly },
  },
  {
    name: 'clocks-show-their-work',
    sentence: 'each fired rung lists the stretches counted and paused',
    checks: { caseEvent: clocksShowTheirWork },
  },
  {
    name: 'missed-rungs-fold',
    sentence: 'rungs missed together (server down, imported late) fold into the highest',
    checks: { caseTurn: missedRungsFold },
  },
  {
    name: 'ended-things-ring-no-more',
    sentence: 'ending a thing ends all its timers',
    checks: { step: endedThingsRingNoMore },
  },
  {
    name: 'demands-are-owed',
    sentence:
      'an activity is no answer once a decision is demanded: that is owed until it is given, or the case goes on',
    checks: { caseEvent: demandsAreOwed },
  },
  {
    name: 'wakes-make-progress',
    sentence: 'one standing sleep to the earliest deadline …; a late or needless one just decides again',
    checks: { step: wakesMakeProgress },
  },
];

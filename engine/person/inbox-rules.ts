/** When a message may interrupt somebody: the inbox of their post, their working calendar, their absences. */

import type { Calendar } from '../playbook/calendar.ts';
import type { Inbox, MailWhen, MessageKind, Post } from '../playbook/roles.ts';
import { compileCalendar, isWorkingDay, localDate, startOfDay, type WorkingCalendar } from '../time/calendar.ts';
import { fromMs, type Instant, toMs } from '../time/instant.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

/** Of a set that says nothing of inboxes: mailed when it comes, as playbooks could not yet say otherwise. */
export const INBOX_UNSAID: Inbox = {
  mail: {
    demand: 'at_once',
    reminder: 'at_once',
    notice: 'at_once',
    evidence_to_accept: 'at_once',
    approval_to_give: 'at_once',
    finding_to_answer: 'at_once',
    coaching: 'at_once',
    digest: 'at_once',
    evidence_settled: 'never',
    approval_settled: 'never',
    task: 'never',
    handed_over: 'never',
  },
  digests: [],
};

const ALL_DAY = [[0, 1440]] as const;

/** Until a set with a calendar is published: every day is as good as another. */
const EVERY_DAY: Calendar = {
  calendar: 'every-day',
  zone: 'UTC',
  hours: [ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY],
  holidays: [],
  make_up_days: [],
  valid_through: '9999-12-31',
  at: { file: '', line: 1, col: 1 },
};

/** The calendar of the post, else of the organisation, else the first there is. */
export function calendarOf({ roles, calendars = {} }: PersonWorld, role: string): WorkingCalendar {
  const name = postOf(roles?.posts, role)?.calendar ?? roles?.calendar ?? Object.keys(calendars).sort()[0] ?? '';
  return compileCalendar((Object.hasOwn(calendars, name) ? calendars[name] : undefined) ?? EVERY_DAY);
}

export function inboxOf({ roles }: PersonWorld, role: string): Inbox {
  return postOf(roles?.posts, role)?.inbox ?? roles?.inbox ?? INBOX_UNSAID;
}

function postOf(posts: readonly Post[] | undefined, role: string): Post | undefined {
  return posts?.find((post) => post.role === role);
}

/** How a message goes out that comes now; absent: it lies in the inbox until it is looked at. */
export function mailingOf(world: PersonWorld, state: PersonState, kind: MessageKind): 'now' | 'in_digest' | undefined {
  if (state.email === undefined || !state.active) return undefined;
  const inbox = inboxOf(world, state.role);
  // A set published before a kind of message existed says nothing of it.
  const when: MailWhen = inbox.mail[kind] ?? INBOX_UNSAID.mail[kind];
  if (when === 'never') return undefined;
  if (when === 'at_once' || (when === 'in_budget' && !isHushed(world, state, inbox))) return 'now';
  return inbox.digests.length > 0 ? 'in_digest' : undefined;
}

/** Whether the person is not to be disturbed now: away, off, in quiet hours, or interrupted often enough today. */
function isHushed(world: PersonWorld, state: PersonState, inbox: Inbox): boolean {
  const calendar = calendarOf(world, state.role);
  const today = localDate(calendar, world.now);
  const isSpent = inbox.budget !== undefined && state.mailed?.day === today && state.mailed.count >= inbox.budget;
  return isSpent || inbox.budget === 0 || isAway(state, world.now) || isOff(inbox, calendar, world.now);
}

function isQuiet({ quiet }: Inbox, calendar: WorkingCalendar, now: Instant): boolean {
  if (quiet === undefined) return false;
  const minute = Math.floor(calendar.zone.toLocal(toMs(now)) / 60_000) % 1440;
  return quiet.from <= quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
}

function isAway(state: PersonState, now: Instant): boolean {
  return state.absences.some(({ from, until }) => from <= now && now < until);
}

/**
 * When the next digest goes out; absent: nothing waits for one. In the past where it is overdue and may go out now; one
 * that was missed and would come in quiet hours waits for the next time.
 */
export function digestAt(world: PersonWorld, state: PersonState): Instant | undefined {
  const [oldest] = state.waiting;
  const inbox = inboxOf(world, state.role);
  const { digests } = inbox;
  if (oldest === undefined || digests.length === 0 || state.email === undefined) return undefined;
  const calendar = calendarOf(world, state.role);
  const { back_at: back = oldest.received_at } = state;
  const due = nextPresent(calendar, state, digests, back > oldest.received_at ? back : oldest.received_at);
  if (due === undefined || due > world.now || !isOff(inbox, calendar, world.now)) return due;
  return due === world.now ? due : nextPresent(calendar, state, digests, world.now);
}

/** The first time of a digest after the instant at which the person is not away: each absence may move it on once. */
function nextPresent(
  calendar: WorkingCalendar,
  { absences }: PersonState,
  digests: readonly number[],
  after: Instant,
): Instant | undefined {
  let at = nextDigest(calendar, digests, after);
  for (let moves = 0; at !== undefined && moves <= absences.length; moves += 1) {
    const due: Instant = at;
    const absence = absences.find(({ from, until }) => from <= due && due < until);
    if (absence === undefined) return due;
    at = nextDigest(calendar, digests, absence.until);
  }
  return at;
}

/** Whether nobody is at work to read anything: a day off, or quiet hours. */
function isOff(inbox: Inbox, calendar: WorkingCalendar, now: Instant): boolean {
  return !isWorkingDay(calendar, localDate(calendar, now)) || isQuiet(inbox, calendar, now);
}

const DAY_MS = 86_400_000;
/** Longer than any row of days off. */
const LONGEST_BREAK_DAYS = 400;

/** The first time of a digest on a working day that is after the instant; absent: the calendar knows no working day. */
function nextDigest(calendar: WorkingCalendar, digests: readonly number[], after: Instant): Instant | undefined {
  const first = Date.parse(`${localDate(calendar, after)}T00:00:00.000Z`);
  for (let day = 0; day < LONGEST_BREAK_DAYS; day += 1) {
    const date = fromMs(first + day * DAY_MS).slice(0, 10);
    if (!isWorkingDay(calendar, date)) continue;
    const midnight = calendar.zone.toLocal(toMs(startOfDay(calendar, date)));
    const times = digests.map((minutes) => fromMs(calendar.zone.fromLocal(midnight + minutes * 60_000)));
    const next = times.sort().find((at) => at > after);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** Working time in a playbook's calendar and zone: adding durations, measuring, and showing what was counted. */

import type { Calendar } from '../playbook/calendar.ts';
import type { Duration, DurationUnit } from './duration.ts';
import { fromMs, type Instant, type Stretch, toMs } from './instant.ts';
import { WorkingTime } from './working-time.ts';
import { dayNumber } from './working-year.ts';

/** A calendar ready to count; years are laid out once, when first asked for. */
export type WorkingCalendar = WorkingTime;

const DAY_MS = 86_400_000;

/** Instants have four-digit years; what would lie outside stands at the edge. */
const EARLIEST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

const ELAPSED_MS: Readonly<Record<'minutes' | 'hours' | 'days' | 'weeks', number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: DAY_MS,
  weeks: 7 * DAY_MS,
};

const compiled = new WeakMap<Calendar, WorkingCalendar>();

/** The same calendar object always gives the same working calendar. @throws RangeError for an unknown zone. */
export function compileCalendar(calendar: Calendar): WorkingCalendar {
  let working = compiled.get(calendar);
  if (working === undefined) {
    working = new WorkingTime(calendar);
    compiled.set(calendar, working);
  }
  return working;
}

/**
 * The instant a duration after another. Business hours count work. Business days keep the local time of day; what begins
 * outside working hours begins at the next opening, and what would end outside them ends at the next one, so that a
 * later beginning never ends earlier. Zero of either is the instant moved into working hours. Minutes to weeks are
 * elapsed time; months keep day and local time, clamped to the month's end. Business time ends with the year 2199, all
 * time with 9999.
 */
export function addDuration(calendar: WorkingCalendar, from: Instant, duration: Duration): Instant {
  return instantOf(addDurationMs(calendar, toMs(from), duration));
}

/** `addDuration` in epoch ms. */
export function addDurationMs(calendar: WorkingCalendar, from: number, { amount, unit }: Duration): number {
  switch (unit) {
    case 'business_days':
      return calendar.addDays(from, amount);
    case 'business_hours':
      return amount === 0 ? calendar.intoWork(from) : calendar.add(from, amount * ELAPSED_MS.hours);
    case 'months':
      return addMonths(calendar, from, amount);
    default:
      return from + amount * ELAPSED_MS[unit];
  }
}

/** Whether the unit counts working time. */
export function isBusiness(unit: DurationUnit): unit is 'business_hours' | 'business_days' {
  return unit === 'business_hours' || unit === 'business_days';
}

/** Working ms in `[from, to)`; 0 when `to` is not after `from`. */
export function workingMsBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  return calendar.between(toMs(from), toMs(to));
}

/** The first instant at which `ms` of work are done since `from`: the end of a day rather than the start of the next. */
export function addWorkingMs(calendar: WorkingCalendar, from: Instant, ms: number): Instant {
  return instantOf(calendar.add(toMs(from), ms));
}

/** The stretches of work between two instants, in order. */
export function workingStretches(calendar: WorkingCalendar, from: Instant, to: Instant): Stretch[] {
  return calendar.stretches(toMs(from), toMs(to)).map(([start, end]) => ({ from: fromMs(start), to: fromMs(end) }));
}

/** Whether work is done on a date, `yyyy-MM-dd`. */
export function isWorkingDay(calendar: WorkingCalendar, date: string): boolean {
  return calendar.isWorkingDay(dayNumber(date));
}

/** The date, `yyyy-MM-dd`, that the calendar's zone shows at an instant. */
export function localDate(calendar: WorkingCalendar, at: Instant): string {
  return instantOf(calendar.zone.toLocal(toMs(at))).slice(0, 10);
}

/** Local midnight at which a date, `yyyy-MM-dd`, begins. */
export function startOfDay(calendar: WorkingCalendar, date: string): Instant {
  return instantOf(calendar.zone.fromLocal(dayNumber(date) * DAY_MS));
}

/** Local midnight at which a date ends and the next begins. */
export function endOfDay(calendar: WorkingCalendar, date: string): Instant {
  return instantOf(calendar.zone.fromLocal((dayNumber(date) + 1) * DAY_MS));
}

/** Whether an instant lies past the calendar's `valid_through`, where holidays are not yet known. */
export function isProvisional(calendar: WorkingCalendar, at: Instant): boolean {
  return localDate(calendar, at) > calendar.calendar.valid_through;
}

/**
 * How much of a unit lies between two instants; 0 when `to` is not after `from`. Minutes to weeks and business hours
 * are exact fractions; months and business days are whole ones: the most that, added to `from`, do not pass `to`.
 */
export function elapsedIn(calendar: WorkingCalendar, from: Instant, to: Instant, unit: DurationUnit): number {
  const start = toMs(from);
  const end = toMs(to);
  if (!(end > start)) return 0;
  switch (unit) {
    case 'business_days':
      return mostThatFits(calendar, start, end, 'business_days', calendar.daysBetween(start, end));
    case 'months':
      return mostThatFits(calendar, start, end, 'months', monthsApart(calendar, start, end));
    case 'business_hours':
      return calendar.between(start, end) / ELAPSED_MS.hours;
    default:
      return (end - start) / ELAPSED_MS[unit];
  }
}

/** An instant from epoch ms, kept within four-digit years. */
export function instantOf(ms: number): Instant {
  return fromMs(Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS));
}

function mostThatFits(
  calendar: WorkingCalendar,
  from: number,
  to: number,
  unit: 'months' | 'business_days',
  upTo: number,
): number {
  let amount = upTo;
  while (amount > 0 && addDurationMs(calendar, from, { amount, unit }) > to) amount -= 1;
  return amount;
}

function monthsApart(calendar: WorkingCalendar, from: number, to: number): number {
  const start = new Date(calendar.zone.toLocal(from));
  const end = new Date(calendar.zone.toLocal(to));
  return (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
}

function addMonths(calendar: WorkingCalendar, from: number, amount: number): number {
  if (amount === 0) return from;
  const local = new Date(calendar.zone.toLocal(from));
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + amount);
  const lastDay = new Date(new Date(local).setUTCMonth(local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, lastDay));
  return calendar.zone.fromLocal(local.getTime());
}

/** Compiles rhythms: every duty one that can be due, its rows led to people, its shortfall to a flow. */

import { REP_FACTS } from '../../measure/rep-facts.ts';
import type { DutyRule, Rhythm, Series } from '../../playbook/rhythm.ts';
import type { ValueType } from '../../playbook/value.ts';
import { canBeDue } from '../../time/recurrence.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { CalendarSource } from '../kinds/calendar.ts';
import type { DutySource, RhythmSource } from '../kinds/rhythm.ts';
import { checkRungOrder } from '../logic/rung-order.ts';
import { checkUnique } from '../logic/unique-ids.ts';
import type { Token } from '../shape/shape.ts';
import { daysNamed } from '../shape/time.ts';
import { compileCondition } from './condition.ts';
import { compileFields } from './form.ts';
import { type Index, isDeclared } from './index.ts';
import { judgedHash } from './rules.ts';
import type { Scope } from './scope.ts';
import { compileWaitingRung } from './waiting-rung.ts';
import { checkPosts, compileWho } from './who.ts';

/** @param scope no cases: people keep a rhythm */
export function compileRhythm(
  source: RhythmSource,
  index: Index,
  scope: Scope,
  sha256: (text: string) => string,
): Rhythm {
  const { value: calendar, place } = source.calendar;
  if (!isDeclared('calendar', calendar, index)) {
    const hint = didYouMean(calendar, index.calendar.keys());
    scope.report('unknown-calendar', place, { written: calendar }, { hint });
  }
  const days = index.calendar.get(calendar)?.source;
  const duties = source.duties.map((one) => compileDuty(one, days, index, scope));
  return {
    rhythm: source.rhythm.value,
    hash: judgedHash(duties, sha256),
    title: source.title,
    ...(source.why ? { why: source.why } : {}),
    calendar,
    applies_to: checkPosts(source.applies_to, scope),
    duties,
    at: source.place.at,
  };
}

/** A duty is named by its id alone, in commands and in what is remembered of a series. */
export function checkDutyIds(sources: readonly RhythmSource[], scope: Pick<Scope, 'report'>): void {
  const ids = sources.flatMap(({ duties }) => duties.map((one) => one.duty));
  checkUnique({ zh: '事项', en: 'duty' }, ids, scope.report);
}

function compileDuty(source: DutySource, days: CalendarSource | undefined, index: Index, scope: Scope): Series {
  checkDue(source, days, scope);
  checkRungOrder(source.rungs ?? [], scope.report);
  const { prompt, opens, for_first, short } = source;
  const read = source.read && readOf(source.read, scope);
  const decides = source.decides && decidesOf(source.decides, source, scope);
  const shortfall = short && shortOf(short, index, scope);
  return {
    duty: source.duty.value,
    title: source.title,
    ...(prompt ? { prompt } : {}),
    every: source.every.value,
    on_day_off: source.on_day_off?.value ?? 'before',
    ...(opens ? { opens: opens.value } : {}),
    by: source.by?.value ?? 'self',
    announced: source.announced?.value ?? false,
    ...(for_first ? { for_first: for_first.value } : {}),
    fields: compileFields(source.fields, scope),
    rungs: (source.rungs ?? []).map((one) => compileWaitingRung(one, scope)),
    missed_after: source.missed_after.value,
    ...(read ? { read } : {}),
    ...(decides ? { decides } : {}),
    ...(shortfall ? { short: shortfall } : {}),
    at: source.place.at,
  };
}

/** A weekday that nobody works is due on none of its own days, where it moves to no other. */
function checkDue({ every, on_day_off }: DutySource, days: CalendarSource | undefined, { report }: Scope): void {
  const { value, place } = every;
  const worked = days === undefined ? undefined : workedIn(days);
  const isOff = value.every === 'week' && on_day_off?.value === 'skip' && worked?.has(value.weekday) === false;
  if (isOff || worked?.size === 0 || !canBeDue(value)) report('never-due', place);
}

function workedIn({ hours }: CalendarSource): ReadonlySet<number> {
  return new Set(hours.flatMap(({ key, value }) => (value.length === 0 ? [] : daysNamed(key.value))));
}

function readOf(source: NonNullable<DutySource['read']>, scope: Scope): DutyRule['read'] {
  const notify = compileWho(source.notify, scope);
  return notify && { within: source.within.value, notify };
}

/** What, who and when are told apart by their types: there is one column of each. */
function decidesOf(
  { value, place }: Token<string>,
  { fields: all = [] }: DutySource,
  { report }: Scope,
): DutyRule['decides'] {
  const found = all.find(({ key }) => key.value === value)?.value;
  if (!found) {
    const names = all.map(({ key }) => key.value);
    report('unknown-field', place, { written: value }, { hint: didYouMean(value, names) });
    return undefined;
  }
  if (found.type.value !== 'rows') {
    report('field-type-unfit', place, { field: value, wanted: 'rows', type: found.type.value });
    return undefined;
  }
  const only = (type: ValueType): string | undefined => {
    const [first, more] = (found.fields ?? []).filter((one) => one.value.type.value === type);
    return more ? undefined : first?.key.value;
  };
  const [what, owner, due_on] = [only('text'), only('person'), only('date')];
  if (what !== undefined && owner !== undefined && due_on !== undefined) return { rows: value, what, owner, due_on };
  report('decides-unclear', place, { field: value });
  return undefined;
}

function shortOf({ when, coaching }: NonNullable<DutySource['short']>, index: Index, scope: Scope): DutyRule['short'] {
  const compiled = compileCondition(when, { ...scope, given: REP_FACTS });
  if (!index.coaching.has(coaching.value) && !index.unread.has(coaching.value)) {
    const hint = didYouMean(coaching.value, index.coaching.keys());
    scope.report('unknown-coaching', coaching.place, { written: coaching.value }, { hint });
  }
  return compiled && { when: compiled, coaching: coaching.value };
}

/** What people do about duties: do them, read what was done, let one be; and what a meeting decided arrives with whoever it names. */

import { checkAnswers } from '../../form/check-answers.ts';
import type { Row, Value } from '../../playbook/value.ts';
import { endOfDay, isWorkingDay, localDate } from '../../time/calendar.ts';
import { personOf } from '../../who/reporting-line.ts';
import { SYSTEM } from '../../who/rights.ts';
import { askedFor, isTurnOf, mayCoach } from '../coaching/turns.ts';
import type { PersonCommandOf } from '../command.ts';
import { calendarOf } from '../inbox-rules.ts';
import { accepted, type Decision, forbidden, invalid, type PersonReason, problem, reason, refused } from '../no.ts';
import { type Decision as Decided, type Duty, heardOf, isOpen } from '../rhythm/duty.ts';
import { dutyCalendar } from '../rhythm/series.ts';
import { shortOf } from '../rhythm/turn-series.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';

export function doDuty(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { duty: id, fields: raw = {} }: PersonCommandOf<'do_duty'>,
): Decision {
  const duty = dutyNamed(state, id);
  if (duty === undefined || !isOpen(duty)) return noSuchDuty(state, id);
  const { rule } = duty;
  if (!isTurnOf(world, rule.by === 'self' ? 'rep' : 'coach', actor)) return notYours(world, duty);
  const calendar = dutyCalendar(world, state, duty.calendar);
  const checked = checkAnswers(rule.fields, raw, { people: world.people, now: world.now, calendar, path: '/fields' });
  if (!checked.ok) return invalid(...checked.problems);
  const decisions = decisionsIn(duty, checked.values);
  const today = localDate(calendar, world.now);
  const against = decisions.flatMap((one, row) => againstDecision(world, one, { today, calendar, row, rule }));
  if (against.length > 0) return refused(...against);
  const figures = world.period_facts?.[id];
  const readers = rule.read === undefined ? [] : askedFor(world, 'coach').filter((one) => one !== actor);
  return accepted([
    {
      event: 'duty_done',
      v: 1,
      at: world.now,
      by: actor,
      duty: id,
      of: rule.duty,
      ...(duty.period !== undefined && { period: duty.period }),
      fields: checked.values,
      late: world.now > duty.due_at,
      decisions,
      ...(decisions.length > 0 && { decision_rule: ruleOfDecisions(rule) }),
      settles: heardOf(duty),
      readers,
      ...(figures !== undefined && { figures }),
    },
    ...shortOf(world, state, duty),
  ]);
}

function decisionsIn({ rule }: Duty, values: Readonly<Record<string, Value>>): readonly Decided[] {
  const { decides } = rule;
  const rows = decides === undefined ? undefined : values[decides.rows];
  if (decides === undefined || !Array.isArray(rows)) return [];
  return (rows as readonly Row[]).map((row) => ({
    what: String(row[decides.what] ?? ''),
    owner: String(row[decides.owner] ?? ''),
    due_on: String(row[decides.due_on] ?? ''),
  }));
}

/** Decisions are waited for as the meeting itself is. */
function ruleOfDecisions({ duty, title, rungs, missed_after, at }: Duty['rule']): Duty['rule'] {
  const decided = { zh: `${title.zh}的决定`, en: `Decided in: ${title.en}` };
  return {
    duty: `${duty}-decision`,
    title: decided,
    by: 'self',
    fields: [],
    rungs,
    missed_after,
    announced: false,
    at,
  };
}

interface Around {
  readonly today: string;
  readonly calendar: ReturnType<typeof calendarOf>;
  readonly row: number;
  readonly rule: Duty['rule'];
}

/** A decision without somebody who can do it by a day that is still to come is none. */
function againstDecision({ people, person }: PersonWorld, one: Decided, { today, calendar, row }: Around) {
  const place = { zh: `第 ${row + 1} 项决定`, en: `decision ${row + 1}` };
  const because = (code: PersonReason, zh: string, en: string) =>
    reason(code, person, { zh: `${place.zh}：${zh}`, en: `${place.en}: ${en}` });
  if (personOf(people, one.owner)?.active !== true)
    return [because('owner-gone', `\`${one.owner}\` 已离职`, `\`${one.owner}\` has left`)];
  if (one.due_on < today) return [because('deadline-past', `${one.due_on} 已过`, `${one.due_on} is past`)];
  if (!isWorkingDay(calendar, one.due_on))
    return [because('deadline-off-work', `${one.due_on} 不是工作日`, `${one.due_on} is no working day`)];
  return [];
}

export function readDuty(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { duty: id }: PersonCommandOf<'read_duty'>,
): Decision {
  const duty = dutyNamed(state, id);
  if (duty?.done === undefined) return noSuchDuty(state, id);
  if (!mayCoach(world, actor)) return notYours(world, { ...duty, asked: duty.done.readers });
  return accepted([{ event: 'duty_read', v: 1, at: world.now, by: actor, duty: id, settles: duty.done.readers }]);
}

export function excuseDuty(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { duty: id, reason: why }: PersonCommandOf<'excuse_duty'>,
): Decision {
  const duty = dutyNamed(state, id);
  if (duty === undefined || !isOpen(duty)) return noSuchDuty(state, id);
  // Nobody lets their own duty be: for whoever coaches it is those above them who do.
  const isTheirs = duty.rule.by === 'coach' && duty.asked.includes(actor);
  if (!mayCoach(world, actor) || isTheirs) {
    return forbidden('not-your-rep', { zh: '自己的事项不能自己免去', en: 'nobody lets their own duty be' });
  }
  const { rule, period } = duty;
  return accepted([
    {
      event: 'duty_excused',
      v: 1,
      at: world.now,
      by: actor,
      duty: id,
      of: rule.duty,
      ...(period !== undefined && { period }),
      because: 'coach',
      reason: why,
      settles: heardOf(duty),
    },
  ]);
}

export function takeDuty(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { rule, due_on, decided }: PersonCommandOf<'take_duty'>,
): Decision {
  if (actor !== SYSTEM)
    return forbidden('not-a-meeting', { zh: '只有会议的决定会这样来', en: 'only meetings decide it' });
  if (!state.active) return accepted([]);
  const calendar = calendarOf(world, state.role);
  const id = `d${(state.duties_opened ?? 0) + 1}`;
  const from = localDate(calendar, world.now);
  const times = { from, until: due_on, due_on, due_at: endOfDay(calendar, due_on) };
  return accepted([
    { event: 'duty_opened', v: 1, at: world.now, by: actor, id, rule, ...times, asked: [state.person], decided },
  ]);
}

function dutyNamed({ duties = [] }: PersonState, id: string): Duty | undefined {
  return duties.find((one) => one.id === id);
}

function noSuchDuty({ duties = [] }: PersonState, id: string): Decision {
  const names = duties.filter(isOpen).map((one) => one.id);
  const open = names.length === 0 ? { zh: '无', en: 'none' } : { zh: names.join('、'), en: names.join(', ') };
  const message = {
    zh: `没有未完成的事项 \`${id}\`；有：${open.zh}`,
    en: `there is no open duty \`${id}\`; there are: ${open.en}`,
  };
  return invalid(problem('no-such-duty', '/duty', message));
}

function notYours({ people }: PersonWorld, { asked }: Pick<Duty, 'asked'>): Decision {
  const names = asked.map((one) => personOf(people, one)?.name ?? one);
  return forbidden('not-your-duty', { zh: `这是 ${names.join('、')} 的事`, en: `it is for ${names.join(', ')} to do` });
}

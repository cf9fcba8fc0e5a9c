/** `set_absence` and `cancel_absence`: days on which somebody is away, and who steps in. */

import type { Problem, Reason } from '../../case/outcome.ts';
import { endOfDay, localDate, startOfDay } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import type { Absence, People } from '../../who/people.ts';
import { personOf } from '../../who/reporting-line.ts';
import { absenceAt, standInsOf } from '../../who/substitutes.ts';
import type { PersonCommandOf } from '../command.ts';
import type { OwnAbsence } from '../event.ts';
import { calendarOf } from '../inbox-rules.ts';
import { accepted, type Decision, forbidden, hasLeft, invalid, problem, reason, refused } from '../no.ts';
import { gainsBySteppingIn, maySetAbsence } from '../rights.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';

export function setAbsence(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  command: PersonCommandOf<'set_absence'>,
): Decision {
  if (!maySetAbsence(world, actor)) return notForYou();
  if (!state.active) return hasLeft(state.person);
  const problems = [...dayProblems(world, state, command), ...substituteProblems(world, command.substitutes ?? [])];
  if (problems.length > 0) return invalid(...problems);
  if (actor !== state.person && command.substitutes?.includes(actor) === true && gainsBySteppingIn(world, actor)) {
    return forbidden('gains-by-substituting', {
      zh: '不能让自己代理一个权限比自己大的人',
      en: 'you may not name yourself in the place of somebody who may do more than you',
    });
  }
  const absence = absenceOf(world, state, command);
  const no = [...overlaps(state, absence), ...uncovered(world, state, absence)];
  if (no.length > 0) return refused(...no);
  const { reason: why } = command;
  const own: OwnAbsence = why === undefined ? absence : { ...absence, reason: why };
  const event = { event: 'absence_set', v: 1, at: world.now, by: actor, absence: own } as const;
  return accepted([event], leftAlone(world, state, absence));
}

export function cancelAbsence(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { absence }: PersonCommandOf<'cancel_absence'>,
): Decision {
  if (!maySetAbsence(world, actor)) return notForYou();
  if (!state.absences.some((one) => one.absence === absence)) {
    const known = state.absences.map((one) => `\`${one.absence}\``).join(', ');
    const message =
      known === ''
        ? { zh: '没有还没结束的缺勤', en: 'there is no absence that is not over' }
        : { zh: `没有这次缺勤；现有 ${known}`, en: `there is no such absence, but ${known}` };
    return invalid(problem('unknown-absence', '/absence', message));
  }
  return accepted([{ event: 'absence_cancelled', v: 1, at: world.now, by: actor, absence }]);
}

function* dayProblems(
  world: PersonWorld,
  state: PersonState,
  { first_day, last_day }: PersonCommandOf<'set_absence'>,
): Iterable<Problem> {
  if (last_day < first_day) {
    yield problem('ends-before-it-begins', '/last_day', {
      zh: `结束于 ${last_day}，却开始于 ${first_day}；两个日期写反了吗？`,
      en: `it ends on ${last_day} and begins on ${first_day}: are the days the wrong way round?`,
    });
  } else if (last_day < localDate(calendarOf(world, state.role), world.now)) {
    yield problem('absence-over', '/last_day', {
      zh: `${last_day} 已过去，缺勤只能从今天起`,
      en: `${last_day} is past: an absence can be set from today on`,
    });
  }
}

function* substituteProblems({ people, person }: PersonWorld, substitutes: readonly string[]): Iterable<Problem> {
  for (const [index, substitute] of substitutes.entries()) {
    const path = `/substitutes/${index}`;
    const found = personOf(people, substitute);
    if (found === undefined) {
      yield problem('unknown-person', path, {
        zh: `没有人员 \`${substitute}\``,
        en: `there is no person \`${substitute}\``,
      });
    } else if (substitute === person) {
      yield problem('own-substitute', path, {
        zh: '谁也不能代理自己',
        en: 'nobody steps in for themselves: name somebody else',
      });
    } else if (!found.active) {
      yield problem('substitute-left', path, {
        zh: `\`${substitute}\` 已离职，请另选一人`,
        en: `\`${substitute}\` has left: name somebody else`,
      });
    } else if (substitutes.indexOf(substitute) < index) {
      yield problem('named-twice', path, { zh: `\`${substitute}\` 写了两次`, en: `\`${substitute}\` is named twice` });
    }
  }
}

function absenceOf(
  world: PersonWorld,
  state: PersonState,
  { first_day, last_day, substitutes = [] }: PersonCommandOf<'set_absence'>,
): Absence {
  const calendar = calendarOf(world, state.role);
  return {
    absence: `a${state.absences_set + 1}`,
    first_day,
    last_day,
    from: startOfDay(calendar, first_day),
    until: endOfDay(calendar, last_day),
    substitutes,
  };
}

function* overlaps(state: PersonState, { from, until }: Absence): Iterable<Reason> {
  for (const other of state.absences) {
    if (other.until <= from || until <= other.from) continue;
    yield reason('absence-overlaps', state.person, {
      zh: `与 \`${other.absence}\`（${other.first_day} 至 ${other.last_day}）重叠；请先取消它`,
      en: `\`${other.absence}\` (${other.first_day} to ${other.last_day}) is on some of these days: cancel it first`,
    });
  }
}

/** Where substitutes are named, one of them is there at every moment of the absence, or somebody for them. */
function uncovered(world: PersonWorld, state: PersonState, absence: Absence): readonly Reason[] {
  if (absence.substitutes.length === 0) return [];
  const people = withAbsence(world, state, absence);
  const at = momentsOf(people, absence).find((moment) => standInsOf(people, state.person, moment).length === 0);
  if (at === undefined) return [];
  return absence.substitutes.flatMap((substitute) => {
    const other = personOf(people, substitute);
    const away = other && absenceAt(other, at);
    if (away === undefined) return [];
    const name = nameOf(world, substitute);
    return [
      reason(
        'substitute-absent',
        substitute,
        {
          zh: `${name} 自己 ${away.first_day} 至 ${away.last_day} 不在，也没有人替；请另加一位代理人，或先给 ${name} 定代理人`,
          en: `${name} is away too from ${away.first_day} to ${away.last_day}, with nobody in their place: name another substitute as well, or one for ${name} first`,
        },
        [substitute],
      ),
    ];
  });
}

/** The instants at which who is there may change, within an absence. */
function momentsOf(people: People, { from, until }: Absence): readonly Instant[] {
  const starts = Object.values(people.by_id).flatMap((person) => person.absences ?? []);
  const within = starts.flatMap((other) => [other.from, other.until]).filter((at) => from < at && at < until);
  return [from, ...[...new Set(within)].sort()];
}

/** Accepted all the same, as nobody can be made to stay: who counted on this person for these days. */
function leftAlone(world: PersonWorld, state: PersonState, absence: Absence): readonly Reason[] {
  const people = withAbsence(world, state, absence);
  return Object.values(people.by_id).flatMap((other) => {
    if (other.person === state.person || !other.active) return [];
    const counted = other.absences?.find(
      (one) => one.substitutes.includes(state.person) && one.from < absence.until && absence.from < one.until,
    );
    if (counted === undefined) return [];
    const at = counted.from > absence.from ? counted.from : absence.from;
    if (standInsOf(people, other.person, at).length > 0) return [];
    const days = `${counted.first_day}–${counted.last_day}`;
    const message = {
      zh: `${other.name}（${days} 不在）指望 ${nameOf(world, state.person)} 代理，这几天将由上级处理`,
      en: `${other.name} (away ${days}) counts on ${nameOf(world, state.person)}: on these days it goes up the line`,
    };
    return [reason('leaves-somebody-alone', other.person, message, [other.person])];
  });
}

/** The people as they would be. */
function withAbsence({ people }: PersonWorld, state: PersonState, absence: Absence): People {
  const person = personOf(people, state.person);
  if (person === undefined) return people;
  const absences = [
    ...state.absences.filter(({ from, until }) => until <= absence.from || absence.until <= from),
    absence,
  ];
  return { ...people, by_id: { ...people.by_id, [state.person]: { ...person, absences } } };
}

function notForYou(): Decision {
  return forbidden('not-your-absence', {
    zh: '只有本人、其上级和管理员可以设定缺勤',
    en: 'an absence is set by the person, by those above them, and by administrators',
  });
}

/** The name people know somebody by. */
function nameOf({ people }: PersonWorld, id: string): string {
  return personOf(people, id)?.name ?? id;
}

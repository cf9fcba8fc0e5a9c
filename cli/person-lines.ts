/** A person as lines of text: post, absences, who steps in since when, what they have on their hands. */

import type { PersonDetail } from '../api/views/person-view.ts';
import type { ClientContext } from './client-command.ts';
import { clockIn } from './show-time.ts';
import { printable } from './text-width.ts';

/** Names are given as ids: those are what commands take. */
export function personLines(person: PersonDetail, context: ClientContext): string[] {
  const { say } = context;
  const { name, role, manager, region, email, active, away, leaves } = person;
  const place = [role, region, email].filter((one) => one !== undefined).join(', ');
  const status = active ? (away ? say('不在', 'away') : say('在岗', 'at work')) : say('已离职', 'has left');
  return [
    `${person.person}  ${name}  [${status}]`,
    `${place}${manager === undefined ? '' : say(`，上级 ${manager}`, `, reports to ${manager}`)}`,
    say(
      `版本 ${person.version}，自 ${clockIn().instant(person.since)}`,
      `version ${person.version}, since ${clockIn().instant(person.since)}`,
    ),
    ...absenceLines(person, context),
    ...listLine(person.stand_ins, say('现在代理', 'stands in now')),
    ...listLine(person.stands_in_for, say('正在代理', 'stands in for')),
    ...(leaves === undefined ? [] : [leavesLine(leaves, context)]),
    say(
      `${person.open_cases} 个未结案件，${person.open_items} 件待办`,
      `${person.open_cases} open cases, ${person.open_items} open items`,
    ),
  ].map(printable);
}

function absenceLines({ absences = [] }: PersonDetail, { say }: ClientContext): string[] {
  return absences.map(({ absence, first_day, last_day, from, substitutes, reason }) => {
    const who = substitutes.length === 0 ? say('无代理人', 'nobody steps in') : substitutes.join(', ');
    const why = reason === undefined ? '' : `: ${reason}`;
    const since = clockIn().instant(from);
    return say(
      `  ${absence} ${first_day} 至 ${last_day}，代理人 ${who}（自 ${since}）${why}`,
      `  ${absence} ${first_day} to ${last_day}, substitutes ${who} (since ${since})${why}`,
    );
  });
}

function listLine(people: readonly string[], head: string): string[] {
  return people.length === 0 ? [] : [`${head}: ${people.join(', ')}`];
}

function leavesLine({ on, successor }: NonNullable<PersonDetail['leaves']>, { say }: ClientContext): string {
  const who = successor === undefined ? '' : say(`，由 ${successor} 接手`, `, ${successor} takes over`);
  return say(`${on} 离职`, `leaves on ${on}`) + who;
}

/** Runs a scenario about a coaching flow or a rhythm. */

import type { PersonLine, PersonScenario, PersonScenarioFile, StagedMeasures } from '../playbook/scenario.ts';
import type { PlaybookSet } from '../playbook/set.ts';
import { compileCalendar } from '../time/calendar.ts';
import { outcomeText } from './compare-outcome.ts';
import { atLocalTime } from './local-time.ts';
import { peopleOf } from './made-up-people.ts';
import { PersonRehearsal } from './person-rehearsal.ts';
import { Timeline } from './timeline.ts';

/** Of the rhythms only the one it is about is kept: a flow is played without any. Absent: there is no such flow or rhythm. */
export function runPersonScenario(
  set: PlaybookSet,
  file: PersonScenarioFile,
  { given, timeline: lines }: PersonScenario,
): Timeline | undefined {
  const rhythm = set.rhythms?.[file.scenarios];
  const calendar = set.calendars[(rhythm ?? set.coaching?.[file.scenarios])?.calendar ?? ''];
  if (calendar === undefined) return undefined;
  const compiled = compileCalendar(calendar);
  const { owner, starts_at, measures, cases, in_post_since: since } = given;
  const people = peopleOf(set.roles, file, [owner, ...lines.flatMap(namesInLine)]);
  const startsAt = atLocalTime(compiled, starts_at.date, starts_at.time);
  const timeline = new Timeline({ calendar: compiled, people, startsAt, owner });
  const { roles, calendars, coaching = {} } = set;
  const rhythms = rhythm === undefined ? {} : { [rhythm.rhythm]: rhythm };
  const around = { person: owner, roles, calendars, coaching, rhythms, people, cases };
  const rehearsal = new PersonRehearsal(around, startsAt, measures);
  timeline.note(startsAt, 'given', `given ${owner}`);
  const joined = rehearsal.join(since);
  if (joined.outcome !== 'accepted') {
    timeline.differ(given.at, startsAt, ['accepted'], [outcomeText(joined)]);
    return timeline;
  }
  timeline.play(rehearsal, lines, {
    before: (line: PersonLine) => {
      if (line.measures === undefined) return;
      rehearsal.measures = { ...rehearsal.measures, ...line.measures };
      for (const text of measuredTexts(line.measures)) timeline.note(rehearsal.now, 'given', text);
    },
  });
  return timeline;
}

/** What the record says from here on: `given win-rate 44 (n=9)`. */
function measuredTexts(measures: StagedMeasures): readonly string[] {
  return Object.entries(measures).map(([measure, { own, n }]) => `given ${measure} ${own} (n=${n})`);
}

/** Who is named in it, so that they can be made up. */
function namesInLine({ by, expect = [], do: body }: PersonLine): readonly string[] {
  const said = [by, ...expect.map((one) => ('who' in one ? one.who : undefined))];
  const people = said.flatMap((who) => (who?.kind === 'person' ? [who.person] : []));
  if (body?.command === 'set_absence') return [...people, ...(body.substitutes ?? [])];
  if (body?.command === 'change' && typeof body.manager === 'string') return [...people, body.manager];
  return body?.command === 'leave' && body.successor !== undefined ? [...people, body.successor] : people;
}

/** Runs scenarios in virtual time, without any server, and tells what differed. */

import type { CaseState } from '../case/state.ts';
import type { CaseScenarioFile, Scenario, ScenarioFile, ScenarioLine } from '../playbook/scenario.ts';
import type { PlaybookSet, Rules } from '../playbook/set.ts';
import type { At, Text } from '../playbook/text.ts';
import { compileCalendar } from '../time/calendar.ts';
import { bringToStage } from './bring-to-stage.ts';
import { atLocalTime } from './local-time.ts';
import { peopleOf } from './made-up-people.ts';
import { namesIn } from './names-in.ts';
import type { Occurrence } from './occurrence.ts';
import { Rehearsal } from './rehearsal.ts';
import type { ScenarioResult } from './result.ts';
import { runPersonScenario } from './run-person-scenario.ts';
import { type Frame, Timeline } from './timeline.ts';

/** One result for each scenario, in the order given. The same set and files always give the same results. */
export function runScenarios(set: PlaybookSet, files: readonly ScenarioFile[]): readonly ScenarioResult[] {
  return files.flatMap((file) => {
    if (file.of === 'person') {
      return file.list.map((one) => resultOf(file.scenarios, one, runPersonScenario(set, file, one)));
    }
    const starts = new Map<string, Start>();
    return file.list.map((one) => resultOf(file.scenarios, one, runCaseScenario(set, file, one, starts)));
  });
}

/** @param ran absent where the set has nothing of that name: checked when compiled, and told of one put together otherwise */
function resultOf(
  of: string,
  { scenario, at: place }: { readonly scenario: string; readonly at: At },
  ran: Timeline | undefined,
): ScenarioResult {
  if (ran !== undefined) {
    const { differences, trace } = ran;
    return { scenario, of, place, passed: differences.length === 0, differences, trace };
  }
  const note = { zh: `没有 \`${of}\``, en: `there is no \`${of}\`` };
  const difference = { place, at: '', local: '', after: 0, expected: [], got: [], note };
  return { scenario, of, place, passed: false, differences: [difference], trace: [] };
}

/** A case brought to its start, or why it could not be; scenarios that start alike share it. */
type Start = { readonly state: CaseState | undefined } | { readonly note: Text };

function runCaseScenario(
  set: PlaybookSet,
  file: CaseScenarioFile,
  scenario: Scenario,
  starts: Map<string, Start>,
): Timeline | undefined {
  const rules = set.rules[file.scenarios];
  const calendar = rules && set.calendars[rules.pipeline.calendar];
  if (rules === undefined || calendar === undefined) return undefined;
  const compiled = compileCalendar(calendar);
  const { date, time } = scenario.given.starts_at;
  const people = peopleOf(set.roles, file, namesIn(scenario, rules));
  const startsAt = atLocalTime(compiled, date, time);
  const frame = { calendar: compiled, people, startsAt, owner: scenario.given.owner };
  const timeline = new Timeline(frame);
  const start = startOf(set, rules, scenario, frame, starts);
  timeline.note(startsAt, 'given', givenText(scenario.given, 'note' in start ? undefined : start.state));
  if ('note' in start) {
    timeline.differ(scenario.given.at, startsAt, [], [], start.note);
    return timeline;
  }
  const rehearsal = new Rehearsal({ set, people, now: startsAt, ...(start.state && { state: start.state }) });
  timeline.play(rehearsal, scenario.timeline, {
    outside: (line: ScenarioLine) => (line.child === undefined ? [] : childTold(timeline, rehearsal, line, line.child)),
  });
  return timeline;
}

function childTold(
  timeline: Timeline,
  rehearsal: Rehearsal,
  line: ScenarioLine,
  child: NonNullable<ScenarioLine['child']>,
): readonly Occurrence[] {
  const { pipeline, in: place, key } = child;
  const happened = rehearsal.tellOf(child);
  timeline.note(rehearsal.now, 'happened', ['child', pipeline, place, key].join(' ').trimEnd());
  if (happened === undefined) {
    timeline.differ(line.at, rehearsal.now, [], [], {
      zh: `没有由它开始的 \`${pipeline}\``,
      en: `it has started no \`${pipeline}\``,
    });
    return [];
  }
  timeline.tell(happened);
  return happened;
}

function startOf(
  set: PlaybookSet,
  rules: Rules,
  { given }: Scenario,
  { people, startsAt, calendar }: Frame,
  starts: Map<string, Start>,
): Start {
  if (given.unopened) return { state: undefined };
  // People made up for other names do not change how a case gets to its start.
  const key = JSON.stringify([given.stage, given.owner, given.starts_at, given.facts]);
  const known = starts.get(key);
  if (known !== undefined) return known;
  const rehearsal = new Rehearsal({ set, people, now: startsAt });
  const note = bringToStage(rehearsal, rules, given, calendar);
  const start = note === undefined ? { state: rehearsal.state } : { note };
  starts.set(key, start);
  return start;
}

function givenText({ owner, unopened, stage }: Scenario['given'], state: CaseState | undefined): string {
  return unopened
    ? `given nothing, owner ${owner}`
    : `given ${state?.stage ?? stage ?? 'the first stage'}, owner ${owner}`;
}

/** Runs scenarios in virtual time, without any server, and tells what differed. */

import type { CaseState } from '../case/state.ts';
import type { Scenario, ScenarioFile, ScenarioLine, ScenarioTime, ScenarioWho } from '../playbook/scenario.ts';
import type { PlaybookSet, Rules } from '../playbook/set.ts';
import type { Text } from '../playbook/text.ts';
import { addDuration, compileCalendar, type WorkingCalendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import type { People } from '../who/people.ts';
import { bringToStage } from './bring-to-stage.ts';
import { commandText } from './command-text.ts';
import { compareExpectations } from './compare-expectations.ts';
import { compareOutcome, outcomeText } from './compare-outcome.ts';
import { atLocalTime, localTimeText } from './local-time.ts';
import { peopleOf } from './made-up-people.ts';
import { namesIn } from './names-in.ts';
import { happeningText, type Occurrence } from './occurrence.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Difference, ScenarioResult, TraceEntry } from './result.ts';

/** One result for each scenario, in the order given. The same set and files always give the same results. */
export function runScenarios(set: PlaybookSet, files: readonly ScenarioFile[]): readonly ScenarioResult[] {
  return files.flatMap((file) => {
    const starts = new Map<string, Start>();
    return file.list.map((scenario) => runScenario(set, file, scenario, starts));
  });
}

/** A case brought to its start, or why it could not be; scenarios that start alike share it. */
type Start = { readonly state: CaseState | undefined } | { readonly note: Text };

function runScenario(
  set: PlaybookSet,
  file: ScenarioFile,
  scenario: Scenario,
  starts: Map<string, Start>,
): ScenarioResult {
  const rules = set.rules[file.scenarios];
  const calendar = rules && set.calendars[rules.pipeline.calendar];
  const result = { scenario: scenario.scenario, pipeline: file.scenarios, place: scenario.at };
  if (rules === undefined || calendar === undefined) {
    // Checked when compiled; a set put together otherwise is told so rather than trusted.
    const note = { zh: `没有流程 \`${file.scenarios}\``, en: `there is no pipeline \`${file.scenarios}\`` };
    const difference = { place: scenario.at, at: '', local: '', after: 0, expected: [], got: [], note };
    return { ...result, passed: false, differences: [difference], trace: [] };
  }
  const run = new Run(
    set,
    rules,
    compileCalendar(calendar),
    peopleOf(set.roles, file, namesIn(scenario, rules)),
    scenario,
  );
  run.play(starts);
  return { ...result, passed: run.differences.length === 0, differences: run.differences, trace: run.trace };
}

class Run {
  readonly differences: Difference[] = [];
  readonly trace: TraceEntry[] = [];
  private readonly set: PlaybookSet;
  private readonly rules: Rules;
  private readonly calendar: WorkingCalendar;
  private readonly people: People;
  private readonly scenario: Scenario;
  private readonly startsAt: Instant;

  constructor(set: PlaybookSet, rules: Rules, calendar: WorkingCalendar, people: People, scenario: Scenario) {
    this.set = set;
    this.rules = rules;
    this.calendar = calendar;
    this.people = people;
    this.scenario = scenario;
    const { date, time } = scenario.given.starts_at;
    this.startsAt = atLocalTime(calendar, date, time);
  }

  play(starts: Map<string, Start>): void {
    const { given, timeline } = this.scenario;
    const start = this.startOf(starts);
    this.note(this.startsAt, 'given', givenText(given, 'note' in start ? undefined : start.state));
    if ('note' in start) {
      this.differ(this.scenario.given.at, this.startsAt, [], [], start.note);
      return;
    }
    const { set, people } = this;
    const rehearsal = new Rehearsal({ set, people, now: this.startsAt, ...(start.state && { state: start.state }) });
    for (const line of timeline) if (!this.playLine(rehearsal, line)) return;
  }

  /** @returns whether the lines after it still mean what they say */
  private playLine(rehearsal: Rehearsal, line: ScenarioLine): boolean {
    const target = line.when === undefined ? rehearsal.now : this.instantOf(line.when);
    if (target < rehearsal.now) {
      this.differ(line.at, rehearsal.now, [], [], {
        zh: `此行的时间 ${this.local(target)} 早于前一行`,
        en: `this line's time, ${this.local(target)}, lies before the line above`,
      });
      return false;
    }
    const { happened, stuck } = rehearsal.passTo(target);
    this.tell(happened);
    if (stuck) {
      this.differ(line.at, rehearsal.now, [], [], { zh: '时钟不停地响', en: 'a clock rings without end' });
      return false;
    }
    const changed = line.child === undefined ? [] : this.childTold(rehearsal, line, line.child);
    const answer = line.do === undefined ? undefined : this.command(rehearsal, line, line.do);
    const all = [...happened, ...changed, ...(answer?.happened ?? [])];
    if (line.expect !== undefined) {
      const { missing, unexpected } = compareExpectations(line.expect, all, this.people);
      if (missing.length + unexpected.length > 0) this.differ(line.at, rehearsal.now, missing, unexpected);
    }
    return answer?.isAsSaid !== false;
  }

  private childTold(
    rehearsal: Rehearsal,
    line: ScenarioLine,
    child: NonNullable<ScenarioLine['child']>,
  ): readonly Occurrence[] {
    const { pipeline, in: place, key } = child;
    const happened = rehearsal.tellOf(child);
    this.note(rehearsal.now, 'happened', ['child', pipeline, place, key].join(' ').trimEnd());
    if (happened === undefined) {
      this.differ(line.at, rehearsal.now, [], [], {
        zh: `没有由它开始的 \`${pipeline}\``,
        en: `it has started no \`${pipeline}\``,
      });
      return [];
    }
    this.tell(happened);
    return happened;
  }

  private command(
    rehearsal: Rehearsal,
    line: ScenarioLine,
    body: NonNullable<ScenarioLine['do']>,
  ): { readonly happened: readonly Occurrence[]; readonly isAsSaid: boolean } {
    const actor = this.actorOf(line.by, rehearsal.state);
    const { outcome, happened } = rehearsal.give(actor, body);
    this.note(rehearsal.now, 'command', `${commandText(body)}, by ${actor}: ${outcomeText(outcome)}`);
    this.tell(happened);
    const difference = compareOutcome(line, outcome);
    if (difference !== undefined) this.differ(line.at, rehearsal.now, [difference.expected], [difference.got]);
    return { happened, isAsSaid: difference === undefined };
  }

  private startOf(starts: Map<string, Start>): Start {
    const { given } = this.scenario;
    if (given.unopened) return { state: undefined };
    // People made up for other names do not change how a case gets to its start.
    const key = JSON.stringify([given.stage, given.owner, given.starts_at, given.facts]);
    const known = starts.get(key);
    if (known !== undefined) return known;
    const rehearsal = new Rehearsal({ set: this.set, people: this.people, now: this.startsAt });
    const note = bringToStage(rehearsal, this.rules, given, this.calendar);
    const start = note === undefined ? { state: rehearsal.state } : { note };
    starts.set(key, start);
    return start;
  }

  private instantOf(when: ScenarioTime): Instant {
    if (when.kind === 'local') return atLocalTime(this.calendar, when.date, when.time);
    return addDuration(this.calendar, this.startsAt, when.duration);
  }

  /** A post stands for the first of its holders. */
  private actorOf(by: ScenarioWho | undefined, state: CaseState | undefined): string {
    switch (by?.kind) {
      case 'person':
        return by.person;
      case 'role':
        return Object.values(this.people.by_id).find(({ role }) => role === by.role)?.person ?? by.role;
      default:
        return state?.owner ?? this.scenario.given.owner;
    }
  }

  private tell(happened: readonly Occurrence[]): void {
    for (const { at, what } of happened) this.note(at, 'happened', happeningText(what));
  }

  private note(at: Instant, kind: TraceEntry['kind'], text: string): void {
    this.trace.push({ at, local: this.local(at), kind, text });
  }

  private differ(
    place: Difference['place'],
    at: Instant,
    expected: readonly string[],
    got: readonly string[],
    note?: Text,
  ): void {
    const after = this.trace.length;
    this.differences.push({ place, at, local: this.local(at), after, expected, got, ...(note && { note }) });
  }

  private local(at: Instant): string {
    return localTimeText(this.calendar, at);
  }
}

function givenText({ owner, unopened, stage }: Scenario['given'], state: CaseState | undefined): string {
  return unopened
    ? `given nothing, owner ${owner}`
    : `given ${state?.stage ?? stage ?? 'the first stage'}, owner ${owner}`;
}

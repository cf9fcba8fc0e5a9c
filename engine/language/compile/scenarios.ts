/** Compiles scenarios: every name in them led to the playbook they promise something of. */

import type { Scenario, ScenarioFile, ScenarioLine, ScenarioTime } from '../../playbook/scenario.ts';
import { parseDuration } from '../../time/duration.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { LineSource, ScenarioSource, ScenariosSource } from '../kinds/scenarios.ts';
import { isDate } from '../shape/scalar.ts';
import type { Token } from '../shape/shape.ts';
import { compileExpectation, compileRefusal } from './expectation.ts';
import { isDeclared } from './index.ts';
import { rawFacts } from './scenario-answers.ts';
import { compileScenarioChild } from './scenario-child.ts';
import { compileCommand } from './scenario-command.ts';
import { checkName, readWho, type ScenarioScope } from './scenario-scope.ts';

/** @param scopeOf the names known in the pipeline, and in others that a scenario moves to */
export function compileScenarios(
  source: ScenariosSource,
  scopeOf: (others: readonly string[]) => ScenarioScope,
): ScenarioFile {
  const scope = scopeOf([]);
  const { value: pipeline, place } = source.scenarios;
  if (!isDeclared('pipeline', pipeline, scope.index)) {
    scope.report(
      'unknown-pipeline',
      place,
      { written: pipeline },
      { hint: didYouMean(pipeline, scope.index.pipeline.keys()) },
    );
  }
  const names = new Set<string>();
  for (const { scenario } of source.list) {
    if (names.has(scenario.value)) scope.report('duplicate-scenario', scenario.place, { name: scenario.value });
    names.add(scenario.value);
  }
  return {
    scenarios: pipeline,
    ...(source.people ? { people: compilePeople(source.people, scope) } : {}),
    list: source.list.map((one) => compileScenario(one, scopeOf(movesTo(one)))),
    at: source.place.at,
  };
}

function movesTo(source: ScenarioSource): readonly string[] {
  return source.timeline.flatMap((line) => {
    const [word, pipeline] = line.do?.value.trim().split(/\s+/) ?? [];
    return word === 'move_pipeline' && pipeline !== undefined ? [pipeline] : [];
  });
}

function compilePeople(
  source: NonNullable<ScenariosSource['people']>,
  scope: ScenarioScope,
): NonNullable<ScenarioFile['people']> {
  const ids = new Set(source.map(({ key }) => key.value));
  const people = source.map(({ key, value }) => {
    const { role, manager } = value;
    const posts = scope.roles?.posts;
    if (posts && !posts.has(role.value)) {
      scope.report('unknown-role', role.place, { written: role.value }, { hint: didYouMean(role.value, posts.keys()) });
    }
    if (manager && !ids.has(manager.value)) {
      scope.report(
        'unknown-person',
        manager.place,
        { written: manager.value },
        { hint: didYouMean(manager.value, ids) },
      );
    }
    const above = manager ? { manager: manager.value } : {};
    return [key.value, { role: role.value, ...above, at: key.place.at }] as const;
  });
  return Object.fromEntries(people);
}

function compileScenario(source: ScenarioSource, scope: ScenarioScope): Scenario {
  const { given } = source;
  const owner = readWho(given.owner.value, given.owner.place, scope);
  if (given.stage) checkName('stage', given.stage.value, given.stage.place, scope);
  const starts = readLocal(given.at.value);
  if (!starts) scope.report('bad-time', given.at.place, { written: given.at.value });
  const owned = owner.kind === 'person' ? owner.person : given.owner.value;
  return {
    scenario: source.scenario.value,
    given: {
      ...(given.stage ? { stage: given.stage.value } : {}),
      owner: owned,
      starts_at: starts ?? { date: '', time: '' },
      facts: rawFacts(given.facts ?? [], scope, false),
      unopened: given.unopened?.value ?? false,
      at: given.place.at,
    },
    timeline: compileTimeline(source, owned, scope),
    at: source.place.at,
  };
}

function compileTimeline(source: ScenarioSource, owner: string, scope: ScenarioScope): readonly ScenarioLine[] {
  let last: ScenarioTime | undefined;
  return source.timeline.map((line) => {
    const when = line.at && compileTime(line.at, scope);
    if (line.at && when && last && isBefore(when, last)) scope.report('line-order', line.at.place);
    last = when ?? last;
    checkLine(line, scope);
    const invalid = line.invalid !== undefined;
    const context = { scope, scenario: source.scenario.value, owner, invalid };
    const command = line.do && compileCommand(line.do, line.with ?? [], context);
    const child = line.child && compileScenarioChild(line.child, scope);
    const expect = line.expect?.map((one) => compileExpectation(one, scope)).filter((one) => one !== undefined);
    const refused = line.refused?.map((one) => compileRefusal(one, scope)).filter((one) => one !== undefined);
    return {
      ...(when ? { when } : {}),
      ...(child ? { child } : {}),
      ...(command ? { do: command } : {}),
      ...(line.by ? { by: readWho(line.by.value, line.by.place, scope) } : {}),
      ...(expect ? { expect } : {}),
      ...(refused ? { refused } : {}),
      ...(line.forbidden ? { forbidden: line.forbidden.value } : {}),
      ...(line.invalid ? { invalid: line.invalid.value } : {}),
      at: line.place.at,
    };
  });
}

const OUTCOMES = ['refused', 'forbidden', 'invalid'] as const;

/** What cannot be said together, or means nothing alone. */
function checkLine(line: LineSource, scope: ScenarioScope): void {
  const { report } = scope;
  if (!line.do && !line.expect && !line.child) {
    const [key] = (['with', 'by', ...OUTCOMES] as const).filter((one) => line[one]);
    if (key) report('command-missing', line.keyPlaces[key] ?? line.place, { key });
    else if (!line.at) report('empty-line', line.place);
  } else if (!line.do) {
    for (const key of ['with', 'by', ...OUTCOMES] as const) {
      const place = line.keyPlaces[key];
      if (place) report('command-missing', place, { key });
    }
  }
  const [first, second] = OUTCOMES.filter((one) => line[one]);
  if (first && second) report('two-outcomes', line.keyPlaces[second] ?? line.place, { first, second });
  const nothing = line.expect?.find((one) => one.value.trim() === 'nothing');
  if (nothing && (line.expect?.length ?? 0) > 1) report('nothing-and-more', nothing.place);
}

function compileTime(token: Token<string>, scope: ScenarioScope): ScenarioTime | undefined {
  const local = readLocal(token.value);
  if (local) return { kind: 'local', ...local };
  const parsed = parseDuration(token.value);
  if (parsed.ok) return { kind: 'after', duration: parsed.duration };
  scope.report('bad-time', token.place, { written: token.value }, { hint: parsed.hint });
  return undefined;
}

/** `2026-09-28 09:00`. */
function readLocal(text: string): { readonly date: string; readonly time: string } | undefined {
  const [date = '', time = '', more] = text.trim().split(/[ T]+/);
  if (more !== undefined || !isDate(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined;
  return { date, time };
}

/** As far as it can be told without a calendar. */
function isBefore(time: ScenarioTime, last: ScenarioTime): boolean {
  if (time.kind === 'local' && last.kind === 'local') return `${time.date} ${time.time}` < `${last.date} ${last.time}`;
  if (time.kind !== 'after' || last.kind !== 'after') return false;
  return time.duration.unit === last.duration.unit && time.duration.amount < last.duration.amount;
}

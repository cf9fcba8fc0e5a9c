/** Compiles scenarios: every name in them led to the playbook they promise something of. */

import type { Scenario, ScenarioFile, ScenarioLine } from '../../playbook/scenario.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { ScenarioSource, ScenariosSource } from '../kinds/scenarios.ts';
import { compileExpectation, compileRefusal } from './expectation.ts';
import { isDeclared } from './index.ts';
import { compilePersonScenario } from './person-scenario.ts';
import { rawFacts } from './scenario-answers.ts';
import { compileScenarioChild } from './scenario-child.ts';
import { compileCommand } from './scenario-command.ts';
import { compileLines, compileStart, type LineGrammar, leniency, refuseKeys } from './scenario-lines.ts';
import { checkName, type ScenarioScope } from './scenario-scope.ts';

/** @param scopeOf the names known in the pipeline, and in others that a scenario moves to */
export function compileScenarios(
  source: ScenariosSource,
  scopeOf: (others: readonly string[]) => ScenarioScope,
): ScenarioFile {
  const scope = scopeOf([]);
  const { value: name, place } = source.scenarios;
  const { pipeline, coaching, rhythm } = scope.index;
  const isOfPerson = !pipeline.has(name) && (coaching.has(name) || rhythm.has(name));
  if (!isOfPerson && !isDeclared('pipeline', name, scope.index)) {
    const known = [...pipeline.keys(), ...coaching.keys(), ...rhythm.keys()];
    scope.report('unknown-scenarios', place, { written: name }, { hint: didYouMean(name, known) });
  }
  const names = new Set<string>();
  for (const { scenario } of source.list) {
    if (names.has(scenario.value)) scope.report('duplicate-scenario', scenario.place, { name: scenario.value });
    names.add(scenario.value);
  }
  const file = {
    scenarios: name,
    ...(source.people ? { people: compilePeople(source.people, scope) } : {}),
    at: source.place.at,
  };
  if (isOfPerson) return { ...file, of: 'person', list: source.list.map((one) => compilePersonScenario(one, scope)) };
  return { ...file, of: 'case', list: source.list.map((one) => compileScenario(one, scopeOf(movesTo(one)))) };
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
  refuseKeys(given.keyPlaces, ['measures', 'cases', 'in_post_since'], { zh: '案件', en: 'cases' }, scope);
  const start = compileStart(source, scope);
  if (given.stage) checkName('stage', given.stage.value, given.stage.place, scope);
  return {
    scenario: source.scenario.value,
    given: {
      ...(given.stage ? { stage: given.stage.value } : {}),
      ...start,
      facts: rawFacts(given.facts ?? [], scope, false),
      unopened: given.unopened?.value ?? false,
    },
    timeline: compileTimeline(source, start.owner, scope),
    at: source.place.at,
  };
}

const OF_CASES: LineGrammar = { expectation: compileExpectation, refusal: compileRefusal };

function compileTimeline(source: ScenarioSource, owner: string, scope: ScenarioScope): readonly ScenarioLine[] {
  return compileLines(source, scope, OF_CASES, (line) => {
    refuseKeys(line.keyPlaces, ['measures'], { zh: '案件', en: 'cases' }, scope);
    const context = { scope, scenario: source.scenario.value, owner, ...leniency(line) };
    const command = line.do && compileCommand(line.do, line.with ?? [], context);
    const child = line.child && compileScenarioChild(line.child, scope);
    return { ...(child ? { child } : {}), ...(command ? { do: command } : {}) };
  });
}

/** Compiles all files that could be read, each in the light of the others, and then looks at them as a whole. */

import type { Decision } from '../../playbook/decision.ts';
import { GIVEN_FACTS } from '../../playbook/given-facts.ts';
import type { Roles } from '../../playbook/roles.ts';
import type { ScenarioFile } from '../../playbook/scenario.ts';
import type { PlaybookSet } from '../../playbook/set.ts';
import type { CompileDeps } from '../compile-set.ts';
import type { Collected, Report } from '../diagnostics/report.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import type { RolesSource } from '../kinds/roles.ts';
import type { ScenariosSource } from '../kinds/scenarios.ts';
import { checkLogic } from '../logic/check-logic.ts';
import type { FileRead } from '../read-file.ts';
import { compileApproval } from './approval.ts';
import { compileCalendar } from './calendar.ts';
import { compileCoaching } from './coaching.ts';
import { compileDecision } from './decision.ts';
import { compileDiagnosis } from './diagnosis.ts';
import { compileGate } from './gate.ts';
import { type Index, isDeclared } from './index.ts';
import { indexOf, sourcesOf } from './index-of.ts';
import { compileNote } from './knowledge.ts';
import { compileLadder } from './ladder.ts';
import { compileMapping, mappedPipelines } from './mapping.ts';
import { namesOf } from './names-of.ts';
import { compilePipeline } from './pipeline.ts';
import { compileRepDiagnosis } from './rep-diagnosis.ts';
import { checkDutyIds, compileRhythm } from './rhythm.ts';
import { compileRoles, roleScope } from './roles.ts';
import { rulesOf } from './rules.ts';
import type { ScenarioScope } from './scenario-scope.ts';
import { compileScenarios } from './scenarios.ts';
import { type CaseScope, caseScopes, type Scope } from './scope.ts';
import { compileScorecard } from './scorecard.ts';
import { compileTerritory } from './territory.ts';

export interface CompiledAll {
  /** Absent when something needed is missing; what, was reported. */
  readonly set?: PlaybookSet;
  readonly scenarios: readonly ScenarioFile[];
  /** File → files it names. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A compiled playbook beside what it was compiled from. */
export interface Pair<S, C> {
  readonly source: S;
  readonly compiled: C;
}

/** @param unread paths of files that could not be read */
export function compileAll(
  files: readonly FileRead[],
  unread: readonly string[],
  { report, has }: Pick<Collected, 'report' | 'has'>,
  deps: CompileDeps,
): CompiledAll {
  const index = indexOf(files, unread, report);
  const cases = caseScopes(index);
  const names = namesOf(index);
  const roles = compileOnlyRoles(index, cases, report);
  const posts = roles && roleScope(roles.source);
  const scopeOf = (pipelines: Iterable<string>): Scope => ({
    cases: [...pipelines].map((name) => cases.get(name)).filter((one) => one !== undefined),
    ...(posts ? { roles: posts } : {}),
    pipelines: cases,
    isDeclared: (pipeline) => isDeclared('pipeline', pipeline, index),
    report,
  });

  const pipelines = pairs(sourcesOf(index.pipeline), (source) =>
    compilePipeline(source, index, scopeOf([source.pipeline.value])),
  );
  const gates = sourcesOf(index.gate)
    .map((source) => compileGate(source, index, scopeOf(source.applies_to.map((one) => one.value))))
    .filter((gate) => gate !== undefined);
  const decisions = sourcesOf(index.decision).flatMap((source): Pair<DecisionSource, Decision>[] => {
    const compiled = compileDecision(source, index, scopeOf(source.applies_to.map((one) => one.value)));
    return compiled ? [{ source, compiled }] : [];
  });
  const diagnoses = pairs(sourcesOf(index.diagnosis), (source) =>
    compileDiagnosis(
      source,
      index,
      { ...scopeOf(source.applies_to.map((one) => one.value)), given: GIVEN_FACTS },
      deps.sha256,
    ),
  );
  const watchingPeople = pairs(sourcesOf(index.rep_diagnosis), (source) =>
    compileRepDiagnosis(source, index, { ...scopeOf([]), of: 'person' }, deps.sha256),
  );
  const scorecards = sourcesOf(index.scorecard).map((source) =>
    compileScorecard(source, index, { ...scopeOf([]), of: 'person' }, deps.sha256),
  );
  const rhythms = sourcesOf(index.rhythm).map((source) =>
    compileRhythm(source, index, { ...scopeOf([]), of: 'person' }, deps.sha256),
  );
  checkDutyIds(sourcesOf(index.rhythm), { report });
  const flows = sourcesOf(index.coaching).map((source) =>
    compileCoaching(source, index, { ...scopeOf([]), of: 'person' }, deps.sha256),
  );
  const ladders = pairs(sourcesOf(index.ladder), (source) =>
    compileLadder(source, scopeOf(usersOf(source.ladder.value, cases))),
  );
  const approvals = pairs(sourcesOf(index.approval), (source) =>
    compileApproval(source, index, scopeOf(source.applies_to.map((one) => one.value))),
  );
  const calendars = pairs(sourcesOf(index.calendar), (source) => compileCalendar(source, report));
  const mappings = sourcesOf(index.mapping).map((source) =>
    compileMapping(source, index, scopeOf(mappedPipelines(source).map((one) => one.value))),
  );
  const territories = sourcesOf(index.territory).map((source) =>
    compileTerritory(source, index, scopeOf(source.applies_to.map((one) => one.value))),
  );
  const notes = sourcesOf(index.knowledge).map((source) => compileNote(source, index, cases, report));
  const scenarios = sourcesOf(index.scenarios).map((source) =>
    compileScenarios(source, (others) => {
      const pipelines = [source.scenarios.value, ...others];
      const scope = scopeOf(pipelines);
      // Nothing is missed in a pipeline that cannot be read, nor in what it would bring.
      const isKnown = pipelines.every((name) => cases.has(name) || !isDeclared('pipeline', name, index));
      return scenarioScope(source, index, isKnown ? scope : { ...scope, report: () => undefined });
    }),
  );
  checkLogic(
    {
      index,
      cases,
      pipelines,
      gates,
      ladders,
      approvals,
      decisions,
      diagnoses,
      watchingPeople,
      territories,
      calendars,
      roles,
    },
    { report, has },
  );
  if (!roles) return { scenarios, names };
  const named = { ladders: compiledOf(ladders), approvals: compiledOf(approvals), decisions: compiledOf(decisions) };
  const rules = rulesOf(compiledOf(pipelines), gates, named, deps.sha256);
  const watches = [...compiledOf(watchingPeople), ...scorecards.flatMap(({ breaches }) => breaches ?? [])];
  const set: PlaybookSet = {
    language: 1,
    rules,
    calendars: Object.fromEntries(calendars.map(({ compiled }) => [compiled.calendar, compiled])),
    roles: roles.compiled,
    mappings: Object.fromEntries(mappings.map((one) => [one.mapping, one])),
    ...(diagnoses.length > 0 && {
      diagnoses: Object.fromEntries(diagnoses.map(({ compiled }) => [compiled.diagnosis, compiled])),
    }),
    ...(watches.length > 0 && { rep_diagnoses: Object.fromEntries(watches.map((one) => [one.diagnosis, one])) }),
    ...(scorecards.length > 0 && {
      scorecards: Object.fromEntries(scorecards.map(({ scorecard: one }) => [one.scorecard, one])),
    }),
    ...(rhythms.length > 0 && { rhythms: Object.fromEntries(rhythms.map((one) => [one.rhythm, one])) }),
    ...(flows.length > 0 && { coaching: Object.fromEntries(flows.map((one) => [one.coaching, one])) }),
    knowledge: Object.fromEntries(notes.map((one) => [one.knowledge, one])),
    ...(territories.length > 0 && { territories: Object.fromEntries(territories.map((one) => [one.territory, one])) }),
  };
  return { set, scenarios, names };
}

function pairs<S, C>(sources: readonly S[], compile: (source: S) => C): readonly Pair<S, C>[] {
  return sources.map((source) => ({ source, compiled: compile(source) }));
}

function compiledOf<C>(all: readonly Pair<unknown, C>[]): readonly C[] {
  return all.map((one) => one.compiled);
}

/** Pipelines one of whose stages uses the ladder. */
function usersOf(ladder: string, cases: ReadonlyMap<string, CaseScope>): readonly string[] {
  return [...cases.values()]
    .filter(({ source }) => source.stages.some((stage) => stage.ladder?.value === ladder))
    .map(({ pipeline }) => pipeline);
}

function scenarioScope(source: ScenariosSource, index: Index, scope: Scope): ScenarioScope {
  const { roles, report } = scope;
  const rungs = sourcesOf(index.ladder).flatMap((ladder) => ladder.rungs);
  return {
    about: source.scenarios.value,
    cases: [...new Set(scope.cases)],
    index,
    ...(roles ? { roles } : {}),
    ...(source.people ? { people: new Set(source.people.map(({ key }) => key.value)) } : {}),
    demands: rungs.map((rung) => rung.demand).filter((one) => one !== undefined),
    report,
  };
}

/** There is one playbook of roles: two would leave open which of them grants a right. */
function compileOnlyRoles(
  index: Index,
  cases: ReadonlyMap<string, CaseScope>,
  report: Report,
): Pair<RolesSource, Roles> | undefined {
  const [first, ...others] = index.roles.values();
  for (const other of others) report('second-roles', other.place);
  if (first?.source) return { source: first.source, compiled: compileRoles(first.source, index, cases, report) };
  const [pipeline] = index.pipeline.values();
  if (!first && pipeline && index.unread.size === 0) report('no-roles', pipeline.place);
  return undefined;
}

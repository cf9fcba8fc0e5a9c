/** Compiles all files that could be read, each in the light of the others. */

import type { Gate } from '../../playbook/gate.ts';
import type { Ladder } from '../../playbook/ladder.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Roles } from '../../playbook/roles.ts';
import type { ScenarioFile } from '../../playbook/scenario.ts';
import type { PlaybookSet } from '../../playbook/set.ts';
import type { CompileDeps } from '../compile-set.ts';
import type { Report } from '../diagnostics/report.ts';
import type { KindName } from '../kinds/kinds.ts';
import type { DemandSource } from '../kinds/ladder.ts';
import type { FileRead } from '../read-file.ts';
import { compileCalendar } from './calendar.ts';
import { compileGate } from './gate.ts';
import type { Declared, Index } from './index.ts';
import { compileLadder } from './ladder.ts';
import { compileMapping, mappedPipelines } from './mapping.ts';
import { namesOf } from './names-of.ts';
import { compilePipeline } from './pipeline.ts';
import { compileRoles, roleScope } from './roles.ts';
import { rulesOf } from './rules.ts';
import { compileScenarios } from './scenarios.ts';
import { type CaseScope, caseScopes, type Scope } from './scope.ts';

export interface CompiledAll {
  /** Absent when something needed is missing; what, was reported. */
  readonly set?: PlaybookSet;
  readonly scenarios: readonly ScenarioFile[];
  /** File → files it names. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
}

export function compileAll(files: readonly FileRead[], report: Report, deps: CompileDeps): CompiledAll {
  const index = indexOf(files, report);
  const cases = caseScopes(index);
  const names = namesOf(index);
  const roles = compileOnlyRoles(index, report);
  const roleSource = [...index.roles.values()][0]?.source;
  const scopeOf = (pipelines: Iterable<string>): Scope => ({
    cases: [...pipelines].map((name) => cases.get(name)).filter((one) => one !== undefined),
    ...(roleSource ? { roles: roleScope(roleSource) } : {}),
    report,
  });

  const pipelines: Pipeline[] = sources(index.pipeline).map((source) =>
    compilePipeline(source, index, scopeOf([source.pipeline.value])),
  );
  const gates: Gate[] = sources(index.gate)
    .map((source) => compileGate(source, index, scopeOf(source.applies_to.map((one) => one.value))))
    .filter((gate) => gate !== undefined);
  const ladders: Ladder[] = sources(index.ladder).map((source) =>
    compileLadder(source, scopeOf(usersOf(source.ladder.value, cases))),
  );
  const calendars = sources(index.calendar).map((source) => compileCalendar(source, report));
  const mappings = sources(index.mapping).map((source) =>
    compileMapping(source, index, scopeOf(mappedPipelines(source).map((one) => one.value))),
  );
  const scenarios = sources(index.scenarios).map((source) =>
    compileScenarios(source, (others) => {
      const pipeline = source.scenarios.value;
      const ids = source.people?.map(({ key }) => key.value);
      const { cases: known, roles: posts } = scopeOf(new Set([pipeline, ...others]));
      return {
        pipeline,
        cases: known,
        index,
        ...(posts ? { roles: posts } : {}),
        ...(ids ? { people: new Set(ids) } : {}),
        demands: demandsOf(index),
        report,
      };
    }),
  );
  if (!roles) return { scenarios, names };
  const set: PlaybookSet = {
    language: 1,
    rules: rulesOf(pipelines, gates, ladders, deps.sha256),
    calendars: Object.fromEntries(calendars.map((one) => [one.calendar, one])),
    roles,
    mappings: Object.fromEntries(mappings.map((one) => [one.mapping, one])),
  };
  return { set, scenarios, names };
}

function demandsOf(index: Index): readonly DemandSource[] {
  return sources(index.ladder).flatMap(({ rungs }) =>
    rungs.map((rung) => rung.demand).filter((one) => one !== undefined),
  );
}

/** Pipelines one of whose stages uses the ladder. */
function usersOf(ladder: string, cases: ReadonlyMap<string, CaseScope>): readonly string[] {
  return [...cases.values()]
    .filter(({ source }) => source.stages.some((stage) => stage.ladder?.value === ladder))
    .map(({ pipeline }) => pipeline);
}

function sources<S>(declared: ReadonlyMap<string, Declared<S>>): readonly S[] {
  return [...declared.values()].map(({ source }) => source).filter((source) => source !== undefined);
}

function indexOf(files: readonly FileRead[], report: Report): Index {
  const firsts = new Map<string, FileRead>();
  for (const file of files) {
    const name = `${file.kind} ${file.id}`;
    const first = firsts.get(name);
    if (first) {
      const message = { zh: '第一次声明在这里', en: 'first declared here' };
      report(
        'duplicate-playbook',
        file.place,
        { kind: file.kind, id: file.id },
        { related: [{ place: first.place, message }] },
      );
    } else firsts.set(name, file);
  }
  const of = <K extends KindName>(kind: K) => {
    const found = [...firsts.values()].filter((file): file is Extract<FileRead, { kind: K }> => file.kind === kind);
    return new Map(found.map((file) => [file.id, file]));
  };
  return {
    pipeline: of('pipeline'),
    gate: of('gate'),
    ladder: of('ladder'),
    calendar: of('calendar'),
    roles: of('roles'),
    mapping: of('mapping'),
    scenarios: of('scenarios'),
  };
}

/** There is one playbook of roles: two would leave open which of them grants a right. */
function compileOnlyRoles(index: Index, report: Report): Roles | undefined {
  const [first, ...others] = index.roles.values();
  for (const other of others) report('second-roles', other.place);
  if (first) return first.source && compileRoles(first.source, report);
  const [pipeline] = index.pipeline.values();
  if (pipeline) report('no-roles', pipeline.place);
  return undefined;
}

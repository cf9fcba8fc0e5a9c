/** Compiles mappings: tables, stages and facts led to what they name. Columns are checked by the import, which has the files. */

import type {
  MappedFact,
  MappedPeople,
  MappedStage,
  Mapping,
  MappingCell,
  MappingTable,
} from '../../playbook/mapping.ts';
import { minorDigits } from '../../playbook/money.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { MappingSource } from '../kinds/mapping.ts';
import type { MapEntry } from '../shape/collection.ts';
import type { Token } from '../shape/shape.ts';
import { factNamed } from './condition.ts';
import { type Index, isDeclared } from './index.ts';
import type { CaseScope, Scope } from './scope.ts';
import { readTyped, type TypedSource } from './value.ts';

type Source<K extends keyof MappingSource> = NonNullable<MappingSource[K]>;

/** Pipelines a mapping may put a case into. */
export function mappedPipelines(source: MappingSource): readonly Token<string>[] {
  if ('value' in source.pipeline) return [source.pipeline];
  const { values, default: others } = source.pipeline;
  return [...values.map((entry) => entry.value), ...(others ? [others] : [])];
}

/** @param scope the cases of every pipeline the mapping may choose */
export function compileMapping(source: MappingSource, index: Index, scope: Scope): Mapping {
  const tables = new Set(source.tables.map(({ key }) => key.value));
  const columnOf = (token: Token<string>): string => {
    const [table = '', column] = token.value.split('.');
    if (column !== undefined && !tables.has(table)) reportTable(table, token.place, tables, scope);
    return token.value;
  };
  for (const { value, place } of mappedPipelines(source)) {
    if (isDeclared('pipeline', value, index)) continue;
    scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  const { zone } = source.dates;
  const cell = (token: Token<string>): MappingCell => ({ column: columnOf(token), at: token.place.at });
  return {
    mapping: source.mapping.value,
    ...(source.title ? { title: source.title } : {}),
    tables: source.tables.map(compileTable),
    ...(source.people ? { people: compilePeople(source.people, tables, columnOf, scope) } : {}),
    id: cell(source.id.column),
    ...(source.case_title ? { case_title: source.case_title.map(cell) } : {}),
    pipeline: compilePipelineChoice(source.pipeline, columnOf),
    stage: {
      column: columnOf(source.stage.column),
      values: record(source.stage.values, (value) => compileStage(value, scope)),
      at: source.stage.place.at,
    },
    owner: {
      column: columnOf(source.owner.column),
      person_by: source.owner.person_by.value,
      at: source.owner.place.at,
    },
    facts: (source.facts ?? []).map((entry) => compileFact(entry, columnOf, scope)),
    dates: {
      ...(source.dates.opened ? { opened: columnOf(source.dates.opened) } : {}),
      ...(source.dates.closed ? { closed: columnOf(source.dates.closed) } : {}),
      format: source.dates.format.value,
      zone: zone?.value ?? 'UTC',
      at: source.dates.place.at,
    },
    re_date: source.re_date?.value ?? 'no',
    ...compileDebt(source, scope),
    at: source.place.at,
  };
}

/** A mapping may fill several pipelines; a name must be known in one of them. */
function inNone(scope: Scope, has: (one: CaseScope) => boolean): CaseScope | undefined {
  return scope.cases.some(has) ? undefined : scope.cases[0];
}

function record<A, B>(entries: readonly MapEntry<A>[], turn: (value: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key.value, turn(value)]));
}

function reportTable(table: string, place: Place, tables: ReadonlySet<string>, scope: Scope): void {
  scope.report('unknown-table', place, { written: table }, { hint: didYouMean(table, tables) });
}

function compileTable({ key, value }: MapEntry<Source<'tables'>[number]['value']>): MappingTable {
  return {
    table: key.value,
    file: value.file.value,
    ...(value.join ? { join: record(value.join, (column) => column.value) } : {}),
    fixes: record(value.fixes ?? [], (fixes) => record(fixes, (meant) => meant.value)),
    at: key.place.at,
  };
}

function compilePeople(
  source: Source<'people'>,
  tables: ReadonlySet<string>,
  columnOf: (token: Token<string>) => string,
  scope: Scope,
): MappedPeople {
  const { value: table, place } = source.table;
  if (!tables.has(table)) reportTable(table, place, tables, scope);
  const role = (token: Token<string>): string => {
    const posts = scope.roles?.posts;
    if (posts && !posts.has(token.value)) {
      scope.report(
        'unknown-role',
        token.place,
        { written: token.value },
        { hint: didYouMean(token.value, posts.keys()) },
      );
    }
    return token.value;
  };
  const { manager } = source;
  const above = manager?.reports_to;
  return {
    table,
    name: columnOf(source.name),
    role: role(source.role),
    ...(manager
      ? {
          manager: {
            column: columnOf(manager.column),
            role: role(manager.role),
            ...(above ? { reports_to: { column: columnOf(above.column), role: role(above.role) } } : {}),
          },
        }
      : {}),
    ...(source.region ? { region: columnOf(source.region) } : {}),
    at: source.place.at,
  };
}

function compilePipelineChoice(
  source: Source<'pipeline'>,
  columnOf: (token: Token<string>) => string,
): Mapping['pipeline'] {
  if ('value' in source) return { pipeline: source.value };
  return {
    column: columnOf(source.column),
    values: record(source.values, (pipeline) => pipeline.value),
    ...(source.default ? { default: source.default.value } : {}),
  };
}

function compileStage(source: Source<'stage'>['values'][number]['value'], scope: Scope): MappedStage {
  if ('value' in source) {
    const { value, place } = source;
    const stagesOf = (one: Scope['cases'][number]) => one.source.stages.map((stage) => stage.stage.value);
    const lacks = inNone(scope, (one) => stagesOf(one).includes(value));
    if (lacks) {
      const hint = didYouMean(value, stagesOf(lacks));
      scope.report('unknown-stage', place, { pipeline: lacks.pipeline, written: value }, { hint });
    }
    return { kind: 'stage', stage: value };
  }
  if (source.close.value === 'won') return { kind: 'won' };
  if (!source.reason) {
    scope.report('missing-key', source.place, { key: 'reason', in: { zh: '输单', en: 'a lost case' } });
    return { kind: 'lost', reason: '' };
  }
  const { value, place } = source.reason;
  const reasonsOf = (one: Scope['cases'][number]) => (one.source.lost_reasons ?? []).map(({ key }) => key.value);
  const lacks = inNone(scope, (one) => reasonsOf(one).includes(value));
  if (lacks) {
    const hint = didYouMean(value, reasonsOf(lacks));
    scope.report('unknown-reason', place, { pipeline: lacks.pipeline, written: value }, { hint });
  }
  return { kind: 'lost', reason: value };
}

function compileFact(
  { key, value }: MapEntry<Source<'facts'>[number]['value']>,
  columnOf: (token: Token<string>) => string,
  scope: Scope,
): MappedFact {
  const having = scope.cases.filter((one) => one.facts.has(key.value));
  const typed = factNamed(key.value, key.place, having.length > 0 ? { ...scope, cases: having } : scope);
  const derived = scope.cases.some((one) => one.facts.get(key.value)?.from);
  if (derived) scope.report('derived-set', key.place, { name: key.value });
  for (const token of [value.currency, value.to]) {
    if (token && minorDigits(token.value) === undefined)
      scope.report('bad-currency', token.place, { written: token.value });
  }
  if (typed?.type.value === 'money' && !value.currency && value.column) {
    scope.report('setting-missing', key.place, { key: 'currency', type: 'money' });
  }
  if (value.to && value.to.value !== value.currency?.value && !value.rate) {
    scope.report('setting-missing', value.to.place, { key: 'rate', type: 'money' });
  }
  if (!value.column && !value.default) {
    scope.report('missing-key', value.place, {
      key: 'column',
      in: { zh: '事实的来源', en: 'where a fact comes from' },
    });
  }
  if (typed) for (const token of fixedValues(value)) checkValue(key.value, typed, token, scope);
  return {
    fact: key.value,
    ...(value.column ? { column: columnOf(value.column) } : {}),
    ...(value.else ? { else: columnOf(value.else) } : {}),
    ...(value.mark_else ? { mark_else: value.mark_else.value } : {}),
    ...(value.values ? { values: record(value.values, (one) => one.value) } : {}),
    ...(value.default ? { default: value.default.value } : {}),
    ...(value.currency ? { currency: value.currency.value } : {}),
    ...(value.to ? { to: value.to.value } : {}),
    ...(value.rate ? { rate: value.rate.value } : {}),
    at: key.place.at,
  };
}

type FactFrom = Source<'facts'>[number]['value'];

function fixedValues(value: FactFrom): readonly Token<string>[] {
  return [...(value.values ?? []).map((entry) => entry.value), ...(value.default ? [value.default] : [])];
}

/** Values written in the mapping must be values of the fact. Money may leave its currency to `currency`. */
function checkValue(name: string, typed: TypedSource, token: Token<string>, scope: Scope): void {
  if (typed.type.value === 'money' || typed.type.value === 'rows') return;
  readTyped(name, typed, { kind: 'scalar', text: token.value, quoted: true, place: token.place }, scope.report);
}

function compileDebt(source: MappingSource, scope: Scope): Pick<Mapping, 'debt_due'> {
  if (!source.debt_due) return {};
  const { value, place } = source.debt_due;
  if (value.unit === 'business_days' || value.unit === 'days') {
    return { debt_due: { amount: value.amount, unit: value.unit } };
  }
  scope.report('whole-days', place);
  return {};
}

/** Compiles mappings: tables, stages and facts led to what they name. Columns are checked by the import, which has the files. */

import { ambiguousCell } from '../../mapping/date-format.ts';
import type { MappedPeople, MappedWords, Mapping, MappingCell, MappingTable } from '../../playbook/mapping.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { MappingSource } from '../kinds/mapping.ts';
import type { MapEntry } from '../shape/collection.ts';
import type { Token } from '../shape/shape.ts';
import { type Index, isDeclared } from './index.ts';
import { compileFact } from './mapping-facts.ts';
import { compileHistory, compileStage, compileStatus } from './mapping-stages.ts';
import {
  type ColumnOf,
  compileWords,
  isSettled,
  openQuestions,
  record,
  reportFormat,
  withoutOpen,
} from './mapping-words.ts';
import type { Scope } from './scope.ts';
import { compileWho } from './who.ts';

type Source<K extends keyof MappingSource> = NonNullable<MappingSource[K]>;

/** In the place of a pipeline: the row is left out. */
const SKIP = 'skip';

/** Pipelines a mapping may put a case into. */
export function mappedPipelines(source: MappingSource): readonly Token<string>[] {
  if ('value' in source.pipeline) return [source.pipeline].filter(isSettled);
  const { values, default: others } = source.pipeline;
  const all = [...values.map((entry) => entry.value), ...(others ? [others] : [])];
  return all.filter((token) => isSettled(token) && token.value !== SKIP);
}

/** @param scope the cases of every pipeline the mapping may choose */
export function compileMapping(source: MappingSource, index: Index, scope: Scope): Mapping {
  const tables = new Set(source.tables.map(({ key }) => key.value));
  const columnOf: ColumnOf = (token) => {
    const [table = '', column] = token.value.split('.');
    // A dot may also be part of a column's own name, with spaces around it.
    const isTable = /^[a-z0-9-]+$/.test(table);
    if (column !== undefined && isTable && !tables.has(table)) reportTable(table, token.place, tables, scope);
    return token.value;
  };
  for (const { value, place } of mappedPipelines(source)) {
    if (isDeclared('pipeline', value, index)) continue;
    scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  const cell = (token: Token<string>): MappingCell => ({ column: columnOf(token), at: token.place.at });
  const { blank, duplicates, numbers } = source;
  const open = openQuestions(source);
  for (const { key, place } of open) scope.report('open-question', place, { key });
  return {
    mapping: source.mapping.value,
    ...(source.title ? { title: source.title } : {}),
    tables: source.tables.map((table) => compileTable(table, scope)),
    ...(source.people ? { people: compilePeople(source.people, tables, columnOf, scope) } : {}),
    id: cell(source.id.column),
    ...(source.case_title ? { case_title: source.case_title.map(cell) } : {}),
    pipeline: compilePipelineChoice(source.pipeline, columnOf, scope),
    stage: compileStage(source.stage, columnOf, scope),
    ...(source.status ? { status: compileStatus(source.status, columnOf, scope) } : {}),
    ...(source.history ? { history: compileHistory(source.history, tables, columnOf, scope) } : {}),
    owner: compileOwner(source.owner, columnOf, scope),
    facts: (source.facts ?? []).map((entry) => compileFact(entry, columnOf, scope)),
    dates: compileDates(source, columnOf, scope),
    ...withoutOpen('numbers', numbers),
    ...(blank ? { blank: blank.map((word) => word.value) } : {}),
    ...(duplicates
      ? { duplicates: 'value' in duplicates ? duplicates.value : { newest_by: columnOf(duplicates.newest_by) } }
      : {}),
    re_date: source.re_date?.value ?? 'no',
    ...compileDebt(source, scope),
    ...compileChanges(source, scope),
    ...(open.length > 0 ? { open_questions: open.map(({ key, place }) => ({ key, at: place.at })) } : {}),
    at: source.place.at,
  };
}

function reportTable(table: string, place: Place, tables: ReadonlySet<string>, scope: Scope): void {
  scope.report('unknown-table', place, { written: table }, { hint: didYouMean(table, tables) });
}

function compileTable({ key, value }: MapEntry<Source<'tables'>[number]['value']>, scope: Scope): MappingTable {
  const { encoding, delimiter, sheet, header_line: header } = value;
  const ofText = delimiter ?? encoding;
  if (sheet && ofText) {
    scope.report('setting-clash', ofText.place, { one: encoding ? 'encoding' : 'delimiter', other: 'sheet' });
  }
  return {
    table: key.value,
    file: value.file.value,
    ...(encoding ? { encoding: encoding.value } : {}),
    ...(delimiter ? { delimiter: delimiter.value } : {}),
    ...(sheet ? { sheet: sheet.value } : {}),
    ...(header ? { header_line: header.value } : {}),
    ...(value.join ? { join: record(value.join, (column) => column.value) } : {}),
    fixes: record(value.fixes ?? [], (fixes) => record(fixes, (meant) => meant.value)),
    at: key.place.at,
  };
}

function compilePeople(
  source: Source<'people'>,
  tables: ReadonlySet<string>,
  columnOf: ColumnOf,
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
    ...(source.email ? { email: columnOf(source.email) } : {}),
    at: source.place.at,
  };
}

function compilePipelineChoice(
  source: Source<'pipeline'>,
  columnOf: ColumnOf,
  scope: Scope,
): { readonly pipeline: string } | MappedWords {
  return 'value' in source ? { pipeline: source.value } : compileWords(source, columnOf, scope);
}

function compileOwner(source: Source<'owner'>, columnOf: ColumnOf, scope: Scope): Mapping['owner'] {
  const { values, unknown } = source;
  return {
    column: columnOf(source.column),
    person_by: source.person_by.value,
    ...(values ? { values: compileWords({ column: source.column, values }, columnOf, scope).values } : {}),
    ...(unknown && isSettled(unknown) ? { unknown: unknown.value } : {}),
    at: source.place.at,
  };
}

function compileDates({ dates: source }: MappingSource, columnOf: ColumnOf, scope: Scope): Mapping['dates'] {
  const zone = source.zone?.value ?? 'UTC';
  const language = source.language?.value;
  const formats = source.format.filter(isSettled);
  for (const { value, place } of formats) reportFormat(value, place, scope);
  for (const [index, one] of formats.entries()) {
    for (const other of formats.slice(index + 1)) {
      const cell = ambiguousCell(one.value, other.value, { zone, language: language ?? 'en' });
      if (cell === undefined) continue;
      scope.report('ambiguous-dates', other.place, { one: one.value, other: other.value, cell });
    }
  }
  return {
    ...(source.opened ? { opened: columnOf(source.opened) } : {}),
    ...(source.closed ? { closed: columnOf(source.closed) } : {}),
    ...(source.entered ? { entered: columnOf(source.entered) } : {}),
    ...(source.last_activity ? { last_activity: columnOf(source.last_activity) } : {}),
    format: formats.map((format) => format.value),
    zone,
    ...(language ? { language } : {}),
    at: source.place.at,
  };
}

/** What later imports do about what was changed in the CRM. */
function compileChanges(source: MappingSource, scope: Scope): Pick<Mapping, 'if_changed_outside' | 'follow'> {
  const { if_changed_outside: outside, on_change: changes = [] } = source;
  const mapped = new Set(['owner', ...(source.facts ?? []).map(({ key }) => key.value)]);
  for (const { key } of changes) {
    if (mapped.has(key.value)) continue;
    scope.report('not-mapped', key.place, { written: key.value }, { hint: didYouMean(key.value, mapped) });
  }
  const follow = changes.filter(({ value }) => value.value === 'follow').map(({ key }) => key.value);
  const asks =
    outside && 'quarantine' in outside ? compileWho(outside.quarantine, scope) : { kind: 'manager' as const };
  const policy = outside === undefined ? undefined : 'value' in outside ? outside.value : 'quarantine';
  return {
    ...(policy !== undefined && asks !== undefined ? { if_changed_outside: { policy, asks } } : {}),
    ...(follow.length > 0 ? { follow } : {}),
  };
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

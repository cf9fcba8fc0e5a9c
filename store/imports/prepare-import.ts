/** Makes an import ready to run: files read, tables joined, owners and due dates settled. */

import { dayIn, shiftFor } from '../../engine/mapping/dates.ts';
import { foldName, type MappedPerson, mapPeople } from '../../engine/mapping/map-people.ts';
import { type MappedRow, mapRow, type RowContext } from '../../engine/mapping/map-row.ts';
import { readTable } from '../../engine/mapping/read-table.ts';
import { type JoinedTables, joinTables, type RowProblem, type Table } from '../../engine/mapping/tables.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { addDuration, compileCalendar } from '../../engine/time/calendar.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import { sha256 } from '../hash.ts';
import type { ImportFiles } from './import-job.ts';

/** The files of an import, read and joined; the same for every batch. */
export interface ReadImport {
  readonly mapping: Mapping;
  readonly tables: JoinedTables;
  /** Rows that could not even be read. */
  readonly problems: readonly RowProblem[];
  /** What this export is; ids of its rows are unique within. */
  readonly source: string;
}

export type ReadImportResult =
  | { readonly ok: true; readonly read: ReadImport }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

/** Reads the files that the mapping names. Files it does not name are left alone. */
export function readImport(mapping: Mapping, files: ImportFiles): ReadImportResult {
  const tables: Record<string, Table> = {};
  const fatal: RowProblem[] = [];
  const problems: RowProblem[] = [];
  for (const { table, file } of mapping.tables) {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) continue;
    const read = readTable(file, text);
    if (!read.ok) {
      fatal.push(read.problem);
      continue;
    }
    tables[table] = read.table;
    problems.push(...read.problems);
  }
  if (fatal.length > 0) return { ok: false, problems: fatal };
  const joined = joinTables(mapping, tables);
  if (!joined.ok) return joined;
  return { ok: true, read: { mapping, tables: joined.tables, problems, source: joined.tables.main.file } };
}

/** People the export names and the installation does not know yet. */
export function peopleToJoin({ mapping, tables }: ReadImport, known: People): readonly MappedPerson[] {
  return mapPeople(mapping, tables, known, sha256).filter((person) => !Object.hasOwn(known.by_id, person.person));
}

/** Whole days by which a first import on this instant moves the dates. */
export function firstShift({ mapping, tables }: ReadImport, now: Instant): number {
  return shiftFor(mapping, tables, dayIn(now, mapping.dates.zone));
}

export interface ImportTerms {
  readonly playbook: PlaybookSet;
  readonly people: People;
  readonly shift_days: number;
  /** When the import was started: debts fall due counted from here. */
  readonly started_at: Instant;
}

/** Maps the rows of the main table one by one, by index. */
export function rowMapper(
  { mapping, tables }: ReadImport,
  terms: ImportTerms,
): (index: number) => MappedRow | undefined {
  const context = contextOf(mapping, tables, terms);
  const firstLines = linesById(mapping, tables);
  return (index) => {
    const row = tables.rows[index];
    if (row === undefined) return undefined;
    const mapped = mapRow(context, row);
    if (!mapped.ok) return mapped;
    const first = firstLines.get(mapped.external_id);
    if (first === undefined || first === row.row.line) return mapped;
    const message = {
      zh: `编号 \`${mapped.external_id}\` 已在第 ${first} 行出现`,
      en: `the id \`${mapped.external_id}\` appears in line ${first} already`,
    };
    return { ok: false, problems: [{ file: context.file, line: row.row.line, column: mapping.id.column, message }] };
  };
}

function contextOf(mapping: Mapping, tables: JoinedTables, terms: ImportTerms): RowContext {
  const { playbook, people, shift_days } = terms;
  const due = debtDueOn(mapping, playbook, terms.started_at);
  const known = new Map<string, string>();
  for (const person of Object.values(people.by_id)) {
    const key =
      mapping.owner.person_by === 'name'
        ? person.name
        : mapping.owner.person_by === 'email'
          ? person.email
          : person.person;
    if (key !== undefined && person.active) known.set(foldName(key), person.person);
  }
  return {
    mapping,
    file: tables.main.file,
    pipelines: Object.fromEntries(Object.entries(playbook.rules).map(([id, rules]) => [id, rules.pipeline])),
    shift_days,
    ownerOf: (cell) => known.get(foldName(cell)),
    ...(due && { debt_due_on: due }),
  };
}

/** Counted in the calendar of the pipeline that the mapping leads to; where it leads to several, of the first. */
function debtDueOn(mapping: Mapping, playbook: PlaybookSet, from: Instant): string | undefined {
  const { pipeline } = mapping;
  const name = 'pipeline' in pipeline ? pipeline.pipeline : (pipeline.default ?? Object.values(pipeline.values)[0]);
  const calendar = playbook.calendars[playbook.rules[name ?? '']?.pipeline.calendar ?? ''];
  if (calendar === undefined || mapping.debt_due === undefined) return undefined;
  return dayIn(addDuration(compileCalendar(calendar), from, mapping.debt_due), calendar.zone);
}

function linesById(mapping: Mapping, tables: JoinedTables): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const row of tables.rows) {
    const id = row.cell(mapping.id.column);
    if (id !== undefined && !lines.has(id)) lines.set(id, row.row.line);
  }
  return lines;
}

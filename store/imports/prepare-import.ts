/** Makes an import ready to run: files read, tables joined, owners and due dates settled. */

import { Days, dayIn, shiftFor } from '../../engine/mapping/dates.ts';
import { type MappedTeam, mapPeople } from '../../engine/mapping/map-people.ts';
import { type MappedRow, mapRow, type OwnerFound, type RowContext } from '../../engine/mapping/map-row.ts';
import { foldName } from '../../engine/mapping/person-ids.ts';
import { readTable } from '../../engine/mapping/read-table.ts';
import { type JoinedTables, joinTables, type RowProblem, type Table } from '../../engine/mapping/tables.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { addDuration, compileCalendar } from '../../engine/time/calendar.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People, Person } from '../../engine/who/people.ts';
import { sha256 } from '../hash.ts';
import type { ImportFiles } from './import-job.ts';

/** The files of an import, read and joined; the same for every batch. */
export interface ReadImport {
  readonly mapping: Mapping;
  readonly tables: JoinedTables;
  readonly days: Days;
  /** Rows of other tables than the main one that cannot be used. */
  readonly problems: readonly RowProblem[];
  /** What this export is; ids of its rows are unique within. */
  readonly source: string;
  /** Id → the line that has it first. */
  readonly firstLines: ReadonlyMap<string, number>;
}

export type ReadImportResult =
  | { readonly ok: true; readonly read: ReadImport }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

/** Reads the files that the mapping names. Files it does not name are left alone. */
export function readImport(mapping: Mapping, files: ImportFiles): ReadImportResult {
  const tables: Record<string, Table> = {};
  const fatal: RowProblem[] = [];
  for (const { table, file } of mapping.tables) {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) continue;
    const read = readTable(file, text);
    if (read.ok) tables[table] = read.table;
    else fatal.push(read.problem);
  }
  if (fatal.length > 0) return { ok: false, problems: fatal };
  const joined = joinTables(mapping, tables);
  if (!joined.ok) return joined;
  const { tables: readTables, problems } = joined;
  const read: ReadImport = {
    mapping,
    tables: readTables,
    days: new Days(mapping.dates),
    problems,
    source: readTables.main.file,
    firstLines: linesById(mapping, readTables),
  };
  return { ok: true, read };
}

/** People the export names and the installation does not know yet, and what is contradictory about them. */
export function newcomersOf({ mapping, tables }: ReadImport, known: People): MappedTeam {
  const { ranks, problems } = mapPeople(mapping, tables, known, sha256);
  return { ranks: ranks.map((rank) => rank.filter(({ person }) => !Object.hasOwn(known.by_id, person))), problems };
}

/** Whole days by which a first import on this instant moves the dates. */
export function firstShift({ mapping, tables, days }: ReadImport, now: Instant): number {
  return shiftFor(mapping, tables, days, dayIn(now, mapping.dates.zone));
}

export interface ImportTerms {
  readonly playbook: PlaybookSet;
  readonly people: People;
  readonly shift_days: number;
  /** When the import was started: debts fall due counted from here. */
  readonly started_at: Instant;
}

/** Maps the rows of the main table one by one, by index; of rows with the same id the first counts. */
export function rowMapper(read: ReadImport, terms: ImportTerms): (index: number) => MappedRow | undefined {
  const { mapping, tables, firstLines } = read;
  const context = contextOf(read, terms);
  return (index) => {
    const row = tables.main.rows[index];
    if (row === undefined) return undefined;
    const mapped = mapRow(context, row);
    if (!mapped.ok) return mapped;
    const first = firstLines.get(mapped.external_id);
    if (first === undefined || first === row.line) return mapped;
    const message = {
      zh: `编号 \`${mapped.external_id}\` 已在第 ${first} 行出现`,
      en: `the id \`${mapped.external_id}\` appears in line ${first} already`,
    };
    const place = { file: tables.main.file, line: row.line, column: mapping.id.column };
    return { ok: false, problems: [{ ...place, message }] };
  };
}

function contextOf({ mapping, tables, days }: ReadImport, terms: ImportTerms): RowContext {
  const { playbook, people, shift_days, started_at } = terms;
  const due = debtDueOn(mapping, playbook, started_at);
  return {
    mapping,
    tables,
    days,
    pipelines: Object.fromEntries(Object.entries(playbook.rules).map(([id, rules]) => [id, rules.pipeline])),
    shift_days,
    ownerOf: ownerFinder(mapping, people),
    ...(due !== undefined && { debt_due_on: due }),
  };
}

/** Somebody who has left is meant where nobody else goes by the name: they may own what is over. */
function ownerFinder({ owner }: Mapping, people: People): RowContext['ownerOf'] {
  const found = new Map<string, Person[]>();
  for (const person of Object.values(people.by_id)) {
    const key = { name: person.name, email: person.email, id: person.person }[owner.person_by];
    if (key === undefined) continue;
    const folded = foldName(key);
    found.set(folded, [...(found.get(folded) ?? []), person]);
  }
  return (cell): OwnerFound => {
    const all = found.get(foldName(cell)) ?? [];
    const active = all.filter((person) => person.active);
    const [first, second] = active.length > 0 ? active : all;
    if (first === undefined) return { why: 'nobody' };
    return second === undefined ? { person: first.person } : { why: 'several' };
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
  for (const row of tables.main.rows) {
    const id = tables.cell(row, mapping.id.column);
    if (id !== undefined && !lines.has(id)) lines.set(id, row.line);
  }
  return lines;
}

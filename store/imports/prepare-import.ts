/** Makes an import ready to run: tables joined, owners and due dates settled. */

import { Days, dayIn, shiftFor } from '../../engine/mapping/dates.ts';
import { type MappedTeam, mapPeople } from '../../engine/mapping/map-people.ts';
import { type MappedRow, mapRow, type RowContext } from '../../engine/mapping/map-row.ts';
import { ownerFinder } from '../../engine/mapping/owner-finder.ts';
import { type PassedOver, passedOver } from '../../engine/mapping/passed-over.ts';
import { historyTable } from '../../engine/mapping/stage-history.ts';
import { type JoinedTables, joinTables, type RowProblem } from '../../engine/mapping/tables.ts';
import { foldWord } from '../../engine/mapping/words.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { addDuration, compileCalendar } from '../../engine/time/calendar.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import { sha256 } from '../hash.ts';
import type { ImportTables } from './import-tables.ts';

/** The files of an import, read and joined; the same for every batch. */
export interface ReadImport {
  readonly mapping: Mapping;
  readonly tables: JoinedTables;
  readonly days: Days;
  /** Rows of other tables than the main one that cannot be used. */
  readonly problems: readonly RowProblem[];
  /** What this export is; ids of its rows are unique within. */
  readonly source: string;
  /** Index of a row that does not count → why. */
  readonly passed: ReadonlyMap<number, PassedOver>;
}

export type ReadImportResult =
  | { readonly ok: true; readonly read: ReadImport }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

/** Joins the tables of an export, settles which row counts for each id. @param files table of the mapping → what was read for it */
export function readImport(mapping: Mapping, files: ImportTables): ReadImportResult {
  const joined = joinTables(mapping, files);
  if (!joined.ok) return joined;
  const { tables, problems } = joined;
  const days = new Days(mapping.dates);
  const passed = passedOver(mapping, tables, days);
  return { ok: true, read: { mapping, tables, days, problems, source: tables.main.file, passed } };
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

/** Maps the rows of the main table one by one, by index. */
export function rowMapper(read: ReadImport, terms: ImportTerms): (index: number) => MappedRow | undefined {
  const { tables, passed } = read;
  const context = contextOf(read, terms);
  return (index) => {
    const row = tables.main.rows[index];
    const over = passed.get(index);
    if (row === undefined) return undefined;
    if (over === undefined) return mapRow(context, row);
    return over.is === 'skipped'
      ? { ok: false, problems: [], skipped: over.why }
      : { ok: false, problems: [over.problem] };
  };
}

function contextOf({ mapping, tables, days }: ReadImport, terms: ImportTerms): RowContext {
  const { playbook, people, shift_days, started_at } = terms;
  const due = debtDueOn(mapping, playbook, started_at);
  const history = historyTable(mapping, tables);
  return {
    mapping,
    tables,
    days,
    pipelines: Object.fromEntries(Object.entries(playbook.rules).map(([id, rules]) => [id, rules.pipeline])),
    shift_days,
    today: dayIn(started_at, mapping.dates.zone),
    blank: new Set((mapping.blank ?? []).map(foldWord)),
    ...(history !== undefined && { history }),
    ownerOf: ownerFinder(mapping, people),
    ...(due !== undefined && { debt_due_on: due }),
  };
}

/** Counted in the calendar of the pipeline that the mapping leads to; where it leads to several, of the first. */
function debtDueOn(mapping: Mapping, playbook: PlaybookSet, from: Instant): string | undefined {
  const { pipeline } = mapping;
  const name =
    'pipeline' in pipeline
      ? pipeline.pipeline
      : (pipeline.default ?? Object.values(pipeline.values).find((one) => one !== 'skip'));
  const calendar = playbook.calendars[playbook.rules[name ?? '']?.pipeline.calendar ?? ''];
  if (calendar === undefined || mapping.debt_due === undefined) return undefined;
  return dayIn(addDuration(compileCalendar(calendar), from, mapping.debt_due), calendar.zone);
}

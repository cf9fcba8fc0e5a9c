/** One row of an export becomes the command that opens its case, or the reasons why it cannot. */

import type { CaseCommand, Imported } from '../case/command.ts';
import { shown } from '../form/problems.ts';
import type { Mapping } from '../playbook/mapping.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import { type Days, shiftDay } from './dates.ts';
import { factsOf } from './map-facts.ts';
import { type Position, positionOf } from './map-stage.ts';
import { RowReader } from './row-reader.ts';
import { type HistoryTable, stepsOf } from './stage-history.ts';
import type { JoinedTables, RowProblem, TableRow } from './tables.ts';
import { meaningOf } from './words.ts';

export type OpenCommand = Extract<CaseCommand, { command: 'open' }>;

/** What was done with a row that the reader of the report should know. */
export type RowNote = 'no-opening-date' | 'estimated' | 'no-close-date' | 'future-date' | 'owner-replaced';

/** Why a row is passed over without being bad: the mapping says so, it repeats the header, or another row has its id. */
export type SkipReason = 'left-out' | 'header' | 'duplicate';

export interface GoodRow {
  readonly ok: true;
  readonly line: number;
  readonly external_id: string;
  readonly open: OpenCommand;
  readonly notes: readonly RowNote[];
}

export type MappedRow =
  | GoodRow
  | { readonly ok: false; readonly problems: readonly RowProblem[]; readonly skipped?: SkipReason };

/** Who is meant by the cell of an owner. */
export type OwnerFound =
  | { readonly person: string; readonly isReplaced?: boolean }
  | { readonly person?: undefined; readonly why: 'nobody' | 'several' };

/** What all rows of one import share. */
export interface RowContext {
  readonly mapping: Mapping;
  readonly tables: JoinedTables;
  readonly pipelines: Readonly<Record<string, Pipeline>>;
  readonly days: Days;
  /** Whole days added to every date. */
  readonly shift_days: number;
  /** The day of the import in the mapping's zone: a shift moves no past beyond it. */
  readonly today: string;
  /** Folded words that stand for nothing in every column. */
  readonly blank: ReadonlySet<string>;
  readonly history?: HistoryTable;
  ownerOf(cell: string): OwnerFound;
  /** When evidence taken on trust falls due, `yyyy-MM-dd`. */
  readonly debt_due_on?: string;
}

/** A case that changed its stage more often than this tells of the last of them. */
const MOST_STEPS = 200;
/** Ids are kept and looked up; longer ones are none. */
const LONGEST_ID = 200;

/** Maps one row; every problem of the row is reported, not just the first. */
export function mapRow(context: RowContext, row: TableRow): MappedRow {
  const { mapping, tables } = context;
  const reader = new RowReader(tables, row, context.blank);
  const { problems } = reader;
  if (row.misfit !== undefined) {
    reader.fail(undefined, row.misfit.zh, row.misfit.en);
    return { ok: false, problems };
  }
  const id = idOf(mapping, reader);
  const pipeline = pipelineOf(context, reader);
  const position = pipeline === 'skip' ? 'skip' : positionOf(context, reader, pipeline);
  if (position === 'skip' || pipeline === 'skip') return { ok: false, problems: [], skipped: 'left-out' };
  const owner = ownerOf(context, reader);
  const dates = datesOf(context, reader, position === undefined || position.closed !== undefined);
  const facts = pipeline && factsOf(context, reader, pipeline);
  const title = titleOf(mapping, reader);
  const steps = id === undefined ? [] : historyOf(context, reader, id);
  if (problems.length > 0 || !id || !position || !owner || !pipeline || !facts) return { ok: false, problems };

  const marked = Object.keys(facts.marks).length > 0;
  const history = steps.filter((step) => pipeline.stages.some((one) => one.stage === step.stage));
  const imported = importedOf(context, position, dates, history, facts.marks);
  const notes: RowNote[] = [];
  if (dates.opened === undefined) notes.push('no-opening-date');
  if (position.closed !== undefined && dates.closed === undefined) notes.push('no-close-date');
  if (marked) notes.push('estimated');
  if ([dates.opened, dates.closed].some((day) => day !== undefined && isMovedPastToday(context, day))) {
    notes.push('future-date');
  }
  if (owner.isReplaced === true) notes.push('owner-replaced');
  const open: OpenCommand = {
    command: 'open',
    title: title ?? id,
    pipeline: pipeline.pipeline,
    ...(position.stage !== undefined && { stage: position.stage }),
    owner: owner.person,
    facts: facts.values,
    imported,
  };
  return { ok: true, line: row.line, external_id: id, open, notes };
}

function importedOf(
  context: RowContext,
  { stage, closed }: Position,
  dates: RowDates,
  history: readonly { readonly stage: string; readonly day: string }[],
  marks: Readonly<Record<string, string>>,
): Imported {
  const opened_at = startOf(context, dates.opened);
  const closed_at = startOf(context, dates.closed);
  const last_activity_at = startOf(context, dates.last_activity);
  // The last time it came to where it stands; never before it was opened.
  const cameOn = dates.entered ?? history.findLast((step) => step.stage === stage)?.day;
  const entered = startOf(context, cameOn);
  const entered_at = entered !== undefined && opened_at !== undefined && entered < opened_at ? opened_at : entered;
  const past = history.flatMap((step) => {
    const at = startOf(context, step.day);
    return at === undefined ? [] : [{ stage: step.stage, at }];
  });
  const isOpen = closed === undefined;
  return {
    source: context.mapping.mapping,
    ...(opened_at !== undefined && { opened_at }),
    ...(isOpen && entered_at !== undefined && { entered_at }),
    ...(isOpen && last_activity_at !== undefined && { last_activity_at }),
    ...(past.length > 0 && { history: past }),
    ...(closed !== undefined && { closed: { ...closed, ...(closed_at !== undefined && { at: closed_at }) } }),
    ...(Object.keys(marks).length > 0 && { marks }),
    ...(context.debt_due_on !== undefined && isOpen && { debt_due_on: context.debt_due_on }),
  };
}

/** The column that a part of the command came from; `path` is a JSON pointer into the command. */
export function columnBehind(mapping: Mapping, path: string): string {
  const fact = /^\/facts\/([^/]+)/.exec(path)?.[1];
  if (fact !== undefined) return mapping.facts.find((one) => one.fact === fact)?.column ?? fact;
  const { id, stage, owner, dates, case_title: titles = [] } = mapping;
  const title = titles.map((cell) => cell.column).join(', ');
  const behind: readonly (readonly [string, string | undefined])[] = [
    ['/title', title],
    ['/stage', stage.column],
    ['/owner', owner.column],
    ['/pipeline', 'column' in mapping.pipeline ? mapping.pipeline.column : undefined],
    ['/imported/opened_at', dates.opened],
    ['/imported/closed/at', dates.closed],
    ['/imported/entered_at', dates.entered],
    ['/imported/last_activity_at', dates.last_activity],
    ['/imported/closed', mapping.status?.column ?? stage.column],
  ];
  return behind.find(([start]) => path.startsWith(start))?.[1] || id.column;
}

function idOf({ id }: Mapping, reader: RowReader): string | undefined {
  const cell = reader.required(id.column, '编号', 'id');
  if (cell === undefined || cell.length <= LONGEST_ID) return cell;
  return reader.fail(id.column, `编号超过 ${LONGEST_ID} 个字符`, `the id is longer than ${LONGEST_ID} characters`);
}

function ownerOf(context: RowContext, reader: RowReader): Extract<OwnerFound, { person: string }> | undefined {
  const { column } = context.mapping.owner;
  const cell = reader.cell(column);
  const { unknown } = context.mapping.owner;
  if (cell === undefined && unknown === undefined) {
    reader.required(column, '负责人', 'owner');
    return undefined;
  }
  const found = context.ownerOf(cell ?? '');
  if (found.person !== undefined) return found;
  return found.why === 'nobody'
    ? reader.fail(
        column,
        `没有名为 ${shown(cell ?? unknown ?? '')} 的人员`,
        `nobody is known as ${shown(cell ?? unknown ?? '')}`,
      )
    : reader.fail(column, `有几个人都叫 ${shown(cell ?? '')}`, `several people are known as ${shown(cell ?? '')}`);
}

function pipelineOf({ mapping, pipelines }: RowContext, reader: RowReader): Pipeline | 'skip' | undefined {
  const rule = mapping.pipeline;
  if ('pipeline' in rule) {
    return pipelines[rule.pipeline] ?? reader.fail(undefined, '没有这个流程', 'there is no such pipeline');
  }
  const cell = reader.cell(rule.column);
  const name = (cell === undefined ? undefined : meaningOf(rule.values, cell)) ?? rule.default;
  if (name === 'skip') return 'skip';
  const found = name === undefined ? undefined : pipelines[name];
  const said = shown(cell ?? '');
  return found ?? reader.fail(rule.column, `${said} 没有对应的流程`, `no pipeline is mapped for ${said}`);
}

/** Days as the export has them, `yyyy-MM-dd`, before any shift. */
interface RowDates {
  readonly opened?: string | undefined;
  readonly closed?: string | undefined;
  readonly entered?: string | undefined;
  readonly last_activity?: string | undefined;
}

/** The closing date of an open case is a plan, and says nothing about its past. */
function datesOf(context: RowContext, reader: RowReader, isClosed: boolean): RowDates {
  const { shift_days, mapping } = context;
  const { dates } = mapping;
  const opened = dayOf(context, dates.opened, reader);
  const closed = isClosed ? dayOf(context, dates.closed, reader) : undefined;
  if (opened !== undefined && closed !== undefined && closed < opened) {
    const day = shiftDay(opened, shift_days);
    reader.fail(dates.closed, `关闭日期早于开始日期 \`${day}\``, `closed before it was opened on \`${day}\``);
  }
  if (isClosed) return { opened, closed };
  return {
    opened,
    entered: dayOf(context, dates.entered, reader),
    last_activity: dayOf(context, dates.last_activity, reader),
  };
}

function dayOf(context: RowContext, column: string | undefined, reader: RowReader): string | undefined {
  const cell = column === undefined ? undefined : reader.cell(column);
  return cell === undefined ? undefined : (context.days.dayOf(cell) ?? notADate(context, reader, column, cell));
}

function notADate(
  { days }: RowContext,
  reader: RowReader,
  column: string | undefined,
  cell: string,
  at?: { file: string; line: number },
): undefined {
  const format = days.formats.join(', ');
  const zh = `${shown(cell)} 不是 ${format} 格式的日期`;
  return reader.fail(column, zh, `${shown(cell)} is not a date of the form ${format}`, at);
}

/** When it entered its stages, oldest first. */
function historyOf(
  context: RowContext,
  reader: RowReader,
  id: string,
): readonly { readonly stage: string; readonly day: string }[] {
  const steps = stepsOf(context, reader, id);
  const dated = steps.flatMap(({ stage, cell, column, at }) => {
    const day = context.days.dayOf(cell) ?? notADate(context, reader, column, cell, at);
    return day === undefined ? [] : [{ stage, day }];
  });
  return dated.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)).slice(-MOST_STEPS);
}

function isMovedPastToday({ shift_days, today }: RowContext, day: string): boolean {
  return shift_days !== 0 && shiftDay(day, shift_days) > today;
}

/** A shift, fixed by the first import, must not put a later export's past into the future. */
function startOf(context: RowContext, day: string | undefined): string | undefined {
  if (day === undefined) return undefined;
  const { days, shift_days, today } = context;
  return isMovedPastToday(context, day) ? days.startOf(today, 0) : days.startOf(day, shift_days);
}

/** On one line, whatever the cells hold. */
function titleOf({ case_title: titles = [] }: Mapping, reader: RowReader): string | undefined {
  const cells = titles.flatMap(({ column }) => reader.cell(column)?.replace(/\s+/g, ' ') ?? []);
  return cells.length === 0 ? undefined : cells.join(' · ');
}

/** One row of an export becomes the command that opens its case, or the reasons why it cannot. */

import type { CaseCommand, Imported } from '../case/command.ts';
import { shown } from '../form/problems.ts';
import type { MappedStage, Mapping } from '../playbook/mapping.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import { type Days, shiftDay } from './dates.ts';
import { factsOf } from './map-facts.ts';
import { RowReader } from './row-reader.ts';
import type { JoinedTables, RowProblem, TableRow } from './tables.ts';

export type OpenCommand = Extract<CaseCommand, { command: 'open' }>;

/** What was done with a row that the reader of the report should know. */
export type RowNote = 'no-opening-date' | 'estimated' | 'no-close-date';

export interface GoodRow {
  readonly ok: true;
  readonly line: number;
  readonly external_id: string;
  readonly open: OpenCommand;
  readonly notes: readonly RowNote[];
}

export type MappedRow = GoodRow | { readonly ok: false; readonly problems: readonly RowProblem[] };

/** Who is meant by the cell of an owner. */
export type OwnerFound =
  | { readonly person: string }
  | { readonly person?: undefined; readonly why: 'nobody' | 'several' };

/** What all rows of one import share. */
export interface RowContext {
  readonly mapping: Mapping;
  readonly tables: JoinedTables;
  readonly pipelines: Readonly<Record<string, Pipeline>>;
  readonly days: Days;
  /** Whole days added to every date. */
  readonly shift_days: number;
  ownerOf(cell: string): OwnerFound;
  /** When evidence taken on trust falls due, `yyyy-MM-dd`. */
  readonly debt_due_on?: string;
}

/** Ids are kept and looked up; longer ones are none. */
const LONGEST_ID = 200;

/** Maps one row; every problem of the row is reported, not just the first. */
export function mapRow(context: RowContext, row: TableRow): MappedRow {
  const { mapping, tables } = context;
  const reader = new RowReader(tables, row);
  const { problems } = reader;
  if (row.misfit !== undefined) {
    reader.fail(undefined, row.misfit.zh, row.misfit.en);
    return { ok: false, problems };
  }
  const id = idOf(mapping, reader);
  const stage = stageOf(mapping, reader);
  const owner = ownerOf(context, reader);
  const pipeline = pipelineOf(context, reader);
  const dates = datesOf(context, reader);
  const facts = pipeline && factsOf(context, reader, pipeline);
  const title = titleOf(mapping, reader);
  if (problems.length > 0 || !id || !stage || !owner || !pipeline || !facts) return { ok: false, problems };

  const marked = Object.keys(facts.marks).length > 0;
  const closed = stage.kind === 'stage' ? undefined : closedAs(stage, dates.closed_at);
  const imported: Imported = {
    source: mapping.mapping,
    ...(dates.opened_at !== undefined && { opened_at: dates.opened_at }),
    ...(closed !== undefined && { closed }),
    ...(marked && { marks: facts.marks }),
    ...(context.debt_due_on !== undefined && closed === undefined && { debt_due_on: context.debt_due_on }),
  };
  const notes: RowNote[] = [];
  if (dates.opened_at === undefined) notes.push('no-opening-date');
  if (closed !== undefined && dates.closed_at === undefined) notes.push('no-close-date');
  if (marked) notes.push('estimated');
  const open: OpenCommand = {
    command: 'open',
    title: title ?? id,
    pipeline: pipeline.pipeline,
    ...(stage.kind === 'stage' && { stage: stage.stage }),
    owner,
    facts: facts.values,
    imported,
  };
  return { ok: true, line: row.line, external_id: id, open, notes };
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
    ['/imported/closed', stage.column],
  ];
  return behind.find(([start]) => path.startsWith(start))?.[1] || id.column;
}

function idOf({ id }: Mapping, reader: RowReader): string | undefined {
  const cell = reader.required(id.column, '编号', 'id');
  if (cell === undefined || cell.length <= LONGEST_ID) return cell;
  return reader.fail(id.column, `编号超过 ${LONGEST_ID} 个字符`, `the id is longer than ${LONGEST_ID} characters`);
}

function stageOf({ stage: { column, values } }: Mapping, reader: RowReader): MappedStage | undefined {
  const cell = reader.required(column, '阶段', 'stage');
  if (cell === undefined) return undefined;
  const found = Object.hasOwn(values, cell) ? values[cell] : undefined;
  const known = Object.keys(values);
  return (
    found ??
    reader.fail(
      column,
      `不认识阶段 ${shown(cell)}；映射里有 ${known.join('、')}`,
      `unknown stage ${shown(cell)}; the mapping has ${known.join(', ')}`,
    )
  );
}

function ownerOf(context: RowContext, reader: RowReader): string | undefined {
  const { column } = context.mapping.owner;
  const cell = reader.required(column, '负责人', 'owner');
  if (cell === undefined) return undefined;
  const found = context.ownerOf(cell);
  if (found.person !== undefined) return found.person;
  return found.why === 'nobody'
    ? reader.fail(column, `没有名为 ${shown(cell)} 的人员`, `nobody is known as ${shown(cell)}`)
    : reader.fail(column, `有几个人都叫 ${shown(cell)}`, `several people are known as ${shown(cell)}`);
}

function pipelineOf({ mapping, pipelines }: RowContext, reader: RowReader): Pipeline | undefined {
  const rule = mapping.pipeline;
  if ('pipeline' in rule) {
    return pipelines[rule.pipeline] ?? reader.fail(undefined, '没有这个流程', 'there is no such pipeline');
  }
  const cell = reader.cell(rule.column);
  const name = (cell !== undefined && Object.hasOwn(rule.values, cell) ? rule.values[cell] : undefined) ?? rule.default;
  const found = name === undefined ? undefined : pipelines[name];
  const said = shown(cell ?? '');
  return found ?? reader.fail(rule.column, `${said} 没有对应的流程`, `no pipeline is mapped for ${said}`);
}

function datesOf(context: RowContext, reader: RowReader): { readonly opened_at?: string; readonly closed_at?: string } {
  const { days, shift_days, mapping } = context;
  const opened = dayOf(context, mapping.dates.opened, reader);
  const closed = dayOf(context, mapping.dates.closed, reader);
  if (opened !== undefined && closed !== undefined && closed < opened) {
    const day = shiftDay(opened, shift_days);
    reader.fail(mapping.dates.closed, `关闭日期早于开始日期 \`${day}\``, `closed before it was opened on \`${day}\``);
  }
  return {
    ...(opened !== undefined && { opened_at: days.startOf(opened, shift_days) }),
    ...(closed !== undefined && { closed_at: days.startOf(closed, shift_days) }),
  };
}

function dayOf({ days, mapping }: RowContext, column: string | undefined, reader: RowReader): string | undefined {
  const cell = column === undefined ? undefined : reader.cell(column);
  if (cell === undefined) return undefined;
  const { format } = mapping.dates;
  return (
    days.dayOf(cell) ??
    reader.fail(
      column,
      `${shown(cell)} 不是 ${format} 格式的日期`,
      `${shown(cell)} is not a date of the form ${format}`,
    )
  );
}

function closedAs(
  stage: Exclude<MappedStage, { kind: 'stage' }>,
  at: string | undefined,
): NonNullable<Imported['closed']> {
  const when = at === undefined ? {} : { at };
  return stage.kind === 'won' ? { as: 'won', ...when } : { as: 'lost', reason: stage.reason, ...when };
}

/** On one line, whatever the cells hold. */
function titleOf({ case_title: titles = [] }: Mapping, reader: RowReader): string | undefined {
  const cells = titles.flatMap(({ column }) => reader.cell(column)?.replace(/\s+/g, ' ') ?? []);
  return cells.length === 0 ? undefined : cells.join(' · ');
}

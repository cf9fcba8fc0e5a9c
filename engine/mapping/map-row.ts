/** One row of an export becomes the command that opens its case, or the reasons why it cannot. */

import type { CaseCommand, Imported } from '../case/command.ts';
import type { MappedFact, MappedStage, Mapping } from '../playbook/mapping.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import type { Text } from '../playbook/text.ts';
import type { Fact } from '../playbook/value.ts';
import { convertAmount, readNumber } from './amounts.ts';
import { readDay, shiftDay, startOf } from './dates.ts';
import type { JoinedRow, RowProblem } from './tables.ts';

export type OpenCommand = Extract<CaseCommand, { command: 'open' }>;

/** What was done with a row that the reader of the report should know. */
export type RowNote = 'no-opening-date' | 'estimated' | 'no-close-date';

export type MappedRow =
  | { readonly ok: true; readonly external_id: string; readonly open: OpenCommand; readonly notes: readonly RowNote[] }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

/** What all rows of one import share. */
export interface RowContext {
  readonly mapping: Mapping;
  readonly file: string;
  readonly pipelines: Readonly<Record<string, Pipeline>>;
  /** Whole days added to every date. */
  readonly shift_days: number;
  /** The person an owner cell means; undefined when nobody does. */
  ownerOf(cell: string): string | undefined;
  /** When evidence taken on trust falls due, `yyyy-MM-dd`. */
  readonly debt_due_on?: string;
}

/** Maps one row; every problem of the row is reported, not just the first. */
export function mapRow(context: RowContext, row: JoinedRow): MappedRow {
  const { mapping } = context;
  const problems: RowProblem[] = [];
  const fail = (column: string | undefined, zh: string, en: string): undefined => {
    problems.push({ file: context.file, line: row.row.line, ...(column && { column }), message: { zh, en } });
    return undefined;
  };
  const id = row.cell(mapping.id.column) ?? fail(mapping.id.column, '编号为空', 'the id is blank');
  const stage = stageOf(mapping, row, fail);
  const owner = ownerOf(context, row, fail);
  const pipeline = pipelineOf(context, row, fail);
  const opened = dayOf(context, row, mapping.dates.opened, fail);
  const closed = dayOf(context, row, mapping.dates.closed, fail);
  if (opened && closed && closed < opened)
    fail(mapping.dates.closed, `关闭日期早于开始日期 \`${opened}\``, `closed before it was opened on \`${opened}\``);
  const facts = pipeline === undefined ? undefined : factsOf(context, row, pipeline, fail);
  if (problems.length > 0 || !id || !stage || !owner || !pipeline || !facts) return { ok: false, problems };

  const { zone } = mapping.dates;
  const isClosed = stage.kind !== 'stage';
  const notes: RowNote[] = [];
  if (opened === undefined) notes.push('no-opening-date');
  if (isClosed && closed === undefined) notes.push('no-close-date');
  if (Object.keys(facts.marks).length > 0) notes.push('estimated');
  const imported: Imported = {
    source: mapping.mapping,
    ...(opened && { opened_at: startOf(opened, zone) }),
    ...(isClosed && { closed: closedAs(stage, closed && startOf(closed, zone)) }),
    ...(notes.includes('estimated') && { marks: facts.marks }),
    ...(context.debt_due_on && !isClosed && { debt_due_on: context.debt_due_on }),
  };
  const open: OpenCommand = {
    command: 'open',
    title: titleOf(mapping, row, id),
    pipeline: pipeline.pipeline,
    ...(stage.kind === 'stage' && { stage: stage.stage }),
    owner,
    facts: facts.values,
    imported,
  };
  return { ok: true, external_id: id, open, notes };
}

type Fail = (column: string | undefined, zh: string, en: string) => undefined;

function stageOf(mapping: Mapping, row: JoinedRow, fail: Fail): MappedStage | undefined {
  const { column, values } = mapping.stage;
  const cell = row.cell(column);
  if (cell === undefined) return fail(column, '阶段为空', 'the stage is blank');
  const known = Object.keys(values);
  return (
    (Object.hasOwn(values, cell) ? values[cell] : undefined) ??
    fail(
      column,
      `不认识阶段 \`${cell}\`；映射里有 ${known.join('、')}`,
      `unknown stage \`${cell}\`; the mapping has ${known.join(', ')}`,
    )
  );
}

function ownerOf(context: RowContext, row: JoinedRow, fail: Fail): string | undefined {
  const { column } = context.mapping.owner;
  const cell = row.cell(column);
  if (cell === undefined) return fail(column, '负责人为空', 'the owner is blank');
  return context.ownerOf(cell) ?? fail(column, `没有名为 \`${cell}\` 的人员`, `nobody is known as \`${cell}\``);
}

function pipelineOf(context: RowContext, row: JoinedRow, fail: Fail): Pipeline | undefined {
  const rule = context.mapping.pipeline;
  if ('pipeline' in rule) return context.pipelines[rule.pipeline];
  const cell = row.cell(rule.column);
  const name = (cell !== undefined && Object.hasOwn(rule.values, cell) ? rule.values[cell] : undefined) ?? rule.default;
  const found = name === undefined ? undefined : context.pipelines[name];
  return found ?? fail(rule.column, `\`${cell ?? ''}\` 没有对应的流程`, `no pipeline is mapped for \`${cell ?? ''}\``);
}

function dayOf(context: RowContext, row: JoinedRow, column: string | undefined, fail: Fail): string | undefined {
  const cell = column === undefined ? undefined : row.cell(column);
  if (cell === undefined) return undefined;
  const { format } = context.mapping.dates;
  const day = readDay(cell, format);
  if (day === undefined)
    return fail(column, `\`${cell}\` 不是 ${format} 格式的日期`, `\`${cell}\` is not a date of the form ${format}`);
  return shiftDay(day, context.shift_days);
}

function factsOf(
  context: RowContext,
  row: JoinedRow,
  pipeline: Pipeline,
  fail: Fail,
): { values: Record<string, unknown>; marks: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const marks: Record<string, string> = {};
  for (const rule of context.mapping.facts) {
    const spec = pipeline.facts[rule.fact];
    if (spec === undefined) continue;
    const own = rule.column === undefined ? undefined : row.cell(rule.column);
    const other = own === undefined && rule.else !== undefined ? row.cell(rule.else) : undefined;
    const cell = own ?? other ?? rule.default;
    if (cell === undefined) continue;
    const value = factValue(rule, spec, rule.values?.[cell] ?? cell);
    if ('problem' in value) fail(rule.column, value.problem.zh, value.problem.en);
    else values[rule.fact] = value.value;
    if (other !== undefined && rule.mark_else !== undefined) marks[rule.fact] = rule.mark_else;
  }
  return { values, marks };
}

/** The value as a caller of the API would write it; `decide` checks it against the fact's type. */
function factValue(rule: MappedFact, spec: Fact, cell: string): { value: unknown } | { problem: Text } {
  if (spec.type === 'money') {
    const money = convertAmount(cell, rule.currency, rule.to ?? rule.currency, rule.rate);
    return money === undefined ? { problem: notAnAmount(cell) } : { value: money };
  }
  if (spec.type === 'number') {
    const number = readNumber(cell);
    return number === undefined ? { problem: notAnAmount(cell) } : { value: Number(number) };
  }
  return { value: cell };
}

function notAnAmount(cell: string): Text {
  return { zh: `\`${cell}\` 不是数字`, en: `\`${cell}\` is not a number` };
}

function closedAs(
  stage: Exclude<MappedStage, { kind: 'stage' }>,
  at: string | undefined,
): NonNullable<Imported['closed']> {
  const when = at === undefined ? {} : { at };
  return stage.kind === 'won' ? { as: 'won', ...when } : { as: 'lost', reason: stage.reason, ...when };
}

function titleOf(mapping: Mapping, row: JoinedRow, id: string): string {
  const cells = (mapping.case_title ?? []).flatMap((cell) => row.cell(cell.column) ?? []);
  return cells.length === 0 ? id : cells.join(' · ');
}

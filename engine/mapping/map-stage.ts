/** Where a row says its case stands: its stage, or how it ended. */

import type { Imported } from '../case/command.ts';
import { shown } from '../form/problems.ts';
import type { MappedStage, MappedStatus, MappedWords } from '../playbook/mapping.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import type { RowContext } from './map-row.ts';
import type { RowReader } from './row-reader.ts';
import { meaningOf } from './words.ts';

type Closed = Pick<NonNullable<Imported['closed']>, 'as' | 'reason'>;

export interface Position {
  /** Absent for a closed case whose export does not say where it ended. */
  readonly stage?: string;
  readonly closed?: Closed;
}

/** `skip`: the mapping leaves such rows out. Undefined: what is wrong was reported. */
export function positionOf(
  context: RowContext,
  reader: RowReader,
  pipeline: Pipeline | undefined,
): Position | 'skip' | undefined {
  const { stage, status } = context.mapping;
  const over = status === undefined ? undefined : wordIn(reader, status, '状态', 'status');
  if (over?.kind === 'skip') return 'skip';
  if (status !== undefined && over === undefined) return undefined;
  const closed = over === undefined || over.kind === 'open' ? undefined : closedAs(reader, over);
  // A case that is over may have lost its stage, or stand in one that nobody maps.
  if (closed !== undefined) return { ...stageOfClosed(context, reader, pipeline), closed };
  const found = wordIn(reader, stage, '阶段', 'stage');
  if (found === undefined || found.kind === 'skip') return found && 'skip';
  if (found.kind !== 'stage') {
    const ended = closedAs(reader, found);
    return ended && { closed: ended };
  }
  if (pipeline !== undefined && !pipeline.stages.some((one) => one.stage === found.stage)) {
    const cell = shown(reader.cell(stage.column) ?? '');
    return reader.fail(
      stage.column,
      `${cell} 对应的阶段 \`${found.stage}\` 不在流程 \`${pipeline.pipeline}\` 里`,
      `${cell} stands for the stage \`${found.stage}\`, which pipeline \`${pipeline.pipeline}\` does not have`,
    );
  }
  return { stage: found.stage };
}

function stageOfClosed(
  { mapping }: RowContext,
  reader: RowReader,
  pipeline: Pipeline | undefined,
): Pick<Position, 'stage'> {
  const cell = reader.cell(mapping.stage.column);
  const found = cell === undefined ? undefined : meaningOf(mapping.stage.values, cell);
  const isThere = found?.kind === 'stage' && pipeline?.stages.some((one) => one.stage === found.stage) === true;
  return isThere ? { stage: found.stage } : {};
}

function wordIn<T extends MappedStage | MappedStatus>(
  reader: RowReader,
  { column, values }: { readonly column: string; readonly values: Readonly<Record<string, T>> },
  zh: string,
  en: string,
): T | undefined {
  const cell = reader.required(column, zh, en);
  if (cell === undefined) return undefined;
  const known = Object.keys(values);
  return (
    meaningOf(values, cell) ??
    reader.fail(
      column,
      `不认识${zh} ${shown(cell)}；映射里有 ${known.join('、')}`,
      `unknown ${en} ${shown(cell)}; the mapping has ${known.join(', ')}`,
    )
  );
}

function closedAs(reader: RowReader, over: MappedStage | MappedStatus): Closed | undefined {
  if (over.kind === 'won') return { as: 'won' };
  if (over.kind !== 'lost') return undefined;
  const reason = typeof over.reason === 'string' ? over.reason : reasonIn(reader, over.reason);
  return reason === undefined ? undefined : { as: 'lost', reason };
}

function reasonIn(reader: RowReader, { column, values, default: others }: MappedWords): string | undefined {
  const cell = reader.cell(column);
  const found = (cell === undefined ? undefined : meaningOf(values, cell)) ?? others;
  if (found !== undefined) return found;
  return cell === undefined
    ? reader.required(column, '输单原因', 'reason it was lost')
    : reader.fail(column, `${shown(cell)} 没有对应的输单原因`, `no reason is mapped for ${shown(cell)}`);
}

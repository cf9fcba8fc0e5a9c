/** Compiles how a mapping reads stages: the words for them, what says that a case is over, and their history. */

import type { MappedHistory, MappedStage, MappedStatus, Mapping } from '../../playbook/mapping.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { MappingSource } from '../kinds/mapping.ts';
import type { Token } from '../shape/shape.ts';
import { type ColumnOf, compileWords, isSettled, reportSame } from './mapping-words.ts';
import type { CaseScope, Scope } from './scope.ts';

type Source<K extends keyof MappingSource> = NonNullable<MappingSource[K]>;
type StageSource = Source<'stage'>['values'][number]['value'];
type Closed = Exclude<StageSource, Token<string>>;

const SKIP = 'skip';

/** A mapping may fill several pipelines; a name must be known in one of them. */
function inNone(scope: Scope, has: (one: CaseScope) => boolean): CaseScope | undefined {
  return scope.cases.some(has) ? undefined : scope.cases[0];
}

export function compileStage(source: Source<'stage'>, columnOf: ColumnOf, scope: Scope): Mapping['stage'] {
  reportSame(source.values, scope, meaning);
  const settled = source.values.flatMap(({ key, value }): [string, MappedStage][] => {
    const stage = 'value' in value ? stageNamed(value, scope) : compileClosed(value, columnOf, scope);
    return stage === undefined ? [] : [[key.value, stage]];
  });
  return { column: columnOf(source.column), values: Object.fromEntries(settled), at: source.place.at };
}

export function compileStatus(
  source: Source<'status'>,
  columnOf: ColumnOf,
  scope: Scope,
): NonNullable<Mapping['status']> {
  reportSame(source.values, scope, meaning);
  const settled = source.values.flatMap(({ key, value }): [string, MappedStatus][] => {
    if (!('value' in value)) return [[key.value, compileClosed(value, columnOf, scope)]];
    return value.value === '?' ? [] : [[key.value, { kind: value.value }]];
  });
  return { column: columnOf(source.column), values: Object.fromEntries(settled), at: source.place.at };
}

export function compileHistory(
  source: Source<'history'>,
  tables: ReadonlySet<string>,
  columnOf: ColumnOf,
  scope: Scope,
): MappedHistory {
  if (source.kind === 'columns') {
    const { columns, place } = source.body;
    const stages = columns.flatMap(({ key, value }): [string, string][] => {
      const stage = stageNamed(value, scope);
      return stage?.kind === 'stage' ? [[columnOf(key), stage.stage]] : [];
    });
    return { kind: 'columns', stages: Object.fromEntries(stages), at: place.at };
  }
  const { table, key, stage, on, place } = source.body;
  if (!tables.has(table.value)) {
    scope.report('unknown-table', table.place, { written: table.value }, { hint: didYouMean(table.value, tables) });
  }
  return { kind: 'table', table: table.value, key: key.value, stage: stage.value, on: on.value, at: place.at };
}

function meaning(value: StageSource | Source<'status'>['values'][number]['value']): string {
  return 'value' in value ? value.value : `${value.close.value} ${value.reason ? JSON.stringify(value.reason) : ''}`;
}

/** Nothing where its author has left it open. */
function stageNamed(source: Token<string>, scope: Scope): MappedStage | undefined {
  const { value, place } = source;
  if (!isSettled(source)) return undefined;
  if (value === SKIP) return { kind: 'skip' };
  const stagesOf = (one: Scope['cases'][number]) => one.source.stages.map((stage) => stage.stage.value);
  const lacks = inNone(scope, (one) => stagesOf(one).includes(value));
  if (lacks) {
    const hint = didYouMean(value, stagesOf(lacks));
    scope.report('unknown-stage', place, { pipeline: lacks.pipeline, written: value }, { hint });
  }
  return { kind: 'stage', stage: value };
}

function compileClosed(source: Closed, columnOf: ColumnOf, scope: Scope): Exclude<MappedStage, { kind: 'stage' }> {
  if (source.close.value === 'won') return { kind: 'won' };
  if (!source.reason) {
    scope.report('missing-key', source.place, { key: 'reason', in: { zh: '输单', en: 'a lost case' } });
    return { kind: 'lost', reason: '' };
  }
  if ('value' in source.reason) {
    checkReason(source.reason, scope);
    return { kind: 'lost', reason: source.reason.value };
  }
  const { values, default: others } = source.reason;
  for (const token of [...values.map((entry) => entry.value), ...(others ? [others] : [])]) checkReason(token, scope);
  return { kind: 'lost', reason: compileWords(source.reason, columnOf, scope) };
}

function checkReason(source: Token<string>, scope: Scope): void {
  const { value, place } = source;
  if (!isSettled(source)) return;
  const reasonsOf = (one: CaseScope) => (one.source.lost_reasons ?? []).map(({ key }) => key.value);
  const lacks = inNone(scope, (one) => reasonsOf(one).includes(value));
  if (!lacks) return;
  const hint = didYouMean(value, reasonsOf(lacks));
  scope.report('unknown-reason', place, { pipeline: lacks.pipeline, written: value }, { hint });
}

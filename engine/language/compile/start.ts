/** Compiles `start`: led to the pipeline it starts, each handed fact held to the type it has there. */

import type { Bond, Handed, StartAction } from '../../playbook/start.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { StartSource } from '../kinds/action.ts';
import type { FieldsSource } from '../kinds/form.ts';
import type { MapEntry } from '../shape/collection.ts';
import { isMissing } from '../shape/scalar.ts';
import type { Token } from '../shape/shape.ts';
import { type Node, valueAt } from '../syntax/node.ts';
import { compileCondition, factNamed } from './condition.ts';
import { type Filled, unfitness } from './handed-fit.ts';
import { isPipelineNamed } from './named-pipeline.ts';
import type { CaseScope, Scope } from './scope.ts';
import { readTyped, TYPE_NAMES } from './value.ts';
import { compileWho } from './who.ts';

/** The action, or nothing when a part of it was reported. */
export function compileStart(source: StartSource, scope: Scope): StartAction | undefined {
  const { value: pipeline } = source.start;
  if (!isPipelineNamed(source.start, scope)) return undefined;
  const child = scope.pipelines.get(pipeline);
  const when = source.when && compileCondition(source.when, scope);
  const rows = source.for_each && rowsOf(source.for_each, scope);
  const key = source.key && compileKey(source.key, source, rows, scope);
  const owner = compileOwner(source, rows, scope);
  const handed = (source.with ?? []).map((entry) => compileHanded(entry, { source, rows, child, scope }));
  const known = handed.filter((one) => one !== undefined);
  const isWhole = known.length === handed.length && (!source.when || when) && (!source.for_each || rows);
  if (!isWhole || !owner || (source.key && !key)) return undefined;
  return {
    kind: 'start',
    pipeline,
    ...(when ? { when } : {}),
    ...(source.for_each ? { for_each: source.for_each.value } : {}),
    ...(key ? { key } : {}),
    title: source.title ?? child?.source.title ?? { zh: pipeline, en: pipeline },
    owner,
    with: Object.fromEntries(known),
    ...compileBond(source, child, scope),
    at: source.place.at,
  };
}

function rowsOf({ value: fact, place }: Token<string>, scope: Scope): FieldsSource | undefined {
  const typed = factNamed(fact, place, scope);
  if (!typed) return undefined;
  const fields = scope.cases[0]?.facts.get(fact)?.fields;
  if (typed.type.value === 'rows') return fields;
  reportType({ value: fact, place }, TYPE_NAMES[typed.type.value], TYPE_NAMES.rows, scope);
  return undefined;
}

/** What can stand in an id: dates, choices, numbers. */
const KEY_TYPES = ['date', 'choice', 'number'];

function compileKey(
  key: Token<string>,
  source: StartSource,
  rows: FieldsSource | undefined,
  scope: Scope,
): string | undefined {
  const type = fieldOf(key, source, rows, scope)?.type.value;
  if (type === undefined || KEY_TYPES.includes(type)) return type && key.value;
  reportType(key, TYPE_NAMES[type], { zh: '日期、单选或数字', en: 'date, choice or number' }, scope);
  return undefined;
}

function compileOwner(
  source: StartSource,
  rows: FieldsSource | undefined,
  scope: Scope,
): StartAction['owner'] | undefined {
  const { owner } = source;
  if (!owner) return { kind: 'owner' };
  if ('value' in owner) return compileWho(owner, scope);
  const type = fieldOf(owner.row, source, rows, scope)?.type.value;
  if (type === undefined) return undefined;
  if (type === 'person') return { kind: 'row', field: owner.row.value };
  reportType(owner.row, TYPE_NAMES[type], TYPE_NAMES.person, scope);
  return undefined;
}

/** A field of the rows of `for_each`; reported where there is none. */
function fieldOf({ value, place }: Token<string>, source: StartSource, rows: FieldsSource | undefined, scope: Scope) {
  if (!source.for_each) {
    scope.report('row-without-each', place, { written: value });
    return undefined;
  }
  const field = rows?.find((one) => one.key.value === value)?.value;
  if (rows && !field) {
    const names = rows.map((one) => one.key.value);
    scope.report(
      'unknown-column',
      place,
      { fact: source.for_each.value, written: value },
      { hint: didYouMean(value, names) },
    );
  }
  return field;
}

interface Around {
  readonly source: StartSource;
  readonly rows: FieldsSource | undefined;
  readonly child: CaseScope | undefined;
  readonly scope: Scope;
}

function compileHanded({ key, value }: MapEntry<Node>, around: Around): readonly [string, Handed] | undefined {
  const { child, scope } = around;
  const fact = child?.facts.get(key.value);
  // A pipeline that cannot be read is told of where it stands.
  if (!child) return undefined;
  if (!fact) {
    const hint = didYouMean(key.value, child.facts.keys());
    scope.report('unknown-fact', key.place, { written: key.value, pipeline: child.pipeline }, { hint });
    return undefined;
  }
  child.used.facts.add(key.value);
  if (fact.from) {
    scope.report('derived-set', key.place, { name: key.value });
    return undefined;
  }
  if (value.kind !== 'map') {
    const literal = readTyped(key.value, fact, value, scope.report);
    return literal === undefined ? undefined : [key.value, { kind: 'value', value: literal }];
  }
  const handed = sourceOf(value, around);
  if (!handed) return undefined;
  const why = unfitness(handed.filled, fact);
  if (!why) return [key.value, handed.from];
  scope.report('handed-unfit', value.place, { name: key.value, pipeline: child.pipeline, why });
  return undefined;
}

/** `{ fact: … }` of the case that starts, or `{ row: … }` of the row of `for_each`. */
function sourceOf(
  node: Node & { readonly kind: 'map' },
  { source, rows, scope }: Around,
): { readonly from: Handed; readonly filled: Filled } | undefined {
  const [entry, more] = node.entries;
  const named = entry && valueAt(node, entry.key.text);
  const kind = entry?.key.text;
  if (more || named?.kind !== 'scalar' || isMissing(named) || (kind !== 'fact' && kind !== 'row')) {
    const expected = { zh: '值、`{ fact: … }` 或 `{ row: … }`', en: 'a value, `{ fact: … }` or `{ row: … }`' };
    scope.report('wrong-type', node.place, { expected, found: { zh: '其他', en: 'something else' } });
    return undefined;
  }
  const token = { value: named.text, place: named.place };
  if (kind === 'row') {
    const filled = fieldOf(token, source, rows, scope);
    return filled && { from: { kind: 'row', field: token.value }, filled };
  }
  const typed = factNamed(token.value, token.place, scope);
  const filled = typed && scope.cases[0]?.facts.get(token.value);
  return filled && { from: { kind: 'fact', fact: token.value }, filled };
}

function compileBond(source: StartSource, child: CaseScope | undefined, scope: Scope): Bond {
  const lost = source.on_lost;
  const close = lost && 'close' in lost ? lost.close : undefined;
  const reasons = (child?.source.lost_reasons ?? []).map((reason) => reason.key.value);
  if (close && child && !reasons.includes(close.value)) {
    const params = { pipeline: child.pipeline, written: close.value };
    scope.report('unknown-reason', close.place, params, { hint: didYouMean(close.value, reasons) });
  }
  const reopen = source.keyPlaces.on_reopen;
  if (reopen && !close) scope.report('reopen-without-close', reopen);
  return {
    on_lost: close ? { kind: 'close', reason: close.value } : { kind: 'leave' },
    on_reopen: source.on_reopen?.value ?? 'reopen',
    on_hand_over: source.on_hand_over?.value ?? 'follow',
  };
}

function reportType(
  { value: name, place }: Token<string>,
  type: (typeof TYPE_NAMES)['text'],
  expected: (typeof TYPE_NAMES)['text'],
  scope: Scope,
): void {
  scope.report('wrong-fact-type', place, { name, type, expected });
}

/** Compiles what authority is measured by, and the limits of the posts. */

import {
  type Dimension,
  type DimensionType,
  FACTS_READ,
  type Graver,
  type Limit,
  type Limits,
} from '../../playbook/authority.ts';
import { parseDuration } from '../../time/duration.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { DimensionSource, limits } from '../kinds/authority.ts';
import type { RolesSource } from '../kinds/roles.ts';
import type { MapEntry } from '../shape/collection.ts';
import type { Shape } from '../shape/shape.ts';
import type { Node } from '../syntax/node.ts';
import type { Index } from './index.ts';
import type { CaseScope } from './scope.ts';
import { readTyped, TYPE_NAMES } from './value.ts';

const NO_LIMIT = 'no limit';

type LimitsSource = typeof limits extends Shape<infer S> ? S : never;

const GRAVER: Readonly<Record<DimensionType, readonly Graver[]>> = {
  money: ['higher', 'lower'],
  percent: ['higher', 'lower'],
  number: ['higher', 'lower'],
  days: ['higher', 'lower'],
  yes_no: ['yes', 'no'],
  choice: [],
};

/** The dimensions of a roles playbook, with what all limits in one of them share. */
export class DimensionScope {
  readonly dimensions: readonly Dimension[];
  private readonly cases: readonly CaseScope[];
  private readonly report: Report;
  private readonly currencies = new Map<string, string>();

  constructor(source: RolesSource, cases: ReadonlyMap<string, CaseScope>, index: Index, report: Report) {
    this.cases = [...cases.values()];
    this.report = report;
    if (source.authority?.length === 0) reportEmpty(source, report);
    const isWhole = index.unread.size === 0 && [...index.pipeline.values()].every((one) => one.source);
    this.dimensions = (source.authority ?? []).map((entry) => this.dimension(entry, isWhole));
  }

  private dimension({ key, value }: MapEntry<DimensionSource>, isWhole: boolean): Dimension {
    const type = value.type.value;
    const named = value.fact ?? key;
    const readers = this.cases.filter((one) => one.facts.has(named.value));
    if (readers.length === 0 && isWhole) {
      const known = this.cases.flatMap((one) => [...one.facts.keys()]);
      this.report(
        'unknown-dimension-fact',
        named.place,
        { written: named.value },
        { hint: didYouMean(named.value, known) },
      );
    }
    const fitting = FACTS_READ[type];
    const misfit = readers.find((one) => !fitting.some((fits) => fits === one.facts.get(named.value)?.type.value));
    const found = misfit?.facts.get(named.value)?.type;
    if (misfit && found) {
      const expected = {
        zh: fitting.map((one) => TYPE_NAMES[one].zh).join('、'),
        en: fitting.map((one) => TYPE_NAMES[one].en).join(', '),
      };
      const related = [{ place: found.place, message: { zh: '事实的类型', en: 'the type of the fact' } }];
      const params = { name: named.value, pipeline: misfit.pipeline, found: TYPE_NAMES[found.value], expected };
      this.report('dimension-type', value.type.place, params, { related });
    }
    for (const one of readers) one.used.facts.add(named.value);
    const graver = this.graverOf(value);
    return {
      dimension: key.value,
      title: value.title,
      fact: named.value,
      type,
      ...(graver && { graver }),
      at: key.place.at,
    };
  }

  private graverOf({ type, graver }: DimensionSource): Graver | undefined {
    const fitting = GRAVER[type.value];
    if (graver && !fitting.includes(graver.value)) {
      this.report('setting-unfit', graver.place, { key: `graver: ${graver.value}`, type: type.value });
    }
    return fitting.find((one) => one === graver?.value) ?? fitting[0];
  }

  /** The limits of one post; what leads nowhere or does not fit was reported, and is left out. */
  limits(source: LimitsSource): Limits {
    const read: [string, Limit][] = [];
    for (const { key, value } of source) {
      const dimension = this.dimensions.find((one) => one.dimension === key.value);
      if (dimension === undefined) {
        const hint = didYouMean(
          key.value,
          this.dimensions.map((one) => one.dimension),
        );
        this.report('unknown-dimension', key.place, { written: key.value }, { hint });
        continue;
      }
      const limit = this.limit(dimension, value);
      if (limit !== undefined) read.push([dimension.dimension, limit]);
    }
    return Object.fromEntries(read);
  }

  private limit(dimension: Dimension, node: Node): Limit | undefined {
    const { at } = node.place;
    if (node.kind === 'scalar' && node.text === NO_LIMIT) return { kind: 'no_limit', at };
    if (dimension.type === 'choice') return this.choices(dimension, node);
    if (dimension.type === 'days') return this.days(dimension, node);
    const { type } = dimension;
    const currency = type === 'money' ? this.currencyOf(dimension) : undefined;
    const typed = {
      type: { value: type, place: node.place },
      ...(currency && { currency: { value: currency, place: node.place } }),
    };
    const value = readTyped(dimension.dimension, typed, node, this.report);
    if (typeof value === 'object' && 'currency' in value) {
      if (!this.currencies.has(dimension.dimension)) this.currencies.set(dimension.dimension, value.currency);
      return { kind: 'up_to', value, at };
    }
    return typeof value === 'number' || typeof value === 'boolean' ? { kind: 'up_to', value, at } : undefined;
  }

  /** That of the fact where it has one, else that of the first limit: others could never be compared with it. */
  private currencyOf({ dimension, fact }: Dimension): string | undefined {
    const declared = this.cases.flatMap((one) => one.facts.get(fact)?.currency?.value ?? []);
    return declared[0] ?? this.currencies.get(dimension);
  }

  private days({ dimension }: Dimension, node: Node): Limit | undefined {
    const written = node.kind === 'scalar' ? node.text : '…';
    const parsed = parseDuration(written);
    if (parsed.ok && parsed.duration.unit === 'days') {
      return { kind: 'up_to', value: parsed.duration.amount, at: node.place.at };
    }
    const expected = { zh: '天数，如 `60 days`', en: 'days such as `60 days`' };
    this.report('wrong-operand', node.place, { name: dimension, written, expected });
    return undefined;
  }

  private choices({ dimension, fact }: Dimension, node: Node): Limit | undefined {
    const nodes = node.kind === 'list' ? node.items : [node];
    const choices = this.cases.flatMap((one) => one.facts.get(fact)?.choices ?? []);
    // A fact that leads nowhere was reported; its choices are not known.
    const typed = { type: { value: 'choice' as const, place: node.place }, ...(choices.length > 0 && { choices }) };
    const read = nodes.map((one) => readTyped(dimension, typed, one, this.report));
    const known = read.filter((one) => typeof one === 'string');
    return known.length === nodes.length ? { kind: 'among', choices: known, at: node.place.at } : undefined;
  }
}

/** The key is written, and names nothing. */
export function reportEmpty(
  source: { readonly keyPlaces: { readonly authority?: RolesSource['place'] } },
  report: Report,
): void {
  const place = source.keyPlaces.authority;
  if (place) report('empty-authority', place);
}

/** The small language of formulas, for facts that are computed from others. */

import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import { record, required } from '../shape/record.ts';
import { isMissing, number, wrongType } from '../shape/scalar.ts';
import { lazy, type Shape } from '../shape/shape.ts';
import type { Node, ScalarNode } from '../syntax/node.ts';
import { type ConditionSource, condition } from './condition.ts';

const ARITHMETIC = ['sum', 'minus', 'times', 'ratio', 'min', 'max', 'days_between'] as const;
const TWO = new Set<string>(['minus', 'ratio', 'days_between']);
const WORDS = [...ARITHMETIC, 'count', 'score'];

export type ArithmeticKind = (typeof ARITHMETIC)[number];

/** The formula as written: names and types not yet looked at. */
export type FormulaSource =
  /** A number, money, a fact, or `rows_fact.column`. */
  | { readonly kind: 'word'; readonly word: ScalarNode; readonly place: Place }
  | { readonly kind: ArithmeticKind; readonly of: readonly FormulaSource[]; readonly place: Place }
  | { readonly kind: 'column'; readonly how: ArithmeticKind; readonly word: ScalarNode; readonly place: Place }
  | { readonly kind: 'count'; readonly word: ScalarNode; readonly place: Place }
  | { readonly kind: 'score'; readonly points: readonly Points[]; readonly place: Place };

export interface Points {
  readonly when: ConditionSource;
  readonly points: number;
}

const name = { zh: '公式', en: 'a formula' };

const pointsShape = record(
  { zh: '计分项', en: 'a line of a score' },
  {
    when: required(condition, '满足时', 'when this holds'),
    points: required(number(), '加这些分', 'these points are added'),
  },
);

export const formula: Shape<FormulaSource> = lazy('formula', name, () => ({
  name,
  read: readFormula,
  parts: () => [pointsShape],
  schema: (definitions) => {
    const ref = formula.schema(definitions);
    const one = (key: string, schema: object) => ({
      type: 'object',
      properties: { [key]: schema },
      required: [key],
      additionalProperties: false,
    });
    return {
      anyOf: [
        { type: ['string', 'number'] },
        ...ARITHMETIC.map((key) =>
          one(key, { anyOf: [{ type: 'array', items: ref, minItems: 1 }, { type: 'string' }] }),
        ),
        one('count', { type: 'string' }),
        one('score', { type: 'array', items: pointsShape.schema(definitions), minItems: 1 }),
      ],
    };
  },
}));

function readFormula(node: Node, report: Report): FormulaSource | undefined {
  if (node.kind === 'list' || isMissing(node)) return wrongType(node, name, report);
  if (node.kind === 'scalar') return { kind: 'word', word: node, place: node.place };
  const [first, second] = node.entries;
  if (!first) return wrongType(node, name, report);
  if (second) {
    report('two-conditions', second.key.place, { key: second.key.text, first: first.key.text });
    return undefined;
  }
  const { key, value } = first;
  const place = key.place;
  if (key.text === 'score') return readScore(value, place, report);
  const kind = ARITHMETIC.find((one) => one === key.text);
  if (kind || key.text === 'count') return readOperands(kind ?? 'count', value, place, report);
  report('unknown-key', place, { key: key.text, in: name }, { hint: didYouMean(key.text, WORDS) });
  return undefined;
}

function readOperands(
  kind: ArithmeticKind | 'count',
  value: Node,
  place: Place,
  report: Report,
): FormulaSource | undefined {
  if (value.kind === 'scalar' && !isMissing(value)) {
    if (kind === 'count') return { kind, word: value, place };
    if (kind === 'sum' || kind === 'min' || kind === 'max') return { kind: 'column', how: kind, word: value, place };
  }
  if (kind === 'count') return wrongType(value, { zh: 'rows 类型的事实', en: 'a fact of type rows' }, report);
  if (value.kind !== 'list') return wrongType(value, { zh: '公式的列表', en: 'a list of formulas' }, report);
  const needed = TWO.has(kind) ? 2 : 1;
  if (TWO.has(kind) ? value.items.length !== 2 : value.items.length < 1) {
    report('operand-count', place, { key: kind, needed, found: value.items.length });
    return undefined;
  }
  const of = value.items.map((item) => readFormula(item, report)).filter((one) => one !== undefined);
  return of.length === value.items.length ? { kind, of, place } : undefined;
}

function readScore(value: Node, place: Place, report: Report): FormulaSource | undefined {
  const expected = { zh: '{ when, points } 的列表', en: 'a list of { when, points }' };
  if (value.kind !== 'list' || value.items.length === 0) return wrongType(value, expected, report);
  const points = value.items.map((item) => pointsShape.read(item, report)).filter((one) => one !== undefined);
  if (points.length !== value.items.length) return undefined;
  return { kind: 'score', place, points: points.map((one) => ({ when: one.when, points: one.points.value })) };
}

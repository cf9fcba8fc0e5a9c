/** The facts that a diagnosis of people may name: each measure, how many cases it rests on, and what it is compared with. */

import type { Text } from '../playbook/text.ts';
import type { Value, ValueType } from '../playbook/value.ts';
import { MEASURES, type MeasureId } from './catalogue.ts';
import type { Measure } from './measure.ts';

/** What a measure is compared with: the middle of the team, and the stretch of days before. */
const BESIDE = ['team', 'before'] as const;

export interface RepFact {
  readonly type: ValueType;
  readonly title: Text;
  /** The measure it comes from; absent: something else about the person. */
  readonly measure?: MeasureId;
}

/** One measure of one person, as it was worked out; amounts in minor units, percents as fractions. */
export interface RepFigure {
  readonly value: number;
  readonly n: number;
  readonly currency?: string;
}

/** How one person stands by one measure. */
export interface RepStanding {
  readonly own?: RepFigure;
  /** The middle of those who report to the same manager, the person among them. */
  readonly team?: number;
  readonly before?: RepFigure;
}

const TYPES: Readonly<Record<Measure['unit'], ValueType>> = {
  per_week: 'number',
  percent: 'percent',
  per_day: 'number',
  days: 'number',
  hours: 'number',
  money: 'money',
  count: 'number',
};

export function factNameOf(measure: MeasureId): string {
  return measure.replaceAll('-', '_');
}

function factsOf({ measure, title, unit }: Measure & { readonly measure: MeasureId }): [string, RepFact][] {
  const name = factNameOf(measure);
  const of = (suffix: string, type: ValueType, zh: string, en: string): [string, RepFact] => [
    `${name}${suffix}`,
    { type, title: { zh: `${title.zh}${zh}`, en: `${title.en}${en}` }, measure },
  ];
  const type = TYPES[unit];
  return [
    of('', type, '', ''),
    of('_n', 'number', '：案件数', ': cases'),
    of('_team', type, '：团队中位', ': middle of the team'),
    of('_to_team', 'percent', '：为团队中位的', ': of the middle of the team'),
    of('_before', type, '：上一期', ': the period before'),
    of('_to_before', 'percent', '：为上一期的', ': of the period before'),
  ];
}

export const REP_FACTS: Readonly<Record<string, RepFact>> = {
  ...Object.fromEntries(MEASURES.flatMap(factsOf)),
  days_in_post: { type: 'number', title: { zh: '在岗天数', en: 'Days in post' } },
};

/**
 * What is known of one person, by the names of `REP_FACTS`; what cannot be told is absent. Figures in several currencies
 * are not compared.
 */
export function repFacts(
  standings: Readonly<Partial<Record<MeasureId, RepStanding>>>,
  daysInPost: number | undefined,
): Readonly<Record<string, Value>> {
  const facts: Record<string, Value> = daysInPost === undefined ? {} : { days_in_post: daysInPost };
  for (const { measure } of MEASURES) {
    const { own, ...beside } = standings[measure] ?? {};
    if (own === undefined) continue;
    const name = factNameOf(measure);
    const typed = (value: number): Value =>
      own.currency === undefined ? value : { currency: own.currency, minor: Math.round(value) };
    facts[name] = typed(own.value);
    facts[`${name}_n`] = own.n;
    const before = beside.before?.currency === own.currency ? beside.before?.value : undefined;
    for (const [with_, value] of Object.entries({ team: beside.team, before } satisfies Record<
      (typeof BESIDE)[number],
      number | undefined
    >)) {
      if (value === undefined) continue;
      facts[`${name}_${with_}`] = typed(value);
      if (value !== 0) facts[`${name}_to_${with_}`] = own.value / value;
    }
  }
  return facts;
}

/** What a measure is: what it says, in what unit, which way is better. */

import type { Text } from '../playbook/text.ts';

export const UNITS = ['per_week', 'per_day', 'percent', 'days', 'hours', 'money', 'count'] as const;
export type Unit = (typeof UNITS)[number];

export interface Measure {
  readonly measure: string;
  readonly title: Text;
  readonly unit: Unit;
  /** What becomes of the values of the cases it rests on: how many they are (in the time of the unit), their sum, their average. */
  readonly how: 'count' | 'sum' | 'average';
  readonly formula: Text;
  /** Where the figures come from. */
  readonly source: Text;
  /** No journal holds it: it is entered, and missing until it is. */
  readonly entered?: true;
  readonly better: 'higher' | 'lower';
  /** Of a stretch of days, or as it stands now. */
  readonly of: 'period' | 'now';
  /** The systems of the method that use it. */
  readonly used_by: readonly string[];
}

export const UNIT_TEXTS: Readonly<Record<Unit, Text>> = {
  per_week: { zh: '个/周', en: 'a week' },
  per_day: { zh: '次/工作日', en: 'a working day' },
  percent: { zh: '%', en: '%' },
  days: { zh: '天', en: 'days' },
  hours: { zh: '小时', en: 'hours' },
  money: { zh: '金额', en: 'money' },
  count: { zh: '个', en: 'in number' },
};

/** Of what is counted or summed up from the record, nothing found is none; of the rest nothing can be said. */
export function isZeroWhenNone({ how, entered }: Measure): boolean {
  return how !== 'average' && entered !== true;
}

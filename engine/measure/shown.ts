/** Measures in the unit people read: percents as 65, amounts in whole units of money, figures rounded to a tenth. */

import { MEASURES, type MeasureId } from './catalogue.ts';

/** @param currency of amounts, whose values are in minor units of two digits */
export function shownValue(measure: MeasureId, value: number): number {
  const unit = MEASURES.find((one) => one.measure === measure)?.unit;
  const inUnit = unit === 'percent' ? value * 100 : unit === 'money' ? value / 100 : value;
  return Math.round(inUnit * 10) / 10;
}

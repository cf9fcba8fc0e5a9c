/** The catalogue of measures: those worked out from the record, and those that are entered. */

import { COMPUTED } from './computed.ts';
import { ENTERED_MEASURES } from './entered.ts';
import type { Measure } from './measure.ts';

/** In the order they are shown. */
export const MEASURES = [...COMPUTED, ...ENTERED_MEASURES] as const satisfies readonly Measure[];

export type MeasureId = (typeof MEASURES)[number]['measure'];

/** @throws Error where there is none of the name, which the type rules out */
export function measureOf(id: MeasureId): Measure {
  const found = MEASURES.find(({ measure }) => measure === id);
  if (found === undefined) throw new Error(`there is no measure ${id}`);
  return found;
}

/** A scorecard: the measures that the holders of a post are held to, with targets and the thresholds below which something begins (D35, D43). */

import type { MeasureId } from '../measure/catalogue.ts';
import type { At, Text } from './text.ts';
import type { Value } from './value.ts';

export interface ScorecardRow {
  readonly measure: MeasureId;
  readonly target: Value;
  /** Worse than this is a breach; absent: nothing begins. */
  readonly threshold?: Value;
  /** With fewer cases there is nothing to say. */
  readonly cases: number;
  /** The finding that a breach is. */
  readonly finding?: string;
  readonly at: At;
}

export interface Scorecard {
  readonly scorecard: string;
  readonly title: Text;
  readonly why?: Text;
  /** Posts whose holders it is of. */
  readonly applies_to: readonly string[];
  readonly measures: readonly ScorecardRow[];
  readonly at: At;
}

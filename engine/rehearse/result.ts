/** What rehearsing a scenario showed: nothing, or where it differed, with the time line around it. */

import type { At, Text } from '../playbook/text.ts';
import type { Instant } from '../time/instant.ts';

/** One thing on the time line, in the words of the scenario grammar. */
export interface TraceEntry {
  readonly at: Instant;
  /** The same moment as the playbook's calendar shows it: `2026-10-26 09:00`. */
  readonly local: string;
  /** `given`: where it starts; `command`: what a line did, with the answer; `happened`: what came of it or of time passing. */
  readonly kind: 'given' | 'command' | 'happened';
  readonly text: string;
}

export interface Difference {
  /** The line of the scenario. */
  readonly place: At;
  readonly at: Instant;
  readonly local: string;
  /** How many entries of the trace come before it. */
  readonly after: number;
  /** What was expected and did not come, and what came unexpected; the rest agreed. */
  readonly expected: readonly string[];
  readonly got: readonly string[];
  /** What no expectation can say, such as a start that cannot be reached. */
  readonly note?: Text;
}

export interface ScenarioResult {
  readonly scenario: string;
  /** The pipeline, flow or rhythm it promises something of. */
  readonly of: string;
  readonly place: At;
  readonly passed: boolean;
  readonly differences: readonly Difference[];
  readonly trace: readonly TraceEntry[];
}

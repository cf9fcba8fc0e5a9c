/** Tells what is at fault from what the Temporal client threw. */

import type { FaultCause } from '../engine/fault.ts';

/** The numbers of gRPC. */
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

const CAUSES: Readonly<Record<number, FaultCause>> = {
  [CANCELLED]: 'no-worker',
  [DEADLINE_EXCEEDED]: 'no-worker',
  [RESOURCE_EXHAUSTED]: 'temporal-busy',
  [UNAVAILABLE]: 'temporal-away',
};

/** Undefined: none of these. A call that merely took too long counts as `no-worker`: Temporal took it, nobody answered. */
export function temporalCauseOf(error: unknown): FaultCause | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'number') return CAUSES[error.code];
  return temporalCauseOf(error.cause);
}

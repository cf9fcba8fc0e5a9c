/** Tells what is at fault from what PostgreSQL, its driver or the operating system threw. */

import type { FaultCause } from '../engine/fault.ts';
import { NewerShape } from '../engine/shapes.ts';

/** Thrown where the store itself knows the cause. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly fault: FaultCause;

  constructor(fault: FaultCause, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** SQLSTATE, by its beginning. */
const SQLSTATES: readonly (readonly [RegExp, FaultCause])[] = [
  [/^53100$/, 'disk-full'],
  [/^25006$/, 'database-read-only'],
  // Too many connections, out of memory, lock or statement timeout, serialization, deadlock, idle for too long.
  [/^(53...|55P03|57014|40001|40P01|25P03)$/, 'database-busy'],
  // Connection exceptions, shutting down, crashed, starting up, input and output; the database is not there (yet).
  [/^(08...|57P0.|58...|3D000)$/, 'database-away'],
  [/^2[23]...$/, 'rejected-by-database'],
];

const SYSTEM_CODES: Readonly<Record<string, FaultCause>> = {
  ECONNREFUSED: 'database-away',
  ECONNRESET: 'database-away',
  EPIPE: 'database-away',
  ETIMEDOUT: 'database-away',
  ENOTFOUND: 'database-away',
  EAI_AGAIN: 'database-away',
  EHOSTUNREACH: 'database-away',
  ENETUNREACH: 'database-away',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

/** pg says these in words only. */
const WORDS: readonly (readonly [RegExp, FaultCause])[] = [
  [/timeout exceeded when trying to connect/, 'database-busy'],
  [
    /Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout/,
    'database-away',
  ],
];

/** Undefined: none of these, so a defect of ours. */
export function causeOf(error: unknown): FaultCause | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof StoreFault) return error.fault;
  if (error instanceof NewerShape) return 'newer-version';
  return causeOfCode(error) ?? causeOfWords(error.message) ?? causeWithin(error);
}

function causeOfCode(error: Error): FaultCause | undefined {
  if (!('code' in error) || typeof error.code !== 'string') return undefined;
  const { code } = error;
  // What a full disk makes PostgreSQL say is not always of the class for it.
  if (/No space left on device/.test(error.message)) return 'disk-full';
  return SYSTEM_CODES[code] ?? SQLSTATES.find(([pattern]) => pattern.test(code))?.[1];
}

function causeOfWords(message: string): FaultCause | undefined {
  return WORDS.find(([pattern]) => pattern.test(message))?.[1];
}

function causeWithin(error: Error): FaultCause | undefined {
  if (error instanceof AggregateError) return error.errors.map(causeOf).find((cause) => cause !== undefined);
  return error.cause === undefined ? undefined : causeOf(error.cause);
}

/** SQLSTATE classes 22 (data) and 23 (constraints) are about the rows; all others about the database or the connection. */
export function ofTheRows(error: unknown): string | undefined {
  if (causeOf(error) !== 'rejected-by-database' || !(error instanceof Error) || !('code' in error)) return undefined;
  return `${error.message} (${error.code})`;
}

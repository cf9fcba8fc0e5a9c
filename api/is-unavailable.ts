/** Tells an error of a service that is away for the moment from a defect of ours. */

/** Node's codes for connections that cannot be made or were cut. */
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);

/** SQLSTATE: connection exceptions, too many connections, shutting down, starting up, lock or statement timeout, read-only. */
const SQLSTATES = /^(08...|53...|57P0.|57014|55P03|40001|40P01|25006)$/;

/** pg says these in words only. */
const PG_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout/;

export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') {
    if (NETWORK_CODES.has(error.code) || SQLSTATES.test(error.code)) return true;
  }
  if (PG_MESSAGES.test(error.message)) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return error.cause !== undefined && isUnavailable(error.cause);
}

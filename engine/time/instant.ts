/** Points in time: ISO 8601 in UTC with milliseconds, so that text order is time order and the journal stays readable. */

/** `2026-10-20T01:00:00.000Z`, always this form. */
export type Instant = string;

export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Milliseconds since 1970. */
export function toMs(instant: Instant): number {
  return Date.parse(instant);
}

/** @throws RangeError outside years 0000 to 9999. */
export function fromMs(ms: number): Instant {
  const text = new Date(ms).toISOString();
  if (text.length !== 24) throw new RangeError(`instant out of range: ${ms}`);
  return text;
}

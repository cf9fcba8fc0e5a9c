/** What a simulated year is made of: everything a failing one needs to be lived through again. */

export interface Parameters {
  readonly seed: number;
  readonly cases: number;
  readonly days: number;
}

/** What a run in CI takes for each seed. */
export const USUAL = { cases: 50, days: 365 } as const;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A Monday, the same for every seed: calendars and their holidays are known around it. */
export const BEGINS_MS = Date.UTC(2026, 0, 5, 1, 0, 0);

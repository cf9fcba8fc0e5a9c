/** Lengths of time that name their clock. */

export type DurationUnit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'business_hours' | 'business_days';

/** `{ amount: 10, unit: 'business_days' }`; amounts are whole and not negative. */
export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

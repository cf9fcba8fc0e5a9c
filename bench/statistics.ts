/** Medians and spreads of what was measured several times. */

/** The value below which this share of them lies. @throws when there are none */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** As a figure shows them. */
export function spread(values: readonly number[]): {
  readonly value: number;
  readonly low: number;
  readonly high: number;
} {
  return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** Pair by pair, because the machine was the same for both of a pair only. */
export function ratios(of: readonly number[], to: readonly number[]): readonly number[] {
  return of.flatMap((value, index) => {
    const base = to[index];
    return base === undefined ? [] : [value / base];
  });
}

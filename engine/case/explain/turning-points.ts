/** Where a function of one number reaches or crosses zero: which values of a fact turn a condition. */

/** Points this near are told apart: whole numbers, or as fine as numbers are worth. */
export type Grain = 'whole' | 'fine';

/** How often a stretch is halved at most: enough to come from the largest amounts down to the finest difference. */
const HALVINGS = 60;
/** As people write numbers. */
const DIGITS = 6;

interface Probe {
  readonly x: number;
  readonly sign: number;
}

/**
 * Both ends of every stretch on which `sign` stays the same, as far as the probes reach, and the zeros met. Where it
 * changes twice between two probes, both changes are missed.
 *
 * @param sign -1, 0 or 1; undefined where the function is not known, which ends a stretch too
 */
export function turningPoints(
  sign: (x: number) => number | undefined,
  probes: readonly number[],
  grain: Grain,
): readonly number[] {
  const found = new Set<number>();
  let before: Probe | undefined;
  for (const x of [...new Set(probes)].sort((a, b) => a - b)) {
    const side = sign(x);
    const now = side === undefined ? undefined : { x, sign: side };
    if (before === undefined || now === undefined) {
      for (const end of [before, now]) if (end !== undefined) found.add(end.x);
    } else if (now.sign !== before.sign) {
      for (const point of narrow(sign, before, now, grain)) found.add(point);
    }
    before = now;
  }
  if (before !== undefined) found.add(before.x);
  return [...found];
}

/** The point at which the sign changes, or the nearest two on either side where it is zero at none that we write down. */
function narrow(sign: (x: number) => number | undefined, from: Probe, to: Probe, grain: Grain): readonly number[] {
  let [low, high] = [from, to];
  for (let step = 0; step < HALVINGS && high.x - low.x > finest(grain, low.x, high.x); step++) {
    const half = middle(low.x, high.x, grain);
    const found = sign(half);
    if (found === undefined) break;
    if (found === low.sign) low = { x: half, sign: found };
    else high = { x: half, sign: found };
  }
  if (grain === 'whole') return [low.x, high.x];
  const written = Number(high.x.toFixed(DIGITS));
  const zero = sign(written) === 0 ? written : [low, high].find((end) => end.sign === 0)?.x;
  return zero === undefined ? [low.x, high.x] : [zero];
}

function finest(grain: Grain, low: number, high: number): number {
  return grain === 'whole' ? 1 : 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
}

function middle(low: number, high: number, grain: Grain): number {
  const half = low + (high - low) / 2;
  return grain === 'whole' ? Math.floor(half) : half;
}

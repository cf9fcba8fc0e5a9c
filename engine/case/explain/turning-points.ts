/** Where a function of one number reaches or crosses zero: which values of a fact turn a condition. */

/** Points this near are told apart: whole numbers, or as fine as numbers are worth. */
export type Grain = 'whole' | 'fine';

/** How often a stretch is halved at most: enough to come from the largest amounts down to the finest difference. */
const HALVINGS = 60;

/**
 * The points at which `sign` changes, each with its neighbour on the other side, looked for between the probes. Where it
 * changes twice between two probes, both changes are missed.
 *
 * @param sign -1, 0 or 1; undefined where the function is not known
 */
export function turningPoints(
  sign: (x: number) => number | undefined,
  probes: readonly number[],
  grain: Grain,
): readonly number[] {
  const found = new Set<number>();
  let before: { readonly x: number; readonly sign: number } | undefined;
  for (const x of [...new Set(probes)].sort((a, b) => a - b)) {
    const now = sign(x);
    if (now === 0) found.add(x);
    if (now !== undefined && before !== undefined && now !== before.sign) {
      for (const point of narrow(sign, before, { x, sign: now }, grain)) found.add(point);
    }
    before = now === undefined ? undefined : { x, sign: now };
  }
  return [...found];
}

interface Probe {
  readonly x: number;
  readonly sign: number;
}

/** The two points on either side of the change, and those between at which the function is zero. */
function narrow(sign: (x: number) => number | undefined, from: Probe, to: Probe, grain: Grain): readonly number[] {
  let [low, high] = [from, to];
  const zeros: number[] = [];
  for (let step = 0; step < HALVINGS && high.x - low.x > finest(grain, low.x, high.x); step++) {
    const half = middle(low.x, high.x, grain);
    const found = sign(half);
    if (found === undefined) break;
    if (found === 0) zeros.push(half);
    if (found === low.sign) low = { x: half, sign: found };
    else high = { x: half, sign: found };
  }
  return [low.x, high.x, ...zeros.slice(-1)];
}

function finest(grain: Grain, low: number, high: number): number {
  return grain === 'whole' ? 1 : 1e-12 * Math.max(1, Math.abs(low), Math.abs(high));
}

function middle(low: number, high: number, grain: Grain): number {
  const half = low + (high - low) / 2;
  return grain === 'whole' ? Math.floor(half) : half;
}

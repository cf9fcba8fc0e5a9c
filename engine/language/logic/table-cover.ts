/** Whether boxes fill a region of their space, and if not, a point that none of them holds. */

import type { Box, Runs, Space } from './table-space.ts';

/** Dimension → cell. */
export type Point = ReadonlyMap<number, number>;

/** How much may still be looked at; shared by all questions about one table. */
export interface Budget {
  left: number;
}

/** `covered`, a point of the region outside all boxes, or `unsure` where the budget was spent before it was known. */
export function findGap(
  space: Space,
  region: Box,
  boxes: readonly Box[],
  budget: Budget,
): Point | 'covered' | 'unsure' {
  const fixed = new Map<number, number>();

  const find = (live: readonly Box[]): Point | 'covered' | 'unsure' => {
    if (live.length === 0) return new Map(fixed);
    let next: number | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const box of live) {
      const open = [...box.keys()].filter((dimension) => !fixed.has(dimension));
      if (open.length === 0) return 'covered';
      if (open.length < fewest) [fewest, next] = [open.length, open[0]];
    }
    // Some box is narrowed by what is not fixed yet, as none holds everywhere.
    if (next === undefined) return 'covered';
    const dimension = next;
    const tried = new Set<string>();
    for (const cell of firstCells(space, region.get(dimension), live, dimension)) {
      budget.left -= live.length;
      if (budget.left < 0) return 'unsure';
      const numbers: number[] = [];
      const here = live.filter((box, number) => {
        const isIn = contains(box.get(dimension), cell);
        if (isIn) numbers.push(number);
        return isIn;
      });
      const key = numbers.join();
      if (tried.has(key)) continue;
      tried.add(key);
      fixed.set(dimension, cell);
      const found = find(here);
      if (found !== 'covered') return found;
    }
    fixed.delete(dimension);
    return 'covered';
  };

  return find(boxes);
}

/** One cell of each stretch in which the same boxes lie. */
function firstCells(
  space: Space,
  within: Runs | undefined,
  boxes: readonly Box[],
  dimension: number,
): readonly number[] {
  const last = (space.dimensions[dimension]?.cells.length ?? 0) - 1;
  const region: Runs = within ?? [[0, last]];
  const starts = new Set(region.map(([from]) => from));
  for (const box of boxes) {
    for (const [from, to] of box.get(dimension) ?? []) {
      starts.add(from);
      starts.add(to + 1);
    }
  }
  return [...starts].filter((cell) => contains(region, cell)).sort((a, b) => a - b);
}

function contains(runs: Runs | undefined, cell: number): boolean {
  return runs === undefined || runs.some(([from, to]) => from <= cell && cell <= to);
}

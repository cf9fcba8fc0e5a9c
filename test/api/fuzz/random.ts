/** Chance that can be had again: everything the fuzzer does follows from its seed. */

export interface Chance {
  /** 0 or more, less than `below`. */
  int(below: number): number;
  /** True once in so many times. */
  once(inTimes: number): boolean;
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T;
}

/** Mulberry32: 32 bits of state are plenty for choosing. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    once: (inTimes) => int(inTimes) === 0,
    pick: <T>(from: readonly T[]): T => {
      const picked = from[int(from.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
}

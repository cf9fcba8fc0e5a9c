/** Lets contenders take turns, so that whatever else the machine does weighs on all of them alike. */

/** Rates by contender, each list in order of the turns. */
export type Rates<N extends string> = Readonly<Record<N, readonly number[]>>;

/**
 * Each contender does rounds for so much processor time in each turn; the first turn warms up and does not count.
 * Processor time, as other programs then weigh little; all threads of this process count, the garbage collector's too.
 * @param contenders do one round and say how many things it was
 * @returns things a second of processor time
 */
export async function takeTurns<N extends string>(
  contenders: Readonly<Record<N, () => Promise<number> | number>>,
  { turns, turnMs }: { readonly turns: number; readonly turnMs: number },
): Promise<Rates<N>> {
  const rates: Partial<Record<N, number[]>> = {};
  const names = Object.keys(contenders) as N[];
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const name of names) {
      const start = process.cpuUsage();
      let things = 0;
      let elapsed = 0;
      do {
        things += await contenders[name]();
        const { user, system } = process.cpuUsage(start);
        elapsed = (user + system) / 1000;
      } while (elapsed < turnMs);
      rates[name] ??= [];
      if (turn > 0) rates[name].push((things * 1000) / elapsed);
    }
  }
  return rates as Rates<N>;
}

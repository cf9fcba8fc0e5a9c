/** Every subset of a few things, the empty one first; twice as many for each thing more. */

export function subsetsOf<T>(things: readonly T[]): readonly (readonly T[])[] {
  const sets: T[][] = [[]];
  for (const thing of things) sets.push(...sets.map((set) => [...set, thing]));
  return sets;
}

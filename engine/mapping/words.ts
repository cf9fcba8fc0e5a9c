/** Words of an export as people mean them: the same whatever their case and spaces. */

export function foldWord(word: string): string {
  return word.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Maps folded once: a mapping is read for a hundred thousand rows. */
const folded = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** What a word stands for: as written, else whatever its case and spaces. */
export function meaningOf<T>(values: Readonly<Record<string, T>>, word: string): T | undefined {
  if (Object.hasOwn(values, word)) return values[word];
  let map = folded.get(values);
  if (map === undefined) {
    map = new Map(Object.entries(values).map(([key, value]) => [foldWord(key), value]));
    folded.set(values, map);
  }
  // Filled from these very values just above.
  return map.get(foldWord(word)) as T | undefined;
}

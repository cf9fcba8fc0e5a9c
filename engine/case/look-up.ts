/** Reads a record by a name from outside, seeing only the record's own entries: `constructor` is nobody's task. */

export function lookUp<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** How a mapping names a column. */

/** The table and column that a name such as `column` or `table.column` means; a dot may also be part of a column. */
export function splitColumn(name: string, isTable: (id: string) => boolean): { table?: string; column: string } {
  const dot = name.indexOf('.');
  const table = name.slice(0, Math.max(dot, 0));
  return isTable(table) ? { table, column: name.slice(dot + 1) } : { column: name };
}

/** Fits text into the columns of a terminal, and keeps it from steering one. */

import { columnsOf } from '../engine/language/diagnostics/columns.ts';

/** Cut to `width` columns, the last of them `…` where something was cut. */
export function cutToWidth(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const character of text) {
    const next = columnsOf(character);
    if (used + next > width - 1) break;
    cut += character;
    used += next;
  }
  return `${cut}…`;
}

export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** Without control characters, so that a title cannot steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

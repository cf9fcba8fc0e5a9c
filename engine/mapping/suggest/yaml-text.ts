/** Words and comments as they can stand in a playbook. */

import { foldWord } from '../words.ts';

const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}_ /.+&()（）'-]*$/u;
const READ_OTHERWISE = new Set(['null', '~', 'true', 'false']);

/** A value or key, quoted where it must be. */
export function word(text: string): string {
  const isPlain = PLAIN.test(text) && text.trim() === text && !READ_OTHERWISE.has(foldWord(text));
  return isPlain ? text : JSON.stringify(text);
}

/** Text of a file within a comment: on one line, and not too long. */
export function quoted(text: string): string {
  const flat = text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '');
  return `\`${flat.length > 40 ? `${flat.slice(0, 39)}…` : flat}\``;
}

/** A line of the playbook with its comment set off at the same place where that is possible. */
export function withComment(line: string, comment: string | undefined): string {
  return comment === undefined ? line : `${line.padEnd(58)} # ${comment}`;
}

/** The small parts that mappings are compiled of: maps of words, and what their author has left open. */

import { formatProblem } from '../../mapping/date-format.ts';
import { foldWord } from '../../mapping/words.ts';
import { type MappedWords, OPEN_QUESTION } from '../../playbook/mapping.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { MappingSource } from '../kinds/mapping.ts';
import type { MapEntry } from '../shape/collection.ts';
import type { Token } from '../shape/shape.ts';
import type { Scope } from './scope.ts';

/** The column a token names; a table it does not know is reported. */
export type ColumnOf = (token: Token<string>) => string;

export function record<A, B>(entries: readonly MapEntry<A>[], turn: (value: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key.value, turn(value)]));
}

/** Whether its author has said what it is, and not left it open. */
export function isSettled(token: Token<string>): boolean {
  return token.value !== OPEN_QUESTION;
}

/** A key with its value, or nothing where that is absent or left open. */
export function withoutOpen<K extends string, W extends string>(
  key: K,
  token: Token<W> | undefined,
): { readonly [P in K]?: Exclude<W, typeof OPEN_QUESTION> } {
  if (token === undefined || token.value === OPEN_QUESTION) return {};
  // The one key, with a value that is none of the question mark.
  return { [key]: token.value } as { readonly [P in K]?: Exclude<W, typeof OPEN_QUESTION> };
}

export function compileWords(
  source: {
    readonly column: Token<string>;
    readonly values: readonly MapEntry<Token<string>>[];
    readonly default?: Token<string> | undefined;
  },
  columnOf: ColumnOf,
  scope: Scope,
): MappedWords {
  reportSame(source.values, scope, (value) => value.value);
  return {
    column: columnOf(source.column),
    values: record(source.values, (value) => value.value),
    ...(source.default ? { default: source.default.value } : {}),
  };
}

/** Words are the same but for case and spaces: where two of them mean two things, nobody can say which. */
export function reportSame<V>(entries: readonly MapEntry<V>[], scope: Scope, meaning: (value: V) => string): void {
  const seen = new Map<string, MapEntry<V>>();
  for (const entry of entries) {
    const folded = foldWord(entry.key.value);
    const before = seen.get(folded);
    if (before === undefined) seen.set(folded, entry);
    else if (meaning(before.value) !== meaning(entry.value)) {
      scope.report('same-word', entry.key.place, { written: entry.key.value, before: before.key.value });
    }
  }
}

/** Every `?` of a mapping, with the key it stands under. */
export function openQuestions(source: MappingSource): readonly { readonly key: string; readonly place: Place }[] {
  const found: { key: string; place: Place }[] = [];
  const visit = (node: unknown, key: string): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, key);
    else if (isToken(node)) {
      if (node.value === OPEN_QUESTION) found.push({ key, place: node.place });
    } else if (isEntry(node)) visit(node.value, node.key.value);
    else if (typeof node === 'object' && node !== null) {
      for (const [name, value] of Object.entries(node)) if (name !== 'keyPlaces') visit(value, name);
    }
  };
  visit(source, 'mapping');
  return found;
}

function isToken(node: unknown): node is Token<unknown> {
  return typeof node === 'object' && node !== null && 'value' in node && 'place' in node && !('key' in node);
}

function isEntry(node: unknown): node is MapEntry<unknown> {
  return typeof node === 'object' && node !== null && 'key' in node && 'value' in node;
}

/** @param format as an author wrote it */
export function reportFormat(format: string, place: Place, scope: Scope): void {
  const problem = formatProblem(format);
  if (problem === undefined) return;
  const { why, instead } = problem;
  const hint = instead === undefined ? undefined : { zh: `请写 \`${instead}\``, en: `write \`${instead}\`` };
  scope.report('bad-date-format', place, { written: format, why }, { hint });
}

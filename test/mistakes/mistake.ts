/** One mistake: what is changed where, and on which lines it must be told. */

import type { SourceFile } from '../../engine/language/syntax/source-file.ts';
import type { Random } from './random.ts';
import type { Sites } from './sites.ts';

export interface Edit {
  readonly file: SourceFile;
  readonly from: number;
  readonly to: number;
  readonly put: string;
  /** Where it must be told, when that is not the line of the edit itself: `file:line`, each exactly once. */
  readonly toldAt?: readonly string[];
}

export interface Shipped extends Sites {
  readonly files: readonly SourceFile[];
  /** Every word and key of any file: what a misspelling must not hit. */
  readonly known: ReadonlySet<string>;
}

/** Makes one such mistake somewhere, or finds no place for it. It must be one by construction. */
export type Maker = (shipped: Shipped, random: Random) => Edit | undefined;

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export function edited({ file, from, to, put }: Edit): string {
  return file.text.slice(0, from) + put + file.text.slice(to);
}

/** Where an edit must be told: on the line of what was changed. */
export function toldAt(edit: Edit): readonly string[] {
  return edit.toldAt ?? [`${edit.file.path}:${lineAt(edit.file.text, edit.from)}`];
}

/** A slip of the fingers: a letter left out, doubled, changed, or two swapped; never another word that is known. */
export function misspelt(word: string, { known }: Shipped, random: Random): string | undefined {
  const letters = [...word.matchAll(/[a-z]/g)].map((match) => match.index);
  for (let i = 0; i < 20; i++) {
    const at = random.pick(letters);
    if (at === undefined) return undefined;
    const other = 'etaoinshrdlu'[random.under(12)] ?? 'e';
    const slips = [
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + (word[at] ?? '') + word.slice(at),
      word.slice(0, at) + other + word.slice(at + 1),
      word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    ];
    const slip = random.pick(slips);
    if (slip && slip !== word && /[a-z]/.test(slip) && !known.has(slip) && !slip.startsWith('-')) return slip;
  }
  return undefined;
}

/** Where in the shipped playbooks a mistake can be made: every key with its value, by the path of keys that leads to it. */

import { isMap, isScalar, isSeq, parseDocument, type Range } from 'yaml';
import type { SourceFile } from '../../engine/language/syntax/source-file.ts';

export interface Site {
  readonly file: SourceFile;
  /** The kind of the file, then keys from the outside in; lists leave no trace. */
  readonly path: string;
  readonly key: string;
  /** Offsets in the text. A value is absent behind a key of a list of plain words. */
  readonly keyAt: Span;
  readonly valueAt: Span;
  /** The value where it is a plain or quoted word or line, unquoted. */
  readonly word?: string;
  readonly isFlow: boolean;
  /** Names and whereabouts of all keys of the map it stands in, in order. */
  readonly among: readonly Sibling[];
  /** The keys directly below. */
  readonly below: readonly string[];
  /** How many items, where the value is a list. */
  readonly items?: number;
}

export interface Sibling {
  readonly key: string;
  readonly keyAt: Span;
  readonly valueAt: Span;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A word of a list, or of a map's value: what names something. */
export interface Word {
  readonly file: SourceFile;
  readonly path: string;
  readonly text: string;
  readonly at: Span;
  readonly isQuoted: boolean;
}

export interface Sites {
  readonly sites: readonly Site[];
  readonly words: readonly Word[];
}

/** Reads them with the YAML library alone: nothing of the checker helps to find where it must find mistakes. */
export function sitesOf(files: readonly SourceFile[]): Sites {
  const sites: Site[] = [];
  const words: Word[] = [];
  for (const file of files) {
    const { contents } = parseDocument(file.text, { schema: 'failsafe' });
    const kind = isMap(contents) && isScalar(contents.items[0]?.key) ? String(contents.items[0].key.value) : '';
    walk(contents, kind, file, sites, words);
  }
  return { sites, words };
}

/** Without the line ends behind it, which the library counts in. */
function span(range: Range | null | undefined, { text }: SourceFile): Span {
  const [from, to] = [range?.[0] ?? 0, range?.[1] ?? 0];
  return { from, to: from + text.slice(from, to).trimEnd().length };
}

function walk(node: unknown, path: string, file: SourceFile, sites: Site[], words: Word[]): void {
  if (isScalar(node)) {
    const isQuoted = node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE';
    words.push({ file, path, text: String(node.value), at: span(node.range, file), isQuoted });
  }
  if (isSeq(node)) for (const item of node.items) walk(item, path, file, sites, words);
  if (!isMap(node)) return;
  const pairs = node.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const valueRange = isScalar(value) || isMap(value) || isSeq(value) ? value.range : undefined;
    return [{ key: String(key.value), keyAt: span(key.range, file), valueAt: span(valueRange, file), value }];
  });
  const among = pairs.map(({ key, keyAt, valueAt }) => ({ key, keyAt, valueAt }));
  for (const { key, keyAt, valueAt, value } of pairs) {
    const own = `${path}/${key}`;
    sites.push({
      file,
      path: own,
      key,
      keyAt,
      valueAt,
      ...(isScalar(value) ? { word: String(value.value) } : {}),
      isFlow: node.flow === true,
      among,
      below: isMap(value) ? value.items.map((one) => (isScalar(one.key) ? String(one.key.value) : '')) : [],
      ...(isSeq(value) ? { items: value.items.length } : {}),
    });
    walk(value, own, file, sites, words);
  }
}

/** One file: which kind it is, what it declares, and its contents read by the shape of its kind. */

import type { Place } from './diagnostics/diagnostic.ts';
import { didYouMean } from './diagnostics/did-you-mean.ts';
import type { Report } from './diagnostics/report.ts';
import { KINDS, KINDS_LATER, type KindName } from './kinds/kinds.ts';
import { isMissing } from './shape/scalar.ts';
import type { Read } from './shape/shape.ts';
import type { Entry, MapNode } from './syntax/node.ts';
import { parseDocument } from './syntax/parse-document.ts';
import type { SourceFile } from './syntax/source-file.ts';

/** A file by its kind; `source` is absent when its shape is wrong. */
export type FileRead = {
  [K in KindName]: {
    readonly kind: K;
    readonly id: string;
    readonly file: string;
    readonly place: Place;
    readonly source?: Read<(typeof KINDS)[K]>;
  };
}[KindName];

export function readFile(file: SourceFile, report: Report): FileRead | undefined {
  const document = parseDocument(file, report);
  if (!document) return undefined;
  if (document.kind !== 'map' || document.entries.length === 0) {
    report('not-a-playbook', document.place);
    return undefined;
  }
  const first = kindEntry(document, report);
  if (!first) return undefined;
  const { kind, entry } = first;
  const id = entry.value;
  const source = KINDS[kind].read(document, report);
  if (id.kind !== 'scalar' || isMissing(id)) return undefined;
  // The shape was looked up by the kind, so the two belong together.
  return { kind, id: id.text, file: file.path, place: id.place, ...(source ? { source } : {}) } as FileRead;
}

function kindEntry(document: MapNode, report: Report): { readonly kind: KindName; readonly entry: Entry } | undefined {
  const [first] = document.entries;
  if (!first) return undefined;
  const kind = kindNamed(first.key.text);
  if (kind) return { kind, entry: first };
  const written = first.key.text;
  if (KINDS_LATER.some((later) => later === written)) {
    report('not-yet', first.key.place, { written });
    return undefined;
  }
  const later = document.entries.find((entry) => kindNamed(entry.key.text) && entry.key.text !== 'calendar');
  if (later) report('kind-not-first', later.key.place, { kind: later.key.text });
  else report('unknown-kind', first.key.place, { written }, { hint: hintForKind(written) });
  return undefined;
}

function kindNamed(word: string): KindName | undefined {
  // Object.keys forgets that the keys are the kinds.
  return (Object.keys(KINDS) as KindName[]).find((kind) => kind === word);
}

function hintForKind(written: string) {
  const kinds = Object.keys(KINDS);
  const list = kinds.join(', ');
  return didYouMean(written, kinds) ?? { zh: `第一个键是种类：${list}`, en: `the first key is the kind: ${list}` };
}

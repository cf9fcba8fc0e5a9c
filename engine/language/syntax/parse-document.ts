/** YAML text to a positioned document, within the part of YAML that playbooks need: no anchors, tags, merge keys, second documents. */

import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  Scalar,
  type YAMLMap,
} from 'yaml';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import { overBudget } from './budget.ts';
import type { Entry, Node, ScalarNode } from './node.ts';
import { type SourceFile, textOf } from './source-file.ts';
import { faultOf, type SyntaxFault } from './syntax-fault.ts';
import { BAD_INDENT } from './syntax-message.ts';

interface Reading {
  readonly report: Report;
  readonly placeOf: (start: number, end: number) => Place;
  /** The place of a mark such as `&name` that stands before a node. */
  readonly before: (mark: string, start: number) => Place;
  /** Where a line begins with a dash between two offsets. */
  readonly dashWithin: (start: number, end: number) => number | undefined;
}

/** The document of a file, or nothing when it cannot be read; what is wrong with it is reported. */
export function parseDocument(file: SourceFile, report: Report): Node | undefined {
  const start: Place = { at: { file: file.path, line: 1, col: 1 }, end_col: 1 };
  if (file.fault) {
    report(file.fault, start);
    return undefined;
  }
  const text = textOf(file);
  const over = overBudget(file);
  if (over) {
    report(over.code, over.place, over.params);
    return undefined;
  }
  const lines = new LineCounter();
  const placeOf = (from: number, to: number): Place => {
    const { line, col } = lines.linePos(from);
    const lineEnd = lineEndOf(text, from);
    return { at: { file: file.path, line, col }, end_col: col + Math.max(1, Math.min(to, lineEnd) - from) };
  };
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  if (!Array.isArray(documents)) {
    report('empty-file', start);
    return undefined;
  }
  const [first, second] = documents;
  const failure = documents
    .flatMap(({ errors, warnings }) => [...errors, ...warnings])
    // A tag it does not know is told with its name, below.
    .filter(({ code }) => code !== 'TAG_RESOLVE_FAILED')
    .sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (failure) {
    reportFault(faultOf(text, failure), placeOf, report);
    return undefined;
  }
  if (second?.contents) {
    report('second-document', placeOf(second.contents.range[0], second.contents.range[1]));
    return undefined;
  }
  const contents = first?.contents;
  if (!contents || (isScalar(contents) && contents.source === '')) {
    report('empty-file', start);
    return undefined;
  }
  const before = (mark: string, end: number): Place => {
    const from = text.lastIndexOf(mark, end);
    return from === -1 ? placeOf(end, end + 1) : placeOf(from, from + mark.length);
  };
  const dashWithin = (from: number, to: number) => {
    const at = text.slice(from, to).search(/(?<=\n *)- /);
    return at === -1 ? undefined : from + at;
  };
  return readNode(contents, { report, placeOf, before, dashWithin });
}

/** One finding a file: what follows a syntax error is mostly its echo. */
function reportFault(fault: SyntaxFault, placeOf: Reading['placeOf'], report: Report): void {
  const related = fault.related && [
    { place: placeOf(fault.related.at, fault.related.at + 1), message: fault.related.message },
  ];
  report(fault.code, placeOf(fault.from, fault.to), fault.params, {
    hint: fault.hint,
    ...(related ? { related } : {}),
  });
}

/** What every node has that says nothing of its tag. */
const PLAIN_TAGS = new Set(['map', 'seq', 'str'].map((name) => `tag:yaml.org,2002:${name}`));

function readNode(node: ParsedNode, reading: Reading): Node {
  const [start, end] = node.range;
  const place = reading.placeOf(start, end);
  if (isAlias(node)) {
    reading.report('no-anchors', place, { written: `*${node.source}` });
    return { kind: 'scalar', text: '', quoted: false, place };
  }
  if (node.anchor)
    reading.report('no-anchors', reading.before(`&${node.anchor}`, start), { written: `&${node.anchor}` });
  if (node.tag && !PLAIN_TAGS.has(node.tag))
    reading.report('no-tags', reading.before(node.tag, start), { written: node.tag });
  if (isMap(node)) return readMap(node, reading, place);
  if (isSeq(node)) {
    const items = node.items.map((item) => readNode(item, reading));
    return { kind: 'list', items, place: items[0]?.place ?? place };
  }
  reportRunOn(node, reading);
  return readScalar(node, place);
}

function readMap(node: YAMLMap.Parsed, reading: Reading, place: Place): Node {
  const entries: Entry[] = [];
  const seen = new Map<string, Place>();
  for (const pair of node.items) {
    if (!isScalar(pair.key)) {
      reading.report('key-not-a-word', pair.key ? readNode(pair.key, reading).place : place);
      continue;
    }
    const key = readScalar(pair.key, reading.placeOf(pair.key.range[0], pair.key.range[1]));
    const earlier = seen.get(key.text);
    if (key.text === '<<') reading.report('no-merge-keys', key.place);
    else if (earlier) {
      const message = { zh: '第一次写在这里', en: 'first written here' };
      reading.report('duplicate-key', key.place, { key: key.text }, { related: [{ place: earlier, message }] });
    }
    if (!earlier) seen.set(key.text, key.place);
    const value = pair.value ? readNode(pair.value, reading) : { ...key, text: '', quoted: false };
    entries.push({ key, value: isBlank(value) ? { ...value, place: key.place } : value });
  }
  return { kind: 'map', entries, place: entries[0]?.key.place ?? place };
}

/** A key with nothing behind it: the place to point at is the key. */
function isBlank(node: Node): node is ScalarNode {
  return node.kind === 'scalar' && node.text === '' && !node.quoted;
}

/** Words that run on in the next line are read as one text; a dash there was meant to begin an item. */
function reportRunOn(node: ParsedNode & Scalar, reading: Reading): void {
  if (node.type !== Scalar.PLAIN) return;
  const dash = (node.source ?? '').includes('- ') ? reading.dashWithin(node.range[0], node.range[1]) : undefined;
  if (dash !== undefined) reading.report('yaml-syntax', reading.placeOf(dash, dash + 1), { message: BAD_INDENT });
}

function readScalar(node: ParsedNode & Scalar, place: Place): ScalarNode {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  return { kind: 'scalar', text, quoted: node.type !== Scalar.PLAIN, place };
}

function lineEndOf(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Sixty hostile documents: what each is, and what the author is told of it. Made here, so that no megabytes lie about. */

import type { Code } from '../../engine/language/diagnostics/codes.ts';

export interface Hostile {
  /** The file's name is made of it. */
  readonly what: string;
  readonly bytes: Buffer;
  /** One of the findings. */
  readonly code: Code;
}

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

const GATE = 'gate: hostile\ntitle: { zh: 关口, en: Gate }\napplies_to: [ deal ]\nat: advance\n';
const WHEN = 'when: { task: dated }\n';
const OTHERWISE = 'otherwise: { zh: 没有计划, en: No plan }\n';
const LADDER = 'ladder: hostile\ntitle: Hostile\nstarts: [ timebox ]\nends_when: [ activity ]\n';
const PIPELINE = 'pipeline: hostile\ntitle: Hostile\nsubject: deal\ncalendar: cn\nopen_at: [ first ]\n';
const STAGE = 'stages:\n  - { stage: first, title: First, success_rate: 10% }\n';
const MAPPING = 'mapping: hostile\ntables: { deals: { file: deals.csv } }\nid: { column: id }\npipeline: deal\n';
const CALENDAR = 'calendar: hostile\nzone: Asia/Shanghai\nhours: { monday: [ 09:00-12:00 ] }\n';

type Row = readonly [what: string, content: string | Buffer, code: Code];

/** More than one of them takes the YAML parser seconds, minutes or all memory where nothing is looked at before. */
const SIZE: readonly Row[] = [
  ['a comment of half a megabyte', `# ${'x'.repeat(512 * 1024)}\n`, 'file-too-large'],
  ['a megabyte of bytes that are no text', Buffer.alloc(1_000_000, 0xff), 'file-too-large'],
  ['half a megabyte of Chinese', `title: ${'大'.repeat(180_000)}\n`, 'file-too-large'],
  ['forty thousand keys', lines(40_000, (i) => `k${i}: 1`), 'too-many-tokens'],
  ['twenty thousand anchors', lines(20_000, (i) => `- &a${i} x`), 'too-many-tokens'],
  ['fifty thousand commas', `when: [${','.repeat(50_000)}]\n`, 'too-many-tokens'],
  ['tags before nothing', '!a '.repeat(100_000), 'too-many-tokens'],
  ['brackets that close nothing', ']'.repeat(400_000), 'too-many-tokens'],
  ['a quote of backslashes that never closes', `a: "${'\\\n'.repeat(100_000)}`, 'too-many-tokens'],
  ['ten thousand keys', lines(9_900, (i) => `k${i}: 1`), 'unknown-kind'],
  ['a line of half a megabyte', `gate: ${'x '.repeat(250_000)}`, 'bad-id'],
  ['an id of a hundred thousand letters', `gate: ${'x'.repeat(100_000)}\n`, 'bad-id'],
  ['eighty thousand documents', '---\na\n'.repeat(80_000), 'too-many-tokens'],
  ['six thousand documents', '--- a\n'.repeat(6_000), 'second-document'],
  ['a hundred thousand quotes', `a: ${"'' ".repeat(100_000)}`, 'too-many-tokens'],
  ['six thousand tags', `gate: hostile\nwhen:\n${'- !a x\n'.repeat(6_500)}`, 'no-tags'],
  ['half a million empty lines', '\n'.repeat(500_000), 'too-many-tokens'],
];

const DEPTH: readonly Row[] = [
  ['five thousand brackets', '['.repeat(5_000), 'too-deep'],
  ['five thousand maps in maps', `${'{a: '.repeat(5_000)}${'}'.repeat(5_000)}`, 'too-deep'],
  ['five thousand dashes on a line', '- '.repeat(5_000), 'too-deep'],
  ['indentation to the end of the world', lines(470, (i) => `${' '.repeat(i)}k:`), 'too-deep'],
  ['question marks in question marks', '? '.repeat(400), 'no-explicit-keys'],
  ['question marks on lines of their own', '?\n'.repeat(400), 'no-explicit-keys'],
  [
    'conditions in conditions',
    `${GATE}when: ${'{ all: [ '.repeat(29)}{ task: dated }${' ] }'.repeat(29)}\n`,
    'missing-key',
  ],
  [
    'negations of negations',
    `${GATE}when: ${'{ not: '.repeat(58)}{ task: soon }${' }'.repeat(58)}\n${OTHERWISE}`,
    'unknown-word',
  ],
];

const YAML: readonly Row[] = [
  ['a bomb of aliases', lines(30, (i) => `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`), 'no-anchors'],
  ['an anchor that holds itself', `${GATE}when: &a { all: [ *a ] }\n${OTHERWISE}`, 'no-anchors'],
  [
    'an alias in place of a text',
    `gate: hostile\ntitle: &t { zh: 关口, en: Gate }\nat: advance\notherwise: *t\n`,
    'no-anchors',
  ],
  ['merge keys', `${GATE}${WHEN}<<: { otherwise: No plan }\n`, 'no-merge-keys'],
  ['a tag of another language', `${GATE}when: !!python/object/apply:os.system [ 'rm -rf /' ]\n${OTHERWISE}`, 'no-tags'],
  ['a tag of its own', `${GATE}when: !run { task: dated }\n${OTHERWISE}`, 'no-tags'],
  ['a directive', `%YAML 9.9\n---\n${GATE}${WHEN}`, 'yaml-syntax'],
  ['several documents', `${GATE}${WHEN}${OTHERWISE}---\n${GATE}${WHEN}${OTHERWISE}`, 'second-document'],
  ['a key that is a list', `${GATE}${WHEN}[ otherwise, so ]: No plan\n`, 'key-not-a-word'],
  ['a key written twice', `${GATE}${WHEN}${OTHERWISE}when: { task: open }\n`, 'duplicate-key'],
  ['a hundred keys of one name', `${GATE}${WHEN}${'mode: warn\n'.repeat(100)}${OTHERWISE}`, 'duplicate-key'],
  ['tabs', `${GATE}when:\n\tall:\n\t\t- { task: dated }\n${OTHERWISE}`, 'tab-indentation'],
  ['a block text without end', `${GATE}${WHEN}otherwise: |99\n  x\n`, 'yaml-syntax'],
  ['nothing', '', 'empty-file'],
  ['a word', 'rm -rf /\n', 'not-a-playbook'],
  ['a list', '- gate: hostile\n', 'not-a-playbook'],
];

const OBJECTS: readonly Row[] = [
  ['the key __proto__', `${GATE}${WHEN}${OTHERWISE}__proto__: { polluted: yes }\n`, 'unknown-key'],
  ['the key constructor', `${GATE}${WHEN}${OTHERWISE}constructor: { prototype: { polluted: yes } }\n`, 'unknown-key'],
  ['the kind __proto__', '__proto__: { polluted: yes }\n', 'unknown-kind'],
  ['the kind toString', 'toString: hostile\n', 'unknown-kind'],
  ['a fact called __proto__', `${PIPELINE}facts: { __proto__: { type: text } }\n${STAGE}`, 'bad-fact-name'],
  [
    'a choice called __proto__',
    `${PIPELINE}facts: { a: { type: choice, choices: { __proto__: X } } }\n${STAGE}`,
    'bad-id',
  ],
  [
    'a fact called constructor that is not there',
    `${GATE}when: { fact: constructor, is: yes }\n${OTHERWISE}`,
    'unknown-fact',
  ],
  ['a type called constructor', `${PIPELINE}facts: { a: { type: constructor } }\n${STAGE}`, 'unknown-word'],
  [
    'a way called __proto__',
    `${LADDER}rungs: [ { after: 1 day, demand: { of: manager, ways: { __proto__: [ a ] } } } ]\n`,
    'unknown-way',
  ],
  [
    'columns called __proto__',
    `${MAPPING}stage: { column: __proto__, values: { __proto__: constructor } }\nowner: { column: o, person_by: name }\ndates: { format: yyyy }\n`,
    'unknown-stage',
  ],
];

const CHARACTERS: readonly Row[] = [
  ['a NUL', `${GATE}${WHEN}otherwise: no\0plan\n`, 'bad-character'],
  ['text in UTF-16', Buffer.from(`\ufeff${GATE}${WHEN}${OTHERWISE}`, 'utf16le'), 'not-utf8'],
  ['text in UTF-16 that does not say so', Buffer.from(`${GATE}${WHEN}${OTHERWISE}`, 'utf16le'), 'not-utf8'],
  [
    'text in GBK',
    Buffer.concat([Buffer.from('gate: hostile\ntitle: '), Buffer.from([0xb9, 0xd8, 0xbf, 0xda])]),
    'not-utf8',
  ],
  ['a sequence cut short', Buffer.concat([Buffer.from(`${GATE}otherwise: `), Buffer.from([0xe5, 0xa4])]), 'not-utf8'],
  ['text that runs the other way', `${GATE}${WHEN}otherwise: No \u202eegnahc\u202c plan\n`, 'bad-character'],
  [
    'a character without width in a name',
    `${GATE}when: { fact: am\u200bount, is_known: yes }\n${OTHERWISE}`,
    'bad-character',
  ],
  ['line ends of an old machine', `${GATE}${WHEN}${OTHERWISE}`.replaceAll('\n', '\r'), 'bad-character'],
  ['sequences that steer a terminal', `${GATE}${WHEN}otherwise: \u001b[2J\u001b]0;owned\u0007\n`, 'bad-character'],
];

const NUMBERS: readonly Row[] = [
  [
    'a number of a thousand digits',
    `${GATE}when: { fact: quality, at_least: ${'9'.repeat(1_000)} }\n${OTHERWISE}`,
    'wrong-operand',
  ],
  ['a number beyond all numbers', `${GATE}when: { fact: quality, at_least: 1e999 }\n${OTHERWISE}`, 'wrong-operand'],
  ['money without end', `${GATE}when: { fact: amount, at_least: ${'9'.repeat(18)}亿 CNY }\n${OTHERWISE}`, 'bad-money'],
  [
    'a wait of a million years',
    `${LADDER}rungs: [ { after: 999999999999 business days, do: [ { remind: owner } ] } ]\n`,
    'bad-duration',
  ],
  ['a day that never comes', `${CALENDAR}valid_through: 99999-99-99\n`, 'bad-date'],
  [
    'hours no day has',
    `${CALENDAR.replace('09:00-12:00', '99:99-00:00')}valid_through: 2026-12-31\n`,
    'bad-time-range',
  ],
];

export const HOSTILE: readonly Hostile[] = [SIZE, DEPTH, YAML, OBJECTS, CHARACTERS, NUMBERS]
  .flat()
  .map(([what, content, code]) => ({ what, bytes: Buffer.from(content), code }));

/** What a file of that content would be called: those that declare a name have it, the others are numbered. */
export function nameOf({ bytes }: Hostile, number: number): string {
  const [, kind] = /^(gate|ladder|pipeline|mapping|calendar): hostile$/m.exec(bytes.toString('utf8')) ?? [];
  return kind === undefined ? `hostile-${number}.yaml` : `hostile-${number}/hostile.yaml`;
}

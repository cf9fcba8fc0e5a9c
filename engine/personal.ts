/** Where texts of and about people stand in what is journalled, so that they can be kept apart and erased. */

import { FILE_HASH, isFileValue } from './form/read-file.ts';
import type { Field, ValueType } from './playbook/value.ts';

/** Stands where a text was erased; read as it is in both languages. */
export const ERASED = '[已删除 / erased]';

export type TypedBy = 'fact' | 'evidence' | 'demand' | 'leaf' | 'change';

/** One place, or one kind of place, in a command, an event or a reason. */
export interface PersonalPath {
  /** Members from the top; `*` stands for every member of a record or list, `**` for all texts below. */
  readonly path: readonly string[];
  /** The playbook says the type of the value there: it is a text only if the type is, or is not known. */
  readonly typed?: TypedBy;
  /** Playrail worded it: nobody typed it, but it may name somebody. */
  readonly generated?: true;
}

/** The declared places, by command and by event; what is not named here is kept in the chained entry itself. */
export interface PersonalPaths {
  readonly commands: Readonly<Record<string, readonly PersonalPath[]>>;
  readonly events: Readonly<Record<string, readonly PersonalPath[]>>;
  /** In reasons of refusals and in warnings. */
  readonly reasons: readonly PersonalPath[];
}

export type Spec = { readonly type: ValueType; readonly fields?: readonly Field[] };

/** What the playbook says of the value at a typed place: `name` is the member that `*` stood for, `parent` what holds the value. */
export type SpecOf = (by: TypedBy, name: string, parent: unknown, top: unknown) => Spec | undefined;

export interface FoundText {
  /** Members from the top of the entry; numbers of list items as text. */
  readonly at: readonly string[];
  readonly text: string;
  readonly generated: boolean;
}

/** What of an entry may hold texts. */
export interface Spoken {
  readonly command: unknown;
  readonly events?: readonly unknown[];
  readonly reasons?: readonly unknown[];
  readonly warnings?: readonly unknown[];
}

export function textAt(path: string): PersonalPath {
  return { path: path.split('.') };
}

export function typedAt(typed: TypedBy, path: string): PersonalPath {
  return { path: path.split('.'), typed };
}

export function wordedAt(path: string): PersonalPath {
  return { path: path.split('.'), generated: true };
}

const EVERYTHING: readonly PersonalPath[] = [{ path: ['**'] }];

/** Every personal text of an entry, in order; total over any JSON. A command or event that is not declared is personal throughout. */
export function personalTexts(spoken: Spoken, declared: PersonalPaths, specOf: SpecOf): readonly FoundText[] {
  const { command, events = [], reasons = [], warnings = [] } = spoken;
  const found: FoundText[] = [];
  const look = (top: unknown, paths: readonly PersonalPath[], at: readonly string[]): void => {
    for (const path of paths) find({ top, path, specOf, found }, top, top, 0, '', at);
  };
  const of = (table: PersonalPaths['commands'], name: unknown): readonly PersonalPath[] =>
    typeof name === 'string' && Object.hasOwn(table, name) ? (table[name] ?? EVERYTHING) : EVERYTHING;
  look(command, of(declared.commands, memberOf(command, 'command')), ['command']);
  for (const [index, event] of events.entries())
    look(event, of(declared.events, memberOf(event, 'event')), ['events', String(index)]);
  for (const [index, reason] of reasons.entries()) look(reason, declared.reasons, ['reasons', String(index)]);
  for (const [index, reason] of warnings.entries()) look(reason, declared.reasons, ['warnings', String(index)]);
  return found;
}

interface Search {
  readonly top: unknown;
  readonly path: PersonalPath;
  readonly specOf: SpecOf;
  readonly found: FoundText[];
}

function find(
  search: Search,
  node: unknown,
  parent: unknown,
  depth: number,
  name: string,
  at: readonly string[],
): void {
  const { path, typed } = search.path;
  const member = path[depth];
  if (member === undefined) {
    if (typed === undefined) take(search, node, at);
    else takeTyped(search, node, search.specOf(typed, name, parent, search.top), at);
  } else if (member === '**') {
    takeAll(search, node, at);
  } else if (typeof node === 'object' && node !== null) {
    if (member !== '*') find(search, memberOf(node, member), node, depth + 1, name, [...at, member]);
    else for (const [key, one] of Object.entries(node)) find(search, one, node, depth + 1, key, [...at, key]);
  }
}

/** An empty text tells nothing of anybody. */
function take({ path, found }: Search, node: unknown, at: readonly string[]): void {
  if (typeof node === 'string' && node !== '') found.push({ at, text: node, generated: path.generated === true });
}

function takeTyped(search: Search, node: unknown, spec: Spec | undefined, at: readonly string[]): void {
  if (spec === undefined) takeAll(search, node, at);
  else if (spec.type === 'text' || spec.type === 'link') take(search, node, at);
  else if (spec.type === 'file') takeFile(search, node, at);
  else if (spec.type === 'rows') takeRows(search, node, spec, at);
}

/** Its name was typed by somebody; hash, size and type say nothing of anybody, and the hash must stay in the chain. */
function takeFile(search: Search, node: unknown, at: readonly string[]): void {
  if (isFileValue(node)) take(search, node.name, [...at, 'name']);
  else if (typeof node !== 'string' || !FILE_HASH.test(node)) takeAll(search, node, at);
}

function takeRows(search: Search, node: unknown, { fields }: Spec, at: readonly string[]): void {
  for (const [index, row] of entriesOf(node)) {
    for (const [key, cell] of entriesOf(row)) {
      const field = fields?.find((one) => one.field === key);
      takeTyped(search, cell, field, [...at, index, key]);
    }
  }
}

function takeAll(search: Search, node: unknown, at: readonly string[]): void {
  take(search, node, at);
  for (const [key, one] of entriesOf(node)) takeAll(search, one, [...at, key]);
}

function entriesOf(node: unknown): readonly (readonly [string, unknown])[] {
  return typeof node === 'object' && node !== null ? Object.entries(node) : [];
}

function memberOf(node: unknown, member: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, member)) return undefined;
  return (node as Readonly<Record<string, unknown>>)[member];
}

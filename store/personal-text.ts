/** Takes personal texts out of an entry before it is chained, and puts them back when it is read. */

import { randomBytes } from 'node:crypto';
import { ERASED, type FoundText } from '../engine/personal.ts';
import { sha256 } from './hash.ts';

/** What the chained entry says of a text that lies apart. */
export interface ApartText {
  /** JSON pointers (RFC 6901) into the entry: every place the text stands in. */
  readonly at: readonly string[];
  /** SHA-256 of the salt and the text: whoever has neither cannot guess the one from the digest. */
  readonly digest: string;
}

/** A text as it lies apart. The salt goes with it when it is erased. */
export type KeptText =
  | { readonly salt: string; readonly text: string; readonly generated?: true }
  /** Whose erasure it fell under. */
  | { readonly erased: string };

const SALT_BYTES = 16;

export function randomSalt(): string {
  return randomBytes(SALT_BYTES).toString('base64url');
}

export function digestOf(salt: string, text: string): string {
  return sha256(`${salt}:${text}`);
}

interface SetApart {
  readonly personal: readonly ApartText[];
  readonly apart: readonly KeptText[];
  readonly bare: object;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * `bare` is the entry with `null` in the place of each text; what it shares with `entry` nobody changes. The same text in
 * several places is kept once.
 *
 * @throws Error for half a character: it has no UTF-8 that a digest could be taken of
 */
export function setApart(entry: object, found: readonly FoundText[], newSalt: () => string): SetApart {
  const places = new Map<string, { at: string[]; generated: boolean }>();
  for (const { at, text, generated } of found) {
    const known = places.get(text);
    const pointer = at.map(escaped).join('');
    // What somebody typed is theirs, though Playrail quotes it too.
    if (known === undefined) places.set(text, { at: [pointer], generated });
    else places.set(text, { at: [...known.at, pointer], generated: known.generated && generated });
  }
  const kept = [...places].map(([text, { at, generated }]) => {
    if (LONE_SURROGATE.test(text)) throw new Error('a lone surrogate');
    const salt = newSalt();
    return {
      personal: { at, digest: digestOf(salt, text) },
      apart: { salt, text, ...(generated && { generated: true as const }) },
    };
  });
  const bare = emptied(
    entry,
    found.map(({ at }) => at),
  );
  return { personal: kept.map((one) => one.personal), apart: kept.map((one) => one.apart), bare };
}

/** A copy with `null` at each of these places, made along the ways to them. */
function emptied(root: object, places: readonly (readonly string[])[]): object {
  const copied = new Set<unknown>();
  const copyOf = (node: object): object => {
    const copy = Array.isArray(node) ? [...node] : { ...node };
    copied.add(copy);
    return copy;
  };
  const top = copyOf(root);
  for (const at of places) {
    let node = top;
    for (const member of at.slice(0, -1)) {
      const next: unknown = Object.hasOwn(node, member) ? Reflect.get(node, member) : undefined;
      if (typeof next !== 'object' || next === null) break;
      const copy = copied.has(next) ? next : copyOf(next);
      define(node, member, copy);
      node = copy;
    }
    put(top, at, null);
  }
  return top;
}

/** Changes the freshly parsed `entry`. @returns the pointers where a text was erased. */
export function putBack(entry: object, personal: readonly ApartText[], texts: readonly KeptText[]): readonly string[] {
  const erased: string[] = [];
  for (const [index, { at }] of personal.entries()) {
    const kept = texts[index];
    const text = kept !== undefined && 'text' in kept ? kept.text : ERASED;
    for (const pointer of at) {
      put(entry, membersOf(pointer), text);
      if (text === ERASED) erased.push(pointer);
    }
  }
  return erased;
}

/** Sets what the pointer leads to, where it leads anywhere; a member is never taken for something of the prototype's. */
export function put(root: object, at: readonly string[], value: string | null): void {
  let node: unknown = root;
  for (const member of at.slice(0, -1)) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, member)) return;
    node = Reflect.get(node, member);
  }
  const last = at.at(-1);
  if (last === undefined || typeof node !== 'object' || node === null || !Object.hasOwn(node, last)) return;
  define(node, last, value);
}

function define(node: object, member: string, value: unknown): void {
  Object.defineProperty(node, member, { value, enumerable: true, writable: true, configurable: true });
}

export function membersOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((member) => member.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escaped(member: string): string {
  return `/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

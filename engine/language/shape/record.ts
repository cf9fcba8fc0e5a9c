/** Maps with known keys: each key says its shape, whether it is required, and what it is for. */

import type { Text } from '../../playbook/text.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Entry, Node } from '../syntax/node.ts';
import { isMissing, wrongType } from './scalar.ts';
import type { Definitions, JsonSchema, Shape } from './shape.ts';

export interface Key<T, R extends boolean = boolean> {
  readonly shape: Shape<T>;
  readonly required: R;
  readonly doc: Text;
}

export type Keys = Readonly<Record<string, Key<unknown>>>;

type ValueOf<K> = K extends { readonly shape: Shape<infer T> } ? T : never;
type RequiredOf<K extends Keys> = { [P in keyof K]: K[P]['required'] extends true ? P : never }[keyof K];

export type RecordOf<K extends Keys> = {
  readonly [P in RequiredOf<K>]: ValueOf<K[P]>;
} & {
  readonly [P in Exclude<keyof K, RequiredOf<K>>]?: ValueOf<K[P]> | undefined;
} & {
  /** The first key: where the thing stands in the file. */
  readonly place: Place;
  /** Where each key that was written stands. */
  readonly keyPlaces: Readonly<Partial<Record<keyof K, Place>>>;
};

export function required<T>(shape: Shape<T>, zh: string, en: string): Key<T, true> {
  return { shape, required: true, doc: { zh, en } };
}

export function optional<T>(shape: Shape<T>, zh: string, en: string): Key<T, false> {
  return { shape, required: false, doc: { zh, en } };
}

export interface RecordShape<K extends Keys> extends Shape<RecordOf<K>> {
  readonly keys: K;
}

export function record<const K extends Keys>(name: Text, keys: K): RecordShape<K> {
  const known = Object.keys(keys);
  return {
    keys,
    name,
    parts: () => Object.values(keys).map((key) => key.shape),
    read: (node, report) => {
      if (node.kind !== 'map') return wrongType(node, name, report);
      const values: Record<string, unknown> = {};
      const keyPlaces: Record<string, Place> = {};
      let complete = true;
      for (const entry of node.entries) {
        const key = keys[entry.key.text];
        if (!key || !Object.hasOwn(keys, entry.key.text)) {
          const word = entry.key.text;
          report('unknown-key', entry.key.place, { key: word, in: name }, { hint: didYouMean(word, known) });
          complete = false;
          continue;
        }
        keyPlaces[entry.key.text] = entry.key.place;
        const value = readValue(entry, key, report);
        if (value === undefined) complete = false;
        else values[entry.key.text] = value;
      }
      const missing = Object.keys(keys).filter((key) => keys[key]?.required && !keyPlaces[key]);
      // A key that is not known is one that is needed, misspelt: one mistake, not two.
      const unknown = node.entries.filter((entry) => !Object.hasOwn(keys, entry.key.text)).length;
      for (const key of missing.slice(unknown)) report('missing-key', node.place, { key, in: name });
      if (missing.length > 0) complete = false;
      if (!complete) return undefined;
      // The one border where keys become properties: each was read by its own shape just above.
      return { ...values, place: node.place, keyPlaces } as unknown as RecordOf<K>;
    },
    schema: (definitions) => recordSchema(keys, definitions),
  };
}

function readValue(entry: Entry, key: Key<unknown>, report: Report): unknown {
  if (isMissing(entry.value)) {
    report('missing-value', entry.key.place, { key: entry.key.text, expected: key.shape.name });
    return undefined;
  }
  return key.shape.read(entry.value, report);
}

export function recordSchema(keys: Keys, definitions: Definitions): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [key, { shape, doc }] of Object.entries(keys)) {
    const schema = shape.schema(definitions);
    const description = `${doc.en}\n${doc.zh}`;
    // Draft-07 ignores what stands beside a $ref.
    properties[key] = '$ref' in schema ? { description, allOf: [schema] } : { description, ...schema };
  }
  const requiredKeys = Object.keys(keys).filter((key) => keys[key]?.required);
  return {
    type: 'object',
    properties,
    ...(requiredKeys.length > 0 ? { required: requiredKeys } : {}),
    additionalProperties: false,
  };
}

/** Alternatives told apart by which key they have: `{ fact: … }` or `{ evidence: … }`. */
export function variants<const V extends Readonly<Record<string, RecordShape<Keys>>>>(
  name: Text,
  alternatives: V,
): Shape<{ [P in keyof V]: { readonly kind: P; readonly body: ReadRecord<V[P]> } }[keyof V]> {
  const words = Object.keys(alternatives);
  type Result = { [P in keyof V]: { readonly kind: P; readonly body: ReadRecord<V[P]> } }[keyof V];
  return {
    name,
    read: (node, report) => {
      if (node.kind !== 'map') return wrongType(node, name, report);
      const chosen = node.entries.find((entry) => Object.hasOwn(alternatives, entry.key.text));
      if (!chosen) return noVariant(node, name, words, report);
      const kind = chosen.key.text;
      const body = alternatives[kind]?.read(node, report);
      // `kind` is a key of the alternatives and `body` was read by its shape.
      return body === undefined ? undefined : ({ kind, body } as unknown as Result);
    },
    parts: () => Object.values(alternatives),
    schema: (definitions) => ({ anyOf: words.map((word) => alternatives[word]?.schema(definitions) ?? {}) }),
  };
}

type ReadRecord<S> = S extends RecordShape<infer K> ? RecordOf<K> : never;

function noVariant(node: Node, name: Text, words: readonly string[], report: Report): undefined {
  if (node.kind !== 'map') return undefined;
  const first = node.entries[0]?.key;
  if (!first) report('no-variant', node.place, { in: name, words: words.join(', ') });
  else {
    const hint = didYouMean(first.text, words) ?? {
      zh: `可写：${words.join('、')}`,
      en: `it may be one of: ${words.join(', ')}`,
    };
    report('unknown-key', first.place, { key: first.text, in: name }, { hint });
  }
  return undefined;
}

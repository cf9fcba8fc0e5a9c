/** Lists, and maps whose keys the author chooses. */

import type { Text } from '../../playbook/text.ts';
import type { Node } from '../syntax/node.ts';
import { isMissing, isNull, wrongType } from './scalar.ts';
import type { Shape, Token } from './shape.ts';

export function list<T>(name: Text, item: Shape<T>, options: { readonly min?: number } = {}): Shape<readonly T[]> {
  const min = options.min ?? 0;
  return {
    name,
    parts: () => [item],
    schema: (definitions) => ({
      type: 'array',
      items: item.schema(definitions),
      ...(min > 0 ? { minItems: min } : {}),
    }),
    read: (node, report) => {
      if (node.kind !== 'list') return wrongType(node, name, report, hintForList(node));
      if (node.items.length < min) {
        report('empty-list', node.place, { expected: name });
        return undefined;
      }
      const values = node.items.map((one) =>
        isMissing(one) ? wrongType(one, item.name, report) : item.read(one, report),
      );
      return values.every((value) => value !== undefined) ? values.filter((value) => value !== undefined) : undefined;
    },
  };
}

/** One thing where a list of them is wanted. */
function hintForList(node: Node): Text | undefined {
  if (node.kind !== 'scalar' || isMissing(node) || node.text.length > 40) return undefined;
  return { zh: `请写 \`[ ${node.text} ]\``, en: `write \`[ ${node.text} ]\`` };
}

export interface MapEntry<T> {
  readonly key: Token<string>;
  readonly value: T;
}

/** Entries in the order written. @param options nullable: `null` is a value that `value` reads */
export function mapOf<T>(
  name: Text,
  key: Shape<Token<string>>,
  value: Shape<T>,
  { nullable = false }: { readonly nullable?: boolean } = {},
): Shape<readonly MapEntry<T>[]> {
  return {
    name,
    parts: () => [value],
    schema: (definitions) => {
      const { pattern } = key.schema(definitions);
      const schema = value.schema(definitions);
      return { type: 'object', additionalProperties: schema, ...(pattern ? { propertyNames: { pattern } } : {}) };
    },
    read: (node, report) => {
      if (node.kind !== 'map') return wrongType(node, name, report);
      const entries: MapEntry<T>[] = [];
      let complete = true;
      for (const entry of node.entries) {
        const name = key.read(entry.key, report);
        if (isMissing(entry.value) && !(nullable && isNull(entry.value))) {
          report('missing-value', entry.key.place, { key: entry.key.text, expected: value.name });
          complete = false;
          continue;
        }
        const read = value.read(entry.value, report);
        if (name === undefined || read === undefined) complete = false;
        else entries.push({ key: name, value: read });
      }
      return complete ? entries : undefined;
    },
  };
}

/** A short form or a long one: the first for plain words, the second for maps. */
export function wordOr<A, B>(short: Shape<A>, long: Shape<B>): Shape<A | B> {
  return {
    name: { zh: `${short.name.zh}，或${long.name.zh}`, en: `${short.name.en}, or ${long.name.en}` },
    parts: () => [short, long],
    schema: (definitions) => ({ anyOf: [short.schema(definitions), long.schema(definitions)] }),
    read: (node, report) => (node.kind === 'scalar' ? short.read(node, report) : long.read(node, report)),
  };
}

/** A list, or a map. */
export function listOr<A, B>(short: Shape<A>, long: Shape<B>): Shape<A | B> {
  return {
    name: { zh: `${short.name.zh}，或${long.name.zh}`, en: `${short.name.en}, or ${long.name.en}` },
    parts: () => [short, long],
    schema: (definitions) => ({ anyOf: [short.schema(definitions), long.schema(definitions)] }),
    read: (node, report) => (node.kind === 'list' ? short.read(node, report) : long.read(node, report)),
  };
}

/** Values of a scenario as a caller would send them: typed where the playbook says the type, texts as written otherwise. */

import type { FieldSource } from '../kinds/form.ts';
import { isMissing, readNumber, readYesNo } from '../shape/scalar.ts';
import type { Node } from '../syntax/node.ts';

/** Plain JSON; what does not fit its type is sent as written, for `decide` to refuse. */
export function rawValue(node: Node, typed: Pick<FieldSource, 'type' | 'fields'> | undefined): unknown {
  if (node.kind === 'list') return node.items.map((item) => rawItem(item, typed));
  if (node.kind === 'map') return rawMap(node, typed);
  if (isMissing(node)) return null;
  switch (typed?.type.value) {
    case 'number':
      return readNumber(node.text) ?? node.text;
    case 'yes_no':
      return readYesNo(node.text) ?? node.text;
    default:
      return node.text;
  }
}

function rawItem(node: Node, typed: Pick<FieldSource, 'type' | 'fields'> | undefined): unknown {
  return node.kind === 'map' ? rawMap(node, typed) : rawValue(node, undefined);
}

function rawMap(node: Node & { kind: 'map' }, typed: Pick<FieldSource, 'type' | 'fields'> | undefined): unknown {
  const columns = typed?.type.value === 'rows' ? typed.fields : undefined;
  return Object.fromEntries(
    node.entries.map(({ key, value }) => {
      const column = columns?.find((one) => one.key.value === key.text)?.value;
      return [key.text, rawValue(value, column)];
    }),
  );
}

/** The positioned document: what YAML text says, with the place of every token. */

import type { Place } from '../diagnostics/diagnostic.ts';

export type Node = ScalarNode | MapNode | ListNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** As written, unquoted; what it means is settled by the shape that reads it. */
  readonly text: string;
  readonly quoted: boolean;
  readonly place: Place;
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  /** The first key; of an empty map its brace. */
  readonly place: Place;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly place: Place;
}

/** The value of a key, when the node is a map that has it. */
export function valueAt(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key.text === key)?.value : undefined;
}

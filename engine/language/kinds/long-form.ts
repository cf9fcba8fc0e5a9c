/** The long form of a leaf, as json-rules-engine writes it, turned into our short one with its places kept. */

import { fromRulesEngine, isRulesEngineLeaf } from '../../condition/from-rules-engine.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import { readNumber } from '../shape/scalar.ts';
import { type MapNode, type Node, valueAt } from '../syntax/node.ts';

/** `{ fact, operator, value }`. */
export function isLongForm(node: MapNode): boolean {
  return isRulesEngineLeaf(Object.fromEntries(node.entries.map(({ key }) => [key.text, true])));
}

/** The same leaf in the short form, or nothing after reporting why there is none. */
export function shortForm(node: MapNode, report: Report): Node | undefined {
  const read = fromRulesEngine(jsonOf(node));
  if (!read.ok) {
    for (const { path, message, hint } of read.problems) {
      report('bad-long-form', placeAt(node, path), { key: path.join('.'), message }, { hint });
    }
    return undefined;
  }
  const value = valueAt(node, 'value');
  return nodeOf(read.condition, node, value?.place ?? node.place);
}

/** YAML as JSON would have it: unquoted numbers, true and false are not texts. */
function jsonOf(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(jsonOf);
  if (node.kind === 'map') return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, jsonOf(value)]));
  if (node.quoted) return node.text;
  if (node.text === 'true' || node.text === 'false') return node.text === 'true';
  return readNumber(node.text) ?? node.text;
}

/** What stands for a fact, an operator or a value keeps the place of the token it came from. */
function nodeOf(value: unknown, from: MapNode, place: Place): Node {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => nodeOf(item, from, place)), place };
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', text: String(value), quoted: true, place };
  const entries = Object.entries(value).map(([key, part]) => {
    const isSubject = key === 'fact' || key === 'field' || typeof part === 'object';
    const keyPlace = placeAt(from, [isSubject ? 'fact' : 'operator']);
    const at = key === 'fact' || key === 'field' ? (valueAt(from, 'fact')?.place ?? place) : place;
    return {
      key: { kind: 'scalar' as const, text: key, quoted: false, place: keyPlace },
      value: nodeOf(part, from, at),
    };
  });
  return { kind: 'map', entries, place: from.place };
}

function placeAt(node: Node, path: readonly (string | number)[]): Place {
  const [first, ...rest] = path;
  if (first === undefined) return node.place;
  if (node.kind === 'list') return placeAt(node.items[Number(first)] ?? node, node.items[Number(first)] ? rest : []);
  const entry = node.kind === 'map' ? node.entries.find(({ key }) => key.text === first) : undefined;
  if (!entry) return node.place;
  return rest.length === 0 ? entry.value.place : placeAt(entry.value, rest);
}

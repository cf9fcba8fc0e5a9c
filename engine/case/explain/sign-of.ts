/** On which side of turning a condition stands: below what it is compared with, at it, or above. */

import { type FactReader, factReader } from '../../condition/derived.ts';
import { truthOf } from '../../condition/evaluate.ts';
import type { Leaf } from '../../playbook/condition.ts';
import type { Value } from '../../playbook/value.ts';
import { measure } from './measure.ts';
import type { Situation } from './situation.ts';

type FactLeaf = Extract<Leaf, { kind: 'fact' }>;

/** -1, 0 or 1 with the set facts as read; undefined where there is nothing to compare. */
export type SignOf = (read: FactReader) => number | undefined;

/** What the leaf compares its fact with, as far as the playbook says it; a list of choices is one value of a `choices` fact. */
export function operandsOf({ operand, operator }: FactLeaf): readonly Value[] {
  if (operand.kind !== 'value' || operator === 'is_known') return [];
  const { value } = operand;
  if (!isList(value)) return [value];
  const texts = value.flatMap((item) => (typeof item === 'string' ? [item] : []));
  return texts.length > 0 ? [texts, ...texts] : value;
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

/** One for each value the leaf compares with. */
export function signsOf(leaf: FactLeaf, { facts, around }: Situation): readonly SignOf[] {
  const derived = (read: FactReader): FactReader => factReader(facts, read, around);
  const { operand } = leaf;
  if (operand.kind === 'duration') {
    return [
      (read) => ({ true: 1, false: -1, unknown: undefined })[`${truthOf(leaf, { ...around, fact: derived(read) })}`],
    ];
  }
  if (operand.kind === 'fact') {
    return [
      (read) => {
        const all = derived(read);
        return signOf(all(leaf.fact), all(operand.fact));
      },
    ];
  }
  return operandsOf(leaf)
    .filter((value) => measure(value) !== undefined)
    .map((value) => (read) => signOf(derived(read)(leaf.fact), value));
}

function signOf(value: Value | undefined, against: Value | undefined): number | undefined {
  const size = value === undefined ? undefined : measure(value);
  const other = against === undefined ? undefined : measure(against);
  return size === undefined || other === undefined ? undefined : Math.sign(size - other);
}

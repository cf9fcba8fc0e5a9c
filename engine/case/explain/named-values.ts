/** Values to try for facts because conditions name them: texts and choices alone, together, and others than those. */

import type { Fact, Value } from '../../playbook/value.ts';
import type { Situation } from './situation.ts';
import { subsetsOf } from './subsets-of.ts';

/** Of more choices than this, not every list is tried. */
const FEW = 5;

/**
 * Values that conditions name and, for types without a size, others and lists that hold some and not others.
 *
 * @param named what the conditions on the fact compare it with
 */
export function namedValues(spec: Fact, named: readonly Value[], { people }: Situation): readonly Value[] {
  const texts = named.filter((value) => typeof value === 'string');
  switch (spec.type) {
    case 'yes_no':
      return [true, false];
    case 'choice':
      return Object.keys(spec.choices ?? {});
    case 'choices':
      return [...listsIn(named), ...subsets(Object.keys(spec.choices ?? {}), texts)];
    case 'text':
      // With something else beside, so that they hold a word and yet are not it.
      return subsets(texts, texts).flatMap((some) => [some.join(' '), [...some, '-'].join(' ')]);
    case 'link':
      return [...texts, ...texts.map((text) => `https://example.com/?${text}`)];
    case 'person': {
      const active = Object.values(people?.by_id ?? {}).filter((person) => person.active);
      return [...texts, ...active.slice(0, texts.length + 1).map(({ person }) => person)];
    }
    default:
      return named;
  }
}

function listsIn(values: readonly Value[]): readonly (readonly string[])[] {
  return values.flatMap((value) =>
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? [value] : [],
  );
}

/** Every set of a few; of many, those named together, each by itself, and the named ones but one. */
function subsets(all: readonly string[], named: readonly string[]): readonly (readonly string[])[] {
  const distinct = [...new Set(all)];
  if (distinct.length <= FEW) return subsetsOf(distinct);
  const picked = distinct.filter((one) => named.includes(one));
  return [picked, ...distinct.map((one) => [one]), ...picked.map((one) => picked.filter((other) => other !== one))];
}

/** How the numbers of a column are written and in which currency, told from the values alone. */

import { NUMBER_STYLES, type NumberStyle } from '../../playbook/mapping.ts';
import { currenciesOf, readAmount } from '../amounts.ts';
import type { Column } from './profile.ts';

export interface NumberGuess {
  /** One; or several, where the values fit them all and mean different amounts. */
  readonly styles: readonly NumberStyle[];
  /** Currencies that the signs beside the amounts may stand for; none where there are no signs. */
  readonly currencies: readonly string[];
  readonly sign?: string;
  readonly isPercent: boolean;
  readonly fits: number;
  readonly of: number;
}

const ENOUGH = 0.95;

export function guessNumbers(column: Column): NumberGuess | undefined {
  const values = [...column.values.keys()];
  if (values.length === 0) return undefined;
  const read = NUMBER_STYLES.map((style) => {
    const amounts = values.map((value) => readAmount(value, style));
    return { style, amounts, fits: amounts.filter((amount) => amount !== undefined).length };
  });
  const most = Math.max(...read.map(({ fits }) => fits));
  if (most < values.length * ENOUGH) return undefined;
  const [first, ...others] = read.filter(({ fits }) => fits === most);
  if (first === undefined) return undefined;
  const differing = others.filter(({ amounts }) =>
    amounts.some((amount, index) => amount?.number !== first.amounts[index]?.number),
  );
  const signs = [...new Set(first.amounts.flatMap((amount) => amount?.sign ?? []))];
  // A column of texts that happen to begin with numbers is none of amounts.
  const isPercent = signs.length === 1 && signs[0] === '%';
  const named = signs.filter((sign) => sign !== '%').map(currenciesOf);
  if (named.some((codes) => codes.length === 0)) return undefined;
  const currencies =
    named.length === 0 ? [] : named.reduce((left, right) => left.filter((code) => right.includes(code)));
  return {
    styles: [first.style, ...differing.map(({ style }) => style)],
    currencies,
    ...(signs[0] !== undefined && { sign: signs[0] }),
    isPercent,
    fits: most,
    of: values.length,
  };
}

/** Compiles territories: plots and named accounts, each declared once. */

import type { Territory } from '../../playbook/territory.ts';
import type { Text } from '../../playbook/text.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { TerritorySource } from '../kinds/territory.ts';
import { checkUnique } from '../logic/unique-ids.ts';
import { compileCondition, factNamed } from './condition.ts';
import { type Index, isDeclared } from './index.ts';
import type { Scope } from './scope.ts';

const PLOT: Text = { zh: '井田', en: 'plot' };
const ACCOUNT: Text = { zh: '指名客户', en: 'named account' };

/** @param scope the cases of every pipeline it applies to */
export function compileTerritory(source: TerritorySource, index: Index, scope: Scope): Territory {
  for (const { value, place } of source.applies_to) {
    if (isDeclared('pipeline', value, index)) continue;
    scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  const { account, named = [] } = source;
  if (account) factNamed(account.value, account.place, scope);
  checkUnique(
    PLOT,
    source.plots.map(({ plot }) => plot),
    scope.report,
  );
  checkUnique(
    ACCOUNT,
    named.map((one) => one.account),
    scope.report,
  );
  return {
    territory: source.territory.value,
    title: source.title,
    applies_to: source.applies_to.map((one) => one.value),
    ...(account ? { account: account.value } : {}),
    named: named.map((one) => ({ account: one.account.value, owner: one.owner.value, at: one.place.at })),
    plots: source.plots.flatMap(({ plot, title, when: written, owner, place }) => {
      const when = compileCondition(written, scope);
      return when ? [{ plot: plot.value, title, when, owner: owner.value, at: place.at }] : [];
    }),
    at: source.place.at,
  };
}

/** What the plots of a territory say together: none that another hides, and no customers left out. */

import type { Territory } from '../../playbook/territory.ts';
import type { Fact } from '../../playbook/value.ts';
import type { Report } from '../diagnostics/report.ts';
import { reportContradictions } from './contradiction.ts';
import { normal } from './literal.ts';
import { advice, LOOKS, leftOver, reportHidden } from './table.ts';
import type { Budget } from './table-cover.ts';
import { spaceOf } from './table-space.ts';

/** @param facts of a pipeline it applies to; absent: none can be read */
export function checkTerritory(
  { plots, at }: Territory,
  facts: Readonly<Record<string, Fact>> | undefined,
  report: Report,
): void {
  for (const { when } of plots) reportContradictions([when], facts ?? {}, report);
  if (facts === undefined) return;
  const space = spaceOf(
    plots.map(({ when }) => normal(when)),
    facts,
  );
  const budget: Budget = { left: LOOKS };
  reportHidden(plots, space, budget, report);
  const gap = leftOver(space, budget);
  if (typeof gap === 'string') return;
  const help = { zh: '补一块井田，否则留给开案人', en: 'add a plot; such a case stays with whoever opens it' };
  report('plots-leave-out', { at }, {}, { hint: advice(space, gap, help) });
}

/** What a ladder says as a whole: rungs in order, one demand at the top, pauses that end. */

import type { Condition } from '../../playbook/condition.ts';
import { durationText } from '../../time/duration.ts';
import type { Report } from '../diagnostics/report.ts';
import type { LadderSource } from '../kinds/ladder.ts';
import { compareDurations } from './duration-order.ts';
import { leavesOf } from './leaves.ts';

export function checkLadder(source: LadderSource, pausesWhile: Condition | undefined, report: Report): void {
  checkOrder(source, report);
  const demanding = source.rungs.find((rung) => rung.demand);
  const resolve = source.ends_when.find((one) => one.value === 'resolve');
  if (demanding && !resolve) report('ladder-never-ends', source.keyPlaces.ends_when ?? source.place);
  if (!demanding && resolve) report('resolve-without-demand', resolve.place);
  if (source.pauses_while && !source.pause_budget) {
    report('pause-without-budget', source.keyPlaces.pauses_while ?? source.place);
  }
  for (const leaf of pausesWhile ? leavesOf(pausesWhile) : []) {
    const isFact = leaf.kind === 'fact' && leaf.operator !== 'within' && leaf.operator !== 'ago';
    if (!isFact) report('pause-not-facts', { at: leaf.at });
  }
}

function checkOrder({ rungs }: LadderSource, report: Report): void {
  rungs.forEach((rung, i) => {
    const before = rungs[i - 1];
    if (!before) return;
    const place = rung.after.place;
    const message = { zh: '前一档', en: 'the rung before' };
    const related = [{ place: before.after.place, message }];
    const order = compareDurations(before.after.value, rung.after.value);
    if (order === undefined)
      report('mixed-clocks', place, { other: durationText(before.after.value, 'en') }, { related });
    else if (order >= 0) report('rung-order', place, {}, { related });
    if (before.demand) {
      const demanded = { zh: '在这里要求决定', en: 'the decision is demanded here' };
      report('rung-after-demand', rung.place, {}, { related: [{ place: before.demand.place, message: demanded }] });
    }
  });
}

/** Holds rungs of waiting to the order of time. */

import { type Duration, durationText } from '../../time/duration.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Token } from '../shape/shape.ts';
import { compareDurations } from './duration-order.ts';

/** Reports each rung that does not come after the one before, or of which that cannot be told. */
export function checkRungOrder(rungs: readonly { readonly after: Token<Duration> }[], report: Report): void {
  rungs.forEach(({ after }, i) => {
    const before = rungs[i - 1]?.after;
    if (!before) return;
    const related = [{ place: before.place, message: { zh: '前一档', en: 'the rung before' } }];
    const order = compareDurations(before.value, after.value);
    if (order === undefined)
      report('mixed-clocks', after.place, { other: durationText(before.value, 'en') }, { related });
    else if (order >= 0) report('rung-order', after.place, {}, { related });
  });
}

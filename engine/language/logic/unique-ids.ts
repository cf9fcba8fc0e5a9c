/** Holds ids to standing for one thing each. */

import type { Text } from '../../playbook/text.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Token } from '../shape/shape.ts';

const FIRST = { zh: '第一次声明在这里', en: 'first declared here' };

/** Reports each id that stood before. @param kind what the ids are of: `stage`, `outcome` */
export function checkUnique(kind: Text, ids: readonly Token<string>[], report: Report): void {
  const seen = new Map<string, Place>();
  for (const { value, place } of ids) {
    const first = seen.get(value);
    if (first) report('duplicate-id', place, { kind, id: value }, { related: [{ place: first, message: FIRST }] });
    else seen.set(value, place);
  }
}

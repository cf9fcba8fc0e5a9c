/** Which cases measures count: leads, and what follows a deal, have measures of their own. */

import type { PlaybookSet } from '../playbook/set.ts';

const SUBJECT = 'opportunity';

/** The pipelines of opportunities. */
export function measuredPipelines({ rules }: PlaybookSet): readonly string[] {
  return Object.values(rules).flatMap(({ pipeline: one }) => (one.subject === SUBJECT ? [one.pipeline] : []));
}

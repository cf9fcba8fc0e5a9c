/** The flags of a case as people see them: what a ladder has flagged, and that it waits for a decision about the CRM. */

import type { CaseState } from './state.ts';

/** No ladder may flag so: it is not kept among the flags, which end with a stall. */
export const HELD_FLAG = 'changed-in-crm';

export function shownFlags({ flags, held }: CaseState): readonly string[] {
  return held === undefined ? flags : [...flags, HELD_FLAG];
}

/** Has a child tell its parent where it stands, once for all that a decision changed. */

import type { Draft } from '../draft.ts';
import type { CaseState } from '../state.ts';
import type { News, Standing } from './family.ts';

/** Adds `parent_told` where the parent does not know yet. */
export function tellParent(draft: Draft): void {
  const { state } = draft.view;
  if (state.parent === undefined) return;
  const { case: parent, told } = state.parent;
  const now = standingOf(state);
  if (told !== undefined && isSame(told, now)) return;
  const news: News = { n: (told?.n ?? 0) + 1, ...now };
  draft.add({ event: 'parent_told', parent, news });
}

function standingOf({ pipeline, stage, status, finished, owner }: CaseState): Standing {
  return { pipeline, stage, status, finished, owner };
}

function isSame(one: Standing, other: Standing): boolean {
  return (
    one.pipeline === other.pipeline &&
    one.stage === other.stage &&
    one.status === other.status &&
    one.finished === other.finished &&
    one.owner === other.owner
  );
}

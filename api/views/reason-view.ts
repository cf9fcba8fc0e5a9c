/** A reason as the API tells it: each unmet leaf also in words. */

import type { Reason } from '../../engine/case/outcome.ts';
import type { LeafResult } from '../../engine/condition/result.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { leafText } from './leaf-text.ts';
import type { Titles } from './titles.ts';

export interface ReasonView extends Reason {
  readonly unmet: readonly (LeafResult & { readonly text: Text })[];
}

const NO_TITLES: Titles = {
  facts: new Map(),
  evidence: new Map(),
  milestones: new Map(),
  stages: new Map(),
  activities: new Map(),
};

/** Without titles things are called by their ids. */
export function reasonView(reason: Reason, titles: Titles = NO_TITLES): ReasonView {
  return { ...reason, unmet: reason.unmet.map((leaf) => ({ ...leaf, text: leafText(leaf, titles) })) };
}

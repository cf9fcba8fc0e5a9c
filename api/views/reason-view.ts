/** A reason as the API tells it: each unmet leaf also in words, people also by name. */

import type { Reason } from '../../engine/case/outcome.ts';
import type { LeafResult } from '../../engine/condition/result.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { leafText } from './leaf-text.ts';
import { titlesOf } from './titles.ts';

export interface ReasonView extends Reason {
  readonly unmet: readonly (LeafResult & { readonly text: Text })[];
}

export function reasonView(reason: Reason, rules: Rules): ReasonView {
  const titles = titlesOf(rules);
  return { ...reason, unmet: reason.unmet.map((leaf) => ({ ...leaf, text: leafText(leaf, titles) })) };
}

/** Finds what is to be drawn among the kinds that can be. */

import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { drawApproval } from './draw-approval.ts';
import { drawDecision } from './draw-decision.ts';
import { drawPipeline } from './draw-pipeline.ts';

/** Mermaid text, or nothing where the set has nothing of that name. */
type Drawer = (set: PlaybookSet, name: string, lang: Lang) => string | undefined;

/** Kind → how it is drawn. */
export const DRAWERS: Readonly<Record<string, Drawer>> = {
  pipeline: drawPipeline,
  decision: drawDecision,
  approval: drawApproval,
};

export interface Drawing {
  readonly kind: string;
  readonly mermaid: string;
}

/** One for each kind that has something of that name. */
export function drawAll(set: PlaybookSet, name: string, lang: Lang): readonly Drawing[] {
  return Object.entries(DRAWERS).flatMap(([kind, draw]) => {
    const mermaid = draw(set, name, lang);
    return mermaid === undefined ? [] : [{ kind, mermaid }];
  });
}

/** The kinds of playbook there are, and those that are still to come. */

import { approval } from './approval.ts';
import { calendar } from './calendar.ts';
import { coaching } from './coaching.ts';
import { decision } from './decision.ts';
import { diagnosis } from './diagnosis.ts';
import { gate } from './gate.ts';
import { knowledge } from './knowledge.ts';
import { ladder } from './ladder.ts';
import { mapping } from './mapping.ts';
import { pipeline } from './pipeline.ts';
import { rhythm } from './rhythm.ts';
import { roles } from './roles.ts';
import { scenarios } from './scenarios.ts';
import { scorecard } from './scorecard.ts';
import { territory } from './territory.ts';

export const KINDS = {
  pipeline,
  gate,
  ladder,
  approval,
  decision,
  diagnosis,
  coaching,
  rhythm,
  scorecard,
  calendar,
  roles,
  mapping,
  knowledge,
  territory,
  scenarios,
} as const;

export type KindName = keyof typeof KINDS;

export const KINDS_LATER = ['funnel', 'targets'] as const;

/** The name a file of this kind and id must have. */
export function fileNameOf(kind: KindName, id: string): string {
  return kind === 'scenarios' ? `${id}.scenarios.yaml` : `${id}.yaml`;
}

/** The kinds of playbook there are, and those that are still to come. */

import { calendar } from './calendar.ts';
import { gate } from './gate.ts';
import { ladder } from './ladder.ts';
import { pipeline } from './pipeline.ts';
import { roles } from './roles.ts';

export const KINDS = { pipeline, gate, ladder, calendar, roles } as const;

export type KindName = keyof typeof KINDS;

export const KINDS_LATER = [
  'approval',
  'decision',
  'coaching',
  'rhythm',
  'diagnosis',
  'scorecard',
  'funnel',
  'targets',
  'knowledge',
] as const;

/** The name a file of this kind and id must have. */
export function fileNameOf(kind: KindName, id: string): string {
  const name: string = kind;
  return name === 'scenarios' ? `${id}.scenarios.yaml` : `${id}.yaml`;
}

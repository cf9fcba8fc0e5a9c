/** Checks that a case is lost for a reason of its playbook's list. */

import { shown } from '../form/problems.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import { lookUp } from './look-up.ts';
import { misfit } from './no.ts';
import type { Problem } from './outcome.ts';

/** @param path JSON pointer into the command */
export function checkLostReason(pipeline: Pipeline, reason: string | undefined, path: string): readonly Problem[] {
  const known = Object.keys(pipeline.lost_reasons).map(shown).join(', ');
  if (reason === undefined) return [misfit('lost-reason-missing', path, known)];
  if (lookUp(pipeline.lost_reasons, reason) !== undefined) return [];
  return [misfit('lost-reason-unknown', path, shown(reason), known)];
}

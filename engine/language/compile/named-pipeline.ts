/** Looks for the pipeline that an action or a condition names beside the one it stands in. */

import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Token } from '../shape/shape.ts';
import type { Scope } from './scope.ts';

/** Whether there is one, as far as can be known; reports where there is none. */
export function isPipelineNamed({ value, place }: Token<string>, scope: Scope): boolean {
  if (scope.isDeclared(value)) return true;
  scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, scope.pipelines.keys()) });
  return false;
}

/** Compiles gates. */

import type { Gate } from '../../playbook/gate.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { GateSource } from '../kinds/gate.ts';
import { compileCondition } from './condition.ts';
import { compileEvidence } from './evidence.ts';
import { type Index, isDeclared } from './index.ts';
import type { Scope } from './scope.ts';
import { compileWaiver } from './waiver.ts';

/** @param scope the cases of every pipeline the gate applies to */
export function compileGate(source: GateSource, index: Index, scope: Scope): Gate | undefined {
  for (const { value, place } of source.applies_to) {
    if (isDeclared('pipeline', value, index)) continue;
    scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  const when = compileCondition(source.when, scope);
  const evidence = (source.evidence ?? []).map((one) => compileEvidence(one, scope));
  const waiver = source.waiver && compileWaiver(source.waiver, scope);
  if (source.waiver && source.at.value === 'open') scope.report('waiver-at-opening', source.waiver.place);
  if (!when) return undefined;
  return {
    gate: source.gate.value,
    title: source.title,
    applies_to: source.applies_to.map((one) => one.value),
    at_point: source.at.value,
    mode: source.mode?.value ?? 'enforce',
    when,
    otherwise: source.otherwise,
    evidence,
    ...(waiver ? { waiver } : {}),
    at: source.place.at,
  };
}

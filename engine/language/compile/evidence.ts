/** Compiles evidence rules of stages and gates. */

import type { EvidenceRule } from '../../playbook/pipeline.ts';
import type { EvidenceSource } from '../kinds/evidence.ts';
import { compileFields } from './form.ts';
import type { Scope } from './scope.ts';
import { compileWho } from './who.ts';

export function compileEvidence(source: EvidenceSource, scope: Scope): EvidenceRule {
  const acceptor = source.accepted_by;
  if (acceptor?.value === 'owner') scope.report('own-acceptance', acceptor.place);
  const accepted_by =
    acceptor && compileWho(acceptor, scope, acceptor.value === 'owner' ? undefined : 'accept_evidence');
  return {
    evidence: source.evidence.value,
    title: source.title,
    fields: compileFields(source.fields, scope),
    ...(accepted_by ? { accepted_by } : {}),
    ...(source.fresh_for ? { fresh_for: source.fresh_for.value } : {}),
    at: source.place.at,
  };
}

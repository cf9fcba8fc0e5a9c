/** `submit_evidence`, `withdraw_evidence`, `accept_evidence`, `reject_evidence`: what speaks for a stage, and who judges it. */

import { checkAnswers } from '../../form/check-answers.ts';
import { shown } from '../../form/problems.ts';
import type { EvidenceRule } from '../../playbook/pipeline.ts';
import { whyNot } from '../../who/authority.ts';
import { SYSTEM } from '../../who/rights.ts';
import { acceptorsOf, authorityFor, isOwn, maySettle } from '../acceptors.ts';
import { answerContext } from '../answer-context.ts';
import { endStallByActivity } from '../clock.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome } from '../outcome.ts';
import { indexOf } from '../rules-of.ts';
import { goBackUnsupported } from '../stage-moves.ts';
import type { EvidenceEntry } from '../state.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

/**
 * Takes the place of what was submitted before. Evidence that was accepted waits for acceptance again; that is no
 * withdrawal, so the case does not fall back.
 */
export const submitEvidence: Handler<'submit_evidence'> = (context, { evidence, fields }) => {
  const { at, actor } = context;
  const rule = indexOf(context.rules).evidence.get(evidence);
  if (rule === undefined) return unknown(evidence);
  const answers = checkAnswers(rule.fields, fields, answerContext(context, '/fields'));
  if (!answers.ok) return invalid(...answers.problems);
  const { owner } = context.state;
  const submitted = {
    fields: answers.values,
    submitted_by: actor,
    submitted_at: at,
    ...(owner !== actor && { submitted_for: owner }),
  };
  const entry: EvidenceEntry =
    rule.accepted_by === undefined
      ? { status: 'accepted', ...submitted, settled_by: SYSTEM, settled_at: at }
      : withAsked(context, rule, { status: 'submitted', ...submitted });
  const draft = draftOf(context).add({ event: 'evidence_submitted', evidence, entry });
  endStallByActivity(draft, at);
  return draft.accepted();
};

/** Whom to ask depends on who submitted. */
function withAsked(context: CommandContext, rule: EvidenceRule, entry: EvidenceEntry): EvidenceEntry {
  const { state } = context;
  const after = { ...context, state: { ...state, evidence: { ...state.evidence, [rule.evidence]: entry } } };
  return { ...entry, asked: acceptorsOf(after, rule) };
}

export const withdrawEvidence: Handler<'withdraw_evidence'> = (context, { evidence, reason }) => {
  if (!indexOf(context.rules).evidence.has(evidence)) return unknown(evidence);
  if (!isThere(context, evidence)) return refused(notThere(context, evidence));
  const draft = draftOf(context);
  draft.add({ event: 'evidence_withdrawn', evidence, ...(reason !== undefined && { reason }) });
  goBackUnsupported(draft, evidence);
  return draft.accepted();
};

export const acceptEvidence: Handler<'accept_evidence'> = (context, { evidence, note }) => {
  const no = notToAccept(context, evidence);
  if (no !== undefined) return no;
  return draftOf(context)
    .add({ event: 'evidence_accepted', evidence, ...(note !== undefined && { note }) })
    .accepted();
};

/** What was accepted can be rejected later, when it turns out not to hold. */
export const rejectEvidence: Handler<'reject_evidence'> = (context, { evidence, reason }) => {
  const no = notToReject(context, evidence);
  if (no !== undefined) return no;
  const draft = draftOf(context).add({ event: 'evidence_rejected', evidence, reason });
  goBackUnsupported(draft, evidence);
  return draft.accepted();
};

/** Why the actor cannot accept it; absent where they can. */
export function notToAccept(context: CommandContext, evidence: string): Outcome<CaseEvent> | undefined {
  const rule = indexOf(context.rules).evidence.get(evidence);
  if (rule === undefined) return unknown(evidence);
  const no = barred(context, rule);
  if (no !== undefined) return no;
  if (lookUp(context.state.evidence, evidence)?.status === 'submitted') return undefined;
  return refused(refusal('evidence-not-waiting', [evidence], { about: `evidence ${evidence}`, rule: rule.at }));
}

/** Why the actor cannot reject it; absent where they can. */
export function notToReject(context: CommandContext, evidence: string): Outcome<CaseEvent> | undefined {
  const rule = indexOf(context.rules).evidence.get(evidence);
  if (rule === undefined) return unknown(evidence);
  const no = barred(context, rule);
  if (no !== undefined) return no;
  return isThere(context, evidence) ? undefined : refused(notThere(context, evidence));
}

function unknown(evidence: string): Outcome<CaseEvent> {
  return invalid(misfit('evidence-unknown', '/evidence', shown(evidence)));
}

function barred(context: CommandContext, rule: EvidenceRule): Outcome<CaseEvent> | undefined {
  if (isOwn(context, rule.evidence, context.actor)) return forbidden('own-evidence');
  if (maySettle(context, rule, context.actor)) return undefined;
  const authority = authorityFor(context, rule);
  const why = authority && whyNot(authority, context.actor);
  return why === undefined ? forbidden('not-an-acceptor', rule.evidence) : forbidden('no-authority', why);
}

function isThere({ state }: CommandContext, evidence: string): boolean {
  const status = lookUp(state.evidence, evidence)?.status;
  return status === 'submitted' || status === 'accepted';
}

function notThere({ rules }: CommandContext, evidence: string) {
  const rule = indexOf(rules).evidence.get(evidence)?.at;
  return refusal('evidence-not-there', [evidence], {
    about: `evidence ${evidence}`,
    ...(rule !== undefined && { rule }),
  });
}

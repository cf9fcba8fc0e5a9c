/** Makes the evidence of a case ready to show: what its stage asks, what was ever submitted, what is owed. */

import { acceptorsOf } from '../../engine/case/acceptors.ts';
import { type CaseView, seenIn } from '../../engine/case/case-view.ts';
import type { EvidenceRule } from '../../engine/playbook/pipeline.ts';
import { addDuration } from '../../engine/time/calendar.ts';
import type { EvidenceStanding, EvidenceView } from './case-detail.ts';
import { personRef } from './person-ref.ts';

interface Declared {
  readonly rule: EvidenceRule;
  readonly stage?: string;
}

/** Those of the case's stage, of gates, and whatever else was submitted, owed or required. */
function declaredEvidence({ rules, state }: CaseView): Declared[] {
  const mentioned = new Set([
    ...Object.keys(state.evidence),
    ...state.required,
    ...state.debts.map((debt) => debt.evidence),
  ]);
  const ofStages = rules.pipeline.stages.flatMap((stage) =>
    stage.evidence
      .filter((rule) => stage.stage === state.stage || mentioned.has(rule.evidence))
      .map((rule) => ({ rule, stage: stage.stage })),
  );
  return [...ofStages, ...rules.gates.flatMap((gate) => gate.evidence.map((rule) => ({ rule })))];
}

function evidenceView(view: CaseView, { rule, stage }: Declared): EvidenceView {
  const { state, world, calendar } = view;
  const entry = state.evidence[rule.evidence];
  const isOwed = state.debts.some((debt) => debt.evidence === rule.evidence);
  const seen = seenIn(view).evidence(rule.evidence).standing;
  const standing: EvidenceStanding = entry === undefined && isOwed ? 'owed' : seen;
  const isAccepted = entry?.status === 'accepted' && entry.settled_at !== undefined;
  return {
    evidence: rule.evidence,
    title: rule.title,
    ...(stage !== undefined && { stage }),
    standing,
    required: state.required.includes(rule.evidence),
    ...(entry !== undefined && {
      fields: entry.fields,
      submitted_by: personRef(world.people, entry.submitted_by),
      submitted_at: entry.submitted_at,
    }),
    ...(entry?.settled_by !== undefined && { settled_by: personRef(world.people, entry.settled_by) }),
    ...(entry?.settled_at !== undefined && { settled_at: entry.settled_at }),
    ...(isAccepted &&
      rule.fresh_for !== undefined &&
      entry.settled_at !== undefined && { fresh_until: addDuration(calendar, entry.settled_at, rule.fresh_for) }),
    ...(entry?.status === 'submitted' && {
      can_accept: acceptorsOf(view, rule).map((person) => personRef(world.people, person)),
    }),
    rule: rule.at,
  };
}

export function makeEvidenceViews(view: CaseView): EvidenceView[] {
  return declaredEvidence(view).map((declared) => evidenceView(view, declared));
}

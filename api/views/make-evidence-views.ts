/** Makes the evidence of a case ready to show: what its stage asks, what was ever submitted, what is owed. */

import { seenBy } from '../../engine/case/seen-of.ts';
import type { EvidenceEntry } from '../../engine/case/state.ts';
import type { EvidenceRule } from '../../engine/playbook/pipeline.ts';
import { addDuration } from '../../engine/time/calendar.ts';
import { superiorsOf } from '../../engine/who/reporting-line.ts';
import { resolveWho } from '../../engine/who/resolve-who.ts';
import { type CaseContext, personRef } from './case-context.ts';
import type { PersonRef } from './case-row.ts';
import type { EvidenceStanding, EvidenceView } from './case-view.ts';
import { factValueOf } from './fact-values.ts';

interface Declared {
  readonly rule: EvidenceRule;
  readonly stage?: string;
}

/** Those of the case's stage, of gates, and whatever else was submitted, owed or required. */
function declaredEvidence({ rules, state }: CaseContext): Declared[] {
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

/** Never the one who submitted it, never the owner; where that leaves nobody, whoever stands above. */
function acceptors(context: CaseContext, rule: EvidenceRule, entry: EvidenceEntry): PersonRef[] {
  if (rule.accepted_by === undefined) return [];
  const { state, world } = context;
  const fact = (name: string) => factValueOf(context, name);
  const isFree = (person: string) => person !== entry.submitted_by && person !== state.owner;
  const named = resolveWho(world.people, rule.accepted_by, { owner: state.owner, fact });
  const free = named.filter(isFree);
  const above = named.flatMap((person) => superiorsOf(world.people, person).map((superior) => superior.person));
  const first = free.length > 0 ? free : above.filter(isFree).slice(0, 1);
  return first.map((person) => personRef(world.people, person));
}

function evidenceView(context: CaseContext, { rule, stage }: Declared): EvidenceView {
  const { state, world, calendar, rules } = context;
  const entry = state.evidence[rule.evidence];
  const isOwed = state.debts.some((debt) => debt.evidence === rule.evidence);
  const seen = seenBy(rules, calendar, state, { now: world.now }).evidence(rule.evidence).standing;
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
      submitted_by: entry.submitted_by,
      submitted_at: entry.submitted_at,
    }),
    ...(entry?.settled_by !== undefined && { settled_by: entry.settled_by }),
    ...(entry?.settled_at !== undefined && { settled_at: entry.settled_at }),
    ...(isAccepted &&
      rule.fresh_for !== undefined &&
      entry.settled_at !== undefined && { fresh_until: addDuration(calendar, entry.settled_at, rule.fresh_for) }),
    ...(entry?.status === 'submitted' && { can_accept: acceptors(context, rule, entry) }),
    rule: rule.at,
  };
}

export function makeEvidenceViews(context: CaseContext): EvidenceView[] {
  return declaredEvidence(context).map((declared) => evidenceView(context, declared));
}

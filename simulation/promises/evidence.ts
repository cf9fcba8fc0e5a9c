/** What is promised of evidence: who may settle it, and what it holds up. */

import type { CaseEvent } from '../../engine/case/event.ts';
import { personOf } from '../../engine/who/reporting-line.ts';
import type { Hindsight } from '../oracle/hindsight.ts';
import { asked, couldHold, leavesOf } from '../oracle/judge.ts';
import type { CaseTurn, Complaint, Promised } from './promise.ts';

function nobodySettlesTheirOwn(event: CaseEvent, { story, turn }: CaseTurn): Complaint {
  if (event.event !== 'evidence_accepted' && event.event !== 'evidence_rejected') return undefined;
  const { owner, evidence } = story.at(turn.now);
  const { submitted_by, submitted_for } = evidence[event.evidence] ?? {};
  const own = [owner, submitted_by, submitted_for].includes(event.by);
  return own ? `${event.by} settled their own ${event.evidence}` : undefined;
}

/** Accepted without anybody: only where the playbook asks nobody. */
function silenceNeverApproves(event: CaseEvent, { story, turn, body }: CaseTurn): Complaint {
  if (event.event === 'evidence_accepted') {
    const isPerson = personOf(turn.scene.people, event.by)?.active === true;
    return isPerson && body.command === 'accept_evidence' ? undefined : `accepted by ${event.by} with ${body.command}`;
  }
  if (event.event !== 'evidence_submitted' || event.entry.status !== 'accepted') return undefined;
  const { pipeline, gates } = story.at(turn.now).rules;
  const rule = [...pipeline.stages, ...gates]
    .flatMap((one) => one.evidence)
    .find((one) => one.evidence === event.evidence);
  return rule?.accepted_by === undefined ? undefined : `${event.evidence} was accepted unasked`;
}

/** The first stage already left that rested on the evidence and could not be left without it. */
function unsupported(sight: Hindsight, evidence: string): string | undefined {
  const { pipeline } = sight.rules;
  const numberOf = (stage: string) => pipeline.stages.findIndex((one) => one.stage === stage);
  const passed = pipeline.stages.slice(numberOf(sight.openedStage), numberOf(sight.stage));
  const rests = (condition: Parameters<typeof couldHold>[0]): boolean =>
    leavesOf(condition, sight.rules).some((one) => one.kind === 'evidence' && one.evidence === evidence);
  return passed.find((stage) =>
    asked(pipeline, numberOf(stage.stage))
      .filter(rests)
      .some((condition) => !couldHold(condition, sight)),
  )?.stage;
}

function neverHigherThanSupported(event: CaseEvent, { story, turn, events }: CaseTurn): Complaint {
  if (event.event !== 'evidence_rejected' && event.event !== 'evidence_withdrawn') return undefined;
  const sight = story.at(turn.now);
  const entry = sight.evidence[event.evidence];
  if (entry === undefined) return `${event.evidence} was never there`;
  const status = event.event === 'evidence_rejected' ? 'rejected' : 'withdrawn';
  const lost = unsupported(
    { ...sight, evidence: { ...sight.evidence, [event.evidence]: { ...entry, status } } },
    event.evidence,
  );
  const fallen = events.find((one) => one.event === 'stage_entered')?.stage;
  return fallen === lost
    ? undefined
    : `without ${event.evidence} it falls to ${lost ?? 'nowhere'}, not to ${fallen ?? 'nowhere'}`;
}

/** An import at a later stage owes all that the stages before it ask for, and nobody else owes anything. */
function lateImportsOwe(event: CaseEvent, { story, turn }: CaseTurn): Complaint {
  if (event.event !== 'case_opened') return undefined;
  const { rules } = story.foretold([event]).at(turn.now);
  const { pipeline } = rules;
  const isOwing = event.source !== undefined && !event.ungated;
  const reached = isOwing ? pipeline.stages.findIndex((one) => one.stage === event.stage) : 0;
  const before = pipeline.stages.slice(0, reached).flatMap((_stage, step) => asked(pipeline, step));
  const wanted = before
    .flatMap((condition) => leavesOf(condition, rules))
    .flatMap((leaf) => (leaf.kind === 'evidence' ? [leaf.evidence] : []));
  const owed = event.debts.flatMap((debt) => debt.evidence ?? []);
  const missing = wanted.find((one) => !owed.includes(one)) ?? owed.find((one) => !wanted.includes(one));
  if (missing !== undefined) return `${missing} is not owed as it should be`;
  return event.debts.every((debt) => /^\d{4}-\d{2}-\d{2}$/u.test(debt.due_on)) ? undefined : 'a debt without a day';
}

export const EVIDENCE_PROMISES: readonly Promised[] = [
  {
    name: 'nobody-settles-their-own',
    sentence: 'nobody approves their own submission, directly, by role, by delegation or by substitution',
    checks: { caseEvent: nobodySettlesTheirOwn },
  },
  {
    name: 'silence-never-approves',
    sentence: 'silence never approves',
    checks: { caseEvent: silenceNeverApproves },
  },
  {
    name: 'never-higher-than-supported',
    sentence:
      'a stage is never higher than accepted evidence supports; rejection or withdrawal of evidence makes it fall back',
    checks: { caseEvent: neverHigherThanSupported },
  },
  {
    name: 'late-imports-owe',
    sentence: 'a deal imported at a late stage starts with such debt and a date',
    checks: { caseEvent: lateImportsOwe },
  },
];

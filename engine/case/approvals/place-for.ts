/** The place from which somebody speaks in an approval: their seat at the step whose turn it is, or why they have none. */

import { shown } from '../../form/problems.ts';
import { changesBetween, isDigestOf } from '../../parts/approval/content.ts';
import type { ApprovalRecord, StepRecord } from '../../parts/approval/record.ts';
import { openSeats, type Seat, seatsOf } from '../../parts/approval/voices.ts';
import type { Approval } from '../../playbook/approval.ts';
import { seenIn } from '../case-view.ts';
import type { CommandContext } from '../commands/handler.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome } from '../outcome.ts';
import { benchesOf, isOwnSubmission } from './bench-of.ts';
import { benchesIn, currentTurn } from './settle-approvals.ts';
import { applies, approvalIn, notUnderReview, recordOf, unknownApproval } from './standing.ts';

export interface Place {
  readonly rule: Approval;
  readonly record: ApprovalRecord;
  readonly step: string;
  readonly seat: Seat;
  readonly entry: StepRecord;
  readonly on_behalf_of?: string;
}

/** What names a place: of several seats open to the actor it is the one that fewest others could take. */
export interface Naming {
  readonly approval: string;
  /** Absent: the step at which the actor is asked. */
  readonly step?: string;
  /** Of what was seen. */
  readonly digest?: string;
}

export function placeFor(
  context: CommandContext,
  { approval, step: named, digest }: Naming,
): Place | Outcome<CaseEvent> {
  const { actor, state } = context;
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  if (named !== undefined && !rule.turns.flat().some(({ step }) => step === named)) {
    return invalid(misfit('approval-step-unknown', '/step', shown(named)));
  }
  const closed = notUnderReview(context, rule);
  if (closed !== undefined) return refused(closed);
  const record = recordOf(state, approval);
  if (record === undefined) return unknownApproval(approval);
  if (isOwnSubmission(context, record, actor)) return forbidden('own-submission');
  const isActor = ({ person }: { readonly person: string }): boolean => person === actor;
  const [first] = [...benchesIn(context, approval, currentTurn(context, rule, record) ?? [])]
    .filter(([step]) => named === undefined || step === named)
    .flatMap(([step, bench]) => openSeats(bench).map((seat) => ({ step, seat })))
    .filter(({ seat }) => seat.asks.some(isActor) || seat.may.includes(actor))
    .sort((a, b) => a.seat.asks.length - b.seat.asks.length);
  const entry = first && lookUp(record.steps, first.step);
  if (first === undefined || entry === undefined) return noPlace(context, rule, record);
  if (digest !== undefined && !isDigestOf(digest, entry.digest)) return outdated(rule, record, first.step, digest);
  const behalf = first.seat.asks.find(isActor)?.on_behalf_of;
  return { rule, record, ...first, entry, ...(behalf !== undefined && { on_behalf_of: behalf }) };
}

/** Their voice is given, their turn has not come, or they are not asked at all. */
function noPlace(context: CommandContext, rule: Approval, record: ApprovalRecord): Outcome<CaseEvent> {
  const { actor } = context;
  const { approval } = rule;
  const about = { about: `approval ${approval}`, rule: rule.at };
  const spoken = Object.values(record.steps).flatMap(({ answers }) => Object.values(answers));
  if (spoken.some(({ by, on_behalf_of: place }) => by === actor || place === actor)) {
    return refused(refusal('voice-given', [approval], about));
  }
  const seen = seenIn(context);
  const later = rule.turns
    .map((turn) => turn.filter((step) => applies(step, seen)))
    .flatMap((turn) => [...benchesOf(context, record, turn)])
    .find(([, bench]) => seatsOf(bench).some((seat) => isFor(seat, actor)));
  const step = later?.[0];
  return step === undefined
    ? forbidden('not-asked', approval)
    : refused(refusal('turn-not-come', [approval, step], about));
}

function isFor({ asks, may }: Seat, actor: string): boolean {
  return may.includes(actor) || asks.some(({ person }) => person === actor);
}

function outdated(rule: Approval, record: ApprovalRecord, step: string, digest: string): Outcome<CaseEvent> {
  const entry = lookUp(record.steps, step);
  const before = lookUp(record.before, step);
  const isKnown = before !== undefined && isDigestOf(digest, before.digest);
  const changes = isKnown && entry !== undefined ? changesBetween(before.content, entry.content) : [];
  const names = changes.map(({ name }) => `\`${name}\``).join(', ');
  const more = { about: `approval ${rule.approval}`, rule: rule.at, ...(changes.length > 0 && { changes }) };
  return refused(refusal('approval-outdated', [rule.approval, names], more));
}

/** `add_signer`, `remove_signer`, `transfer`, `delegate`: whom else somebody who is asked brings in, or gives it to. */

import type { Signer } from '../../parts/approval/record.ts';
import { coveringLine } from '../../who/authority.ts';
import { isOwnSubmission, mayApprove } from '../approvals/bench-of.ts';
import { type Place, placeFor } from '../approvals/place-for.ts';
import { approvalIn, notUnderReview, recordOf, unknownApproval } from '../approvals/standing.ts';
import { whoContextOf } from '../case-view.ts';
import { checkPerson } from '../check-person.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, refusal, refused } from '../no.ts';
import type { Outcome } from '../outcome.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

/** Before (前加签): the adder is asked once the signer has agreed. After (后加签): the signer once the adder has. */
export const addSigner: Handler<'add_signer'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { person, when } = command;
  const no = barredFrom(context, place, person, '/person');
  if (no !== undefined) return no;
  const { rule, step, seat, entry } = place;
  const signer = `${seat.seat}+${Object.keys(entry.signers ?? {}).length + 1}`;
  return draftOf(context)
    .add({ event: 'approval_signer_added', approval: rule.approval, step, seat: seat.seat, signer, person, when })
    .accepted();
};

/** Only by who added them, and only while they have not answered (减签). */
export const removeSigner: Handler<'remove_signer'> = (context, command) => {
  const place = placeOfAdder(context, command.approval);
  if ('outcome' in place) return place;
  const { record, rule } = place;
  const about = { about: `approval ${rule.approval}`, rule: rule.at };
  const added = Object.entries(record.steps).flatMap(([step, { signers = {}, answers }]) =>
    Object.entries(signers)
      .filter(([, signer]) => signer.person === command.person)
      .map(([id, signer]) => ({ step, id, signer, isAnswered: Object.hasOwn(answers, id) })),
  );
  const [first] = added.filter(({ signer }) => signer.by === context.actor);
  if (added.length === 0) return refused(refusal('signer-not-added', [command.person], about));
  if (first === undefined) return forbidden('not-your-signer', command.person);
  if (first.isAnswered) return refused(refusal('signer-answered', [command.person], about));
  const { step, id: signer } = first;
  return draftOf(context)
    .add({ event: 'approval_signer_removed', approval: rule.approval, step, signer, person: command.person })
    .accepted();
};

/** For good (转交), never back to anybody who gave it away. */
export const transfer: Handler<'transfer'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { rule, step, seat } = place;
  const { to, reason } = command;
  const about = { about: `approval ${rule.approval}`, rule: rule.at };
  if (seat.helper?.to === context.actor) return refused(refusal('helper-only-advises', [rule.approval], about));
  const given = [context.actor, ...(lookUp(place.entry.holders ?? {}, seat.seat)?.passed ?? [])];
  if (given.includes(to)) return refused(refusal('transfer-comes-back', [to], about));
  const no = barredFrom(context, place, to, '/to');
  if (no !== undefined) return no;
  return draftOf(context)
    .add({
      event: 'approval_transferred',
      approval: rule.approval,
      step,
      seat: seat.seat,
      from: context.actor,
      to,
      ...(reason !== undefined && { reason }),
    })
    .accepted();
};

/** For advice (委派): the answer stays with who gives the task, and comes back to them. */
export const delegate: Handler<'delegate'> = (context, command) => {
  const place = placeFor(context, command);
  if ('outcome' in place) return place;
  const { rule, step, seat } = place;
  const { to, note } = command;
  const about = { about: `approval ${rule.approval}`, rule: rule.at };
  if (seat.helper !== undefined) {
    const code = seat.helper.to === context.actor ? 'helper-only-advises' : 'delegated-already';
    return refused(refusal(code, [rule.approval], about));
  }
  const no = barredFrom(context, place, to, '/to');
  if (no !== undefined) return no;
  return draftOf(context)
    .add({
      event: 'approval_delegated',
      approval: rule.approval,
      step,
      seat: seat.seat,
      from: context.actor,
      to,
      ...(note !== undefined && { note }),
    })
    .accepted();
};

/** Why somebody cannot take part: it is their own, they may not approve, or they have a voice here already. */
function barredFrom(
  context: CommandContext,
  { rule, record, seat, entry }: Place,
  person: string,
  path: string,
): Outcome<CaseEvent> | undefined {
  const nobody = checkPerson(context.world.people, person, path);
  if (nobody !== undefined) return invalid(nobody);
  const about = { about: `approval ${rule.approval}`, rule: rule.at };
  if (isOwnSubmission(context, record, person)) return refused(refusal('signer-own-submission', [person], about));
  if (!mayApprove(context, person)) return refused(refusal('signer-may-not', [person], about));
  const turn = rule.turns.find((steps) => steps.some(({ step }) => record.steps[step] === entry)) ?? [];
  const entries = turn.flatMap(({ step }) => lookUp(record.steps, step) ?? []);
  const voices = entries.flatMap(({ asked, answers, signers = {} }) => [
    ...asked.map((ask) => ask.person),
    ...Object.values(answers).flatMap(({ by, on_behalf_of: place }) => [by, place ?? by]),
    ...Object.values(signers).map((signer: Signer) => signer.person),
  ]);
  if (voices.includes(person)) return refused(refusal('signer-has-voice', [person], about));
  if (!seat.needs_authority) return undefined;
  const whoContext = { ...whoContextOf(context), isOwn: (one: string) => isOwnSubmission(context, record, one) };
  const covers = coveringLine(context.world.people, whoContext).includes(person);
  return covers ? undefined : refused(refusal('signer-no-authority', [person], about));
}

/** Who added a signer before themselves waits, and has no open seat: the approval alone is looked up. */
function placeOfAdder(context: CommandContext, approval: string) {
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  const closed = notUnderReview(context, rule);
  const record = recordOf(context.state, approval);
  if (closed !== undefined || record === undefined)
    return closed === undefined ? unknownApproval(approval) : refused(closed);
  return { rule, record };
}

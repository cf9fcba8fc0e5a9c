/** `copy_to`, `remind`: who hears of an approval without being asked, and those asked, once more. */

import { addDuration, instantOf } from '../../time/calendar.ts';
import { toMs } from '../../time/instant.ts';
import { approvalIn, notUnderReview, recordOf, unknownApproval } from '../approvals/standing.ts';
import { checkPerson } from '../check-person.ts';
import { invalid, refusal, refused } from '../no.ts';
import { draftOf, type Handler } from './handler.ts';

/** Informs (抄送), and asks nothing. */
export const copyTo: Handler<'copy_to'> = (context, { approval, people, note }) => {
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  if (recordOf(context.state, approval) === undefined) {
    return refused(refusal('approval-not-requested', [approval], { about: `approval ${approval}` }));
  }
  const unknown = people.flatMap(
    (person, index) => checkPerson(context.world.people, person, `/people/${index}`) ?? [],
  );
  if (unknown.length > 0) return invalid(...unknown);
  return draftOf(context)
    .add({ event: 'approval_copied', approval, people: [...new Set(people)], ...(note !== undefined && { note }) })
    .accepted();
};

/** No more often than the playbook lets (催办). */
export const remind: Handler<'remind'> = (context, { approval, note }) => {
  const { calendar, at } = context;
  const rule = approvalIn(context.rules, approval);
  if (rule === undefined) return unknownApproval(approval);
  const closed = notUnderReview(context, rule);
  if (closed !== undefined) return refused(closed);
  const about = { about: `approval ${approval}`, rule: rule.at };
  if (rule.remind_every === undefined) return refused(refusal('reminding-not-offered', [approval], about));
  const record = recordOf(context.state, approval);
  const last = record?.reminded_at ?? record?.submitted_at;
  const next = last === undefined ? at : addDuration(calendar, last, rule.remind_every);
  if (next > at) {
    const local = instantOf(calendar.zone.toLocal(toMs(next)))
      .slice(0, 16)
      .replace('T', ' ');
    return refused(refusal('reminded-lately', [approval, local], about));
  }
  const asked = Object.values(record?.steps ?? {}).flatMap((step) => step.asked.map(({ person }) => person));
  return draftOf(context)
    .add({ event: 'approval_reminded', approval, people: [...new Set(asked)], ...(note !== undefined && { note }) })
    .accepted();
};

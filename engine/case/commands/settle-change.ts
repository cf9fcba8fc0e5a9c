/** `settle_change`: the decision about a case that is held because the CRM moved it: ours stands, or the CRM is followed. */

import { localDate } from '../../time/calendar.ts';
import { mayAnswer, resolveWho } from '../../who/resolve-who.ts';
import { mayAct } from '../../who/rights.ts';
import { whoContextOf } from '../case-view.ts';
import type { HeldChange } from '../crm-change.ts';
import { followCrm } from '../follow-crm.ts';
import { forbidden, refusal, refused } from '../no.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

export const settleChange: Handler<'settle_change'> = (context, { take, reason }) => {
  const { held } = context.state;
  if (held === undefined) return refused(refusal('nothing-held', []));
  if (!mayDecide(context, held)) return forbidden('not-your-decision');
  const { now, debt_due_on: dueOn = localDate(context.calendar, context.at) } = held;
  const draft = draftOf(context).add({
    event: 'change_settled',
    take,
    now,
    asked: held.asked,
    ...(reason !== undefined && { reason }),
  });
  if (take === 'crm') followCrm(draft, now, dueOn);
  return draft.accepted();
};

/** As any decision that is asked of somebody; where nobody is found who may answer, whoever may import. */
function mayDecide(context: CommandContext, { asks, asked }: HeldChange): boolean {
  const { world, actor, state, at } = context;
  const { people } = world;
  const may = (person: string): boolean => mayAnswer(people, asks, whoContextOf(context), person);
  const isAnswerable = asked.length > 0 && resolveWho(people, asks, whoContextOf(context)).some(may);
  return isAnswerable ? may(actor) : mayAct(world.playbook.roles, people, actor, 'import', state.owner, at);
}

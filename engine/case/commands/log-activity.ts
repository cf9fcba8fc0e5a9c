/** `log_activity`: something was done with the customer. */

import { shown } from '../../form/problems.ts';
import { ACTIVITIES } from '../../playbook/pipeline.ts';
import { endOfDay, localDate } from '../../time/calendar.ts';
import { endStallByActivity } from '../clock.ts';
import { lookUp } from '../look-up.ts';
import { invalid, misfit } from '../no.ts';
import { draftOf, type Handler } from './handler.ts';

/** What happened on an earlier day counts from the end of that day: nobody knows the hour any more. */
export const logActivity: Handler<'log_activity'> = (context, { activity, note, happened_on: day }) => {
  const { rules, calendar, at } = context;
  const isKnown = ACTIVITIES.some((kind) => kind === activity) || lookUp(rules.pipeline.activities, activity);
  if (!isKnown) return invalid(misfit('activity-unknown', '/activity', shown(activity)));
  const today = localDate(calendar, at);
  if (day !== undefined && day > today) return invalid(misfit('date-in-future', '/happened_on'));
  const happenedAt = day === undefined || day === today ? at : endOfDay(calendar, day);
  const draft = draftOf(context);
  draft.add({ event: 'activity_logged', activity, happened_at: happenedAt, ...(note !== undefined && { note }) });
  endStallByActivity(draft, happenedAt);
  return draft.accepted();
};

/** `snooze`: lets the stall clock stand for a while, as long as the ladder's pause budget lasts. */

import { pauseRemaining } from '../../parts/ladder.ts';
import { endOfDay, localDate } from '../../time/calendar.ts';
import { inWords } from '../../time/duration.ts';
import { ladderOf } from '../ladder-of.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import { draftOf, type Handler } from './handler.ts';

/** From now through the last moment of the day `until`. */
export const snooze: Handler<'snooze'> = (context, { until, reason }) => {
  const { calendar, state, at } = context;
  if (until < localDate(calendar, at)) return invalid(misfit('date-in-past', '/until'));
  const ladder = ladderOf(context);
  const remaining = ladder && pauseRemaining(ladder, calendar, state.clock, at);
  if (ladder === undefined || remaining === undefined) {
    return refused(refusal('pausing-not-allowed', [state.stage], { about: `stage ${state.stage}` }));
  }
  const end = endOfDay(calendar, until);
  if (end > remaining.until) {
    const lastDay = localDate(calendar, remaining.until);
    const about = { about: `ladder ${ladder.ladder}`, rule: ladder.at };
    return refused(refusal('pause-budget-exceeded', [inWords(remaining), lastDay], about));
  }
  return draftOf(context).add({ event: 'snoozed', until: end, reason }).accepted();
};

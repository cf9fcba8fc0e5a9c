/** What a case hears from those it started and from the one that started it, and `start_again` for one that could not begin. */

import { personOf } from '../../who/reporting-line.ts';
import { checkLostReason } from '../check-lost-reason.ts';
import { startBehind } from '../children/opening-of.ts';
import { closeCriterion } from '../criteria.ts';
import { lookUp } from '../look-up.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import { unmetIn } from '../reasons.ts';
import { statusAt } from '../route.ts';
import { lose } from '../stage-moves.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

/** News of a child that this case never started, or older ones than it has, change nothing. */
export const childChanged: Handler<'child_changed'> = (context, { child, news }) => {
  const known = lookUp(context.state.children ?? {}, child);
  const draft = draftOf(context);
  if (known !== undefined && (known.news?.n ?? 0) < news.n) draft.add({ event: 'child_changed', child, news });
  return draft.accepted();
};

export const childRefused: Handler<'child_refused'> = (context, { child, because }) => {
  const known = lookUp(context.state.children ?? {}, child);
  const draft = draftOf(context);
  if (known !== undefined && known.news === undefined) draft.add({ event: 'child_refused', child, because });
  return draft.accepted();
};

/** One that is closed already stays as it is; a won one is never lost by what became of its parent. */
export const parentChanged: Handler<'parent_changed'> = (context, { told }) => {
  const { state } = context;
  const draft = draftOf(context);
  switch (told.change) {
    case 'lost': {
      if (state.finished) break;
      const closes = told.close !== undefined && mayBeLost(context, told.close);
      draft.add({ event: 'parent_changed', change: 'lost', closes });
      if (closes) lose(draft, told.close ?? '');
      break;
    }
    case 'reopened': {
      if (state.parent?.closed_this !== true || !state.finished) break;
      draft.add({ event: 'parent_changed', change: 'reopened', closes: false });
      draft.add({
        event: 'reopened',
        reason: 'parent_reopened',
        status: statusAt(context.rules.pipeline, state.stage),
      });
      break;
    }
    case 'handed_over': {
      const { from, to } = told;
      const isTheirs = state.owner === from && from !== to && !state.finished;
      if (isTheirs && personOf(context.world.people, to)?.active === true)
        draft.add({ event: 'handed_over', from, to });
      break;
    }
  }
  return draft.accepted();
};

/** What the pipeline asks of a loss it asks here too: such a case goes on, and its owner decides. */
function mayBeLost(context: CommandContext, reason: string): boolean {
  const { rules, state } = context;
  if (state.status !== 'open' || checkLostReason(rules.pipeline, reason, '').length > 0) return false;
  return unmetIn(context, closeCriterion(rules.pipeline, 'lost')).length === 0;
}

export const startAgain: Handler<'start_again'> = (context, { child }) => {
  const known = lookUp(context.state.children ?? {}, child);
  if (known === undefined) return invalid(misfit('child-unknown', '/child', child));
  if (known.refused === undefined) return refused(refusal('child-started', [child]));
  if (startBehind(context, child) === undefined) return refused(refusal('start-gone', [known.pipeline]));
  const { pipeline, key, row, owner, rule, on_lost, on_reopen, on_hand_over } = known;
  return draftOf(context)
    .add({
      event: 'child_started',
      child,
      pipeline,
      ...(key !== undefined && { key }),
      ...(row !== undefined && { row }),
      owner: personOf(context.world.people, owner)?.active === true ? owner : context.state.owner,
      rule,
      on_lost,
      on_reopen,
      on_hand_over,
    })
    .accepted();
};

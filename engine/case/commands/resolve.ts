/** `resolve`: the decision that the top of a ladder demands, and what it does to the case. */

import { checkAnswers } from '../../form/check-answers.ts';
import type { Demand } from '../../playbook/ladder.ts';
import { endOfDay } from '../../time/calendar.ts';
import { anyoneWithAuthority, whyNot } from '../../who/authority.ts';
import { mayAnswer } from '../../who/resolve-who.ts';
import { answerContext } from '../answer-context.ts';
import { whoContextOf } from '../case-view.ts';
import { endStall } from '../clock.ts';
import { closeCriterion } from '../criteria.ts';
import type { Draft } from '../draft.ts';
import type { CaseEvent } from '../event.ts';
import { demandOf, ladderOf } from '../ladder-of.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome, Reason } from '../outcome.ts';
import { unmetIn } from '../reasons.ts';
import { stageIndex } from '../route.ts';
import { goBack, lose } from '../stage-moves.ts';
import { nextTaskId } from '../task-id.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';
import { readWay, type Way } from './read-way.ts';

export const resolve: Handler<'resolve'> = (context, command) => {
  const demand = demandOf(context);
  if (demand === undefined) return refused(refusal('nothing-demanded', []));
  if (!mayDecide(context, demand)) return notTheirs(context, demand);
  const asked = demand.ways[command.way];
  if (asked === undefined) return invalid(misfit('way-not-offered', '/way', command.way, waysOf(demand)));
  const read = readWay(context, command.way, asked, command.with ?? {});
  const answers = checkAnswers(demand.fields, command.fields, answerContext(context, '/fields'));
  if (!read.ok || !answers.ok) {
    return invalid(...(read.ok ? [] : read.problems), ...(answers.ok ? [] : answers.problems));
  }
  const no = standsAgainst(context, read.way);
  if (no.length > 0) return refused(...no);
  const { way, ...named } = read.way;
  const draft = draftOf(context).add({ event: 'demand_resolved', way, with: named, fields: answers.values });
  perform(draft, read.way);
  return draft.accepted();
};

function mayDecide(context: CommandContext, demand: Demand): boolean {
  return mayAnswer(context.world.people, demand.of, whoContextOf(context), context.actor);
}

function notTheirs(context: CommandContext, { of }: Demand): Outcome<CaseEvent> {
  const authority =
    of.kind === 'authority' ? anyoneWithAuthority(context.world.people, whoContextOf(context)) : undefined;
  const why = authority && whyNot(authority, context.actor);
  return why === undefined ? forbidden('not-your-decision') : forbidden('no-authority', why);
}

function waysOf(demand: Demand): string {
  return Object.keys(demand.ways)
    .map((way) => `\`${way}\``)
    .join(', ');
}

/** What the state of the case has against a way that is well named. */
function standsAgainst(context: CommandContext, way: Way): readonly Reason[] {
  const { rules, state } = context;
  switch (way.way) {
    case 'push':
      return [];
    case 'fall_back': {
      const isBehind = stageIndex(rules.pipeline, way.stage) < stageIndex(rules.pipeline, state.stage);
      if (isBehind) return [];
      return [refusal('stage-not-behind', [way.stage, state.stage], { about: `stage ${way.stage}` })];
    }
    case 'hand_over':
      return way.to === state.owner ? [refusal('owner-same', [way.to])] : [];
    case 'close_lost':
      if (state.status === 'won') return [refusal('already-won', [])];
      return unmetIn(context, closeCriterion(rules.pipeline, 'lost')).map(({ reason }) => reason);
  }
}

/** A decision that leaves the case where it is ends the stall only where the ladder says so. */
function perform(draft: Draft, way: Way): void {
  const { calendar, state } = draft.view;
  const endsSo = ladderOf(draft.view)?.ends_when.includes('resolve') === true;
  switch (way.way) {
    case 'push': {
      const due = way.next_step_on === undefined ? {} : { due_at: endOfDay(calendar, way.next_step_on) };
      const entry = { title: way.plan, owner: state.owner, ...due };
      draft.add({ event: 'task_planned', task: nextTaskId(state.tasks), entry });
      if (endsSo) endStall(draft, 'resolve', due.due_at);
      return;
    }
    case 'fall_back':
      goBack(draft, way.stage, 'resolve');
      return;
    case 'hand_over':
      draft.add({ event: 'handed_over', from: state.owner, to: way.to });
      if (endsSo) endStall(draft, 'hand_over');
      return;
    case 'close_lost':
      lose(draft, way.reason);
      return;
  }
}

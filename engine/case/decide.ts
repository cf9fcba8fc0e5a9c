/** Judges every command to a case: the one place where yes and no are said. Start reading here. */

import { personOf } from '../who/reporting-line.ts';
import { mayAct, SYSTEM } from '../who/rights.ts';
import { actsFor } from '../who/substitutes.ts';
import { viewOf } from './case-view.ts';
import type { CommandEnvelope } from './command.ts';
import type { CommandContext } from './commands/handler.ts';
import { handle, type LaterCommand, RIGHT_FOR } from './commands/handlers.ts';
import { open } from './commands/open.ts';
import { openChild } from './commands/open-child.ts';
import { decisionTime } from './decision-time.ts';
import type { CaseEvent } from './event.ts';
import { lookUp } from './look-up.ts';
import { forbidden, invalid, misfit, refusal, refused } from './no.ts';
import type { Outcome } from './outcome.ts';
import { parseEnvelope } from './parse-envelope.ts';
import type { CaseState } from './state.ts';
import type { World } from './world.ts';

/**
 * Accepted with the events that happen, or no: `invalid` what is malformed or does not fit the playbook, `forbidden` what
 * the actor may not do, `refused` what the rules do not allow now, with every reason. Deterministic, and total: an answer
 * for any command in any state. Nothing is changed; `evolve` applies the events.
 *
 * @param state absent: the case does not exist yet
 * @param envelope the body is checked here, whichever door it came through
 */
export function decide(
  world: World,
  state: CaseState | undefined,
  envelope: CommandEnvelope<unknown>,
): Outcome<CaseEvent> {
  const parsed = parseEnvelope(envelope);
  if (!parsed.ok) return invalid(...parsed.problems);
  const { id, actor, command } = parsed;
  const at = decisionTime(world.now, state?.last_at, parsed.sent_at);

  if (command.command === 'open') {
    const opening = { command, actor, at, id: world.case ?? id };
    // Only a case starts another, and a case opens none otherwise.
    if ((command.parent !== undefined) !== (actor === SYSTEM)) return forbidden('timer-only');
    if (command.parent !== undefined) return openChild(world, state, opening);
    if (state !== undefined) return refused(refusal('case-exists', []));
    return open(world, opening);
  }
  if (state === undefined) return invalid(misfit('no-such-case', ''));
  const view = viewOf(world, state, at);
  if (view === undefined) return refused(refusal('rules-missing', [state.pipeline]));
  const context = { ...view, actor };
  if (!isAllowed(context, command)) return notAllowed(command);
  if (state.held !== undefined && WAITS_WHILE_HELD.has(command.command)) {
    const { asked, now } = state.held;
    return refused(refusal('case-held', [now.stage ?? now.closed?.as ?? ''], { can_meet: asked }));
  }
  if (state.finished && !ON_FINISHED.has(command.command)) return refused(refusal('case-finished', []));
  return handle(context, command);
}

/** A finished case takes no more, unless it is taken up again; a timer or news that come late do no harm. What it started may begin yet. */
const ON_FINISHED: ReadonlySet<LaterCommand['command']> = new Set([
  'reopen',
  'wake',
  'people_changed',
  'record_findings',
  'note_change',
  'settle_change',
  'child_changed',
  'child_refused',
  'parent_changed',
  'start_again',
]);

/** What would move a case that somebody must decide about first. */
const WAITS_WHILE_HELD: ReadonlySet<LaterCommand['command']> = new Set([
  'advance',
  'fall_back',
  'close',
  'move_pipeline',
  'resolve',
  'reopen',
]);

/** The system may wake and pass on news of people and of other cases, and nothing else; people anything their post allows, except that. */
function isAllowed({ world, state, actor, at }: CommandContext, command: LaterCommand): boolean {
  const right = RIGHT_FOR[command.command];
  if (right === 'system' || actor === SYSTEM) return right === 'system' && actor === SYSTEM;
  const { people, playbook } = world;
  // Who was given a task may say that it is done, whosever case it is.
  const task = command.command === 'complete_task' ? lookUp(state.tasks, command.task) : undefined;
  const isTheirTask = task !== undefined && actsFor(people, actor, task.owner, at);
  if (isTheirTask && personOf(people, actor)?.active === true) return true;
  return mayAct(playbook.roles, people, actor, right, state.owner, at);
}

function notAllowed({ command }: LaterCommand): Outcome<CaseEvent> {
  const right = RIGHT_FOR[command];
  return right === 'system' ? forbidden('timer-only') : forbidden('no-right', right);
}

/** `inspect`: what a manager settles when going through a case with its owner (D4): all of it, or nothing. */

import { shown } from '../../form/problems.ts';
import { endOfDay, localDate } from '../../time/calendar.ts';
import { actsFor } from '../../who/substitutes.ts';
import { checkPerson } from '../check-person.ts';
import type { CaseEvent } from '../event.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome, Problem } from '../outcome.ts';
import { goBack, goBackUnsupported } from '../stage-moves.ts';
import { stageSupported } from '../support.ts';
import { nextTaskId } from '../task-id.ts';
import { notToAccept, notToReject } from './evidence.ts';
import { type CommandContext, type CommandOf, draftOf, type Handler } from './handler.ts';

type Inspect = CommandOf<'inspect'>;

/** The stall ladder watches the step agreed: its day gone by without any activity begins a stall. */
export const inspect: Handler<'inspect'> = (context, command) => {
  const { accept = [], reject = [], send_back: sendBack = false, note, next_step: next } = command;
  const { state, calendar, world, actor, at } = context;
  if (actsFor(world.people, actor, state.owner, at)) return forbidden('own-inspection');
  const problems = misfitsOf(context, command);
  if (problems.length > 0) return invalid(...problems);
  const no = firstNo([
    ...accept.map((evidence) => notToAccept(context, evidence)),
    ...reject.map(({ evidence }) => notToReject(context, evidence)),
  ]);
  if (no !== undefined) return no;

  const draft = draftOf(context);
  for (const evidence of accept) draft.add({ event: 'evidence_accepted', evidence });
  for (const { evidence, reason } of reject) draft.add({ event: 'evidence_rejected', evidence, reason });
  for (const { evidence } of reject) goBackUnsupported(draft, evidence);
  if (sendBack && draft.view.state.stage === state.stage) {
    const supported = stageSupported(draft.view);
    if (supported === undefined) {
      return refused(refusal('stage-supported', [state.stage], { about: `stage ${state.stage}` }));
    }
    goBack(draft, supported.stage, 'inspect', note);
  }
  const dueAt = endOfDay(calendar, next.due_on);
  const task = nextTaskId(state.tasks);
  draft.add({
    event: 'task_planned',
    task,
    entry: { title: next.title, owner: next.owner ?? state.owner, due_at: dueAt },
  });
  draft.add({
    ...{ event: 'inspected', accepted: accept, rejected: reject.map(({ evidence }) => evidence), task },
    next_step_by: dueAt,
    ...(note !== undefined && { note }),
  });
  return draft.accepted();
};

function misfitsOf({ world, calendar, state, at }: CommandContext, command: Inspect): readonly Problem[] {
  const { accept = [], reject = [], next_step: next } = command;
  const named = [...accept, ...reject.map(({ evidence }) => evidence)];
  const twice = named.find((one, index) => named.indexOf(one) !== index);
  const nobody =
    next.owner === undefined || next.owner === state.owner
      ? undefined
      : checkPerson(world.people, next.owner, '/next_step/owner');
  return [
    ...(twice === undefined ? [] : [misfit('evidence-named-twice', '/accept', shown(twice))]),
    ...(next.due_on < localDate(calendar, at) ? [misfit('date-in-past', '/next_step/due_on')] : []),
    ...(nobody === undefined ? [] : [nobody]),
  ];
}

/** Who may not hears that first; of refusals, every reason is told. */
function firstNo(nos: readonly (Outcome<CaseEvent> | undefined)[]): Outcome<CaseEvent> | undefined {
  const found = nos.filter((one) => one !== undefined);
  const reasons = found.flatMap((one) => (one.outcome === 'refused' ? one.reasons : []));
  const other = found.find(({ outcome }) => outcome !== 'refused');
  if (other !== undefined) return other;
  return reasons.length > 0 ? refused(...reasons) : undefined;
}

/** Decides what a command does to a person: the one place where yes and no are said. Start reading here. */

import type { z } from 'zod';
import type { CommandEnvelope } from '../case/command.ts';
import { problemsOf } from '../case/schema-problems.ts';
import type { PersonCommand } from './command.ts';
import { cancelAbsenceSchema, changeSchema, eraseSchema, leaveSchema, setAbsenceSchema } from './command-schema.ts';
import { cancelAbsence, setAbsence } from './commands/absence.ts';
import {
  agree,
  answerStep,
  dropCoaching,
  openCoaching,
  postpone,
  sendBack,
  shareCoaching,
} from './commands/coaching.ts';
import { doDuty, excuseDuty, readDuty, takeDuty } from './commands/duties.ts';
import { erase } from './commands/erase.ts';
import { enterFigure } from './commands/figures.ts';
import { answerFinding, recordFindings } from './commands/findings.ts';
import { judgeGoal } from './commands/goals.ts';
import { mark, receive, settle } from './commands/inbox.ts';
import { comeBack, leave } from './commands/leave.ts';
import { change, join } from './commands/profile.ts';
import { wake } from './commands/wake.ts';
import { type Decision, invalid, problem } from './no.ts';
import {
  agreeSchema,
  answerFindingSchema,
  answerStepSchema,
  doDutySchema,
  dropCoachingSchema,
  enterFigureSchema,
  excuseDutySchema,
  judgeGoalSchema,
  openCoachingSchema,
  postponeSchema,
  readDutySchema,
  sendBackSchema,
  shareCoachingSchema,
} from './rep-schemas.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

/** Total: answers every command in every state, and trusts of the command only that it is an object with a name. */
export function decide(
  world: PersonWorld,
  state: PersonState | undefined,
  { actor, body }: CommandEnvelope<PersonCommand>,
): Decision {
  if (body.command === 'join') return join(world, state, actor, { ...body });
  if (state === undefined) {
    return invalid(problem('no-such-person', '', { zh: '没有此人', en: 'there is no such person' }));
  }
  switch (body.command) {
    case 'change':
      return parsed(changeSchema, body, (command) => change(world, state, actor, command));
    case 'set_absence':
      return parsed(setAbsenceSchema, body, (command) => setAbsence(world, state, actor, command));
    case 'cancel_absence':
      return parsed(cancelAbsenceSchema, body, (command) => cancelAbsence(world, state, actor, command));
    case 'leave':
      return parsed(leaveSchema, body, (command) => leave(world, state, actor, command));
    case 'return':
      return comeBack(world, state, actor);
    case 'erase':
      return parsed(eraseSchema, body, (command) => erase(world, state, actor, command));
    case 'open_coaching':
      return parsed(openCoachingSchema, body, (command) => openCoaching(world, state, actor, command));
    case 'answer_step':
      return parsed(answerStepSchema, body, (command) => answerStep(world, state, actor, command));
    case 'agree':
      return parsed(agreeSchema, body, (command) => agree(world, state, actor, command));
    case 'send_back':
      return parsed(sendBackSchema, body, (command) => sendBack(world, state, actor, command));
    case 'postpone':
      return parsed(postponeSchema, body, (command) => postpone(world, state, actor, command));
    case 'share_coaching':
      return parsed(shareCoachingSchema, body, (command) => shareCoaching(world, state, actor, command));
    case 'drop_coaching':
      return parsed(dropCoachingSchema, body, (command) => dropCoaching(world, state, actor, command));
    case 'judge_goal':
      return parsed(judgeGoalSchema, body, (command) => judgeGoal(world, state, actor, command));
    case 'record_findings':
      return recordFindings(world, state, actor, body);
    case 'answer_finding':
      return parsed(answerFindingSchema, body, (command) => answerFinding(world, state, actor, command));
    case 'enter_figure':
      return parsed(enterFigureSchema, body, (command) => enterFigure(world, state, actor, command));
    case 'do_duty':
      return parsed(doDutySchema, body, (command) => doDuty(world, state, actor, command));
    case 'read_duty':
      return parsed(readDutySchema, body, (command) => readDuty(world, state, actor, command));
    case 'excuse_duty':
      return parsed(excuseDutySchema, body, (command) => excuseDuty(world, state, actor, command));
    case 'take_duty':
      return takeDuty(world, state, actor, body);
    case 'receive':
      return receive(world, state, actor, body.message);
    case 'settle':
      return settle(world, actor, body.subject, body.how);
    case 'read':
      return mark(world, state, actor, 'items_read', body.items);
    case 'dismiss':
      return mark(world, state, actor, 'items_dismissed', body.items);
    case 'wake':
      return wake(world, state, actor);
    default:
      body satisfies never;
      return invalid(problem('unknown-command', '/command', { zh: '没有这个命令', en: 'there is no such command' }));
  }
}

/** The command as it was meant, or all that is wrong with its shape. */
function parsed<S extends z.ZodType>(schema: S, body: unknown, then: (command: z.output<S>) => Decision): Decision {
  const result = schema.safeParse(body);
  return result.success ? then(result.data) : invalid(...problemsOf(result.error, body));
}

/** Who can take a step: whoever has the right, the owner of the case before all others. */

import type { Right } from '../../playbook/roles.ts';
import { superiorsOf } from '../../who/reporting-line.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { mayAct, whoMay } from '../../who/rights.ts';
import { acceptorsOf, isActive, maySettle } from '../acceptors.ts';
import { answerersOf, mayAnswerDecision } from '../answerers.ts';
import { type CaseView, whoContextOf } from '../case-view.ts';
import { lookUp } from '../look-up.ts';
import { indexOf } from '../rules-of.ts';
import type { Step } from './act.ts';
import { nextAnswer } from './approval-steps.ts';

const RIGHTS: Readonly<Record<Exclude<Step['step'], 'accept' | 'complete' | 'approve' | 'answer'>, Right>> = {
  submit: 'submit_evidence',
  withdraw: 'withdraw_evidence',
  set: 'set_facts',
  log: 'log_activity',
  plan: 'plan_task',
  request: 'request_approval',
};

/** Empty when nobody can: such a step helps nobody. */
export function whoCan(view: CaseView, step: Step): readonly string[] {
  switch (step.step) {
    case 'approve':
      return nextAnswer(view, step.approval)?.people ?? [];
    case 'accept':
      return whoAccepts(view, step.evidence);
    case 'answer':
      return whoAnswers(view, step.decision);
    case 'complete': {
      const owner = lookUp(view.state.tasks, step.task)?.owner;
      const theirs = owner !== undefined && isActive(view, owner) ? [owner] : [];
      return mayTake(view, view.state.owner, 'complete_task') ? [...new Set([...theirs, view.state.owner])] : theirs;
    }
    default:
      return whoHas(view, RIGHTS[step.step]);
  }
}

/** The owner, or whoever stands in; else the nearest above with the right; else all who have it. */
function whoHas(view: CaseView, right: Right): readonly string[] {
  const { people } = view.world;
  const can = (person: string): boolean => mayTake(view, person, right);
  const standing = resolveWho(people, { kind: 'owner' }, whoContextOf(view)).filter(can);
  if (standing.length > 0) return standing;
  const above = superiorsOf(people, view.state.owner).find(({ person }) => can(person));
  return above === undefined
    ? whoMay(view.world.playbook.roles, people, right, view.state.owner, view.at)
    : [above.person];
}

function whoAccepts(view: CaseView, evidence: string): readonly string[] {
  const rule = indexOf(view.rules).evidence.get(evidence);
  if (rule === undefined) return [];
  const can = (person: string): boolean => mayTake(view, person, 'accept_evidence') && maySettle(view, rule, person);
  const asked = acceptorsOf(view, rule).filter(can);
  if (asked.length > 0) return asked;
  const { world, state } = view;
  return whoMay(world.playbook.roles, world.people, 'accept_evidence', state.owner, view.at).filter(can);
}

function whoAnswers(view: CaseView, decision: string): readonly string[] {
  const rule = indexOf(view.rules).decisions.get(decision);
  if (rule === undefined) return [];
  if (rule.answered_by === undefined) return whoHas(view, 'answer');
  const can = (person: string): boolean => mayTake(view, person, 'answer') && mayAnswerDecision(view, rule, person);
  const asked = answerersOf(view, rule).filter(can);
  if (asked.length > 0) return asked;
  const { world, state } = view;
  return whoMay(world.playbook.roles, world.people, 'answer', state.owner, view.at).filter(can);
}

function mayTake({ world, state, at }: CaseView, person: string, right: Right): boolean {
  return mayAct(world.playbook.roles, world.people, person, right, state.owner, at);
}

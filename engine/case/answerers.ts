/** Who answers the questions of a decision. */

import type { Decision } from '../playbook/decision.ts';
import { type Asked, mayAnswer, whoToAsk } from '../who/resolve-who.ts';
import { type CaseView, whoContextOf } from './case-view.ts';

/** Whom the playbook names and everybody above them; where it names nobody, whoever has the right over the case. */
export function mayAnswerDecision(view: CaseView, { answered_by: who }: Decision, person: string): boolean {
  return who === undefined || mayAnswer(view.world.people, who, whoContextOf(view), person);
}

/** Whom to ask: those named, or who steps in for them; else the owner. */
export function answerersToAsk(view: CaseView, { answered_by: who = { kind: 'owner' } }: Decision): readonly Asked[] {
  return whoToAsk(view.world.people, who, whoContextOf(view));
}

/** Ids of those to ask. */
export function answerersOf(view: CaseView, rule: Decision): readonly string[] {
  return answerersToAsk(view, rule).map(({ person }) => person);
}

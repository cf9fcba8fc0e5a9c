/** What people and systems hear of decisions: the questions asked again, and what an outcome's actions say. */

import type { Decision } from '../playbook/decision.ts';
import { actionMessages, actionWebhooks } from './action-messages.ts';
import { answerersToAsk } from './answerers.ts';
import type { CaseView } from './case-view.ts';
import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';
import { lookUp } from './look-up.ts';
import { decisionToAnswerText, outcomeText } from './message-texts.ts';
import { indexOf } from './rules-of.ts';
import { about, messageTo, settle } from './rung-messages.ts';

type DecisionMade = Extract<CaseEvent, { readonly event: 'decision_made' }>;

export function decisionSubject(decision: string): string {
  return `decision ${decision}`;
}

/** @param people of those who answer it, who is to be asked */
export function decisionToAnswer(view: CaseView, decision: string, people: readonly string[]): Effect[] {
  const rule = indexOf(view.rules).decisions.get(decision);
  const again = lookUp(view.state.decisions ?? {}, decision)?.asked_again;
  if (rule === undefined || again === undefined) return [];
  const text = decisionToAnswerText(decision, rule.title, again.because, factTitles(view, again.facts));
  const message = { ...about(view.state, 'reminder', decisionSubject(decision)), text, rule: rule.at };
  const asked = answerersToAsk(view, rule).filter(({ person }) => people.includes(person));
  return asked.map((one) => messageTo(view, one, message));
}

/** Nobody need answer any more; and what the new outcomes tell and send. */
export function decisionMade(view: CaseView, event: DecisionMade): Effect[] {
  const { decision, outcomes, begun, asked } = event;
  const rule = indexOf(view.rules).decisions.get(decision);
  const settled = settle(view.state, decisionSubject(decision), asked, 'decided');
  if (rule === undefined) return settled;
  const actions = rule.outcomes.filter(({ outcome }) => begun.includes(outcome)).flatMap((one) => one.do);
  const said = outcomeText(rule.title, titlesOf(rule, outcomes));
  const told = actionMessages(view, actions, (kind) => about(view.state, kind), said, [event.by]);
  return [...settled, ...told, ...actionWebhooks(view, actions, 'decision_made', { decision, outcomes })];
}

function titlesOf(rule: Decision, outcomes: readonly string[]) {
  return rule.outcomes.filter(({ outcome }) => outcomes.includes(outcome)).map(({ title }) => title);
}

function factTitles({ rules }: CaseView, facts: readonly string[]) {
  return facts.flatMap((fact) => lookUp(rules.pipeline.facts, fact)?.title ?? []);
}

/** What people and systems hear of decisions: the questions asked again, and what an outcome's actions say. */

import type { Action } from '../playbook/action.ts';
import type { Decision } from '../playbook/decision.ts';
import { whoToAsk } from '../who/resolve-who.ts';
import { answerersToAsk } from './answerers.ts';
import { type CaseView, whoContextOf } from './case-view.ts';
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
  const { case: id, title: caseTitle, pipeline, stage, owner } = view.state;
  const data = { case: id, case_title: caseTitle, pipeline, stage, owner, decision, outcomes };
  const sent = actions.flatMap((action): Effect[] =>
    action.kind === 'send' ? [{ effect: 'webhook', destination: action.to, type: 'decision_made', data }] : [],
  );
  return [...settled, ...told(view, rule, event, actions), ...sent];
}

/** To each person one message, a reminder before a notice; nobody is told what they did themselves. */
function told(view: CaseView, rule: Decision, { outcomes, by }: DecisionMade, actions: readonly Action[]): Effect[] {
  const titles = rule.outcomes.filter(({ outcome }) => outcomes.includes(outcome)).map(({ title }) => title);
  const said = outcomeText(rule.title, titles);
  const heard = new Set([by]);
  return (['remind', 'notify'] as const).flatMap((kind) =>
    actions.flatMap((action): Effect[] => {
      if (action.kind !== kind) return [];
      const head = about(view.state, kind === 'remind' ? 'reminder' : 'notice');
      return whoToAsk(view.world.people, action.who, whoContextOf(view)).flatMap((asked): Effect[] => {
        if (heard.has(asked.person)) return [];
        heard.add(asked.person);
        return [messageTo(view, asked, { ...head, text: action.text ?? said, rule: action.at })];
      });
    }),
  );
}

function factTitles({ rules }: CaseView, facts: readonly string[]) {
  return facts.flatMap((fact) => lookUp(rules.pipeline.facts, fact)?.title ?? []);
}

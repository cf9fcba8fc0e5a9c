/** Keeps decisions with the facts and the clock: answers that no longer stand are asked for again, and outcomes that the facts change follow them. */

import { comeTo, type Reached } from '../parts/decision.ts';
import type { Decision } from '../playbook/decision.ts';
import { addDuration } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { act } from './act.ts';
import { answerersOf } from './answerers.ts';
import { type CaseView, seenIn } from './case-view.ts';
import { answersBehind, standingAnswers } from './decision-standing.ts';
import type { Draft } from './draft.ts';
import { lookUp } from './look-up.ts';
import type { DecisionAnswer, DecisionEntry } from './state.ts';

/** Adds what has become of each decision; nothing once the case is over. */
export function settleDecisions(draft: Draft): void {
  for (const rule of draft.view.rules.decisions ?? []) {
    if (draft.view.state.finished) return;
    if (draft.view.state.status === 'open') askAgain(draft, rule);
    follow(draft, rule);
  }
}

/** When the first answer of an open case grows too old; absent: none does. */
export function decisionsWakeAt({ rules, state, calendar }: CaseView): Instant | undefined {
  if (state.finished || state.status !== 'open' || state.decisions === undefined) return undefined;
  const ends = (rules.decisions ?? []).flatMap(({ decision, fresh_for: freshFor }) => {
    const entry = lookUp(state.decisions ?? {}, decision);
    if (entry === undefined || freshFor === undefined) return [];
    return answersToKeep(entry).map(([, { at }]) => addDuration(calendar, at, freshFor));
  });
  return ends.sort()[0];
}

/** Adds that the decision is made, and does what its outcomes begin with. @param answers all that stand, by people */
export function makeDecision(
  draft: Draft,
  rule: Decision,
  come: Reached,
  answers: Readonly<Record<string, DecisionAnswer>>,
  note?: string,
): void {
  const { decision, at } = rule;
  const entry = entryOf(draft.view, decision);
  const before = entry?.outcomes ?? [];
  // An import tells what is; it sets nothing going.
  const [first] = draft.events;
  const isImport = first?.event === 'case_opened' && first.source !== undefined;
  const begun = isImport ? [] : come.outcomes.filter((outcome) => !before.includes(outcome));
  draft.add({
    event: 'decision_made',
    decision,
    outcomes: come.outcomes,
    before,
    begun,
    path: come.path,
    answers: answersBehind(come, answers),
    rows: come.rows,
    asked: entry?.asked_again?.asked ?? [],
    ...(note !== undefined && { note }),
    rule: at,
  });
  for (const { outcome, do: actions } of rule.outcomes) {
    if (begun.includes(outcome)) for (const action of actions) act(draft, action);
  }
}

function entryOf({ state }: CaseView, decision: string): DecisionEntry | undefined {
  return lookUp(state.decisions ?? {}, decision);
}

/** Those not asked for again already. */
function answersToKeep({ answers, asked_again: again }: DecisionEntry): readonly (readonly [string, DecisionAnswer])[] {
  return Object.entries(answers).filter(([question]) => again?.questions.includes(question) !== true);
}

function askAgain(draft: Draft, rule: Decision): void {
  const entry = entryOf(draft.view, rule.decision);
  if (entry === undefined || rule.way.kind !== 'tree') return;
  const moved = movedQuestions(draft.began, draft.view, rule);
  askFor(draft, rule, 'facts', moved.questions, moved.facts);
  const { fresh_for: freshFor } = rule;
  if (freshFor === undefined) return;
  const { calendar, at: now } = draft.view;
  const isOld = ({ at }: DecisionAnswer): boolean => addDuration(calendar, at, freshFor) <= now;
  const old = answersToKeep(entry).filter(([, answer]) => isOld(answer));
  askFor(
    draft,
    rule,
    'time',
    old.map(([question]) => question),
    [],
  );
}

/** Where the outcome stands without these answers, nobody need be asked: they only count no longer. */
function askFor(
  draft: Draft,
  rule: Decision,
  because: 'facts' | 'time',
  questions: readonly string[],
  facts: readonly string[],
): void {
  const entry = entryOf(draft.view, rule.decision);
  const asked = entry === undefined ? [] : answersToKeep(entry).map(([question]) => question);
  const again = asked.filter((question) => questions.includes(question));
  if (again.length === 0) return;
  const { decision, at } = rule;
  draft.add({ event: 'decision_asked_again', decision, because, questions: again, facts, asked: [], rule: at });
  const now = comes(draft.view, rule);
  if (now.reached) return;
  const people = answerersOf(draft.view, rule);
  const before = entry?.asked_again?.asked ?? [];
  if (people.length > 0) draft.add({ event: 'asked', decision, people, before });
}

/** Questions whose answers rest on facts that are not what they were, with those facts. */
export function movedQuestions(
  before: CaseView,
  now: CaseView,
  { way }: Decision,
): { readonly questions: readonly string[]; readonly facts: readonly string[] } {
  const resting = way.kind === 'tree' ? way.questions.filter(({ rests_on }) => rests_on.length > 0) : [];
  if (resting.length === 0 || before.state.facts === now.state.facts) return { questions: [], facts: [] };
  const [then, since] = [seenIn(before), seenIn(now)];
  const names = [...new Set(resting.flatMap(({ rests_on }) => rests_on))];
  const facts = names.filter((name) => JSON.stringify(then.fact(name)) !== JSON.stringify(since.fact(name)));
  const questions = resting.filter(({ rests_on }) => rests_on.some((fact) => facts.includes(fact)));
  return { questions: questions.map(({ question }) => question), facts };
}

function comes(view: CaseView, rule: Decision) {
  const seen = seenIn(view);
  const answers = standingAnswers(rule, entryOf(view, rule.decision), seen);
  return comeTo(rule, (question) => lookUp(answers, question)?.answer, seen);
}

/** The facts alone, or facts and answers that still stand, have come to something else. */
function follow(draft: Draft, rule: Decision): void {
  if (isLeftToPeople(draft.view, rule)) return;
  const come = comes(draft.view, rule);
  if (!come.reached) return;
  const entry = entryOf(draft.view, rule.decision);
  if (entry !== undefined && isSame(entry.outcomes, come.outcomes)) return;
  makeDecision(draft, rule, come, standingAnswers(rule, entry, seenIn(draft.view)));
}

/** Nobody has answered yet, and the facts answer nothing. */
function isLeftToPeople(view: CaseView, { decision, way }: Decision): boolean {
  return way.kind === 'tree' && entryOf(view, decision) === undefined && way.questions.every(({ from }) => !from);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

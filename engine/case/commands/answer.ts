/** `answer`: what people say to the questions of a decision, until they come to an outcome. */

import { pointer, shown } from '../../form/problems.ts';
import { answerByFacts, comeTo } from '../../parts/decision.ts';
import type { Decision, Question } from '../../playbook/decision.ts';
import { mayAnswerDecision } from '../answerers.ts';
import { seenIn } from '../case-view.ts';
import { standingAnswers } from '../decision-standing.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, misfit } from '../no.ts';
import type { Problem } from '../outcome.ts';
import { indexOf } from '../rules-of.ts';
import { makeDecision } from '../settle-decisions.ts';
import type { DecisionAnswer } from '../state.ts';
import { type CommandContext, draftOf, type Handler } from './handler.ts';

/** Answers that still stand need not be given again; those that are given anew take their place. */
export const answer: Handler<'answer'> = (context, { decision: id, answers, note }) => {
  const rule = indexOf(context.rules).decisions.get(id);
  if (rule === undefined) return invalid(misfit('decision-unknown', '/decision', shown(id)));
  if (rule.way.kind === 'table') return invalid(misfit('decision-by-facts', '/decision', id));
  if (!mayAnswerDecision(context, rule, context.actor)) return forbidden('not-an-answerer', id);
  const { questions } = rule.way;
  const problems = Object.entries(answers).flatMap(([name, given]) => misread(questions, name, given));
  if (Object.keys(answers).length === 0) problems.push(misfit('answers-missing', '/answers'));
  if (problems.length > 0) return invalid(...problems);

  const seen = seenIn(context);
  const all = { ...standingAnswers(rule, lookUp(context.state.decisions ?? {}, id), seen), ...given(context, answers) };
  const come = comeTo(rule, (question) => lookUp(all, question)?.answer, seen);
  const idle = Object.keys(answers).filter((name) => !come.path.some((step) => isAnsweredBy(step, name)));
  if (idle.length > 0 && (come.reached || !idle.includes(come.question?.question ?? ''))) {
    return invalid(...idle.map((name) => misplaced(context, rule, name)));
  }
  if (!come.reached) return invalid(...unanswered(come.question));
  const draft = draftOf(context);
  makeDecision(draft, rule, come, all, note);
  return draft.accepted();
};

function given({ actor, at }: CommandContext, answers: Readonly<Record<string, string>>) {
  const entries = Object.entries(answers).map(([question, answer]): [string, DecisionAnswer] => [
    question,
    { answer, by: actor, at },
  ]);
  return Object.fromEntries(entries);
}

function isAnsweredBy(step: { readonly question: string; readonly by: string }, name: string): boolean {
  return step.question === name && step.by === 'people';
}

function misread(questions: readonly Question[], name: string, given: string): Problem[] {
  const question = questions.find((one) => one.question === name);
  const here = pointer('/answers', name);
  if (question === undefined) return [misfit('question-unknown', here, shown(name))];
  if (question.answers.some((one) => one.answer === given)) return [];
  return [misfit('answer-unknown', here, shown(given), offered(question))];
}

function misplaced(context: CommandContext, { way }: Decision, name: string): Problem {
  const question = way.kind === 'tree' ? way.questions.find((one) => one.question === name) : undefined;
  const byFacts = question && answerByFacts(question, seenIn(context));
  const here = pointer('/answers', name);
  return byFacts === undefined
    ? misfit('question-not-reached', here, name)
    : misfit('question-by-facts', here, name, byFacts);
}

function unanswered(question: Question | undefined): readonly Problem[] {
  if (question === undefined) return [misfit('answers-missing', '/answers')];
  const here = pointer('/answers', question.question);
  return [misfit('answer-missing', here, question.question, question.title, offered(question))];
}

function offered({ answers }: Question): string {
  return answers.map(({ answer }) => `\`${answer}\``).join(', ');
}

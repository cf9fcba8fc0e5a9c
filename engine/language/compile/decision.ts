/** Compiles decisions: every answer and rule led to its question or outcome. */

import type { Action } from '../../playbook/action.ts';
import type {
  AnswerRule,
  Decision,
  DecisionOutcome,
  DecisionRow,
  Next,
  Question,
  Table,
  Tree,
} from '../../playbook/decision.ts';
import type { Text } from '../../playbook/text.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { DecisionSource, QuestionSource } from '../kinds/decision.ts';
import { titleFrom } from '../kinds/form.ts';
import type { Token } from '../shape/shape.ts';
import { compileAction } from './action.ts';
import { compileCondition, factNamed } from './condition.ts';
import { type Index, isDeclared } from './index.ts';
import type { Scope } from './scope.ts';
import { compileWho } from './who.ts';

/** Absent where it cannot be told whether it is a tree or a table; what, was reported. @param scope the cases of every pipeline it applies to */
export function compileDecision(source: DecisionSource, index: Index, scope: Scope): Decision | undefined {
  for (const { value, place } of source.applies_to) {
    if (isDeclared('pipeline', value, index)) continue;
    scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  const answeredBy = source.answered_by && compileWho(source.answered_by, scope, 'answer');
  const outcomes = source.outcomes.map((one) => compileOutcome(one, scope));
  // What a decision rests on is looked at by itself: other decisions and milestones may rest on it.
  const inside: Scope = { ...scope, within: 'decision' };
  const way = wayOf(source, inside);
  if (!way) return undefined;
  return {
    decision: source.decision.value,
    title: source.title,
    ...(source.why ? { why: source.why } : {}),
    applies_to: source.applies_to.map((one) => one.value),
    ...(answeredBy ? { answered_by: answeredBy } : {}),
    ...(source.fresh_for ? { fresh_for: source.fresh_for.value } : {}),
    outcomes,
    way,
    at: source.place.at,
  };
}

function compileOutcome(source: DecisionSource['outcomes'][number], scope: Scope): DecisionOutcome {
  const actions = (source.do ?? []).flatMap((one): Action[] => {
    if (one.kind === 'flag') scope.report('outcome-action-unfit', one.body.place, { action: 'flag' });
    const action = compileAction(one, scope);
    return action ? [action] : [];
  });
  return {
    outcome: source.outcome.value,
    title: source.title,
    ...(source.advice ? { advice: source.advice } : {}),
    do: actions,
    at: source.place.at,
  };
}

const OF_TREES = ['answered_by', 'fresh_for'] as const;
const OF_TABLES = ['hit', 'otherwise'] as const;

function wayOf(source: DecisionSource, scope: Scope): Tree | Table | undefined {
  const { questions, rules } = source;
  if ((questions === undefined) === (rules === undefined)) {
    scope.report('questions-or-rules', source.keyPlaces.rules ?? source.keyPlaces.decision ?? source.place);
    return undefined;
  }
  for (const key of questions ? OF_TABLES : OF_TREES) {
    const place = source.keyPlaces[key];
    if (place) scope.report('decision-key-unfit', place, { key, of: questions ? A_TREE : A_TABLE });
  }
  if (questions) return { kind: 'tree', questions: questions.map((one) => compileQuestion(one, source, scope)) };
  if (!source.hit) {
    scope.report('missing-key', source.place, { key: 'hit', in: A_TABLE });
    return undefined;
  }
  const { otherwise } = source;
  return {
    kind: 'table',
    hit: source.hit.value,
    rows: (rules ?? []).flatMap((one): DecisionRow[] => {
      const when = compileCondition(one.when, scope);
      const outcome = outcomeNamed(one.outcome, source, scope);
      return when ? [{ when, outcome, at: one.place.at }] : [];
    }),
    ...(otherwise ? { otherwise: outcomeNamed(otherwise, source, scope) } : {}),
  };
}

const A_TREE: Text = { zh: '问题树', en: 'a tree of questions' };
const A_TABLE: Text = { zh: '规则表', en: 'a table of rules' };

function compileQuestion(question: QuestionSource, source: DecisionSource, scope: Scope): Question {
  const names = question.answers.map(({ key }) => key.value);
  const isYesNo = names.length === 2 && names.includes('yes') && names.includes('no');
  if (question.from && !isYesNo) {
    scope.report('from-not-yes-no', question.keyPlaces.from ?? question.place, { id: question.question.value });
  }
  const from = question.from && compileCondition(question.from, scope);
  for (const { value, place } of question.rests_on ?? []) factNamed(value, place, scope);
  return {
    question: question.question.value,
    title: question.title,
    ...(question.help ? { help: question.help } : {}),
    rests_on: (question.rests_on ?? []).map(({ value }) => value),
    ...(from ? { from } : {}),
    answers: question.answers.map(({ key, value }): AnswerRule => {
      const title = value.title ?? YES_NO[key.value] ?? titleFrom(key.value);
      return { answer: key.value, title, next: nextOf(key, value, source, scope), at: key.place.at };
    }),
    at: question.place.at,
  };
}

const YES_NO: Readonly<Record<string, Text>> = { yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' } };

type AnswerSource = QuestionSource['answers'][number]['value'];

function nextOf(key: Token<string>, { ask, outcome }: AnswerSource, source: DecisionSource, scope: Scope): Next {
  if ((ask === undefined) === (outcome === undefined)) {
    scope.report('answer-nowhere', key.place, { id: key.value });
    return { kind: 'outcome', to: '' };
  }
  if (outcome) return { kind: 'outcome', to: outcomeNamed(outcome, source, scope) };
  const questions = (source.questions ?? []).map((one) => one.question.value);
  if (ask && !questions.includes(ask.value)) {
    scope.report('unknown-question', ask.place, unknown(ask, source), { hint: didYouMean(ask.value, questions) });
  }
  return { kind: 'ask', to: ask?.value ?? '' };
}

function outcomeNamed(token: Token<string>, source: DecisionSource, scope: Scope): string {
  const outcomes = source.outcomes.map((one) => one.outcome.value);
  if (!outcomes.includes(token.value)) {
    const hint = didYouMean(token.value, outcomes);
    scope.report('unknown-outcome', token.place, unknown(token, source), { hint });
  }
  return token.value;
}

function unknown({ value }: Token<string>, source: DecisionSource) {
  return { written: value, decision: source.decision.value };
}

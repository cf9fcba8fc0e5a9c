/** Makes decisions ready to show: titles, people, and in words why not otherwise. */

import { answerersOf } from '../../engine/case/answerers.ts';
import type { CaseView } from '../../engine/case/case-view.ts';
import {
  type DecisionExplanation,
  explainDecision,
  type OutcomeWhyNot,
  type RuleWhyNot,
} from '../../engine/case/explain-decision.ts';
import type { Decision, Question } from '../../engine/playbook/decision.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { same } from '../../engine/playbook/value-text.ts';
import { addDuration } from '../../engine/time/calendar.ts';
import type { DecisionExplanationView, DecisionView } from './decision-view.ts';
import { leafText } from './leaf-text.ts';
import { personRef } from './person-ref.ts';
import { type Titles, titlesOf } from './titles.ts';

/** Every decision of the case's pipeline. */
export function makeDecisionViews(view: CaseView): DecisionView[] {
  return (view.rules.decisions ?? []).map((decision) => toldOf(view, explainDecision(view, decision)));
}

export function makeDecisionExplanation(view: CaseView, decision: Decision): DecisionExplanationView {
  const explanation = explainDecision(view, decision);
  const titles = titlesOf(view.rules);
  return {
    case: view.state.case,
    ...toldOf(view, explanation),
    others: explanation.others.map((other) => ({
      ...namedOf(decision, other.outcome),
      text: outcomeWhyNot(other, decision, titles),
      ...rulePart(other, decision, titles),
    })),
    rules_against: explanation.rules.flatMap((one) => {
      const row = rowOf(decision, one.rule);
      if (row === undefined) return [];
      const { unmet } = rulePart(one, decision, titles);
      const text = ruleWhyNot(one, decision, titles);
      return [{ rule: row.at, outcome: row.outcome, text, ...(unmet !== undefined && { unmet }) }];
    }),
  };
}

function toldOf(view: CaseView, explanation: DecisionExplanation): DecisionView {
  const { decision, standing, entry, come, answers } = explanation;
  const { way } = decision;
  const isCurrent = standing.standing === 'current';
  const last = entry?.outcomes.filter((outcome) => !standing.outcomes.includes(outcome)) ?? [];
  const { next, again } = { next: come.reached ? undefined : come.question, again: entry?.asked_again };
  const freshUntil =
    decision.fresh_for !== undefined && standing.at !== undefined
      ? addDuration(view.calendar, standing.at, decision.fresh_for)
      : undefined;
  return {
    decision: decision.decision,
    title: decision.title,
    ...(decision.why !== undefined && { why: decision.why }),
    kind: way.kind,
    standing: standing.standing,
    outcomes: standing.outcomes.map((outcome) => advisedOf(decision, outcome)),
    last: isCurrent ? [] : last.map((outcome) => advisedOf(decision, outcome)),
    ...(entry !== undefined && { decided_at: entry.decided_at }),
    ...(freshUntil !== undefined && { fresh_until: freshUntil }),
    path: come.path.map((step) => {
      const given = step.by === 'people' ? answers[step.question] : undefined;
      const question = questionOf(decision, step.question);
      return {
        ...step,
        title: question?.title ?? same(step.question),
        answer_title: answerTitle(question, step.answer),
        ...(given !== undefined && { person: personRef(view.world.people, given.by), at: given.at }),
      };
    }),
    rules: come.reached ? come.rows.flatMap((row) => rowOf(decision, row)?.at ?? []) : [],
    ...(!isCurrent && again !== undefined && { asked_again: againOf(view, again) }),
    ...(next !== undefined && { next: nextOf(next) }),
    can_answer:
      way.kind === 'tree' ? answerersOf(view, decision).map((person) => personRef(view.world.people, person)) : [],
    rule: decision.at,
  };
}

function againOf(
  { rules }: CaseView,
  { since, because, questions, facts }: NonNullable<NonNullable<DecisionExplanation['entry']>['asked_again']>,
) {
  const titles = titlesOf(rules).facts;
  return {
    since,
    because,
    questions,
    facts: facts.map((fact) => ({ fact, title: titles.get(fact)?.title ?? same(fact) })),
  };
}

function nextOf({ question, title, help, answers }: Question): NonNullable<DecisionView['next']> {
  const offered = answers.map((one) => ({ answer: one.answer, title: one.title }));
  return { question, title, ...(help !== undefined && { help }), answers: offered };
}

function advisedOf(decision: Decision, outcome: string) {
  const advice = decision.outcomes.find((one) => one.outcome === outcome)?.advice;
  return { ...namedOf(decision, outcome), ...(advice !== undefined && { advice }) };
}

function namedOf(decision: Decision, outcome: string): { readonly outcome: string; readonly title: Text } {
  const title = decision.outcomes.find((one) => one.outcome === outcome)?.title;
  return { outcome, title: title ?? same(outcome) };
}

function questionOf({ way }: Decision, id: string): Question | undefined {
  return way.kind === 'tree' ? way.questions.find((one) => one.question === id) : undefined;
}

function answerTitle(question: Question | undefined, answer: string): Text {
  return question?.answers.find((one) => one.answer === answer)?.title ?? same(answer);
}

function rowOf({ way }: Decision, row: number) {
  return way.kind === 'table' ? way.rows[row] : undefined;
}

function outcomeWhyNot(other: OutcomeWhyNot, decision: Decision, titles: Titles): Text {
  switch (other.because) {
    case 'answer': {
      const question = questionOf(decision, other.step.question);
      const [said, needed] = [other.step.answer, other.needed].map((one) => answerTitle(question, one));
      const title = question?.title ?? same(other.step.question);
      return {
        zh: `「${title.zh}」答的是「${said?.zh}」，要「${needed?.zh}」才行`,
        en: `"${title.en}" was answered ${said?.en}; it would take ${needed?.en}`,
      };
    }
    case 'question': {
      const title = questionOf(decision, other.question)?.title ?? same(other.question);
      return { zh: `「${title.zh}」还没有回答`, en: `"${title.en}" is still to be answered` };
    }
    case 'otherwise':
      return { zh: '有规则成立', en: 'a rule holds' };
    default:
      return ruleWhyNot(other, decision, titles);
  }
}

function ruleWhyNot(one: RuleWhyNot, decision: Decision, titles: Titles): Text {
  const number = one.rule + 1;
  switch (one.because) {
    case 'unmet': {
      const parts = one.unmet.map((leaf) => leafText(leaf, titles));
      return {
        zh: `规则 ${number}：${parts.map(({ zh }) => zh).join('；')}`,
        en: `rule ${number}: ${parts.map(({ en }) => en).join('; ')}`,
      };
    }
    case 'earlier': {
      const title = namedOf(decision, rowOf(decision, one.earlier)?.outcome ?? '').title;
      return {
        zh: `规则 ${number} 成立，但规则 ${one.earlier + 1}（${title.zh}）在前`,
        en: `rule ${number} holds, but rule ${one.earlier + 1} (${title.en}) comes first`,
      };
    }
    case 'several':
      return { zh: `规则 ${number} 成立，但不止它一条`, en: `rule ${number} holds, but not alone` };
  }
}

function rulePart(one: OutcomeWhyNot | RuleWhyNot, decision: Decision, titles: Titles) {
  if (!('rule' in one)) return {};
  const row = rowOf(decision, one.rule);
  const unmet = one.because === 'unmet' ? one.unmet : undefined;
  return {
    ...(row !== undefined && { rule: row.at }),
    ...(unmet !== undefined && { unmet: unmet.map((leaf) => ({ ...leaf, text: leafText(leaf, titles) })) }),
  };
}

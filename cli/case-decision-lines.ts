/** A decision of a case as lines of text: what it came to, by which way, and what must be answered. */

import type { DecisionExplanationView, DecisionView } from '../api/views/decision-view.ts';
import type { CaseContext } from './case-clock-lines.ts';

/** The short telling, for the sheet of a case. */
export function oneDecision(decision: DecisionView, context: CaseContext): string[] {
  const { lang } = context;
  const head = `  ${decision.title[lang]}  ${standingText(decision, context)}  [${decision.decision}]`;
  const path = decision.path.map((step) => `${step.question} ${step.answer_title[lang]}`).join(' › ');
  return [head, ...(path === '' ? [] : [`    ${path}`]), ...nextLines(decision, context)];
}

/** The whole of it, with every other outcome and rule. */
export function decisionLines(view: DecisionExplanationView, context: CaseContext): string[] {
  const { lang, say, face } = context;
  const steps = view.path.map((step) => {
    const who =
      step.person === undefined ? say('事实', 'the facts') : `${step.person.name}, ${face.instant(step.at ?? '')}`;
    return `  ${step.title[lang]}  → ${step.answer_title[lang]}  (${who})`;
  });
  const holding = view.rules.map((rule) => `  ${say('命中', 'holds')}: ${rule.file}:${rule.line}:${rule.col}`);
  const others = view.others.map((other) => `  ${other.title[lang]}: ${other.text[lang]}`);
  return [
    `${view.title[lang]}  ${standingText(view, context)}`,
    ...view.outcomes.flatMap(({ advice }) => (advice === undefined ? [] : [`  ${advice[lang]}`])),
    ...(steps.length === 0 ? [] : ['', say('经过', 'The way'), ...steps]),
    ...(holding.length === 0 ? [] : ['', say('规则', 'Rules'), ...holding]),
    ...nextLines(view, context),
    ...(others.length === 0 ? [] : ['', say('为什么不是', 'Why not'), ...others]),
  ];
}

function standingText(
  { standing, outcomes, last, decided_at, fresh_until }: DecisionView,
  context: CaseContext,
): string {
  const { lang, say, face } = context;
  if (standing === 'current') {
    const titles = outcomes.map(({ title }) => title[lang]).join(', ');
    const since = decided_at === undefined ? '' : say(`，自 `, `, since `) + face.instant(decided_at);
    const until = fresh_until === undefined ? '' : say(`，有效至 `, `, fresh until `) + face.instant(fresh_until);
    return `${titles === '' ? say('无', 'none') : titles}${since}${until}`;
  }
  const before = last.length === 0 ? '' : say('，原为 ', ', was ') + last.map(({ title }) => title[lang]).join(', ');
  const texts = {
    missing: say('尚未作出', 'not made yet'),
    asked_again: say('要重新回答', 'must be answered again'),
    stale: say('已过期，要重新回答', 'no longer fresh, must be answered again'),
    open: say('事实不足以得出', 'the facts do not settle it'),
    cycle: say('以自己为条件', 'rests on itself'),
  };
  return texts[standing] + before;
}

function nextLines({ next, asked_again: again, can_answer }: DecisionView, { lang, say }: CaseContext): string[] {
  const facts = again?.facts.map(({ title }) => title[lang]).join(', ') ?? '';
  const why = facts === '' ? [] : [`    ${say('变了的事实', 'changed')}: ${facts}`];
  if (next === undefined) return why;
  const offered = next.answers.map(({ answer }) => answer).join(' | ');
  const who = can_answer.map((person) => person.name).join(', ');
  return [...why, `    ? ${next.title[lang]}  (${offered}; ${say('由', 'by')} ${who})  [${next.question}]`];
}

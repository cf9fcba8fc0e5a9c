/** Why a decision came to what it came to, and for every other outcome and rule the nearest reason why not. */

import type { DecisionSeen, Seen } from '../condition/seen.ts';
import { type Come, comeTo, type PathStep } from '../parts/decision.ts';
import type { Decision, Next, Table, Tree } from '../playbook/decision.ts';
import { type CaseView, seenIn } from './case-view.ts';
import { standingAnswers } from './decision-standing.ts';
import { lookUp } from './look-up.ts';
import type { UnmetLeaf } from './outcome.ts';
import { blockingLeaves } from './reasons.ts';
import type { DecisionAnswer, DecisionEntry } from './state.ts';

/** Rules are numbered from 0. */
export type RuleWhyNot =
  | { readonly rule: number; readonly because: 'unmet'; readonly unmet: readonly UnmetLeaf[] }
  /** It holds, and one before it counts. */
  | { readonly rule: number; readonly because: 'earlier'; readonly earlier: number }
  /** It holds, and so do others where one is wanted. */
  | { readonly rule: number; readonly because: 'several'; readonly holding: readonly number[] };

export type OutcomeWhyNot = { readonly outcome: string } & (
  | RuleWhyNot
  /** The last question on the way at which another answer leads there. */
  | { readonly because: 'answer'; readonly step: PathStep; readonly needed: string }
  /** It may still come out, once the question is answered. */
  | { readonly because: 'question'; readonly question: string }
  /** What is left over when no rule holds. */
  | { readonly because: 'otherwise'; readonly holding: readonly number[] }
);

export interface DecisionExplanation {
  readonly decision: Decision;
  readonly standing: DecisionSeen;
  readonly entry: DecisionEntry | undefined;
  /** As far as answers and facts lead now. */
  readonly come: Come;
  /** Answers by people that still stand. */
  readonly answers: Readonly<Record<string, DecisionAnswer>>;
  /** Of every outcome that it did not come to. */
  readonly others: readonly OutcomeWhyNot[];
  /** Of every rule of a table that does not count, in the order written. */
  readonly rules: readonly RuleWhyNot[];
}

export function explainDecision(view: CaseView, decision: Decision): DecisionExplanation {
  const seen = seenIn(view);
  const entry = lookUp(view.state.decisions ?? {}, decision.decision);
  const answers = standingAnswers(decision, entry, seen);
  const come = comeTo(decision, (question) => lookUp(answers, question)?.answer, seen);
  const { way } = decision;
  const rules = way.kind === 'table' ? rulesWhyNot(way, come, seen) : [];
  const reached = come.reached ? come.outcomes : [];
  const missed = decision.outcomes.map(({ outcome }) => outcome).filter((outcome) => !reached.includes(outcome));
  const others = missed.flatMap((outcome) =>
    way.kind === 'table' ? tableWhyNot(way, outcome, rules, come) : treeWhyNot(way, outcome, come),
  );
  const standing = seen.decision?.(decision.decision) ?? { standing: 'missing', outcomes: [] };
  return { decision, standing, entry, come, answers, others, rules };
}

function rulesWhyNot({ hit, rows }: Table, come: Come, seen: Seen): readonly RuleWhyNot[] {
  const counting = come.reached ? come.rows : [];
  const several = come.reached ? [] : (come.several ?? []);
  return rows.flatMap(({ when }, rule): RuleWhyNot[] => {
    if (counting.includes(rule)) return [];
    const unmet = blockingLeaves(when, seen);
    if (unmet.length > 0) return [{ rule, because: 'unmet', unmet }];
    const [earlier] = counting;
    if (hit === 'first' && earlier !== undefined) return [{ rule, because: 'earlier', earlier }];
    return [{ rule, because: 'several', holding: several }];
  });
}

/** Of the rules that lead there the one that lacks least. */
function tableWhyNot(
  { rows, otherwise }: Table,
  outcome: string,
  rules: readonly RuleWhyNot[],
  come: Come,
): readonly OutcomeWhyNot[] {
  const lacks = (one: RuleWhyNot): number => (one.because === 'unmet' ? one.unmet.length : 0);
  const [nearest] = rules
    .filter(({ rule }) => rows[rule]?.outcome === outcome)
    .sort((a, b) => lacks(a) - lacks(b) || a.rule - b.rule);
  if (nearest !== undefined) return [{ outcome, ...nearest }];
  if (outcome !== otherwise) return [];
  return [{ outcome, because: 'otherwise', holding: come.reached ? come.rows : [] }];
}

function treeWhyNot(tree: Tree, outcome: string, come: Come): readonly OutcomeWhyNot[] {
  const open = come.reached ? undefined : come.question;
  if (open?.answers.some(({ next }) => leadsTo(tree, next, outcome))) {
    return [{ outcome, because: 'question', question: open.question }];
  }
  for (const step of come.path.toReversed()) {
    const question = tree.questions.find((one) => one.question === step.question);
    const needed = question?.answers.find(({ answer, next }) => answer !== step.answer && leadsTo(tree, next, outcome));
    if (needed !== undefined) return [{ outcome, because: 'answer', step, needed: needed.answer }];
  }
  return [];
}

/** Whether some answers lead from there to the outcome. */
function leadsTo({ questions }: Tree, from: Next, outcome: string): boolean {
  const met = new Set<string>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'outcome') {
      if (next.to === outcome) return true;
      continue;
    }
    const { to } = next;
    if (met.has(to)) continue;
    met.add(to);
    waiting.push(...(questions.find((one) => one.question === to)?.answers ?? []).map((one) => one.next));
  }
  return false;
}

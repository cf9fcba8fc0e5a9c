/** What a decision comes to: a tree followed answer by answer, a table judged row by row. Nothing here knows a case. */

import { truthOf } from '../condition/evaluate.ts';
import type { Truth } from '../condition/result.ts';
import type { Seen } from '../condition/seen.ts';
import type { Condition } from '../playbook/condition.ts';
import type { Decision, Question, Table, Tree } from '../playbook/decision.ts';

/** A question on the path, with the answer taken. */
export interface PathStep {
  readonly question: string;
  readonly answer: string;
  readonly by: 'people' | 'facts';
}

export interface Reached {
  readonly reached: true;
  /** One; of a table that collects every one that holds, which may be none. */
  readonly outcomes: readonly string[];
  /** Of a table that collects: those not known to hold or not. */
  readonly maybe: readonly string[];
  /** Of a tree. */
  readonly path: readonly PathStep[];
  /** Of a table: the rows that hold, from 0; none where it is `otherwise`. */
  readonly rows: readonly number[];
}

export interface Unreached {
  readonly reached: false;
  readonly path: readonly PathStep[];
  /** The question that must be answered next; absent where the facts of a table do not settle it. */
  readonly question?: Question;
  /** More rows than one hold of a table that wants one. */
  readonly several?: readonly number[];
}

export type Come = Reached | Unreached;

/** What people have answered to a question. */
export type AnswerOf = (question: string) => string | undefined;

/** Total: an answer that is no longer offered counts as none, a path that leads back to itself ends open. */
export function comeTo({ way }: Decision, answerOf: AnswerOf, seen: Seen): Come {
  return way.kind === 'tree' ? follow(way, answerOf, seen) : judgeTable(way, seen);
}

function follow({ questions }: Tree, answerOf: AnswerOf, seen: Seen): Come {
  const path: PathStep[] = [];
  let question = questions[0];
  while (question !== undefined && path.length <= questions.length) {
    const fromFacts = answerByFacts(question, seen);
    const given = fromFacts ?? answerOf(question.question);
    const answer = question.answers.find((one) => one.answer === given);
    if (answer === undefined) return { reached: false, path, question };
    path.push({ question: question.question, answer: answer.answer, by: fromFacts === undefined ? 'people' : 'facts' });
    const { kind, to } = answer.next;
    if (kind === 'outcome') return { reached: true, outcomes: [to], maybe: [], path, rows: [] };
    question = questions.find((one) => one.question === to);
  }
  return { reached: false, path };
}

/** Absent where the facts leave it to people. */
export function answerByFacts({ from }: Question, seen: Seen): string | undefined {
  const truth = from === undefined ? 'unknown' : truthOf(from, seen);
  return truth === 'unknown' ? undefined : truth ? 'yes' : 'no';
}

function judgeTable({ hit, rows, otherwise }: Table, seen: Seen): Come {
  const none = otherwise === undefined ? undefined : at([otherwise], []);
  if (hit === 'first') {
    // A row that may hold hides those below: which of them is first is not known.
    for (const [index, row] of rows.entries()) {
      const truth = truthOf(row.when, seen);
      if (truth === 'unknown') return OPEN;
      if (truth) return at([row.outcome], [index]);
    }
    return none ?? OPEN;
  }
  const truths = rows.map((row) => truthOf(row.when, seen));
  const holding = indexesOf(truths, true);
  const open = indexesOf(truths, 'unknown');
  const outcomesOf = (indexes: readonly number[]) => [...new Set(indexes.flatMap((one) => rows[one]?.outcome ?? []))];
  if (hit === 'collect') {
    if (holding.length === 0 && open.length === 0 && none !== undefined) return none;
    return { ...at(outcomesOf(holding), holding), maybe: outcomesOf(open) };
  }
  if (holding.length > 1) return { ...OPEN, several: holding };
  if (holding.length === 1) return at(outcomesOf(holding), holding);
  return open.length === 0 ? (none ?? OPEN) : OPEN;
}

/**
 * For each outcome that people can bring about with the facts as they are, the answers that lead to it, fewest first. Each
 * question is looked at once, by the shortest way to it.
 */
export function waysTo({ questions }: Tree, seen: Seen): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const ways = new Map<string, Readonly<Record<string, string>>>();
  const met = new Set<string>();
  const [first] = questions;
  const waiting: [Question | undefined, Readonly<Record<string, string>>][] = [[first, {}]];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [question, answers] = next;
    if (question === undefined || met.has(question.question)) continue;
    met.add(question.question);
    const byFacts = answerByFacts(question, seen);
    for (const { answer, next: to } of question.answers) {
      if (byFacts !== undefined && byFacts !== answer) continue;
      const given = byFacts === undefined ? { ...answers, [question.question]: answer } : answers;
      if (to.kind === 'ask') waiting.push([questions.find((one) => one.question === to.to), given]);
      else if (!ways.has(to.to)) ways.set(to.to, given);
    }
  }
  return ways;
}

/** What the facts are looked at by. */
export function conditionsOf({ way }: Decision): readonly Condition[] {
  if (way.kind === 'table') return way.rows.map((row) => row.when);
  return way.questions.flatMap(({ from }) => from ?? []);
}

const OPEN: Unreached = { reached: false, path: [] };

function at(outcomes: readonly string[], rows: readonly number[]): Reached {
  return { reached: true, outcomes, maybe: [], path: [], rows };
}

function indexesOf(truths: readonly Truth[], wanted: Truth): readonly number[] {
  return truths.flatMap((truth, index) => (truth === wanted ? [index] : []));
}

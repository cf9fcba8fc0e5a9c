/** How the decisions of a case stand: which answers still count, and what they come to with the facts as they are. */

import type { DecisionSeen, Seen } from '../condition/seen.ts';
import { type Come, comeTo, type Reached } from '../parts/decision.ts';
import type { Decision } from '../playbook/decision.ts';
import { addDuration } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { lookUp } from './look-up.ts';
import type { DecisionAnswer, DecisionEntry } from './state.ts';

type Answers = Readonly<Record<string, DecisionAnswer>>;

/** Reads decisions by id; what one rests on may name others, and one that comes back to itself comes to nothing. */
export function decisionReader(
  rules: ReadonlyMap<string, Decision>,
  entries: Readonly<Record<string, DecisionEntry>>,
  seen: Seen,
): (id: string) => DecisionSeen {
  const judging = new Set<string>();
  return (id) => {
    const rule = rules.get(id);
    if (rule === undefined) return { standing: 'missing', outcomes: [] };
    if (judging.has(id)) return { standing: 'cycle', outcomes: [] };
    judging.add(id);
    const entry = lookUp(entries, id);
    const answers = standingAnswers(rule, entry, seen);
    const come = comeTo(rule, (question) => lookUp(answers, question)?.answer, seen);
    judging.delete(id);
    return come.reached ? currentOf(come, answers) : { standing: whyNot(rule, entry, come, seen), outcomes: [] };
  };
}

/** Answers that have neither been asked for again nor grown too old. */
export function standingAnswers(
  rule: Decision,
  entry: DecisionEntry | undefined,
  { now, calendar }: Pick<Seen, 'now' | 'calendar'>,
): Answers {
  if (entry === undefined) return {};
  const again = entry.asked_again?.questions ?? [];
  const standing = Object.entries(entry.answers).filter(([question, { at }]) => {
    const isFresh = rule.fresh_for === undefined || addDuration(calendar, at, rule.fresh_for) > now;
    return isFresh && !again.includes(question);
  });
  return Object.fromEntries(standing);
}

/** The answers by people that an outcome rests on. */
export function answersBehind({ path }: Pick<Reached, 'path'>, answers: Answers): Answers {
  const kept = path.flatMap(({ question, by }) => {
    const given = by === 'people' ? lookUp(answers, question) : undefined;
    return given === undefined ? [] : [[question, given] as const];
  });
  return Object.fromEntries(kept);
}

function currentOf(come: Reached, answers: Answers): DecisionSeen {
  const instants = Object.values(answersBehind(come, answers)).map(({ at }): Instant => at);
  const [oldest] = instants.sort();
  return {
    standing: 'current',
    outcomes: come.outcomes,
    maybe: come.maybe,
    ...(oldest !== undefined && { at: oldest }),
  };
}

function whyNot(
  rule: Decision,
  entry: DecisionEntry | undefined,
  come: Exclude<Come, Reached>,
  seen: Seen,
): DecisionSeen['standing'] {
  const question = come.question?.question;
  const before = question === undefined ? undefined : lookUp(entry?.answers ?? {}, question);
  if (before === undefined) return rule.way.kind === 'table' ? 'open' : 'missing';
  const isOld = rule.fresh_for !== undefined && addDuration(seen.calendar, before.at, rule.fresh_for) <= seen.now;
  return isOld ? 'stale' : 'asked_again';
}

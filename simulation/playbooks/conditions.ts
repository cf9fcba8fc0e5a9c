/** Random conditions, as somebody might write them into a playbook. */

import type { Chance } from '../chance.ts';
import type { Written } from './files.ts';

/** What a condition may speak of where it stands. */
export interface Vocabulary {
  readonly evidence: readonly string[];
  /** Declared earlier, so that none leads back to itself. */
  readonly milestones: readonly string[];
  /** Before a case is open nothing has been done: facts and tasks alone. */
  readonly isOpening?: boolean;
  /** Inside the formula of `score`: it cannot name itself. */
  readonly isScored?: boolean;
}

const ORDERS = ['at_least', 'more_than', 'at_most', 'less_than', 'is', 'is_not'] as const;
const SPANS = ['2 days', '12 days', '36 hours', '40 days'] as const;
const WORKING_SPANS = ['3 business days', '10 business days', '20 business hours', '9 days'] as const;

function fact(chance: Chance, { isScored }: Vocabulary): Written {
  const numbers = ['size', 'price', 'double', ...(isScored ? [] : ['score'])];
  return chance.weighted<() => Written>([
    [4, () => ({ fact: chance.pick(numbers), [chance.pick(ORDERS)]: chance.between(0, 4) })],
    [1, () => ({ fact: 'rebate', [chance.pick(['at_least', 'less_than'])]: chance.pick(['0%', '50%']) })],
    [2, () => ({ fact: 'warm', is: chance.pick(['yes', 'no']) })],
    [2, () => ({ fact: 'segment', is: chance.pick(['new', 'old']) })],
    [2, () => ({ fact: chance.pick(['size', 'warm', 'signing']), is_known: chance.pick(['yes', 'yes', 'no']) })],
    [1, () => ({ fact: chance.pick(numbers), [chance.pick(ORDERS)]: { fact: 'price' } })],
    [1, () => ({ fact: 'signing', [chance.pick(['within', 'ago'])]: chance.pick(SPANS) })],
  ])();
}

function leaf(chance: Chance, words: Vocabulary): Written {
  const { isOpening = false, evidence, milestones } = words;
  const done = (weight: number): number => (isOpening ? 0 : weight);
  return chance.weighted<() => Written>([
    [6, () => fact(chance, words)],
    [done(evidence.length > 0 ? 5 : 0), () => ({ evidence: chance.pick(evidence) })],
    [2, () => ({ task: chance.pick(['open', 'dated', 'overdue']) })],
    [
      done(2),
      () => ({ activity: chance.pick(['any', 'call', 'visit']), within: chance.pick([...SPANS, ...WORKING_SPANS]) }),
    ],
    [done(milestones.length > 0 ? 2 : 0), () => ({ milestone: chance.pick(milestones) })],
  ])();
}

/** Up to three levels of `all`, `any` and `not`. */
export function condition(chance: Chance, words: Vocabulary, depth = 0): Written {
  const inner = (): Written => condition(chance, words, depth + 1);
  const deeper = depth < 2 ? 1 : 0;
  return chance.weighted<() => Written>([
    [4, () => leaf(chance, words)],
    [2 * deeper, () => ({ [chance.pick(['all', 'any'])]: several(chance, inner) })],
    [deeper, () => ({ not: inner() })],
  ])();
}

function several(chance: Chance, one: () => Written): readonly Written[] {
  return Array.from({ length: chance.between(1, 3) }, one);
}

/** Rests on evidence for sure, and mostly on something else. */
export function proof(chance: Chance, words: Vocabulary, evidence: string): Written {
  const base = { evidence };
  return chance.weighted<() => Written>([
    [6, () => base],
    [1, () => ({ all: [base, condition(chance, words, 1)] })],
    [1, () => ({ any: [base, condition(chance, words, 1)] })],
  ])();
}

/** What `explain` promises where facts are in the way: of every type, computed by every formula, compared with each other. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Operator } from '../../engine/playbook/condition.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Fact } from '../../engine/playbook/value.ts';
import { fewestCommands } from './explain/brute-force.ts';
import { asking, explained, openedIn, set } from './explain/explained.ts';
import { follow, unlocks } from './explain/follow-plan.ts';
import { askingSet, cny, FACTS, someFacts, VALUES } from './explain/random-facts.ts';
import { all, any, fact, factIs, lasting, not, place, task, text } from './playbook-fixture.ts';

const runs = Number(process.env['PLAYRAIL_PROPERTY_RUNS'] ?? 70);

type Given = Readonly<Record<string, unknown>>;

/** Opened without the facts, so that its pipeline may have stopped to apply. */
function inFacts(playbook: PlaybookSet, given: Given) {
  return explained(playbook, Object.keys(given).length === 0 ? [] : [set(given)]);
}

/** The facts to set, `!` before those to clear, and what each is to bring about. */
function wayWith(when: Condition, given: Given, facts: Readonly<Record<string, Fact>> = FACTS) {
  const { world, state, said, plan } = inFacts(asking(when, { facts }), given);
  if (plan === undefined) return undefined;
  expect(unlocks(world, follow(world, state, plan, true), state, 's1')).toBe(true);
  return said.acts?.map((act, index) => {
    const step = plan[index];
    if (act.act !== 'set_fact' || step?.step !== 'set') return act.act;
    expect(Object.keys(act).sort()).toEqual(['act', 'fact', 'rule', 'so_that', 'title', 'who']);
    const wants = act.so_that.map(({ leaf, want }) => `${'fact' in leaf ? leaf.fact : leaf.kind} ${want}`);
    return `${step.value === undefined ? '!' : ''}${act.fact}: ${wants.join(', ')}`;
  });
}

const compared = (name: string, operator: Operator, other: string): Condition => ({
  kind: 'fact',
  fact: name,
  operator,
  operand: { kind: 'fact', fact: other },
  at: place(),
});
const spanned = (name: string, operator: Operator, days: number): Condition => ({
  kind: 'fact',
  fact: name,
  operator,
  operand: { kind: 'duration', duration: lasting(days, 'days') },
  at: place(),
});

describe('explain, whatever the facts', () => {
  it('gives acts that unlock the stage, none of them idle, and fewer than any found by trying', () => {
    fc.assert(
      fc.property(askingSet, someFacts, (playbook, given) => {
        fc.pre(openedIn(playbook) !== undefined);
        const { world, state, said, plan } = inFacts(playbook, given);
        expect(said.acts?.length).toBe(plan?.length);
        if (plan !== undefined) {
          expect(unlocks(world, follow(world, state, plan, true), state, 's1')).toBe(true);
          for (const left of plan) {
            const others = plan.filter((step) => step !== left);
            expect(unlocks(world, follow(world, state, others, false), state, 's1')).toBe(false);
          }
        }
        const most = Math.min(2, (plan?.length ?? 3) - 1);
        expect(fewestCommands(world, state, 's1', most, VALUES)).toBeUndefined();
      }),
      { numRuns: runs },
    );
  });
});

describe('explain, about computed facts', () => {
  it('names a fact they are computed from, and what it is to bring about', () => {
    const both = { amount: cny(1_000), cost: cny(900) };
    expect(wayWith(factIs('margin', 'at_least', cny(500)), both)).toEqual([
      expect.stringMatching(/^(amount|cost): margin true$/),
    ]);
    expect(wayWith(factIs('margin', 'at_least', cny(500)), { amount: cny(1_000) })).toEqual(['cost: margin true']);
    expect(wayWith(factIs('margin', 'at_least', cny(500)), {})?.sort()).toEqual([
      'amount: margin true',
      'cost: margin true',
    ]);
    expect(wayWith(factIs('fee', 'is', cny(100)), { amount: cny(1_000) })).toEqual(['rate: fee true']);
    expect(wayWith(not(factIs('discount', 'more_than', 0.1)), both)).toEqual([]);
    expect(wayWith(factIs('discount', 'more_than', 0.9), { amount: cny(1_000), cost: cny(900), rate: 0 })).toHaveLength(
      1,
    );
  });

  it('finds values for every formula', () => {
    expect(wayWith(factIs('total', 'is', 8), { count: 3, bonus: 100 })).toEqual(['bonus: total true']);
    expect(wayWith(factIs('least', 'at_least', 4), { count: 5, bonus: 1 })).toEqual(['bonus: least true']);
    expect(wayWith(factIs('least', 'at_least', 4), { count: 1, bonus: 1 })).toHaveLength(2);
    expect(wayWith(factIs('most', 'less_than', 4), { count: 5, bonus: 1 })).toEqual(['count: most true']);
    expect(wayWith(factIs('length', 'is', 90), { starts: '2026-01-31' })).toEqual(['ends: length true']);
    expect(wayWith(factIs('length', 'is', -7), { ends: '2026-01-31' })).toEqual(['starts: length true']);
  });

  it('finds rows by how many there are and what their columns come to', () => {
    expect(wayWith(factIs('lines', 'at_least', 3), {})).toEqual(['items: lines true']);
    expect(wayWith(factIs('lines', 'is', 0), {})).toEqual(['items: lines true']);
    expect(wayWith(factIs('worth', 'more_than', cny(200_000)), {})).toEqual(['items: worth true']);
    const few = all(factIs('lines', 'is', 4), factIs('worth', 'is', cny(1_000)), factIs('pieces', 'less_than', 3));
    expect(wayWith(few, {})).toEqual(['items: lines true, worth true, pieces true']);
    expect(wayWith(all(factIs('cheapest', 'at_least', cny(500)), factIs('worth', 'at_most', cny(500))), {})).toEqual([
      'items: cheapest true, worth true',
    ]);
  });

  it('wins a score by what gives points, and names what it is for', () => {
    const points = [
      { when: factIs('warm', 'is', true), points: 2 },
      { when: factIs('size', 'at_least', 3), points: 3 },
      { when: task('open'), points: 1 },
    ];
    const facts = Object.fromEntries([
      fact('warm', 'yes_no'),
      fact('size', 'number'),
      fact('score', 'number', { from: { kind: 'score', points, at: place() } }),
    ]);
    const score = (operator: Operator, value: number) => factIs('score', operator, value);
    expect(wayWith(score('at_least', 3), { warm: false, size: 1 }, facts)).toEqual(['size: score true']);
    expect(wayWith(score('is', 3), { warm: true, size: 1 }, facts)).toEqual(['plan_task']);
    expect(wayWith(score('more_than', 5), { warm: true, size: 1 }, facts)).toEqual(['size: score true', 'plan_task']);
    expect(wayWith(score('less_than', 3), { warm: false, size: 4 }, facts)).toEqual(['size: score true']);
    expect(wayWith(not(score('at_least', 1)), { warm: false }, facts)).toEqual(['size: score false']);
    expect(wayWith(score('more_than', 6), { warm: true }, facts)).toBeUndefined();
    // A pipeline applies as long as it is not known not to: not knowing the score is enough.
    const never = asking(task('open'), { facts, applies_when: score('more_than', 6) });
    expect(inFacts(never, { warm: true, size: 1 }).said.effort).toBe(2);
  });

  it('wins long scores too, finding first what they do not know', () => {
    const names = Array.from({ length: 10 }, (_one, index) => `f${index}`);
    const points = names.map((name, index) => ({ when: factIs(name, 'at_least', index), points: index + 1 }));
    const score = fact('score', 'number', { from: { kind: 'score', points, at: place() } });
    const facts = Object.fromEntries([...names.map((name) => fact(name, 'number')), score]);
    const low = Object.fromEntries(names.map((name) => [name, -1]));
    const half = factIs('score', 'at_least', 27);
    expect(wayWith(half, low, facts)).toEqual(['f7: score true', 'f8: score true', 'f9: score true']);
    expect(wayWith(half, {}, facts)).toHaveLength(10);
    expect(wayWith(not(half), low, facts)).toEqual([]);
    expect(wayWith(factIs('score', 'more_than', 55), {}, facts)).toBeUndefined();
  });

  it('takes one of them away where the computed fact must not be known', () => {
    const way = wayWith(factIs('margin', 'is_known', false), { amount: cny(1), cost: cny(1) });
    expect(way).toEqual([expect.stringMatching(/^!(amount|cost): margin true$/)]);
    expect(wayWith(not(factIs('amount', 'is_known', true)), { amount: cny(1) })).toEqual(['!amount: amount false']);
  });
});

describe('explain, about facts that are set', () => {
  it('sets both where two are compared and neither is known, and one where the other is', () => {
    expect(wayWith(compared('starts', 'before', 'ends'), {})).toHaveLength(2);
    expect(wayWith(compared('starts', 'before', 'ends'), { ends: '2026-01-01' })).toEqual(['starts: starts true']);
    expect(wayWith(compared('profit', 'more_than', 'amount'), { amount: cny(300), cost: cny(200) })).toEqual([
      'items: profit true',
    ]);
  });

  it('follows a chain of facts that must come out alike', () => {
    const items = [{ name: 'x', price: cny(777), pieces: 1 }];
    const chain = all(
      compared('amount', 'is', 'cost'),
      compared('cost', 'is', 'worth'),
      factIs('worth', 'is', cny(777)),
    );
    expect(wayWith(chain, { amount: cny(1), cost: cny(2), items })).toEqual([
      'amount: amount true',
      'cost: amount true, cost true',
    ]);
  });

  it('gives one fact a value that only another change makes right', () => {
    const room = all(
      factIs('fee', 'is', cny(1_000)),
      factIs('amount', 'at_most', cny(5_000)),
      factIs('rate', 'at_most', 0.5),
    );
    expect(wayWith(room, { amount: cny(500), rate: 0.1 })).toEqual([
      'amount: fee true, amount true',
      'rate: fee true, rate true',
    ]);
  });

  it('goes below and above everything that is named', () => {
    expect(wayWith(factIs('bonus', 'less_than', -500), {})).toEqual(['bonus: bonus true']);
    expect(wayWith(factIs('bonus', 'more_than', 500), {})).toEqual(['bonus: bonus true']);
    expect(wayWith(factIs('amount', 'more_than', cny(7_000_000)), {})).toEqual(['amount: amount true']);
    expect(wayWith(factIs('starts', 'after', '2027-01-01'), {})).toEqual(['starts: starts true']);
  });

  it('finds days near and far enough, and between', () => {
    expect(wayWith(spanned('starts', 'within', 5), { starts: '2026-03-01' })).toEqual(['starts: starts true']);
    expect(wayWith(spanned('starts', 'ago', 5), { starts: '2026-01-04' })).toEqual(['starts: starts true']);
    const between = all(spanned('starts', 'ago', 5), not(spanned('starts', 'ago', 6)));
    expect(wayWith(between, {})).toEqual(['starts: starts true, starts false']);
    const ahead = all(factIs('starts', 'after', '2026-01-05'), spanned('starts', 'within', 1));
    expect(wayWith(ahead, {})).toEqual(['starts: starts true, starts true']);
  });

  it('finds a value between two that are excluded', () => {
    const narrow = all(factIs('rate', 'more_than', 0.1), factIs('rate', 'less_than', 0.11));
    expect(wayWith(narrow, {})).toEqual(['rate: rate true, rate true']);
    expect(
      wayWith(all(factIs('amount', 'more_than', cny(1)), factIs('amount', 'less_than', cny(1.01))), {}),
    ).toBeUndefined();
  });

  it('keeps to the limits and choices of the fact', () => {
    expect(wayWith(factIs('rate', 'more_than', 0.99), {})).toEqual(['rate: rate true']);
    expect(wayWith(factIs('rate', 'more_than', 1), {})).toBeUndefined();
    expect(wayWith(factIs('count', 'less_than', 0), {})).toBeUndefined();
    const tags = all(
      factIs('tags', 'contains', 'a'),
      not(factIs('tags', 'contains', 'b')),
      factIs('tags', 'is_not', ['a']),
    );
    expect(wayWith(tags, {})).toHaveLength(1);
    expect(wayWith(factIs('sponsor', 'in', ['liv', 'nobody']), {})).toBeUndefined();
    expect(wayWith(factIs('sponsor', 'not_in', ['ann', 'mia']), { sponsor: 'mia' })).toEqual(['sponsor: sponsor true']);
  });

  it('keeps to the currency that is asked for', () => {
    const facts = Object.fromEntries([fact('price', 'money'), fact('budget', 'money')]);
    const usd = (amount: number) => ({ minor: amount * 100, currency: 'USD' });
    const given = { budget: cny(100) };
    expect(wayWith(factIs('price', 'at_least', usd(50)), given, facts)).toEqual(['price: price true']);
    expect(wayWith(compared('price', 'more_than', 'budget'), { ...given, price: usd(500) }, facts)).toHaveLength(1);
  });

  it('holds or mixes words as the conditions want them', () => {
    const words = all(
      factIs('note', 'contains', 'plan'),
      factIs('note', 'contains', 'budget'),
      factIs('note', 'is_not', 'plan'),
    );
    expect(wayWith(words, { note: 'plan' })).toEqual(['note: note true, note true, note true']);
    const facts = Object.fromEntries([
      fact('page', 'link'),
      fact('segment', 'choice', { choices: { new: text('new'), old: text('old') } }),
    ]);
    const other = all(factIs('page', 'is_known', true), factIs('segment', 'not_in', ['new']));
    expect(wayWith(other, {}, facts)).toEqual(['page: page true', 'segment: segment true']);
  });

  it('asks for all that a fact must be at once, but not for ways not taken', () => {
    const when = all(
      factIs('count', 'at_least', 3),
      factIs('count', 'at_most', 5),
      any(factIs('count', 'is', 4), task('open')),
    );
    expect(wayWith(when, {})).toEqual(['count: count true, count true, count true']);
    const free = all(factIs('count', 'at_least', 3), any(factIs('count', 'is', 9), factIs('bonus', 'is', 1)));
    expect(wayWith(free, { bonus: 1 })).toEqual(['count: count true']);
  });

  it('keeps a pipeline applying, for which not knowing is enough', () => {
    const grown = asking(factIs('count', 'at_least', 1), {
      facts: FACTS,
      applies_when: factIs('count', 'less_than', 10),
    });
    const { said } = inFacts(grown, { count: 20 });
    expect(said.unmet.map((reason) => reason.code)).toEqual(['pipeline-does-not-apply']);
    expect(said.acts).toMatchObject([
      { act: 'set_fact', fact: 'count', so_that: [{ want: 'true' }, { want: 'not_false' }] },
    ]);
    const never = asking(task('open'), { facts: FACTS, applies_when: factIs('count', 'more_than', 100) });
    const { said: outgrown, plan } = inFacts(never, { count: 20 });
    expect(outgrown.effort).toBe(2);
    expect(plan).toContainEqual({ step: 'set', fact: 'count', value: undefined });
  });
});

/** What `explain` proposes for facts that people set, of every type, by themselves and compared with each other. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewestCommands } from './explain/brute-force.ts';
import { asking, openedIn } from './explain/explained.ts';
import { follow, unlocks } from './explain/follow-plan.ts';
import { askingSet, cny, FACTS, someFacts, VALUES } from './explain/random-facts.ts';
import { compared, inFacts, spanned, wayWith } from './explain/way-with.ts';
import { all, any, fact, factIs, not, task, text } from './playbook-fixture.ts';

const runs = Number(process.env['PLAYRAIL_PROPERTY_RUNS'] ?? 70);

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
        // Cut short, it says that there may be fewer.
        if (!said.is_cheapest) return;
        const most = Math.min(2, (plan?.length ?? 3) - 1);
        expect(fewestCommands(world, state, 's1', most, VALUES)).toBeUndefined();
      }),
      { numRuns: runs },
    );
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

  it('takes over words, people and choices from the fact they are compared with', () => {
    const list = Object.fromEntries('abcdefgh'.split('').map((one) => [one, text(one)]));
    const facts = Object.fromEntries([
      fact('buyer', 'person'),
      fact('sponsor', 'person'),
      fact('said', 'text'),
      fact('heard', 'text'),
      fact('tags', 'choices', { choices: list }),
    ]);
    expect(wayWith(compared('buyer', 'is', 'sponsor'), { sponsor: 'moe' }, facts)).toEqual(['buyer: buyer true']);
    expect(wayWith(compared('said', 'is', 'heard'), { said: 'this', heard: 'that' }, facts)).toEqual([
      'said: said true',
    ]);
    expect(wayWith(factIs('tags', 'is', ['a', 'c', 'e', 'g']), { tags: ['h'] }, facts)).toEqual(['tags: tags true']);
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

  it('gives two unknown facts the value that one of them must have', () => {
    expect(wayWith(all(compared('bonus', 'is', 'count'), factIs('count', 'is', 77)), {})).toEqual([
      'bonus: bonus true',
      'count: bonus true, count true',
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

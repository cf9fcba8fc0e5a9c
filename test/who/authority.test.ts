/** Authority: the lowest person above the owner whose limits cover everything the case is measured by. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dimension, Limit, Limits } from '../../engine/playbook/authority.ts';
import type { Roles } from '../../engine/playbook/roles.ts';
import type { Fact, Value, ValueType } from '../../engine/playbook/value.ts';
import { anyoneWithAuthority, whyNot } from '../../engine/who/authority.ts';
import type { People, Person } from '../../engine/who/people.ts';
import { mayAnswer, whoToAsk } from '../../engine/who/resolve-who.ts';
import type { WhoContext } from '../../engine/who/who-context.ts';
import { peopleOf, person } from './fixtures.ts';

const NOW = '2026-10-20T01:00:00.000Z';
const at = { file: 'sales.yaml', line: 1, col: 1 };
const title = (en: string) => ({ zh: `中文${en}`, en });

const DIMENSIONS: readonly Dimension[] = [
  { dimension: 'amount', title: title('Amount'), fact: 'amount', type: 'money', graver: 'higher', at },
  { dimension: 'discount', title: title('Discount'), fact: 'discount', type: 'percent', graver: 'higher', at },
  { dimension: 'margin', title: title('Margin'), fact: 'margin', type: 'percent', graver: 'lower', at },
  { dimension: 'term', title: title('Payment term'), fact: 'term_days', type: 'days', graver: 'higher', at },
  { dimension: 'odd_terms', title: title('Odd terms'), fact: 'odd_terms', type: 'yes_no', graver: 'yes', at },
  { dimension: 'our_paper', title: title('Our paper'), fact: 'our_paper', type: 'yes_no', graver: 'no', at },
  { dimension: 'kind', title: title('Kind'), fact: 'kind', type: 'choice', at },
];
const TYPES: Readonly<Record<string, ValueType>> = {
  amount: 'money',
  discount: 'percent',
  margin: 'percent',
  term_days: 'number',
  odd_terms: 'yes_no',
  our_paper: 'yes_no',
  kind: 'choices',
};

const cny = (minor: number) => ({ minor: minor * 100, currency: 'CNY' });
const upTo = (value: number | boolean | ReturnType<typeof cny>): Limit => ({ kind: 'up_to', value, at });
const among = (...choices: readonly string[]): Limit => ({ kind: 'among', choices, at });
const NONE: Limit = { kind: 'no_limit', at };

function rolesWith(authority: Readonly<Record<string, Limits | undefined>>): Roles {
  const posts = ['rep', 'leader', 'manager', 'director', 'admin'].map((role) => {
    const limits = authority[role];
    return { role, title: title(role), may: [], over: 'team' as const, at, ...(limits && { authority: limits }) };
  });
  return { roles: 'sales', posts, authority: DIMENSIONS, at };
}

/** ann sells; lea, max and dana stand above her, in this order. */
const LINE: readonly Person[] = [
  person('ann', 'rep', 'lea'),
  person('lea', 'leader', 'max'),
  person('max', 'manager', 'dana'),
  person('dana', 'director'),
  person('eve', 'rep', 'max'),
  person('root', 'admin'),
];

function contextOf(
  facts: Readonly<Record<string, Value>>,
  authority: Readonly<Record<string, Limits | undefined>>,
  more: Partial<WhoContext> & { readonly declares?: readonly string[] } = {},
): WhoContext {
  const { declares = Object.keys(facts), ...rest } = more;
  const declared = declares.map((name): [string, Fact] => {
    const choices = name === 'kind' ? { choices: { new: title('New'), old: title('Old') } } : {};
    return [name, { fact: name, type: TYPES[name] ?? 'text', title: title(name), ...choices, at }];
  });
  return {
    owner: 'ann',
    now: NOW,
    roles: rolesWith(authority),
    facts: Object.fromEntries(declared),
    fact: (name) => facts[name],
    ...rest,
  };
}

function away(one: Person, ...substitutes: readonly string[]): Person {
  const days = { first_day: '2026-10-19', last_day: '2026-10-23' };
  const from = '2026-10-18T16:00:00.000Z';
  return { ...one, absences: [{ absence: 'a1', ...days, from, until: '2026-10-23T16:00:00.000Z', substitutes }] };
}

const people = peopleOf(...LINE);
const changed = (...changes: readonly Person[]): People => peopleOf(...LINE, ...changes);

const BY_SIZE = {
  leader: { amount: upTo(cny(50_000)), discount: upTo(0.05) },
  manager: { amount: upTo(cny(200_000)), discount: upTo(0.1) },
  director: { amount: NONE, discount: NONE },
};
const size = (amount: number, discount: number) => contextOf({ amount: cny(amount), discount }, BY_SIZE);

describe('the lowest whose limits cover everything', () => {
  test('is asked, and no one above', () => {
    expect(anyoneWithAuthority(people, size(50_000, 0.05)).found).toBe('lea');
    expect(anyoneWithAuthority(people, size(50_001, 0.05)).found).toBe('max');
    expect(anyoneWithAuthority(people, size(50_000, 0.051)).found).toBe('max');
    expect(anyoneWithAuthority(people, size(200_000, 0.1)).found).toBe('max');
    expect(anyoneWithAuthority(people, size(10_000, 0.11)).found).toBe('dana');
  });

  test('comes with everybody passed over, and which limit was too low', () => {
    const { measured, line, nobody } = anyoneWithAuthority(people, size(60_000, 0.15));
    expect(nobody).toBeUndefined();
    expect(measured.map(({ dimension, value }) => [dimension.dimension, value])).toEqual([
      ['amount', cny(60_000)],
      ['discount', 0.15],
    ]);
    expect(line.map(({ stands, too_low }) => [stands, ...too_low.map((one) => one.dimension.dimension)])).toEqual([
      ['too_low', 'amount', 'discount'],
      ['too_low', 'discount'],
      ['covers'],
    ]);
    expect(line[0]?.too_low[0]).toMatchObject({ why: 'beyond', value: cny(60_000), limit: upTo(cny(50_000)) });
    expect(line.map(({ text }) => text.en)).toEqual([
      'lea (leader): Amount 60,000.00 CNY, may approve up to 50,000.00 CNY; Discount 15%, may approve up to 5%',
      'max (manager): Discount 15%, may approve up to 10%',
      'dana (director): may approve it',
    ]);
    expect(line[1]?.text.zh).toBe('max（中文manager）：中文Discount 15%，权限为不超过 10%');
  });

  test('is measured by facts that the pipeline declares, and by no others', () => {
    const context = contextOf({ amount: cny(10), discount: 0.5 }, BY_SIZE, { declares: ['amount'] });
    expect(anyoneWithAuthority(people, context).found).toBe('lea');
  });

  test('may be away: who steps in is shown, and for the asker to settle', () => {
    const { found, line } = anyoneWithAuthority(changed(away(LINE[1] as Person, 'eve')), size(10, 0));
    expect(found).toBe('lea');
    expect(line[0]).toMatchObject({ stands: 'covers', away: { stand_ins: ['eve'] } });
    expect(line[0]?.text.en).toBe('lea (leader, away): may approve it');
  });
});

describe('whoever is passed over whatever the limits', () => {
  test('has left, has a post without authority, or would judge their own work', () => {
    const context = { ...size(10, 0), isOwn: (id: string) => id === 'max' };
    const gone = { ...(LINE[1] as Person), active: false };
    const { found, line } = anyoneWithAuthority(
      changed(gone, person('dana', 'rep', 'top'), person('top', 'director')),
      context,
    );
    expect(line.map(({ person: id, stands }) => `${id} ${stands}`)).toEqual([
      'lea gone',
      'max own_work',
      'dana no_post',
      'top covers',
    ]);
    expect(found).toBe('top');
    for (const { text } of line) expect(text.zh).toMatch(/\p{Script=Han}/u);
  });

  test('is never the owner, however high', () => {
    const all = contextOf({ amount: cny(10) }, BY_SIZE, { owner: 'dana' });
    expect(anyoneWithAuthority(people, all)).toMatchObject({ line: [], nobody: { why: 'no_superior' } });
    const { line } = anyoneWithAuthority(people, { ...all, owner: 'max' });
    expect(line.map(({ person: id }) => id)).toEqual(['dana']);
  });
});

describe('a limit', () => {
  const only = (name: string, fact: string, value: Value | undefined, limit: Limit | undefined) => {
    const facts = value === undefined ? {} : { [fact]: value };
    const context = contextOf(facts, { leader: limit === undefined ? {} : { [name]: limit } }, { declares: [fact] });
    const { line, found } = anyoneWithAuthority(people, context);
    return found === 'lea' ? 'covers' : line[0]?.too_low[0]?.why;
  };

  test.each([
    ['a value below it', 'amount', 'amount', cny(9), upTo(cny(10)), 'covers'],
    ['the very value', 'amount', 'amount', cny(10), upTo(cny(10)), 'covers'],
    ['more', 'amount', 'amount', cny(10.01), upTo(cny(10)), 'beyond'],
    [
      'another currency, however little',
      'amount',
      'amount',
      { minor: 1, currency: 'USD' },
      upTo(cny(10)),
      'other_currency',
    ],
    ['another currency without a limit', 'amount', 'amount', { minor: 1, currency: 'USD' }, NONE, 'covers'],
    ['another type than was declared', 'amount', 'amount', 5, upTo(cny(10)), 'other_type'],
    ['what is not known', 'amount', 'amount', undefined, upTo(cny(10)), 'not_known'],
    ['what is not known, without a limit', 'amount', 'amount', undefined, NONE, 'covers'],
    ['what the post names no limit for', 'amount', 'amount', cny(0), undefined, 'not_named'],
    ['less, where less is graver', 'margin', 'margin', 0.14, upTo(0.15), 'beyond'],
    ['more, where less is graver', 'margin', 'margin', 0.16, upTo(0.15), 'covers'],
    ['days', 'term', 'term_days', 61, upTo(60), 'beyond'],
    ['days up to it', 'term', 'term_days', 60, upTo(60), 'covers'],
    ['yes where no is allowed', 'odd_terms', 'odd_terms', true, upTo(false), 'beyond'],
    ['no where no is allowed', 'odd_terms', 'odd_terms', false, upTo(false), 'covers'],
    ['yes where yes is allowed', 'odd_terms', 'odd_terms', true, upTo(true), 'covers'],
    ['either, not known, where yes is allowed', 'odd_terms', 'odd_terms', undefined, upTo(true), 'covers'],
    ['either, not known, where no is allowed', 'odd_terms', 'odd_terms', undefined, upTo(false), 'not_known'],
    ['no where no is graver', 'our_paper', 'our_paper', false, upTo(true), 'beyond'],
    ['not known where no is allowed and graver', 'our_paper', 'our_paper', undefined, upTo(false), 'covers'],
    ['a choice among those allowed', 'kind', 'kind', 'old', among('old'), 'covers'],
    ['a choice not among them', 'kind', 'kind', 'new', among('old'), 'beyond'],
    ['several choices, one of them not', 'kind', 'kind', ['old', 'new'], among('old'), 'beyond'],
    ['a choice not known', 'kind', 'kind', undefined, among('old', 'new'), 'not_known'],
  ] as const)('and %s', (_what, name, fact, value, limit, expected) => {
    expect(only(name, fact, value, limit)).toBe(expected);
  });

  test('reads in words of its own kind', () => {
    const context = contextOf(
      { margin: 0.1, term_days: 90, odd_terms: true, kind: ['new', 'old'] },
      { leader: { margin: upTo(0.15), term: upTo(60), odd_terms: upTo(false), kind: among('old') } },
    );
    const [lea] = anyoneWithAuthority(people, context).line;
    expect(lea?.too_low.map(({ text }) => text.en)).toEqual([
      'Margin 10%, may approve down to 15%',
      'Payment term 90 days, may approve up to 60 days',
      'Odd terms yes, may approve no',
      'Kind New, Old, may approve Old',
    ]);
    expect(lea?.too_low.map(({ text }) => text.zh)).toEqual([
      '中文Margin 10%，权限为不低于 15%',
      '中文Payment term 90 天，权限为不超过 60 天',
      '中文Odd terms 是，权限为否',
      '中文Kind 中文New、中文Old，权限为中文Old',
    ]);
  });
});

describe('nobody', () => {
  test('may approve what is beyond all limits, and it is said of each', () => {
    const context = contextOf({ amount: cny(300_000), discount: 0 }, { ...BY_SIZE, director: undefined });
    const { found, nobody } = anyoneWithAuthority(people, context);
    expect(found).toBeUndefined();
    expect(nobody?.why).toBe('limits_too_low');
    expect(nobody?.text.en).toBe(
      'nobody has the authority: lea (leader): Amount 300,000.00 CNY, may approve up to 50,000.00 CNY; ' +
        'max (manager): Amount 300,000.00 CNY, may approve up to 200,000.00 CNY; ' +
        'dana (director): the post has no authority to approve',
    );
  });

  test('may approve what nothing measures, whatever the limits', () => {
    const { nobody, line } = anyoneWithAuthority(people, contextOf({}, BY_SIZE));
    expect(nobody?.why).toBe('not_measured');
    expect(line).toEqual([]);
    const { authority: _none, ...bare } = rolesWith(BY_SIZE);
    const context = { ...size(1, 0), roles: bare };
    expect(anyoneWithAuthority(people, context).nobody?.why).toBe('not_measured');
  });

  test('is told why it is not theirs but who covers it, or stands outside the line', () => {
    const authority = anyoneWithAuthority(people, size(60_000, 0));
    expect(whyNot(authority, 'lea')?.en).toContain('Amount 60,000.00 CNY');
    expect(whyNot(authority, 'max')).toBeUndefined();
    expect(whyNot(authority, 'eve')).toBeUndefined();
  });
});

describe('asking for authority', () => {
  const WHO = { kind: 'authority' } as const;
  const asked = (context: WhoContext, who: People = people) => whoToAsk(who, WHO, context);
  const answers = (context: WhoContext, who: People = people) =>
    LINE.map((one) => one.person).filter((id) => mayAnswer(who, WHO, context, id));

  test('asks the lowest; those above who cover it may answer too, those below never', () => {
    expect(asked(size(60_000, 0))).toEqual([{ person: 'max' }]);
    expect(answers(size(60_000, 0))).toEqual(['max', 'dana']);
    expect(answers(size(10, 0))).toEqual(['lea', 'max', 'dana']);
  });

  test('a superior without the limits gets none by standing above', () => {
    const shrunk = contextOf(
      { amount: cny(100_000) },
      { manager: { amount: NONE }, director: { amount: upTo(cny(5)) } },
    );
    expect(answers(shrunk)).toEqual(['max']);
  });

  test('who is away lends the authority to a substitute, never to the owner or who submitted', () => {
    const max = LINE[2] as Person;
    const stepping = changed(away(max, 'ann', 'eve'));
    expect(asked(size(60_000, 0), stepping)).toEqual([{ person: 'eve', on_behalf_of: 'max' }]);
    expect(answers(size(60_000, 0), stepping)).toEqual(['max', 'dana', 'eve']);
    const own = { ...size(60_000, 0), isOwn: (id: string) => id === 'eve' };
    expect(asked(own, stepping)).toEqual([{ person: 'dana' }]);
    expect(answers(own, stepping)).toEqual(['max', 'dana']);
  });

  test('who is away with nobody to step in is passed over for the next whose limits cover it', () => {
    expect(asked(size(60_000, 0), changed(away(LINE[2] as Person)))).toEqual([{ person: 'dana' }]);
  });

  test('where nobody has it the administrators hear of it, and may not answer', () => {
    const context = contextOf({ amount: cny(300_000) }, { manager: { amount: upTo(cny(5)) } });
    expect(asked(context)).toEqual([{ person: 'root' }]);
    expect(answers(context)).toEqual([]);
  });
});

test('whatever the limits and the case, who is found covers it and nobody below does; a graver case is never lower', () => {
  const number = fc.integer({ min: 0, max: 6 });
  const limit = fc.oneof(number, fc.constant('none' as const), fc.constant(undefined));
  const post = fc.option(fc.record({ amount: limit, discount: limit }), { nil: undefined });
  const holds = (value: number, one: number | 'none' | undefined) =>
    one === 'none' || (one !== undefined && value <= one);
  const made = (one: number | 'none', wrap: (value: number) => Limit) => (one === 'none' ? NONE : wrap(one));
  const rank = (found: string | undefined) => (found === undefined ? 3 : ['lea', 'max', 'dana'].indexOf(found));
  fc.assert(
    fc.property(fc.tuple(post, post, post), number, number, number, (posts, amount, discount, more) => {
      const limits = posts.map((one) => {
        if (one === undefined) return undefined;
        return {
          ...(one.amount !== undefined && { amount: made(one.amount, (value) => upTo(cny(value))) }),
          ...(one.discount !== undefined && { discount: made(one.discount, (value) => upTo(value / 10)) }),
        };
      });
      const authority = { leader: limits[0], manager: limits[1], director: limits[2] };
      const find = (a: number, d: number) =>
        anyoneWithAuthority(people, contextOf({ amount: cny(a), discount: d / 10 }, authority)).found;
      const wanted = posts.findIndex(
        (one) => one !== undefined && holds(amount, one.amount) && holds(discount, one.discount),
      );
      expect(rank(find(amount, discount))).toBe(wanted === -1 ? 3 : wanted);
      expect(rank(find(amount + more, discount))).toBeGreaterThanOrEqual(rank(find(amount, discount)));
    }),
  );
});

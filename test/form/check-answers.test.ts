import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../engine/form/check-answers.ts';
import { PROBLEM_CODES } from '../../engine/form/problems.ts';
import type { Field } from '../../engine/playbook/value.ts';
import { at } from '../condition/fixtures.ts';
import { answered, choices, context, field } from './fixtures.ts';

/** The values kept, or `path code` of each problem. */
function checked(fields: readonly Field[], raw: unknown): unknown {
  const result = checkAnswers(fields, raw, context);
  return result.ok ? result.values : result.problems.map(({ path, code }) => `${path} ${code}`);
}

const visit = [
  field('visited_on', 'date'),
  field('people_met', 'text', { min_length: 2 }),
  field('outcome', 'choice', { choices }),
  field('next_visit', 'date', { when: answered('outcome', 'new') }),
  field('note', 'text', { optional: true }),
];
const answers = { visited_on: '2026-10-20', people_met: 'Liu Wei', outcome: 'old' };

describe('a form', () => {
  test('is kept when every answer asked for is there', () => {
    expect(checked(visit, answers)).toEqual(answers);
  });

  test('tells everything that is wrong at once', () => {
    expect(checked(visit, { visited_on: '2026-02-30', outcome: 'newer', colour: 'red', people_met: 'x' })).toEqual([
      '/colour field-unknown',
      '/visited_on wrong-type',
      '/people_met too-short',
      '/outcome choice-unknown',
    ]);
  });

  test('that is not one is a problem of the whole; none at all is an empty one', () => {
    expect(checked(visit, 'yes')).toEqual([' wrong-type']);
    expect(checked(visit, [answers])).toEqual([' wrong-type']);
    expect(checked([], undefined)).toEqual({});
    expect(checked(visit, undefined)).toContain('/visited_on field-missing');
  });

  test('takes null and blanks as no answer', () => {
    expect(checked(visit, { ...answers, note: null })).toEqual(answers);
    expect(checked(visit, { ...answers, note: '  ' })).toEqual(answers);
    expect(checked(visit, { ...answers, people_met: '' })).toEqual(['/people_met field-missing']);
  });

  test('places problems below the pointer it is given', () => {
    const result = checkAnswers(visit, { ...answers, 'a/b~c': 1 }, { ...context, path: '/fields' });
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(['/fields/a~1b~0c']);
  });
});

describe('a field asked only when another answer calls for it', () => {
  test('must be answered then', () => {
    expect(checked(visit, { ...answers, outcome: 'new' })).toEqual(['/next_visit field-missing']);
    const again = { ...answers, outcome: 'new', next_visit: '2026-11-01' };
    expect(checked(visit, again)).toEqual(again);
  });

  test('must not be answered else', () => {
    expect(checked(visit, { ...answers, next_visit: '2026-11-01' })).toEqual(['/next_visit field-not-asked']);
  });

  test('is not asked while the other is not answered', () => {
    const maybe = [field('won', 'yes_no', { optional: true }), field('why', 'text', { when: answered('won', true) })];
    expect(checked(maybe, {})).toEqual({});
    expect(checked(maybe, { why: 'x' })).toEqual(['/why field-not-asked']);
  });

  test('is not complained of when the other could not be read', () => {
    expect(checked(visit, { ...answers, outcome: 5, next_visit: '2026-11-01' })).toEqual(['/outcome wrong-type']);
  });

  test('may ask how far a day lies from now', () => {
    const soon: Field = field('urgent_why', 'text', {
      when: {
        kind: 'field',
        field: 'due',
        operator: 'within',
        operand: { kind: 'duration', duration: { amount: 7, unit: 'days' } },
        at,
      },
    });
    expect(checked([field('due', 'date'), soon], { due: '2026-10-27' })).toEqual(['/urgent_why field-missing']);
    expect(checked([field('due', 'date'), soon], { due: '2026-10-28' })).toEqual({ due: '2026-10-28' });
  });

  test('looks at the answers of its own row', () => {
    const rows = [
      field('facts', 'rows', {
        fields: [field('known', 'yes_no'), field('source', 'text', { when: answered('known', true) })],
      }),
    ];
    expect(checked(rows, { facts: [{ known: false }, { known: true }] })).toEqual(['/facts/1/source field-missing']);
  });
});

describe('hostile input', () => {
  test('cannot reach what objects bring with them', () => {
    const raw: unknown = JSON.parse('{"__proto__":{"visited_on":"2026-10-20"},"constructor":{"prototype":1}}');
    expect(checked(visit, raw)).toEqual([
      '/__proto__ field-unknown',
      '/constructor field-unknown',
      '/visited_on field-missing',
      '/people_met field-missing',
      '/outcome field-missing',
    ]);
    expect(checked([field('constructor', 'text')], {})).toEqual(['/constructor field-missing']);
    expect(checked([field('constructor', 'text')], { constructor: 'x' })).toEqual({ constructor: 'x' });
  });

  test('gets no more than a hundred problems back', () => {
    const raw = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index]));
    expect(checked(visit, raw)).toHaveLength(100);
  });
});

const every: readonly Field[] = [
  field('t', 'text', { max_length: 50 }),
  field('n', 'number', { min: -5, max: 5 }),
  field('p', 'percent', { optional: true }),
  field('m', 'money', { currency: 'CNY', optional: true }),
  field('d', 'date', { optional: true }),
  field('c', 'choice', { choices }),
  field('cs', 'choices', { choices, optional: true }),
  field('who', 'person', { optional: true }),
  field('l', 'link', { optional: true }),
  field('y', 'yes_no'),
  field('r', 'rows', {
    optional: true,
    fields: [field('t', 'text'), field('y', 'yes_no', { optional: true, when: answered('t', 'x') })],
  }),
];

describe('whatever is sent', () => {
  const most = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 15, arbitrary: good }, { weight: 1, arbitrary: bad });
  const raw = fc.oneof(
    { weight: 1, arbitrary: fc.jsonValue() },
    {
      weight: 9,
      arbitrary: fc.record(
        {
          t: most(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'binary' })),
          n: most(fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constant('1.50')), fc.double()),
          p: most(fc.constantFrom('10%', 0.1), fc.constant('x')),
          m: most(
            fc.constantFrom('20万 CNY', { amount: 5, currency: 'CNY' }),
            fc.constantFrom({ minor: 5, currency: 'USD' }, 5),
          ),
          d: most(fc.constantFrom('2026-10-20', ''), fc.constant('2026-10-32')),
          c: most(fc.constantFrom('new', 'old'), fc.constant('newer')),
          cs: most(fc.subarray(['new', 'old']), fc.jsonValue()),
          who: most(fc.constant('ann'), fc.constant('ben')),
          l: most(fc.webUrl(), fc.string()),
          y: most(fc.constantFrom('yes', false), fc.jsonValue()),
          r: most(fc.array(fc.constantFrom({ t: 'x', y: 'no' }, { t: ' y ' }), { maxLength: 3 }), fc.jsonValue()),
        },
        { requiredKeys: ['t', 'n', 'c', 'y'] },
      ),
    },
  );

  test('it is answered without an exception, with known codes and text in both languages', () => {
    fc.assert(
      fc.property(raw, (sent) => {
        const result = checkAnswers(every, sent, context);
        for (const { code, message } of result.ok ? [] : result.problems) {
          expect(PROBLEM_CODES).toContain(code);
          expect(message.zh.length * message.en.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('what is kept is plain JSON, and is kept the same when sent again', () => {
    let kept = 0;
    fc.assert(
      fc.property(raw, (sent) => {
        const result = checkAnswers(every, sent, context);
        if (!result.ok) return;
        kept += 1;
        expect(JSON.parse(JSON.stringify(result.values))).toEqual(result.values);
        expect(checkAnswers(every, result.values, context)).toEqual(result);
      }),
      { numRuns: 2000 },
    );
    expect(kept).toBeGreaterThan(200);
  });
});

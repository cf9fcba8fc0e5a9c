import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../engine/form/pattern.ts';
import { formSchema } from '../../engine/form/schema.ts';
import { answered, choices, field } from './fixtures.ts';

const fields = [
  field('met', 'text', { min_length: 2, pattern: '^\\p{Han}+$' }),
  field('discount', 'percent', { max: 0.3, optional: true }),
  field('budget', 'money', { currency: 'CNY', min: 0 }),
  field('outcome', 'choice', { choices }),
  field('next', 'date', { when: answered('outcome', 'new'), min: '2026-01-01' }),
  field('facts', 'rows', { fields: [field('known', 'yes_no')], max_rows: 6 }),
];

describe('the schema of a form', () => {
  test('is draft-07 and describes answers in the form they are kept in', () => {
    expect(formSchema(fields, 'zh')).toEqual({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        met: { title: 'met 题', type: 'string', minLength: 2, maxLength: 20_000, pattern: '^\\p{Han}+$' },
        discount: { title: 'discount 题', type: 'number', format: 'percent', maximum: 0.3 },
        budget: {
          title: 'budget 题',
          type: 'object',
          properties: { currency: { const: 'CNY' }, minor: { type: 'integer', minimum: 0 } },
          required: ['minor', 'currency'],
          additionalProperties: false,
        },
        outcome: { title: 'outcome 题', type: 'string', enum: ['new', 'old'] },
        next: {
          title: 'next 题',
          type: 'string',
          format: 'date',
          formatMinimum: '2026-01-01',
          formatMaximum: '2999-12-31',
        },
        facts: {
          title: 'facts 题',
          type: 'array',
          items: {
            type: 'object',
            properties: { known: { title: 'known 题', type: 'boolean' } },
            required: ['known'],
            additionalProperties: false,
          },
          maxItems: 6,
        },
      },
      required: ['met', 'budget', 'outcome', 'facts'],
      additionalProperties: false,
    });
    expect(new Ajv({ strict: false }).validateSchema(formSchema(fields))).toBe(true);
  });
});

describe('patterns', () => {
  test('are those of RE2: no look-around, no back-references', () => {
    expect(compilePattern('^a+$')?.test('aaa')).toBe(true);
    expect(compilePattern('b')?.test('abc')).toBe(true);
    for (const source of ['(?=a)', '(a)\\1', '(', '[z-a]', 'a{1001}']) expect(compilePattern(source)).toBeUndefined();
  });
});

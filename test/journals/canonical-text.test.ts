/** Canonical JSON is what RFC 8785 says it is: held against the package of its author. */

import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../engine/canonical-text.ts';

const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 200 }));
const names = fc.oneof(
  texts,
  fc.constantFrom('__proto__', 'constructor', 'a', 'B', '10', '9', '', 'é', '\u{1f600}', '\ufb33'),
);
const values = fc.anything({
  key: names,
  values: [
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1e21, 1e-7, 5e-324, 333333333.3333333, 2 ** 53, true, false, null, undefined),
    fc.date({ noInvalidDate: true }),
  ],
  maxDepth: 5,
});

test('any value has the text that the package gives it', () => {
  fc.assert(
    fc.property(values, (value) => {
      fc.pre(value !== undefined);
      expect(canonicalText(value)).toBe(canonicalize(value));
    }),
    { numRuns: 2000 },
  );
});

test('the example of the RFC', () => {
  const value = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27],
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  expect(canonicalText(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

const circle: Record<string, unknown> = {};
circle['again'] = { circle };

test.each([
  ['half a character', '\ud800'],
  ['half a character in a long text', `${'x'.repeat(200)}\udc00`],
  ['half a character in a name', { '\udfff': 1 }],
  ['NaN', { at: Number.NaN }],
  ['an infinite number', [Number.POSITIVE_INFINITY]],
  ['nothing', undefined],
  ['a function', { call: () => 1 }],
  ['a bigint', 1n],
  ['a circle', circle],
])('%s has no text', (_what, value) => {
  expect(() => canonicalText(value)).toThrow(Error);
});

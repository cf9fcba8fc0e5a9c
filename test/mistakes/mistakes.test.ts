/**
 * Mistakes that ops people make, in the shipped playbooks: every one told, on its line, once.
 * `MUTATIONS=5000 SEED=7 npx vitest run test/mistakes` makes more, or others.
 */

import { beforeAll, describe, expect, test } from 'vitest';
import { MAKERS, mistakes, shippedPlaybooks, type Told } from './mistakes.ts';

const COUNT = Number(process.env['MUTATIONS'] ?? 300);
const SEED = Number(process.env['SEED'] ?? 20261125);

describe(`${COUNT} mistakes of seed ${SEED}`, () => {
  const told: Told[] = [];

  beforeAll(
    () => {
      for (const one of mistakes(shippedPlaybooks(), COUNT, SEED)) told.push(one);
    },
    60_000 + COUNT * 1_000,
  );

  test('are as many different ones as asked for, of every kind', () => {
    expect(told).toHaveLength(COUNT);
    const kinds = new Set(told.map(({ what }) => what));
    expect(Object.keys(MAKERS).filter((what) => !kinds.has(what))).toEqual([]);
  });

  test('are all told: none is silent', () => {
    expect(told.filter(({ isTold }) => !isTold).map(shown)).toEqual([]);
  });

  test('are told on the exact line, at least 98 of 100', () => {
    const elsewhere = told.filter(({ isOnLine }) => !isOnLine);
    if (elsewhere.length > 0) console.info(`told elsewhere:\n${elsewhere.map(shown).join('\n')}`);
    expect((told.length - elsewhere.length) / told.length).toBeGreaterThanOrEqual(0.98);
  });

  test('are told once: nothing is said that is only a consequence', () => {
    expect(told.filter(({ isOnce }) => !isOnce).map(shown)).toEqual([]);
  });
});

function shown({ what, place, line, diagnostics }: Told): string {
  const said = diagnostics.map((one) => `  ${one.at.file}:${one.at.line} ${one.message.en} [${one.code}]`);
  return [`${what}: ${place}: ${line.trim()}`, ...said].join('\n');
}

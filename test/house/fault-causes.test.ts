/** Holds the causes of faults to what operators are told of them. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULT_CAUSES, faultCauseOf } from '../../engine/fault.ts';
import { causeOf, StoreFault } from '../../store/cause-of.ts';

const guide = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

describe('every cause of a fault', () => {
  it('has a row of its own in the operations guide, and the guide has no other', () => {
    const rows = [...guide.matchAll(/^\| `([a-z-]+)` \| .+ \| .+ \|$/gm)].map((match) => match[1]);
    const causes = rows.filter((row) => row !== undefined && Object.hasOwn(FAULT_CAUSES, row));
    expect(causes).toEqual(Object.keys(FAULT_CAUSES));
  });

  it('says in both languages what it is and what to do, as a sentence goes on: no capital, no full stop', () => {
    for (const { title, hint } of Object.values(FAULT_CAUSES)) {
      for (const text of [title.en, hint.en])
        expect(text).toMatch(/^(?:[a-z]|[A-Z]{2}|Temporal|PostgreSQL|DATABASE).*[^.]$/);
      for (const text of [title.zh, hint.zh]) expect(text).toMatch(/\p{Script=Han}.*[^。]$/u);
    }
  });

  it('of another version, and the free text of old journals, counts as a defect', () => {
    expect(faultCauseOf('disk-full')).toBe('disk-full');
    expect(faultCauseOf('decide failed: TypeError')).toBe('defect');
    expect(faultCauseOf('constructor')).toBe('defect');
  });
});

describe('what PostgreSQL, its driver or the system throws', () => {
  const thrown = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
  it.each([
    ['ECONNREFUSED', 'database-away'],
    ['57P03', 'database-away'],
    ['08006', 'database-away'],
    ['55P03', 'database-busy'],
    ['57014', 'database-busy'],
    ['53300', 'database-busy'],
    ['53100', 'disk-full'],
    ['ENOSPC', 'disk-full'],
    ['25006', 'database-read-only'],
    ['22P05', 'rejected-by-database'],
    ['23505', 'rejected-by-database'],
    ['42P01', undefined],
  ])('%s is %s', (code, cause) => {
    expect(causeOf(thrown(code))).toBe(cause);
    expect(causeOf(new Error('outer', { cause: thrown(code) }))).toBe(cause);
  });

  it('names the disk whatever the class of the error', () => {
    expect(causeOf(thrown('58030', 'could not write: No space left on device'))).toBe('disk-full');
  });

  it('counts as what the store said where it knew, and as nothing known where it is none of these', () => {
    expect(causeOf(new StoreFault('clock-ahead', 'x'))).toBe('clock-ahead');
    expect(causeOf(new AggregateError([thrown('ECONNREFUSED')]))).toBe('database-away');
    expect(causeOf(new TypeError('x is not a function'))).toBeUndefined();
    expect(causeOf('a text')).toBeUndefined();
  });
});

/** Absences: who may set them, what they must say, and what begins and ends with them. */

import { describe, expect, test } from 'vitest';
import type { PersonCommandOf } from '../../engine/person/command.ts';
import type { Person } from '../../engine/who/people.ts';
import { DrivePerson } from './drive-person.ts';

function absence(more: Partial<PersonCommandOf<'set_absence'>> = {}): PersonCommandOf<'set_absence'> {
  return { command: 'set_absence', first_day: '2026-10-26', last_day: '2026-10-30', ...more };
}

function away(person: Person, from: string, to: string, substitutes: readonly string[] = []): Person {
  const days = { first_day: from.slice(0, 10), last_day: to.slice(0, 10), from, until: to };
  return { ...person, absences: [{ absence: 'a1', ...days, substitutes }] };
}

const others = (it: DrivePerson, id: string, change: (person: Person) => Person) =>
  it.withOthers((all) => all.map((one) => (one.person === id ? change(one) : one)));

describe('setting an absence', () => {
  test('takes whole days of the person’s calendar', () => {
    const it = new DrivePerson('ann');
    it.must('ann', absence({ substitutes: ['ben'], reason: 'a wedding' }));
    expect(it.state.absences).toEqual([
      {
        absence: 'a1',
        first_day: '2026-10-26',
        last_day: '2026-10-30',
        from: '2026-10-25T16:00:00.000Z',
        until: '2026-10-30T16:00:00.000Z',
        substitutes: ['ben'],
        reason: 'a wedding',
      },
    ]);
  });

  test('is for the person, those above and administrators', () => {
    for (const actor of ['ann', 'bob', 'dan', 'root'])
      expect(new DrivePerson('ann').must(actor, absence())).toEqual(['absence_set']);
    for (const actor of ['ben', 'ops', 'nobody', 'system']) {
      expect(new DrivePerson('ann').no(actor, absence())).toBe('forbidden: not-your-absence');
    }
  });

  test('hands nobody the power of somebody who may do more', () => {
    expect(new DrivePerson('ops').no('dan', absence({ substitutes: ['dan'] }))).toBe(
      'forbidden: gains-by-substituting',
    );
    expect(new DrivePerson('ops').must('dan', absence({ substitutes: ['bob'] }))).toEqual(['absence_set']);
    expect(new DrivePerson('ann').must('bob', absence({ substitutes: ['bob'] }))).toEqual(['absence_set']);
  });

  test.each([
    [{ first_day: '2026-10-30', last_day: '2026-10-26' }, 'ends-before-it-begins /last_day'],
    [{ first_day: '2026-10-12', last_day: '2026-10-16' }, 'absence-over /last_day'],
    [{ last_day: '2026-02-30' }, 'date-malformed /last_day'],
    [{ substitutes: ['zoe'] }, 'unknown-person /substitutes/0'],
    [{ substitutes: ['ben', 'ann'] }, 'own-substitute /substitutes/1'],
    [{ substitutes: ['ben', 'ben'] }, 'named-twice /substitutes/1'],
  ])('%j is invalid', (more, problem) => {
    expect(new DrivePerson('ann').no('ann', absence(more))).toBe(`invalid: ${problem}`);
  });

  test('names nobody who has left', () => {
    const it = others(new DrivePerson('ann'), 'ben', (ben) => ({ ...ben, active: false }));
    expect(it.no('ann', absence({ substitutes: ['ben'] }))).toBe('invalid: substitute-left /substitutes/0');
  });

  test('is refused on days of another', () => {
    const it = new DrivePerson('ann');
    it.must('ann', absence());
    expect(it.no('ann', absence({ first_day: '2026-10-30', last_day: '2026-11-02' }))).toBe(
      'refused: absence-overlaps',
    );
    expect(it.must('ann', absence({ first_day: '2026-10-31', last_day: '2026-11-02' }))).toEqual(['absence_set']);
  });

  test('is refused where the only substitute is away too, unless somebody steps in for them or beside them', () => {
    const from = '2026-10-28T16:00:00.000Z';
    const to = '2026-11-03T16:00:00.000Z';
    const it = others(new DrivePerson('ann'), 'ben', (ben) => away(ben, from, to));
    const outcome = it.try('ann', absence({ substitutes: ['ben'] }));
    expect(outcome).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'substitute-absent', about: 'person ben', can_meet: ['ben'] }],
    });
    expect(it.must('ann', absence({ substitutes: ['ben', 'bob'] }))).toEqual(['absence_set']);
    const covered = others(new DrivePerson('ann'), 'ben', (ben) => away(ben, from, to, ['dan']));
    expect(covered.must('ann', absence({ substitutes: ['ben'] }))).toEqual(['absence_set']);
    const circle = others(new DrivePerson('ann'), 'ben', (ben) => away(ben, from, to, ['ann']));
    expect(circle.no('ann', absence({ substitutes: ['ben'] }))).toBe('refused: substitute-absent');
  });

  test('says whom it leaves alone, and stands', () => {
    const from = '2026-10-27T16:00:00.000Z';
    const it = others(new DrivePerson('ann'), 'ben', (ben) => away(ben, from, '2026-10-29T16:00:00.000Z', ['ann']));
    const outcome = it.try('ann', absence());
    expect(outcome).toMatchObject({
      outcome: 'accepted',
      warnings: [{ code: 'leaves-somebody-alone', about: 'person ben' }],
    });
  });
});

describe('an absence', () => {
  test('begins and ends by itself, and whoever waits for the person is told', () => {
    const it = new DrivePerson('ann');
    it.must('ann', absence({ substitutes: ['ben'] }));
    it.concerned = { owned: ['c-1'], asked: ['c-2'], represented: [] };
    expect(it.wakesAt).toBe('2026-10-25T16:00:00.000Z');
    it.to('2026-10-25T16:00:00.000Z');
    expect(it.must('system', { command: 'wake' })).toEqual(['absence_began']);
    // What she owns stays hers: only what waits for her answer is asked of somebody else.
    expect(it.sent).toEqual(['message ben', 'case c-2']);
    expect(it.wakesAt).toBe('2026-10-30T16:00:00.000Z');
    it.concerned = { owned: ['c-1'], asked: [], represented: ['c-2', 'c-3'] };
    it.to('2026-10-30T16:00:00.000Z');
    expect(it.must('system', { command: 'wake' })).toEqual(['absence_ended']);
    expect(it.sent).toEqual(['case c-2', 'case c-3']);
    expect(it.state.absences).toEqual([]);
    expect(it.wakesAt).toBeUndefined();
  });

  test('that was over before anybody looked begins with nobody', () => {
    const it = new DrivePerson('ann');
    it.must('ann', absence());
    expect(it.to('2026-11-05T00:00:00.000Z').must('system', { command: 'wake' })).toEqual(['absence_ended']);
  });

  test('can be cancelled, also while it holds', () => {
    const it = new DrivePerson('ann');
    it.must('ann', absence());
    it.to('2026-10-27T02:00:00.000Z').must('system', { command: 'wake' });
    expect(it.no('ben', { command: 'cancel_absence', absence: 'a1' })).toBe('forbidden: not-your-absence');
    expect(it.no('ann', { command: 'cancel_absence', absence: 'a9' })).toBe('invalid: unknown-absence /absence');
    it.concerned = { owned: [], asked: [], represented: ['c-3'] };
    expect(it.must('bob', { command: 'cancel_absence', absence: 'a1' })).toEqual(['absence_cancelled']);
    expect(it.sent).toEqual(['case c-3']);
    expect(it.state).not.toHaveProperty('away');
    it.must('ann', absence({ first_day: '2026-12-01', last_day: '2026-12-01' }));
    expect(it.state.absences[0]?.absence).toBe('a2');
  });
});

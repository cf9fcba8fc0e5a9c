/** Leaving, coming back, and changing place: who may say so, and who is told. */

import { describe, expect, test } from 'vitest';
import { DrivePerson, someone } from './drive-person.ts';

const MESSAGE = {
  kind: 'handed_over',
  case: 'c-9',
  title: { zh: '转交', en: 'handed over' },
  text: { zh: '给你', en: 'to you' },
} as const;

describe('leaving', () => {
  test('tells every case that depends on the person, once, and names the successor', () => {
    const it = new DrivePerson('ann');
    it.concerned = { owned: ['c-1', 'c-2'], asked: ['c-2', 'c-3'], represented: [] };
    expect(it.must('root', { command: 'leave', successor: 'ben' })).toEqual(['person_left']);
    expect(it.effects).toEqual(
      ['c-1', 'c-2', 'c-3'].map((to) => ({
        effect: 'tell_case',
        to,
        command: { command: 'people_changed', person: 'ann', successor: 'ben' },
      })),
    );
    expect(it.state.active).toBe(false);
    expect(it.no('root', { command: 'leave' })).toBe('refused: already-gone');
  });

  test('on a day to come happens by itself at its first moment, unless it is taken back', () => {
    const it = new DrivePerson('ann');
    expect(it.must('root', { command: 'leave', on: '2026-11-02', successor: 'ben' })).toEqual(['leave_planned']);
    expect([it.state.active, it.wakesAt]).toEqual([true, '2026-11-01T16:00:00.000Z']);
    expect(it.must('root', { command: 'return' })).toEqual(['leave_cancelled']);
    expect(it.wakesAt).toBeUndefined();
    it.must('root', { command: 'leave', on: '2026-11-02', successor: 'ben' });
    it.concerned = { owned: ['c-1'], asked: [], represented: [] };
    expect(it.to('2026-11-01T16:00:00.000Z').must('system', { command: 'wake' })).toEqual(['person_left']);
    expect(it.effects).toMatchObject([{ to: 'c-1', command: { successor: 'ben' } }]);
    expect(it.wakesAt).toBeUndefined();
  });

  test.each([
    [{ on: '2026-10-19' }, 'invalid: date-in-past /on'],
    [{ successor: 'zoe' }, 'invalid: unknown-person /successor'],
    [{ successor: 'ann' }, 'invalid: not-a-successor /successor'],
  ])('%j is invalid', (more, no) => {
    expect(new DrivePerson('ann').no('root', { command: 'leave', ...more })).toBe(no);
  });

  test('is said by those who bring people, of administrators by administrators, and never of the last of them', () => {
    expect(new DrivePerson('ann').no('bob', { command: 'leave' })).toBe('forbidden: may-not-administer');
    expect(new DrivePerson('ann').no('ann', { command: 'leave' })).toBe('forbidden: may-not-administer');
    expect(new DrivePerson('ann').must('ops', { command: 'leave' })).toEqual(['person_left']);
    expect(new DrivePerson('root').no('ops', { command: 'leave' })).toBe('forbidden: may-not-administer');
    expect(new DrivePerson('root').no('root', { command: 'leave' })).toBe('refused: last-administrator');
  });

  test('that was planned does not happen to one who has become the last administrator', () => {
    const it = new DrivePerson('root', { others: [someone('root', 'admin'), someone('eve', 'admin')] });
    it.must('root', { command: 'leave', on: '2026-11-02' });
    it.withOthers((all) => all.map((one) => (one.person === 'eve' ? { ...one, active: false } : one)));
    expect(it.to('2026-11-02T00:00:00.000Z').must('system', { command: 'wake' })).toEqual(['leave_cancelled']);
    expect(it.state.active).toBe(true);
  });

  test('passes on what was on its way: nothing waits for who has left', () => {
    const it = new DrivePerson('ann');
    it.must('root', { command: 'leave' });
    expect(it.must('system', { command: 'receive', message: MESSAGE })).toEqual(['message_received', 'inbox_closed']);
    expect(it.sent).toEqual(['case c-9']);
  });

  test('by an import that says so is leaving all the same', () => {
    const it = new DrivePerson('ann');
    it.concerned = { owned: ['c-1'], asked: [], represented: [] };
    const profile = { name: 'ann', role: 'rep', manager: 'bob', lang: 'en', active: false } as const;
    expect(it.must('ops', { command: 'join', ...profile })).toEqual(['person_left']);
    expect(it.sent).toEqual(['case c-1']);
    expect(it.must('ops', { command: 'join', ...profile, active: true })).toEqual(['person_returned']);
  });
});

describe('changing', () => {
  test('alters what it names and leaves the rest', () => {
    const it = new DrivePerson('ann');
    it.concerned = { owned: ['c-1'], asked: [], represented: [] };
    expect(it.must('root', { command: 'change', manager: 'dan', region: 'East' })).toEqual(['person_changed']);
    expect(it.state).toMatchObject({ name: 'ann', role: 'rep', manager: 'dan', region: 'East' });
    expect(it.sent).toEqual(['case c-1']);
    it.must('root', { command: 'change', manager: null });
    expect(it.state).not.toHaveProperty('manager');
    expect(it.must('root', { command: 'change', region: 'East' })).toEqual([]);
  });

  test('keeps absences and what waits', () => {
    const it = new DrivePerson('ann');
    it.must('ann', { command: 'set_absence', first_day: '2026-10-26', last_day: '2026-10-30' });
    it.must('root', { command: 'change', role: 'manager' });
    expect(it.state.absences).toHaveLength(1);
  });

  test('one’s own language and address is one’s own business, one’s place is not', () => {
    const it = new DrivePerson('ann');
    expect(it.must('ann', { command: 'change', lang: 'zh', email: 'ann@example.org' })).toEqual(['person_changed']);
    expect(it.no('ann', { command: 'change', role: 'manager' })).toBe('forbidden: may-not-administer');
    expect(new DrivePerson('ops').no('ops', { command: 'change', role: 'manager' })).toBe(
      'forbidden: may-not-administer',
    );
    expect(it.no('ops', { command: 'change', role: 'admin' })).toBe('forbidden: may-not-administer');
  });

  test.each([
    [{ manager: 'ann' }, 'invalid: manager-circle /manager'],
    [{ manager: 'zoe' }, 'invalid: unknown-person /manager'],
    [{ role: 'pope' }, 'invalid: unknown-role /role'],
    [{ email: 'BOB@example.org' }, 'invalid: email-taken /email'],
    [{}, 'invalid: nothing-to-change'],
  ])('%j is invalid', (more, no) => {
    const it = new DrivePerson('ann');
    it.withOthers((all) => all.map((one) => (one.person === 'bob' ? { ...one, email: 'bob@example.org' } : one)));
    expect(it.no('root', { command: 'change', ...more })).toBe(no);
  });

  test('an address that somebody gave up by leaving is free', () => {
    const it = new DrivePerson('ann');
    const gone = { ...someone('joe', 'rep'), email: 'desk@example.org', active: false };
    it.withOthers((all) => [...all, gone]);
    expect(it.must('root', { command: 'change', email: 'desk@example.org' })).toEqual(['person_changed']);
  });
});

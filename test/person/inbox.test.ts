/** The inbox: what interrupts, what waits for the digest, and what is taken back before anybody is bothered with it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../engine/person/message.ts';
import type { Inbox, MessageKind } from '../../engine/playbook/roles.ts';
import { DrivePerson } from './drive-person.ts';

const INBOX: Inbox = {
  mail: {
    demand: 'at_once',
    reminder: 'in_budget',
    notice: 'in_budget',
    evidence_to_accept: 'in_budget',
    digest: 'in_budget',
    evidence_settled: 'in_digest',
    approval_to_give: 'in_budget',
    coaching: 'in_budget',
    finding_to_answer: 'in_budget',
    approval_settled: 'in_digest',
    task: 'in_digest',
    handed_over: 'never',
  },
  budget: 2,
  digests: [540, 1020],
  quiet: { from: 19 * 60, to: 8 * 60 + 30 },
};
const HOUR = 3_600_000;

function about(kind: MessageKind, subject?: string): Message {
  const title = { zh: `${kind} ${subject ?? ''}`, en: `${kind} ${subject ?? ''}`.trim() };
  return { kind, case: 'c-1', ...(subject !== undefined && { subject: `c-1/${subject}` }), title, text: title };
}

function ann(inbox = INBOX): DrivePerson {
  const it = new DrivePerson('ann', { inbox });
  it.must('ann', { command: 'change', email: 'ann@example.org' });
  return it;
}

function receive(it: DrivePerson, ...messages: readonly Message[]): readonly string[] {
  return messages.flatMap((message) => {
    it.must('system', { command: 'receive', message });
    return it.sent;
  });
}

describe('what comes', () => {
  test('is mailed within the budget of a day; the rest waits for the digest, what is urgent does not', () => {
    const it = ann();
    const sent = receive(
      it,
      about('reminder', 'a'),
      about('notice', 'b'),
      about('reminder', 'c'),
      about('demand', 'd'),
    );
    expect(sent).toEqual(['mail reminder a (c-1)', 'mail notice b (c-1)', 'mail demand d (c-1)']);
    expect(it.state.waiting.map(({ item }) => item)).toEqual([3]);
    // The same day's digest at five, Shanghai time.
    expect(it.wakesAt).toBe('2026-10-20T09:00:00.000Z');
    expect(receive(it.to('2026-10-21T02:00:00.000Z'), about('reminder', 'e'))).toEqual(['mail reminder e (c-1)']);
  });

  test('in quiet hours and on days off waits for the first digest of work', () => {
    for (const [at, digest] of [
      ['2026-10-20T11:00:00.000Z', '2026-10-21T01:00:00.000Z'], // 19:00
      ['2026-10-21T00:29:59.999Z', '2026-10-21T01:00:00.000Z'], // 08:29
      ['2026-10-24T04:00:00.000Z', '2026-10-26T01:00:00.000Z'], // Saturday noon
      ['2026-09-30T10:00:00.000Z', '2026-09-30T11:00:00.000Z'],
    ] as const) {
      const it = ann({
        ...INBOX,
        digests: at.startsWith('2026-09-30') ? [1140] : INBOX.digests,
        budget: at.startsWith('2026-09-30') ? 0 : 2,
      });
      expect(receive(it.to(at), about('reminder', 'a'))).toEqual([]);
      expect(it.wakesAt).toBe(digest);
    }
    expect(receive(ann().to('2026-10-21T00:30:00.000Z'), about('reminder', 'a'))).toHaveLength(1);
  });

  test('over a holiday waits for the day after it', () => {
    const it = ann().to('2026-09-30T11:30:00.000Z');
    receive(it, about('task', 'task t1'));
    expect(it.wakesAt).toBe('2026-10-08T01:00:00.000Z');
  });

  test('while the person is away waits until they are back, but for what is urgent', () => {
    const it = ann();
    it.must('ann', { command: 'set_absence', first_day: '2026-10-20', last_day: '2026-10-22' });
    expect(receive(it, about('reminder', 'a'))).toEqual([]);
    expect(receive(it, about('demand', 'b'))).toEqual(['mail demand b (c-1)']);
    it.must('system', { command: 'wake' });
    it.to('2026-10-22T16:00:00.000Z').must('system', { command: 'wake' });
    expect(it.wakesAt).toBe('2026-10-23T01:00:00.000Z');
  });

  test('without an address, or of a kind that is never mailed, lies in the inbox', () => {
    const it = new DrivePerson('ann', { inbox: INBOX });
    expect(receive(it, about('demand', 'a'))).toEqual([]);
    expect(receive(ann(), about('handed_over'))).toEqual([]);
    expect([it.wakesAt, it.state.received]).toEqual([undefined, 1]);
  });

  test('is mailed as it always was where no playbook says otherwise', () => {
    const it = new DrivePerson('ann');
    it.must('ann', { command: 'change', email: 'ann@example.org' });
    const sent = receive(
      it.to('2026-10-24T15:00:00.000Z'),
      about('reminder', 'a'),
      about('task', 't'),
      about('demand', 'b'),
    );
    expect(sent).toEqual(['mail reminder a (c-1)', 'mail demand b (c-1)']);
    expect(it.wakesAt).toBeUndefined();
  });
});

describe('the digest', () => {
  test('goes out at its time with what waits, and is done with it', () => {
    const it = ann();
    receive(it, about('task', 'task t1'), about('task', 'task t2'));
    expect(it.to('2026-10-20T08:59:59.999Z').must('system', { command: 'wake' })).toEqual([]);
    expect(it.to('2026-10-20T09:00:00.000Z').must('system', { command: 'wake' })).toEqual(['digest_sent']);
    expect(it.effects).toMatchObject([
      {
        effect: 'mail',
        to: 'ann@example.org',
        subject: 'your inbox: 2 items',
        text: '1. task task t1\n2. task task t2\n\nall of it: playrail inbox',
      },
    ]);
    expect(it.wakesAt).toBeUndefined();
  });

  test('puts the most money at risk first, and what is about none last, as it came', () => {
    const it = ann();
    const worth = (subject: string, minor: number) => ({
      ...about('task', subject),
      at_risk: { minor, currency: 'CNY' },
    });
    receive(it, about('task', 'a'), worth('b', 2_000_000), about('task', 'c'), worth('d', 50_000_000));
    it.to('2026-10-20T09:00:00.000Z').must('system', { command: 'wake' });
    expect(it.effects).toMatchObject([
      {
        text: '4. task d (500,000.00 CNY)\n2. task b (20,000.00 CNY)\n1. task a\n3. task c\n\nall of it: playrail inbox',
      },
    ]);
  });

  test('says nothing of what has settled itself, was read or was dismissed meanwhile', () => {
    const it = ann();
    receive(it, ...['a', 'b', 'c', 'd'].map((one) => about('task', one)));
    it.must('system', { command: 'settle', subject: 'c-1/a', how: 'done' });
    it.must('ann', { command: 'read', items: ['2'] });
    it.must('ann', { command: 'dismiss', items: ['3'] });
    it.to('2026-10-20T09:00:00.000Z').must('system', { command: 'wake' });
    expect(it.effects).toMatchObject([{ subject: 'your inbox: 1 item', text: expect.stringMatching(/^4\. task d/) }]);
  });

  test('that was missed waits for the next one rather than come at night, and comes late by day', () => {
    const night = ann();
    receive(night, about('task', 'a'));
    expect(night.to('2026-10-20T14:00:00.000Z').must('system', { command: 'wake' })).toEqual([]);
    expect(night.wakesAt).toBe('2026-10-21T01:00:00.000Z');
    const day = ann();
    receive(day, about('task', 'a'));
    expect(day.to('2026-10-20T09:40:00.000Z').must('system', { command: 'wake' })).toEqual(['digest_sent']);
  });

  test('is not sent where nothing is left', () => {
    const it = ann();
    receive(it, about('task', 'a'));
    it.must('system', { command: 'settle', subject: 'c-1/a', how: 'done' });
    expect(it.wakesAt).toBeUndefined();
  });

  test('says once what was said twice: the newer message takes the place of the older', () => {
    const it = ann({ ...INBOX, budget: 0 });
    receive(it, about('reminder', 'stall'), about('notice', 'stall'));
    expect(it.state.waiting.map(({ item }) => item)).toEqual([2]);
  });

  test('counts what nobody would read to the end', () => {
    const it = ann();
    receive(it, ...Array.from({ length: 60 }, (_, index) => about('task', `t${index}`)));
    it.to('2026-10-20T09:00:00.000Z').must('system', { command: 'wake' });
    expect(it.effects).toMatchObject([
      { subject: 'your inbox: 60 items', text: expect.stringContaining('\nand 20 more\n') },
    ]);
  });

  test('carries each message that waited once, whatever comes when', () => {
    const step = fc.oneof(
      fc.record({
        receive: fc.constantFrom<MessageKind>('reminder', 'task', 'demand', 'notice'),
        subject: fc.integer({ min: 0, max: 5 }),
      }),
      fc.record({ settle: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ wait: fc.integer({ min: 1, max: 30 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const it = ann();
        const open = new Map<number, string>();
        const mailed: number[] = [];
        const perDay = new Map<string, number>();
        const live = (until: string): void => {
          for (let due = it.wakesAt; due !== undefined && due <= until; due = it.wakesAt) {
            const lines = it.to(due > it.now ? due : it.now).state.waiting.map(({ item }) => item);
            expect(lines.every((item) => open.has(item))).toBe(true);
            it.must('system', { command: 'wake' });
            mailed.push(...lines);
          }
          it.to(until);
        };
        for (const one of steps) {
          if ('wait' in one) live(new Date(Date.parse(it.now) + one.wait * HOUR).toISOString());
          else if ('settle' in one) {
            it.must('system', { command: 'settle', subject: `c-1/${one.settle}`, how: 'done' });
            for (const [item, subject] of open) if (subject === `c-1/${one.settle}`) open.delete(item);
          } else {
            const message = about(one.receive, String(one.subject));
            for (const [item, subject] of open) if (subject === message.subject) open.delete(item);
            const [mail] = receive(it, message);
            open.set(it.state.received, message.subject ?? '');
            if (mail === undefined) continue;
            mailed.push(it.state.received);
            // A Shanghai day begins eight hours before London's.
            const day = new Date(Date.parse(it.now) + 8 * HOUR).toISOString().slice(0, 10);
            perDay.set(day, (perDay.get(day) ?? 0) + (one.receive === 'demand' ? 0 : 1));
          }
        }
        expect(new Set(mailed).size).toBe(mailed.length);
        for (const count of perDay.values()) expect(count).toBeLessThanOrEqual(2);
      }),
      { numRuns: 60 },
    );
  });
});

/** A stall ladder by example, in the office hours of Shanghai: when it starts, climbs, pauses, folds and rests. */

import { describe, expect, test } from 'vitest';
import type { Clock } from '../../engine/case/state.ts';
import { type LadderInput, ladderEvents, ladderWakeAt, rungsAhead } from '../../engine/parts/ladder.ts';
import { pauseRemaining, pauseStretches } from '../../engine/parts/pause.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import { OFFICE_CN } from '../time/sample-calendars.ts';
import { applied, duration, ladder, stepsAt, stepsInTime } from './sample-ladders.ts';

const calendar = compileCalendar(OFFICE_CN);
const LARGE_DEAL = ladder({
  noActivity: '10 business days',
  budget: '10 business days',
  rungs: ['0 business days', '3 business days', '6 business days', '10 business days'],
});

/** `2026-10-12 09:00` in Shanghai. */
function local(text: string): string {
  return new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString();
}

/** A stay that began on Monday, October 12 at ten, in a stage of 20 business days. */
function stay(clock: Partial<Clock> = {}, rest: Partial<LadderInput> = {}): Omit<LadderInput, 'now'> {
  const entered = local('2026-10-12 10:00');
  return {
    ladder: LARGE_DEAL,
    calendar,
    timebox: duration('20 business days'),
    clock: { entered_at: entered, last_activity_at: entered, pauses: [], ...clock },
    ...rest,
  };
}

describe('a stall starts', () => {
  test('after too long without activity, if that comes first', () => {
    expect(ladderWakeAt(stay())).toBe(local('2026-10-26 10:00'));
    expect(ladderEvents({ ...stay(), now: local('2026-10-26 10:00') })[0]).toEqual({
      step: 'stall_started',
      cause: 'no_activity',
      started_at: local('2026-10-26 10:00'),
    });
  });

  test('when the timebox is over, if that comes first', () => {
    const busy = stay({ last_activity_at: local('2026-11-05 10:00') });
    expect(ladderEvents({ ...busy, now: local('2026-11-09 10:00') })[0]).toEqual({
      step: 'stall_started',
      cause: 'timebox',
      started_at: local('2026-11-09 10:00'),
    });
  });

  test('not at all without a timebox when the ladder knows no other start', () => {
    const { timebox: _none, ...input } = stay({}, { ladder: ladder({ rungs: ['1 day'] }) });
    expect(ladderWakeAt(input)).toBeUndefined();
    expect(ladderEvents({ ...input, now: local('2030-01-01 10:00') })).toEqual([]);
  });

  test('no second time by a timebox that was over when the last stall ended', () => {
    const later = stay({ last_activity_at: local('2026-11-12 15:00'), stall_ended_at: local('2026-11-12 15:00') });
    expect(ladderWakeAt(later)).toBe(local('2026-11-26 15:00'));
  });

  test('by a timebox that was still running when the last stall ended', () => {
    const later = stay({ last_activity_at: local('2026-11-05 15:00'), stall_ended_at: local('2026-11-05 15:00') });
    expect(ladderWakeAt(later)).toBe(local('2026-11-09 10:00'));
  });

  test('when the day of a promised next step passes', () => {
    const pushed = stay({
      last_activity_at: local('2026-11-12 15:00'),
      stall_ended_at: local('2026-11-12 15:00'),
      next_step_by: local('2026-11-18 00:00'),
    });
    expect(ladderEvents({ ...pushed, now: local('2026-11-18 00:00') })).toEqual([
      { step: 'stall_started', cause: 'no_activity', started_at: local('2026-11-18 00:00') },
    ]);
  });
});

describe('a ladder climbs', () => {
  test('one rung after the other, then rests', () => {
    expect(
      stepsInTime(stay()).map((step) =>
        step.step === 'rung_due' ? [step.rung, step.due_at, step.folded] : step.cause,
      ),
    ).toEqual([
      'no_activity',
      [0, local('2026-10-26 10:00'), []],
      [1, local('2026-10-29 10:00'), []],
      [2, local('2026-11-03 10:00'), []],
      [3, local('2026-11-09 10:00'), []],
    ]);
  });

  test('rungs missed together fold into the highest', () => {
    const steps = stepsAt(stay(), [local('2026-11-04 08:00'), local('2027-03-01 09:00')]);
    expect(steps.map((step) => (step.step === 'rung_due' ? [step.rung, step.folded] : step.step))).toEqual([
      'stall_started',
      [2, [0, 1]],
      [3, []],
    ]);
    expect(steps[1]).toMatchObject({ due_at: local('2026-11-03 10:00') });
  });

  test('a rung of another unit never overtakes the one below it', () => {
    const mixed = stay(
      {},
      { ladder: ladder({ noActivity: '10 business days', rungs: ['5 business days', '6 days'] }) },
    );
    expect(stepsInTime(mixed).map((step) => (step.step === 'rung_due' ? step.due_at : step.started_at))).toEqual([
      local('2026-10-26 10:00'),
      local('2026-11-02 10:00'),
    ]);
  });

  test('the stretches of work counted are shown day by day', () => {
    const [, , first] = stepsInTime(
      stay({}, { ladder: ladder({ noActivity: '1 day', rungs: ['0 days', '1 business day'] }) }),
    );
    expect(first).toMatchObject({
      rung: 1,
      counted: [
        { from: local('2026-10-13 10:00'), to: local('2026-10-13 12:00') },
        { from: local('2026-10-13 13:30'), to: local('2026-10-13 18:00') },
        { from: local('2026-10-14 09:00'), to: local('2026-10-14 10:00') },
      ],
      paused: [],
    });
  });

  test('what lies ahead can be shown', () => {
    const started = applied(stay().clock, ladderEvents({ ...stay(), now: local('2026-10-26 10:00') }));
    expect(rungsAhead(stay())).toEqual([]);
    expect(rungsAhead({ ...stay(), clock: started })).toEqual([
      { rung: 1, due_at: local('2026-10-29 10:00') },
      { rung: 2, due_at: local('2026-11-03 10:00') },
      { rung: 3, due_at: local('2026-11-09 10:00') },
    ]);
  });
});

describe('a pause', () => {
  const paused = { from: local('2026-10-27 10:00'), to: local('2026-10-29 10:00'), why: 'snooze' as const };

  test('pushes a rung later by its working time, and is shown', () => {
    const steps = stepsInTime(stay({ pauses: [paused] }));
    expect(steps[2]).toMatchObject({
      rung: 1,
      due_at: local('2026-11-02 10:00'),
      paused: [{ from: paused.from, to: paused.to }],
    });
  });

  test('over a weekend pushes business time by nothing but elapsed time by two days', () => {
    const weekend = { from: local('2026-10-24 00:00'), to: local('2026-10-26 00:00'), why: 'snooze' as const };
    expect(ladderWakeAt(stay({ pauses: [weekend] }))).toBe(local('2026-10-26 10:00'));
    const elapsed = ladder({ noActivity: '14 days', budget: '10 days', rungs: ['0 days'] });
    expect(ladderWakeAt(stay({ pauses: [weekend] }, { ladder: elapsed }))).toBe(local('2026-10-28 10:00'));
  });

  test('that begins as a rung falls due comes too late for it', () => {
    const late = { from: local('2026-10-29 10:00'), to: local('2026-10-30 10:00'), why: 'snooze' as const };
    expect(stepsInTime(stay({ pauses: [late] }))[2]).toMatchObject({ rung: 1, due_at: local('2026-10-29 10:00') });
  });

  test('counts once where two overlap', () => {
    const condition = { from: local('2026-10-28 10:00'), to: local('2026-10-29 10:00'), why: 'condition' as const };
    expect(stepsInTime(stay({ pauses: [paused, condition] }))).toEqual(stepsInTime(stay({ pauses: [paused] })));
  });

  test('that nobody ends is over when the budget is', () => {
    const waiting = stay({ pauses: [{ from: local('2026-10-15 10:00'), why: 'condition' }] });
    expect(pauseStretches(LARGE_DEAL, calendar, waiting.clock)).toEqual([
      { from: local('2026-10-15 10:00'), to: local('2026-10-29 10:00') },
    ]);
    expect(ladderWakeAt(waiting)).toBe(local('2026-11-09 10:00'));
  });

  test('does nothing on a ladder without a budget', () => {
    const strict = stay({ pauses: [paused] }, { ladder: ladder({ noActivity: '10 business days', rungs: ['1 day'] }) });
    expect(ladderWakeAt(strict)).toBe(local('2026-10-26 10:00'));
    expect(pauseRemaining(strict.ladder, calendar, strict.clock, local('2026-10-27 10:00'))).toBeUndefined();
  });

  test('leaves what is not yet drawn of the budget, and says until when', () => {
    const remaining = pauseRemaining(LARGE_DEAL, calendar, stay({ pauses: [paused] }).clock, local('2026-11-02 10:00'));
    expect(remaining).toEqual({
      ms: 8 * 7.5 * 3_600_000,
      amount: 8,
      unit: 'business_days',
      until: local('2026-11-12 10:00'),
      lastDay: '2026-11-11',
    });
  });

  test('may last through the whole evening and weekend after the last working day that the budget covers', () => {
    const week = ladder({ noActivity: '10 business days', budget: '5 business days', rungs: ['1 day'] });
    const { clock } = stay();
    expect(pauseRemaining(week, calendar, clock, local('2026-10-19 09:00'))).toMatchObject({
      until: local('2026-10-26 09:00'),
      lastDay: '2026-10-25',
    });
    const weekend = { from: local('2026-10-19 09:00'), to: local('2026-10-26 00:00'), why: 'snooze' as const };
    expect(pauseStretches(week, calendar, { ...clock, pauses: [weekend] })).toEqual([
      { from: weekend.from, to: weekend.to },
    ]);
  });

  test('that still runs has drawn on the budget up to now', () => {
    const { clock } = stay({ pauses: [{ from: local('2026-10-27 10:00'), why: 'condition' }] });
    expect(pauseRemaining(LARGE_DEAL, calendar, clock, local('2026-10-28 13:30'))).toMatchObject({ amount: 8.7 });
    expect(pauseRemaining(LARGE_DEAL, calendar, clock, local('2027-10-28 13:30'))).toMatchObject({
      ms: 0,
      until: local('2027-10-28 13:30'),
    });
  });
});

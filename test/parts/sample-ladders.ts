/** Ladders and clocks for tests: one to read, random ones, and the few changes events make to a clock. */

import fc from 'fast-check';
import type { Clock, Pause } from '../../engine/case/state.ts';
import { type LadderInput, type LadderStep, ladderEvents, ladderWakeAt } from '../../engine/parts/ladder.ts';
import type { Calendar } from '../../engine/playbook/calendar.ts';
import type { Ladder, LadderStart } from '../../engine/playbook/ladder.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import { type Duration, parseDuration } from '../../engine/time/duration.ts';
import { toMs } from '../../engine/time/instant.ts';
import { QUARTER_MS } from '../../simulation/oracle/slow-clock.ts';
import { AT, calendars, instants } from '../time/sample-calendars.ts';

/** A duration as playbooks write it. */
export function duration(text: string): Duration {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new Error(parsed.message.en);
  return parsed.duration;
}

/** A ladder from durations. */
export function ladder(options: {
  readonly noActivity?: string;
  readonly rungs: readonly string[];
  readonly budget?: string;
  readonly withTimebox?: boolean;
}): Ladder {
  const starts: LadderStart[] = options.withTimebox === false ? [] : [{ kind: 'timebox', at: AT }];
  if (options.noActivity !== undefined) {
    starts.push({ kind: 'no_activity', for: duration(options.noActivity), at: AT });
  }
  return {
    ladder: 'stall',
    title: { zh: '停滞', en: 'Stalled' },
    starts,
    ...(options.budget !== undefined && { pause_budget: duration(options.budget) }),
    ends_when: ['activity', 'advance', 'resolve'],
    rungs: options.rungs.map((after) => ({
      after: duration(after),
      do: [],
      at: AT,
    })),
    at: AT,
  };
}

/** The clock after the events that the steps become. */
export function applied(clock: Clock, steps: readonly LadderStep[]): Clock {
  let { stall } = clock;
  for (const step of steps) {
    if (step.step === 'stall_started') {
      stall = { ladder: 'stall', cause: step.cause, started_at: step.started_at, fired: 0, demanded: false };
    } else {
      if (stall === undefined) throw new Error('a rung fired without a stall');
      stall = { ...stall, fired: step.rung + 1 };
    }
  }
  return stall === undefined ? clock : { ...clock, stall };
}

/** All steps when the clock is asked at each of these instants, in order. */
export function stepsAt(input: Omit<LadderInput, 'now'>, wakes: readonly string[]): readonly LadderStep[] {
  const all: LadderStep[] = [];
  let { clock } = input;
  for (const now of wakes) {
    const steps = ladderEvents({ ...input, clock, now });
    all.push(...steps);
    clock = applied(clock, steps);
  }
  return all;
}

/** All steps when the clock is asked exactly when it wants to be. */
export function stepsInTime(input: Omit<LadderInput, 'now'>): readonly LadderStep[] {
  const all: LadderStep[] = [];
  let { clock } = input;
  for (let now = ladderWakeAt({ ...input, clock }); now !== undefined; now = ladderWakeAt({ ...input, clock })) {
    const steps = ladderEvents({ ...input, clock, now });
    if (steps.length === 0) throw new Error(`woken at ${now} for nothing`);
    all.push(...steps);
    clock = applied(clock, steps);
  }
  return all;
}

const UNITS = ['hours', 'business_hours', 'days', 'business_days'] as const;
const quarters = (max: number) => fc.integer({ min: 0, max }).map((count) => count * QUARTER_MS);

export const lengths = (units: readonly Duration['unit'][], max: number): fc.Arbitrary<Duration> =>
  fc.record({ amount: fc.integer({ min: 1, max }), unit: fc.constantFrom(...units) });

/** Pauses within some three weeks of the start of the stay; perhaps overlapping, perhaps one still open. */
export function pausesAfter(enteredAt: string): fc.Arbitrary<readonly Pause[]> {
  const one = fc.tuple(quarters(2000), quarters(600)).map(([start, length]): Pause => {
    const from = toMs(enteredAt) + start;
    return { from: iso(from), to: iso(from + length), why: 'snooze' };
  });
  const open = quarters(2000).map((start): Pause => ({ from: iso(toMs(enteredAt) + start), why: 'condition' }));
  return fc
    .tuple(fc.array(one, { maxLength: 4 }), fc.option(open, { nil: undefined }))
    .map(([closed, last]) => (last === undefined ? closed : [...closed, last]));
}

type PlainStay = Omit<LadderInput, 'now' | 'calendar'> & { readonly calendar: Calendar };

/** Random stays: any calendar and zone, one to four rungs of any unit, with or without budget, timebox and pauses. */
export function stays(units: readonly Duration['unit'][] = UNITS): fc.Arbitrary<Omit<LadderInput, 'now'>> {
  return instants
    .chain((enteredAt) =>
      fc.record({
        calendar: calendars,
        enteredAt: fc.constant(enteredAt),
        quietFor: quarters(300),
        noActivity: lengths(units, 40),
        timebox: fc.option(lengths(units, 60), { nil: undefined }),
        budget: fc.option(lengths(units, 30), { nil: undefined }),
        rungs: fc.array(lengths(units, 40), { minLength: 1, maxLength: 4 }),
        pauses: pausesAfter(enteredAt),
      }),
    )
    .map(
      ({ calendar, enteredAt, quietFor, noActivity, timebox, budget, rungs, pauses }): PlainStay => ({
        calendar,
        ladder: {
          ...ladder({ rungs: [] }),
          starts: [
            { kind: 'timebox', at: AT },
            { kind: 'no_activity', for: noActivity, at: AT },
          ],
          rungs: rungs.map((after) => ({ after, do: [], at: AT })),
          ...(budget !== undefined && { pause_budget: budget }),
        },
        ...(timebox !== undefined && { timebox }),
        clock: { entered_at: enteredAt, last_activity_at: iso(toMs(enteredAt) + quietFor), pauses },
      }),
    )
    .map((stay) => ({
      ...stay,
      calendar: compileCalendar(stay.calendar),
      // A counterexample shows the calendar as declared.
      [fc.toStringMethod]: () => JSON.stringify(stay),
    }));
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

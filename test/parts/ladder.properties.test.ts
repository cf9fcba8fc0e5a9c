/** Stall clocks over random stays, calendars and pauses: against a slow clock, and against what a ladder promises. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LadderStep, ladderEvents, ladderWakeAt, rungsAhead } from '../../engine/parts/ladder.ts';
import { pauseRemaining, pauseStretches } from '../../engine/parts/pause.ts';
import { addDuration, isBusiness, workingMsBetween } from '../../engine/time/calendar.ts';
import { type Stretch, toMs } from '../../engine/time/instant.ts';
import { QUARTER_MS } from '../../simulation/oracle/slow-clock.ts';
import { applied, iso, stays, stepsAt, stepsInTime } from './sample-ladders.ts';
import { liveThrough } from './slow-stall.ts';

const FAR = '2198-01-01T00:00:00.000Z';

test('stalls begin and rungs fall due exactly as on a clock that lives through the stay', () => {
  fc.assert(
    fc.property(stays(['hours', 'business_hours', 'days']), (stay) => {
      const slow = liveThrough(stay, 25);
      const steps = stepsInTime(stay);
      const started = steps.flatMap((step) => (step.step === 'stall_started' ? [toMs(step.started_at)] : []))[0];
      if (slow.startedAt === undefined) expect(started).toBeGreaterThanOrEqual(slow.livedUntil);
      else expect(started).toBe(slow.startedAt);
      const dues = duesByRung(steps);
      for (let rung = 0; rung < stay.ladder.rungs.length; rung++) {
        const due = toMs(dues.get(rung) ?? '');
        const slowDue = slow.dues[rung];
        if (slowDue === undefined) expect(due).toBeGreaterThanOrEqual(slow.livedUntil);
        else expect(due).toBe(slowDue);
      }
    }),
    { numRuns: 40 },
  );
});

test('each rung fires once and in order, however seldom the clock is asked', () => {
  fc.assert(
    fc.property(stays(), fc.array(fc.integer({ min: 0, max: 12_000 }), { maxLength: 30 }), (stay, quarters) => {
      const entered = toMs(stay.clock.entered_at);
      const wakes = quarters.sort((a, b) => a - b).map((count) => iso(entered + count * QUARTER_MS));
      const steps = stepsAt(stay, [...wakes, FAR]);
      const fired = steps.flatMap((step) => (step.step === 'rung_due' ? [...step.folded, step.rung] : []));
      expect(fired).toEqual(stay.ladder.rungs.map((_rung, index) => index));
      expect(steps.filter((step) => step.step === 'stall_started')).toHaveLength(1);
      const inTime = duesByRung(stepsInTime(stay));
      // A rung that was folded in shows the due time of the one it is folded into.
      for (const step of steps) if (step.step === 'rung_due') expect(step.due_at).toBe(inTime.get(step.rung));
    }),
    { numRuns: 150 },
  );
});

test('nothing is due before the instant the clock wants to be asked, something is then, and nothing twice', () => {
  fc.assert(
    fc.property(stays(), fc.nat({ max: 4 }), (stay, rounds) => {
      let { clock } = stay;
      for (let round = 0; round <= rounds; round++) {
        const wakeAt = ladderWakeAt({ ...stay, clock });
        if (wakeAt === undefined) {
          expect(ladderEvents({ ...stay, clock, now: FAR })).toEqual([]);
          return;
        }
        expect(ladderEvents({ ...stay, clock, now: iso(toMs(wakeAt) - 1) })).toEqual([]);
        const steps = ladderEvents({ ...stay, clock, now: wakeAt });
        expect(steps).not.toEqual([]);
        clock = applied(clock, steps);
        expect(ladderEvents({ ...stay, clock, now: wakeAt })).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

test('pauses never make a stall or a rung earlier', () => {
  fc.assert(
    fc.property(stays(), (stay) => {
      const later = stay.clock.pauses.toSorted((a, b) => (a.from < b.from ? -1 : 1));
      // Each pause in the order of time, as they come about: what was due without it is due with it, or later.
      let before = startAndDues({ ...stay, clock: { ...stay.clock, pauses: [] } });
      for (let count = 1; count <= later.length; count++) {
        const after = startAndDues({ ...stay, clock: { ...stay.clock, pauses: later.slice(0, count) } });
        for (const [index, at] of after.entries()) expect(at >= (before[index] ?? '')).toBe(true);
        before = after;
      }
    }),
    { numRuns: 150 },
  );
});

test('what was counted and paused is shown: no gap, no overlap, and the counted time is what the rung asks', () => {
  fc.assert(
    fc.property(stays(), (stay) => {
      const { calendar } = stay;
      const steps = stepsInTime(stay);
      const started = steps.flatMap((step) => (step.step === 'stall_started' ? [step.started_at] : []))[0] ?? '';
      for (const step of steps) {
        if (step.step !== 'rung_due') continue;
        const all = [...step.counted, ...step.paused].sort((a, b) => (a.from < b.from ? -1 : 1));
        for (const [index, { from, to }] of all.entries()) {
          expect(from < to && from >= started && to <= step.due_at).toBe(true);
          const next = all[index + 1];
          if (next !== undefined) expect(to <= next.from).toBe(true);
        }
        const after = stay.ladder.rungs[step.rung]?.after;
        const isCrossed = stay.ladder.rungs.slice(0, step.rung).some((below) => below.after.unit !== after?.unit);
        if (after === undefined || isCrossed) continue;
        const highest = Math.max(...stay.ladder.rungs.slice(0, step.rung + 1).map((rung) => rung.after.amount));
        if (after.unit === 'hours') expect(sum(step.counted)).toBe(highest * 3_600_000);
        if (after.unit === 'business_hours') expect(sum(step.counted)).toBe(highest * 3_600_000);
        if (after.unit === 'business_days') {
          const unpaused = addDuration(calendar, started, { amount: highest, unit: 'business_days' });
          expect(sum(step.counted)).toBe(workingMsBetween(calendar, started, unpaused));
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('pauses together last no longer than the budget, and a snooze may use up what remains but not more', () => {
  fc.assert(
    fc.property(stays(), fc.nat({ max: 3000 }), (stay, quarters) => {
      const { ladder, calendar } = stay;
      const now = iso(toMs(stay.clock.entered_at) + quarters * QUARTER_MS);
      const clock = { ...stay.clock, pauses: stay.clock.pauses.filter(({ from }) => from <= now) };
      const budget = ladder.pause_budget;
      const remaining = pauseRemaining(ladder, calendar, clock, now);
      if (budget === undefined || remaining === undefined) {
        expect(remaining).toBeUndefined();
        expect(pauseStretches(ladder, calendar, clock)).toEqual([]);
        return;
      }
      const drawn = (stretches: readonly Stretch[]): number =>
        stretches.reduce(
          (total, { from, to }) =>
            total + (isBusiness(budget.unit) ? workingMsBetween(calendar, from, to) : toMs(to) - toMs(from)),
          0,
        );
      const past = clock.pauses.map((pause) => ({ ...pause, to: pause.to ?? now }));
      const used = drawn(pauseStretches(ladder, calendar, { ...clock, pauses: past }));
      const snoozed = [...past, { from: now, to: remaining.until, why: 'snooze' as const }];
      const full = drawn(pauseStretches(ladder, calendar, { ...clock, pauses: snoozed }));
      expect(full).toBe(used + remaining.ms);
      expect(pauseRemaining(ladder, calendar, { ...clock, pauses: snoozed }, now)).toMatchObject({ ms: 0, amount: 0 });
      const longer = [...past, { from: now, to: iso(toMs(remaining.until) + 9e9), why: 'snooze' as const }];
      expect(drawn(pauseStretches(ladder, calendar, { ...clock, pauses: longer }))).toBe(full);
    }),
    { numRuns: 150 },
  );
});

function duesByRung(steps: readonly LadderStep[]): ReadonlyMap<number, string> {
  const dues = new Map<number, string>();
  for (const step of steps) {
    if (step.step !== 'rung_due') continue;
    for (const rung of [...step.folded, step.rung]) if (!dues.has(rung)) dues.set(rung, step.due_at);
  }
  return dues;
}

/** The start of the stall, then when each rung is due. */
function startAndDues(stay: Parameters<typeof ladderWakeAt>[0]): readonly string[] {
  const started = ladderWakeAt(stay) ?? FAR;
  const clock = applied(stay.clock, [{ step: 'stall_started', cause: 'no_activity', started_at: started }]);
  return [started, ...rungsAhead({ ...stay, clock }).map(({ due_at }) => due_at)];
}

function sum(stretches: readonly Stretch[]): number {
  return stretches.reduce((total, { from, to }) => total + toMs(to) - toMs(from), 0);
}

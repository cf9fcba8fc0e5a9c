/** What holds for a case whatever the playbook asks and whatever people send. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import { effectsOf } from '../../engine/case/effects.ts';
import type { CaseEvent } from '../../engine/case/event.ts';
import { evolve } from '../../engine/case/evolve.ts';
import { wakeAt } from '../../engine/case/wake-at.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { lookBack } from '../../simulation/oracle/hindsight.ts';
import { asked, couldHold, judge, leavesOf, mayGo } from '../../simulation/oracle/judge.ts';
import { people } from './playbook-fixture.ts';
import { randomSet } from './random-playbook.ts';
import { randomOpening, randomSteps } from './random-steps.ts';
import { deepFreeze, fold, runCase, type Turn } from './run-case.ts';

const walks = fc.tuple(randomSet, randomOpening, randomSteps);
/** A longer search: `PLAYRAIL_RUNS=2000`. */
const runs = Number(process.env['PLAYRAIL_RUNS'] ?? 100);

function eachTurn(check: (turn: Turn, set: PlaybookSet) => void): void {
  fc.assert(
    fc.property(walks, ([set, opening, steps]) => {
      for (const turn of runCase(deepFreeze(set), opening, steps)) check(turn, set);
    }),
    { numRuns: runs },
  );
}

function eventsOf({ outcome }: Turn): readonly CaseEvent[] {
  return outcome.outcome === 'accepted' ? outcome.events : [];
}

const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

describe('a case', () => {
  it('is the fold of its events', () => {
    eachTurn((turn) => {
      expect(fold(undefined, [...turn.history, ...eventsOf(turn)])).toEqual(turn.after);
    });
  });

  it('gets the same answer to the same command', () => {
    eachTurn(({ world, before, envelope, outcome }) => {
      expect(decide(world, before, envelope)).toEqual(outcome);
    });
  });

  it('stays as it was when the answer is no', () => {
    eachTurn(({ before, after, outcome }) => {
      if (outcome.outcome !== 'accepted') expect(after).toBe(before);
      if (outcome.outcome === 'refused') expect(outcome.reasons.length).toBeGreaterThan(0);
      if (outcome.outcome === 'invalid') expect(outcome.problems.length).toBeGreaterThan(0);
    });
  });

  it('is the same after a journey through JSON', () => {
    eachTurn(({ world, before, envelope, outcome, after }) => {
      expect(copy(after)).toStrictEqual(after);
      expect(copy(outcome)).toStrictEqual(outcome);
      expect(decide(world, copy(before), copy(envelope))).toEqual(outcome);
      const events = outcome.outcome === 'accepted' ? outcome.events : [];
      expect(fold(copy(before), copy(events))).toEqual(after);
    });
  });

  it('has nothing left to do at the moment it was woken, and says when it has', () => {
    eachTurn(({ world, after }) => {
      if (after === undefined) return;
      const woken = decide(world, after, { id: 'w', actor: 'system', body: { command: 'wake' } });
      if (woken.outcome !== 'accepted') throw new Error(woken.outcome);
      const state = woken.events.reduce(evolve, after);
      const at = wakeAt(world, state);
      expect(at === undefined || at > world.now).toBe(true);
      // Whoever is not woken has missed nothing.
      const due = wakeAt(world, after);
      expect(woken.events.length > 0).toBe(due !== undefined && due <= world.now);
    });
  });

  it('tells only people who are there, and nobody the same thing twice by one event', () => {
    eachTurn((turn) => {
      let state = turn.before;
      for (const event of eventsOf(turn)) {
        state = evolve(state, event);
        const told = effectsOf(turn.world, state, event).filter((effect) => effect.effect === 'message');
        // A move may ask one person to settle several pieces of evidence again.
        expect(new Set(told.map(({ to, message }) => `${to}: ${message.text.en}`)).size).toBe(told.length);
        for (const { to } of told) expect(Object.keys(people.by_id)).toContain(to);
      }
    });
  });
});

describe('no order of commands', () => {
  it('takes a case forward while anything asked on the way is unmet, nor holds it back without cause', () => {
    eachTurn((turn, set) => {
      const { envelope, before, outcome, history, world } = turn;
      const body = envelope.body as { command: string; to?: string; as?: string };
      if (before === undefined || before.finished) return;
      const isAdvance = body.command === 'advance';
      const isWin = body.command === 'close' && body.as === 'won';
      if (!isAdvance && !isWin) {
        const forward = eventsOf(turn).some((event) => event.event === 'stage_entered' && event.because === 'advance');
        expect(forward).toBe(false);
        return;
      }
      const sight = lookBack(set, history, world.now);
      const { stages } = sight.rules.pipeline;
      const here = stages.findIndex((stage) => stage.stage === sight.stage);
      const target = body.to === undefined ? here + 1 : stages.findIndex((stage) => stage.stage === body.to);
      if (outcome.outcome === 'accepted') expect(mayGo(sight, target)).toBe(true);
      const isOrdered = outcome.outcome === 'refused' && outcome.reasons.every(({ code }) => !OUT_OF_ORDER.has(code));
      if (isOrdered) expect(mayGo(sight, target)).toBe(false);
      const entered = eventsOf(turn).find((event) => event.event === 'stage_entered');
      if (entered !== undefined) expect(entered.stage).toBe(stages[target]?.stage);
    });
  });

  it('wins or ends a case but by leaving the stage that does', () => {
    eachTurn((turn) => {
      const command = (turn.envelope.body as { command: string }).command;
      for (const event of eventsOf(turn)) {
        if (event.event === 'won') expect(['open', 'advance', 'close']).toContain(command);
        if (event.event === 'finished') expect(['open', 'advance', 'close', 'resolve']).toContain(command);
      }
    });
  });

  it('leaves a case on a stage that its evidence does not support', () => {
    eachTurn((turn, set) => {
      const [event, ...then] = eventsOf(turn);
      if (event?.event !== 'evidence_rejected' && event?.event !== 'evidence_withdrawn') return;
      const sight = lookBack(set, [...turn.history, event], turn.world.now);
      const { pipeline } = sight.rules;
      const numberOf = (stage: string) => pipeline.stages.findIndex((one) => one.stage === stage);
      const passed = pipeline.stages.slice(numberOf(sight.openedStage), numberOf(sight.stage));
      const unsupported = passed.find((stage) =>
        asked(pipeline, numberOf(stage.stage))
          .filter((condition) =>
            leavesOf(condition, sight.rules).some((one) => one.kind === 'evidence' && one.evidence === event.evidence),
          )
          .some((condition) => !couldHold(condition, sight)),
      );
      const fallen = then.find((one) => one.event === 'stage_entered');
      expect(fallen?.stage).toBe(unsupported?.stage);
    });
  });

  it('lets anybody accept their own evidence, or that of their own case', () => {
    eachTurn((turn, set) => {
      for (const event of eventsOf(turn)) {
        if (event.event !== 'evidence_accepted' && event.event !== 'evidence_rejected') continue;
        const sight = lookBack(set, turn.history, turn.world.now);
        expect(event.by).not.toBe(sight.owner);
        expect(event.by).not.toBe(sight.evidence[event.evidence]?.submitted_by);
        expect(['mia', 'dan']).toContain(event.by);
      }
    });
  });

  it('opens or moves a case where the rules do not have it', () => {
    eachTurn((turn, set) => {
      const events = eventsOf(turn);
      const arrived = events.find((event) => event.event === 'case_opened' || event.event === 'pipeline_moved');
      if (arrived === undefined) return;
      // An import stands where it says it does.
      if (arrived.event === 'case_opened' && arrived.source !== undefined) return;
      const sight = lookBack(set, [...turn.history, ...events], turn.world.now);
      const { pipeline, gates } = sight.rules;
      const applies = pipeline.applies_when;
      expect(applies !== undefined && judge(applies, sight) === false).toBe(false);
      const door = pipeline.open_at.find((one) => one.stage === sight.openedStage);
      expect(door !== undefined && (door.when === undefined || judge(door.when, sight) === true)).toBe(true);
      if (arrived.event === 'case_opened') {
        const open = gates.filter((gate) => gate.at_point === 'open' && gate.mode === 'enforce');
        for (const gate of open) expect(judge(gate.when, sight)).toBe(true);
        return;
      }
      const numberOf = (stage: string) => pipeline.stages.findIndex((one) => one.stage === stage);
      for (let step = numberOf(sight.openedStage); step < numberOf(sight.stage); step++) {
        for (const condition of asked(pipeline, step)) expect(judge(condition, sight)).toBe(true);
      }
    });
  });
});

/** Refusals that come before any criterion. */
const OUT_OF_ORDER = new Set(['stage-not-ahead', 'stage-not-winning', 'already-won']);

describe('decide', () => {
  it('answers any garbage in any state', () => {
    const garbage = fc.oneof(
      fc.jsonValue(),
      fc.record({ command: fc.constantFrom(...COMMANDS), facts: fc.jsonValue(), evidence: fc.jsonValue() }),
      fc
        .tuple(fc.constantFrom(...COMMANDS), fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue(), { maxKeys: 6 }))
        .map(([command, rest]) => ({ ...rest, command })),
      fc
        .tuple(fc.constantFrom(...COMMANDS), fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...HOSTILE)))
        .map(([command, rest]) => ({ ...rest, command })),
    );
    const steps = fc
      .array(fc.oneof(randomSteps, fc.array(garbageStep(garbage))), { maxLength: 4 })
      .map((parts) => parts.flat());
    fc.assert(
      fc.property(fc.tuple(randomSet, fc.oneof(randomOpening, garbageStep(garbage)), steps), ([set, opening, all]) => {
        const outcomes = runCase(deepFreeze(set), opening, all).map(({ outcome }) => outcome.outcome);
        for (const outcome of outcomes) expect(['accepted', 'refused', 'forbidden', 'invalid']).toContain(outcome);
      }),
      { numRuns: runs },
    );
  });
});

function garbageStep(garbage: fc.Arbitrary<unknown>) {
  return fc.record({
    actor: fc.constantFrom('ann', 'mia', 'root', 'system', 'nobody', '__proto__', 'constructor', 'liv'),
    body: garbage,
    waitMs: fc.nat({ max: 10 ** 9 }),
  });
}

const COMMANDS =
  'open set_facts log_activity submit_evidence withdraw_evidence accept_evidence reject_evidence advance fall_back plan_task complete_task snooze resolve move_pipeline hand_over close reopen wake'.split(
    ' ',
  );
const KEYS =
  'title pipeline stage owner facts tasks imported activity note happened_on evidence fields reason to task due_on until way with as __proto__'.split(
    ' ',
  );
const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  's1',
  'e0',
  'large',
  'ann',
  'liv',
  'call',
  'price',
  'push',
  'won',
  'lost',
  '2026-02-30',
  '0000-01-01',
  '9999-12-31',
  '2199-12-31',
  '\u0000',
  '\ud800',
  '',
  'x'.repeat(5000),
  { size: { nested: [1] }, __proto__: null },
  { plan: 'p', next_step_on: '2199-12-31' },
  { source: 's', opened_at: '1900-01-01T00:00:00.000Z' },
  { source: 's', closed: { as: 'lost', reason: 'toString' } },
  null,
  [],
  -1,
];

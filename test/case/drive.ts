/** Drives one case in a test: commands, waiting, and what came of them. */

import { decide } from '../../engine/case/decide.ts';
import type { Effect } from '../../engine/case/effect.ts';
import { effectsOf } from '../../engine/case/effects.ts';
import type { CaseEvent, CaseEventName } from '../../engine/case/event.ts';
import { evolve } from '../../engine/case/evolve.ts';
import type { Outcome } from '../../engine/case/outcome.ts';
import type { CaseState } from '../../engine/case/state.ts';
import { wakeAt } from '../../engine/case/wake-at.ts';
import type { World } from '../../engine/case/world.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { fromMs, type Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import { deepFreeze, worldAt } from './run-case.ts';

/** A Monday. */
export const START = '2026-01-05T09:00:00.000Z';
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export class Drive {
  now: Instant = START;
  /** All that happened. */
  readonly events: CaseEvent[] = [];
  /** What the world was told to do by the last command. */
  effects: readonly Effect[] = [];
  /** Who is who from now on; absent: the fixture's people. */
  people: People | undefined;
  private readonly set: PlaybookSet;
  private current: CaseState | undefined;
  private commands = 0;

  constructor(set: PlaybookSet) {
    this.set = deepFreeze(set);
  }

  get state(): CaseState {
    if (this.current === undefined) throw new Error('no case was opened');
    return this.current;
  }

  get playbook(): PlaybookSet {
    return this.set;
  }

  get wakesAt(): Instant | undefined {
    return wakeAt(this.world, this.state);
  }

  private get world(): World {
    const world = worldAt(this.set, this.now);
    return this.people === undefined ? world : { ...world, people: this.people };
  }

  wait(ms: number): this {
    this.now = fromMs(Date.parse(this.now) + ms);
    return this;
  }

  /** Lets time pass, the timer ringing whenever the case asks for it. */
  live(ms: number): this {
    const end = fromMs(Date.parse(this.now) + ms);
    for (let due = this.wakesAt; due !== undefined && due <= end; due = this.wakesAt) {
      if (due > this.now) this.now = due;
      this.must('system', { command: 'wake' });
    }
    this.now = end;
    return this;
  }

  /** Whatever the answer; a no leaves the case as it was. */
  try(actor: string, body: unknown): Outcome<CaseEvent> {
    this.commands += 1;
    const { world } = this;
    const outcome = decide(world, deepFreeze(this.current), { id: `c${this.commands}`, actor, body });
    this.effects = [];
    if (outcome.outcome !== 'accepted') return outcome;
    for (const event of outcome.events) {
      this.current = evolve(this.current, event);
      this.events.push(event);
      this.effects = [...this.effects, ...effectsOf(world, this.current, event)];
    }
    return outcome;
  }

  /** The names of the events of a command that must be accepted. */
  must(actor: string, body: unknown): readonly CaseEventName[] {
    const outcome = this.try(actor, body);
    if (outcome.outcome !== 'accepted') throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(outcome, null, 1)}`);
    return outcome.events.map((event) => event.event);
  }

  /** The code of a no: of what is forbidden, of each problem, or of each reason. */
  no(actor: string, body: unknown): string {
    const outcome = this.try(actor, body);
    switch (outcome.outcome) {
      case 'accepted':
        throw new Error(`accepted: ${JSON.stringify(body)}`);
      case 'refused':
        return `refused: ${outcome.reasons.map(({ code, about }) => (about ? `${code} (${about})` : code)).join(', ')}`;
      case 'forbidden':
        return `forbidden: ${outcome.reason.code}`;
      case 'invalid':
        return `invalid: ${outcome.problems.map(({ code, path }) => `${code} ${path}`.trim()).join(', ')}`;
    }
  }

  /** The reasons of a refusal. */
  reasons(actor: string, body: unknown) {
    const outcome = this.try(actor, body);
    if (outcome.outcome !== 'refused') throw new Error(`not refused but ${outcome.outcome}`);
    return outcome.reasons;
  }

  last<N extends CaseEventName>(name: N): Extract<CaseEvent, { readonly event: N }> {
    const event = this.events.findLast((one): one is Extract<CaseEvent, { readonly event: N }> => one.event === name);
    if (event === undefined) throw new Error(`no ${name}`);
    return event;
  }

  /** `kind person` of every message of the last command. */
  get told(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.effect === 'message' ? [`${effect.message.kind} ${effect.to}`] : [],
    );
  }
}

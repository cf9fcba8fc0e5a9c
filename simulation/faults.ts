/** What goes wrong: seeded misfortune around steps, timers and messages. */

import type { Chance } from './chance.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './parameters.ts';

/** `refused`: the database is away. `aborted`: all was decided, nothing kept. `unheard`: all was kept, nobody heard. */
export type StepFate = 'kept' | 'refused' | 'aborted' | 'unheard';
/** `lost`: did not arrive. `unmarked`: arrived, and is sent again. */
export type SendFate = 'sent' | 'lost' | 'unmarked';

export class Faults {
  private readonly chance: Chance;
  private readonly outages: readonly (readonly [number, number])[];

  /** @param from epoch ms @param to epoch ms */
  constructor(chance: Chance, from: number, to: number) {
    this.chance = chance;
    const outages: [number, number][] = [];
    for (let at = from + chance.wait(60 * DAY_MS); at < to; at += chance.wait(60 * DAY_MS)) {
      outages.push([at, at + Math.min(2 * DAY_MS, chance.wait(3 * HOUR_MS))]);
    }
    this.outages = outages;
  }

  /** Mostly a few milliseconds between a command and its step, seldom longer than another command takes to come. */
  taskDelay(): number {
    return this.chance.happens(0.02) ? this.chance.wait(20_000) : this.chance.between(1, 30);
  }

  sendDelay(): number {
    return this.chance.happens(0.05) ? this.chance.wait(10 * MINUTE_MS) : this.chance.between(5, 500);
  }

  stepFate(now: number): StepFate {
    if (this.outageAt(now) !== undefined) return 'refused';
    const roll = this.chance.next();
    return roll < 0.02 ? 'aborted' : roll < 0.05 ? 'unheard' : 'kept';
  }

  sendFate(): SendFate {
    const roll = this.chance.next();
    return roll < 0.04 ? 'lost' : roll < 0.08 ? 'unmarked' : 'sent';
  }

  /** Timers ring within a minute, or hours late when no worker is there; in an outage, when it is over. */
  ringAt(at: number): number {
    const late = this.chance.happens(0.04)
      ? Math.min(12 * HOUR_MS, this.chance.wait(4 * HOUR_MS))
      : this.chance.between(0, MINUTE_MS);
    const [, over] = this.outageAt(at + late) ?? [0, 0];
    return Math.max(at + late, over + this.chance.between(0, MINUTE_MS));
  }

  anyOrder<T>(list: readonly T[]): readonly T[] {
    return list.length < 2 ? list : this.chance.shuffled(list);
  }

  private outageAt(now: number): readonly [number, number] | undefined {
    return this.outages.find(([from, to]) => from <= now && now < to);
  }
}

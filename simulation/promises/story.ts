/** A case as its events tell it, kept beside the engine's own state. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { MemoryStore } from '../memory/store.ts';
import { type Hindsight, History, type RulesBy } from '../oracle/hindsight.ts';
import { slowTimeOf } from '../oracle/slow-time.ts';
import { type Judges, Stay } from '../oracle/stay.ts';

export class Story {
  readonly stay = new Stay();
  private readonly store: MemoryStore;
  private readonly history: History;
  private hash = '';
  private stage = '';

  constructor(store: MemoryStore) {
    this.store = store;
    const rulesBy: RulesBy = (hash) => this.judging(hash);
    this.history = new History(rulesBy);
  }

  get isOpened(): boolean {
    return this.hash !== '';
  }

  /** As known at a moment. */
  at(now: string): Hindsight {
    return this.history.at(now);
  }

  /** What counts the time of this stay. */
  get judges(): Judges {
    const { rules, calendar } = this.judging(this.hash);
    return { rules, time: calendar, stage: this.stage };
  }

  add(event: CaseEvent): void {
    this.history.add(event);
    this.stay.add(event);
    if (event.event === 'case_opened' || event.event === 'pipeline_moved') this.hash = event.rules;
    if (event.event === 'case_opened' || event.event === 'pipeline_moved' || event.event === 'stage_entered') {
      this.stage = event.stage;
    }
  }

  /** The story as it will be after these events: for judging where a case has arrived. Tells of cases alone that begin or move. */
  foretold(events: readonly CaseEvent[]): History {
    const later = this.history.copy();
    for (const event of events) later.add(event);
    return later;
  }

  private judging(hash: string) {
    const rules = this.store.rulesBy(hash);
    const calendar = rules && this.store.playbook.calendars[rules.pipeline.calendar];
    if (rules === undefined || calendar === undefined) throw new Error(`nothing judges the case: ${hash}`);
    return { rules, calendar: slowTimeOf(calendar) };
  }
}

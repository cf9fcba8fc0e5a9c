/** A decision in the making: events one after another, and the case as it stands after each. */

import { settleApprovals } from './approvals/settle-approvals.ts';
import { askAnew } from './ask-anew.ts';
import type { CaseView } from './case-view.ts';
import { takeEntryActions } from './children/entry-actions.ts';
import { tellParent } from './children/tell-parent.ts';
import { settlePause } from './clock.ts';
import type { CaseEvent, CaseEventName } from './event.ts';
import { evolve } from './evolve.ts';
import type { Outcome, Reason } from './outcome.ts';
import { settleDecisions } from './settle-decisions.ts';
import { settleWaivers } from './waivers/settle-waivers.ts';

type Unstamped<E> = E extends CaseEvent ? Omit<E, 'v' | 'at' | 'by'> : never;

/** An event before it is known when and by whom. */
export type Happening = Unstamped<CaseEvent>;
export type HappeningOf<N extends CaseEventName> = Extract<Happening, { readonly event: N }>;

/** A fact names a person, or measures what somebody has the authority for. */
const CHANGES_WHO: ReadonlySet<CaseEventName> = new Set(['handed_over', 'pipeline_moved', 'facts_set']);

export class Draft {
  readonly events: CaseEvent[];
  private current: CaseView;
  private readonly by: string;
  /** The case before the first of the events added here. */
  readonly began: CaseView;

  /** @param by stamped on the events; a person or `system` @param before events that the view has already seen */
  constructor(view: CaseView, by: string, before: readonly CaseEvent[] = []) {
    this.events = [...before];
    this.current = view;
    this.began = view;
    this.by = by;
  }

  /** The case as it stands after the events so far. */
  get view(): CaseView {
    return this.current;
  }

  add(happening: Happening): this {
    const event: CaseEvent = { v: 1, at: this.current.at, by: this.by, ...happening };
    this.events.push(event);
    this.current = { ...this.current, state: evolve(this.current.state, event) };
    return this;
  }

  /** Judged by other rules from here on: the case has moved. */
  judgedBy(rules: CaseView['rules'], calendar: CaseView['calendar']): this {
    this.current = { ...this.current, rules, calendar };
    return this;
  }

  /**
   * Whatever a decision has changed, what follows from it by itself is added: starts, the playbook's decisions, whom
   * is asked, approvals, waivers, pauses, and
   * word to the parent. Refused after all where it changes what its actor has given to others to review.
   */
  accepted(warnings: readonly Reason[] = []): Outcome<CaseEvent> {
    takeEntryActions(this);
    settleDecisions(this);
    if (this.events.some(({ event }) => CHANGES_WHO.has(event))) askAnew(this);
    const no = settleApprovals(this, this.began, this.by);
    if (no.length > 0) return { outcome: 'refused', reasons: no };
    settleWaivers(this);
    settlePause(this);
    tellParent(this);
    return { outcome: 'accepted', events: this.events, warnings };
  }
}

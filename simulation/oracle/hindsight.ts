/** A case's history read a second time, event by event, without the engine: what had come to be at a moment. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Debt, EvidenceEntry, FactEntry, TaskEntry } from '../../engine/case/state.ts';
import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import type { Duration } from '../../engine/time/duration.ts';

/** How lengths of time and days are counted; epoch ms. */
export interface SlowCalendar {
  plus(from: number, duration: Duration): number;
  /** `yyyy-MM-dd` on the wall. */
  dateAt(ms: number): string;
}

/** What a history says at a moment. */
export interface Hindsight {
  readonly rules: Rules;
  readonly calendar: SlowCalendar;
  readonly now: string;
  readonly facts: Readonly<Record<string, FactEntry>>;
  readonly evidence: Readonly<Record<string, EvidenceEntry>>;
  readonly tasks: Readonly<Record<string, TaskEntry>>;
  readonly activities: readonly { readonly kind: string; readonly at: string }[];
  readonly stage: string;
  readonly openedStage: string;
  readonly owner: string;
  readonly isWon: boolean;
  /** An import chose the pipeline, and nobody has moved the case since. */
  readonly isPlaced: boolean;
  readonly required: readonly string[];
  readonly debts: readonly Debt[];
}

/** Plain hours and days in UTC. */
const PLAIN: SlowCalendar = {
  plus: (from, { amount, unit }) => {
    if (unit === 'hours') return from + amount * 3_600_000;
    if (unit === 'days') return from + amount * 86_400_000;
    throw new Error(`the oracle does not count ${unit}`);
  },
  dateAt: (ms) => new Date(ms).toISOString().slice(0, 10),
};

/** The rules of a hash (in hand-made sets: of a pipeline), and how their calendar counts. */
export type RulesBy = (hash: string, pipeline: string) => { readonly rules: Rules; readonly calendar: SlowCalendar };

/** Grows with the case. */
export class History {
  private readonly rulesBy: RulesBy;
  private readonly facts: Record<string, FactEntry> = {};
  private readonly evidence: Record<string, EvidenceEntry> = {};
  private readonly tasks: Record<string, TaskEntry> = {};
  private readonly activities: { kind: string; at: string }[] = [];
  private pipeline = '';
  private hash = '';
  private stage = '';
  private openedStage = '';
  private owner = '';
  private isWon = false;
  private isPlaced = false;
  private required: string[] = [];
  private debts: Debt[] = [];

  constructor(rulesBy: RulesBy) {
    this.rulesBy = rulesBy;
  }

  /** @param now the moment looked from; what is known is what the events so far have said */
  at(now: string): Hindsight {
    const { facts, evidence, tasks, activities, stage, openedStage, owner, isWon, isPlaced, required, debts } = this;
    const about = { facts, evidence, tasks, activities, stage, openedStage, owner, isWon, isPlaced, required, debts };
    return { ...this.rulesBy(this.hash, this.pipeline), now, ...about };
  }

  /** To see what would come of further events. */
  copy(): History {
    const copy = new History(this.rulesBy);
    const { facts, evidence, tasks, activities, required, debts } = this;
    Object.assign(copy, this, {
      facts: { ...facts },
      evidence: { ...evidence },
      tasks: { ...tasks },
      activities: [...activities],
      required: [...required],
      debts: [...debts],
    });
    return copy;
  }

  add(event: CaseEvent): void {
    switch (event.event) {
      case 'case_opened':
        Object.assign(this.facts, event.facts);
        this.pipeline = event.pipeline;
        this.hash = event.rules;
        this.stage = event.stage;
        this.owner = event.owner;
        this.openedStage = event.opened_stage ?? event.stage;
        this.debts = [...event.debts];
        this.isPlaced = event.source !== undefined;
        return;
      case 'facts_set':
        Object.assign(this.facts, event.facts);
        for (const name of event.cleared) delete this.facts[name];
        return;
      case 'pipeline_moved':
        this.move(event);
        return;
      case 'stage_entered':
        this.stage = event.stage;
        if (event.because === 'advance') this.required = [];
        if (event.status === 'open') this.isWon = false;
        return;
      case 'won':
        this.isWon = true;
        return;
      case 'reopened':
        this.isWon = event.status === 'won';
        return;
      case 'handed_over':
        this.handOver(event.from, event.to);
        return;
      case 'evidence_required':
        if (!this.required.includes(event.evidence)) this.required.push(event.evidence);
        return;
      default:
        this.work(event);
    }
  }

  /** What people did: evidence, activities, tasks. */
  private work(event: CaseEvent): void {
    switch (event.event) {
      case 'evidence_submitted':
        this.evidence[event.evidence] = event.entry;
        this.activities.push({ kind: 'evidence', at: event.at });
        if (event.entry.status === 'accepted') this.pay(event.evidence);
        return;
      case 'evidence_accepted':
      case 'evidence_rejected':
      case 'evidence_withdrawn': {
        const status = event.event.slice('evidence_'.length) as EvidenceEntry['status'];
        const entry = known(this.evidence[event.evidence], 'settled');
        this.evidence[event.evidence] = { ...entry, status, settled_by: event.by, settled_at: event.at };
        if (status === 'accepted') this.pay(event.evidence);
        return;
      }
      case 'activity_logged':
        this.activities.push({ kind: event.activity, at: event.happened_at });
        return;
      case 'task_planned':
        this.tasks[event.task] = event.entry;
        return;
      case 'task_completed':
        this.tasks[event.task] = { ...known(this.tasks[event.task], 'done'), done_at: event.at };
        this.activities.push({ kind: 'task', at: event.at });
        return;
      default:
        return;
    }
  }

  private move(event: Extract<CaseEvent, { event: 'pipeline_moved' }>): void {
    for (const name of event.dropped_facts) delete this.facts[name];
    for (const id of event.waiting_again) {
      const { settled_by: _by, settled_at: _at, ...submitted } = known(this.evidence[id], 'waits');
      this.evidence[id] = { ...submitted, status: 'submitted' };
    }
    this.pipeline = event.to;
    this.hash = event.rules;
    this.isPlaced = false;
    this.stage = event.stage;
    this.openedStage = event.opened_stage;
    this.required = [];
    this.debts = [];
  }

  private handOver(from: string, to: string): void {
    this.owner = to;
    for (const [id, task] of Object.entries(this.tasks)) {
      if (task.owner === from && task.done_at === undefined) this.tasks[id] = { ...task, owner: to };
    }
  }

  private pay(evidence: string): void {
    this.debts = this.debts.filter((debt) => debt.evidence !== evidence);
  }
}

function known<T>(entry: T | undefined, what: string): T {
  if (entry === undefined) throw new Error(`${what} out of nothing`);
  return entry;
}

/** A whole history of a case of a hand-made set, whose calendar counts plain days. */
export function lookBack(set: PlaybookSet, events: readonly CaseEvent[], now: string): Hindsight {
  const history = new History((_hash, pipeline) => {
    const rules = set.rules[pipeline];
    if (rules === undefined) throw new Error(`no pipeline ${pipeline}`);
    return { rules, calendar: PLAIN };
  });
  for (const event of events) history.add(event);
  return history.at(now);
}

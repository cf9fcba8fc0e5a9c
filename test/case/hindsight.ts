/** Reads a case's whole history again, from the first event, for the oracle: what had come to be at a moment. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Debt, EvidenceEntry, FactEntry, TaskEntry } from '../../engine/case/state.ts';
import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';

/** What a history says at a moment. */
export interface Hindsight {
  readonly rules: Rules;
  readonly now: string;
  readonly facts: Record<string, FactEntry>;
  readonly evidence: Record<string, EvidenceEntry>;
  readonly tasks: Record<string, TaskEntry>;
  readonly activities: { kind: string; at: string }[];
  readonly stage: string;
  readonly openedStage: string;
  readonly owner: string;
  readonly isWon: boolean;
  /** An import chose the pipeline, and nobody has moved the case since. */
  readonly isPlaced: boolean;
  readonly required: string[];
  readonly debts: Debt[];
}

export function lookBack(set: PlaybookSet, history: readonly CaseEvent[], now: string): Hindsight {
  const facts: Record<string, FactEntry> = {};
  const evidence: Record<string, EvidenceEntry> = {};
  const tasks: Record<string, TaskEntry> = {};
  const activities: { kind: string; at: string }[] = [];
  let pipeline = '';
  let stage = '';
  let openedStage = '';
  let owner = '';
  let isWon = false;
  let isPlaced = false;
  let required: string[] = [];
  let debts: Debt[] = [];
  for (const event of history) {
    switch (event.event) {
      case 'case_opened':
        Object.assign(facts, event.facts);
        ({ pipeline, stage, owner } = event);
        openedStage = event.opened_stage ?? event.stage;
        debts = [...event.debts];
        isPlaced = event.source !== undefined;
        break;
      case 'facts_set':
        Object.assign(facts, event.facts);
        for (const name of event.cleared) delete facts[name];
        break;
      case 'pipeline_moved':
        for (const name of event.dropped_facts) delete facts[name];
        for (const id of event.waiting_again) {
          const entry = evidence[id];
          if (entry === undefined) throw new Error('waits out of nothing');
          const { settled_by: _by, settled_at: _at, ...submitted } = entry;
          evidence[id] = { ...submitted, status: 'submitted' };
        }
        pipeline = event.to;
        isPlaced = false;
        stage = event.stage;
        openedStage = event.opened_stage;
        required = [];
        debts = [];
        break;
      case 'stage_entered':
        stage = event.stage;
        if (event.because === 'advance') required = [];
        if (event.status === 'open') isWon = false;
        break;
      case 'won':
        isWon = true;
        break;
      case 'reopened':
        isWon = event.status === 'won';
        break;
      case 'evidence_submitted':
        evidence[event.evidence] = event.entry;
        activities.push({ kind: 'evidence', at: event.at });
        break;
      case 'evidence_accepted':
      case 'evidence_rejected':
      case 'evidence_withdrawn': {
        const entry = evidence[event.evidence];
        if (entry === undefined) throw new Error('settled out of nothing');
        const status = event.event.slice('evidence_'.length) as EvidenceEntry['status'];
        evidence[event.evidence] = { ...entry, status, settled_at: event.at };
        break;
      }
      case 'activity_logged':
        activities.push({ kind: event.activity, at: event.happened_at });
        break;
      case 'task_planned':
        tasks[event.task] = event.entry;
        break;
      case 'task_completed': {
        const entry = tasks[event.task];
        if (entry === undefined) throw new Error('done out of nothing');
        tasks[event.task] = { ...entry, done_at: event.at };
        activities.push({ kind: 'task', at: event.at });
        break;
      }
      case 'handed_over':
        owner = event.to;
        break;
      case 'evidence_required':
        if (!required.includes(event.evidence)) required.push(event.evidence);
        break;
      default:
        break;
    }
  }
  const rules = set.rules[pipeline];
  if (rules === undefined) throw new Error(`no pipeline ${pipeline}`);
  return {
    rules,
    now,
    facts,
    evidence,
    tasks,
    activities,
    stage,
    openedStage,
    owner,
    isWon,
    isPlaced,
    required,
    debts,
  };
}

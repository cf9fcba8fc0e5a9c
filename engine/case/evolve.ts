/** Applies an event to the state of a case. Needs no playbook: events carry everything. */

import type { Instant } from '../time/instant.ts';
import { APPROVAL_CHANGES, afterHandingOver, afterWin } from './approvals/evolve-approvals.ts';
import { childChanged, childRefused, childStarted, parentChanged, parentTold } from './children/family-changes.ts';
import { clockAfterActivity, clockAfterStall, clockOfNewStay } from './clock-changes.ts';
import { afterDecision, askedFor, askedForAgain, keptDecisions } from './decision-changes.ts';
import type { CaseEvent, CaseEventName } from './event.ts';
import { askedAbout, FINDING_CHANGES } from './findings/finding-changes.ts';
import { laterOf } from './later-of.ts';
import { lookUp } from './look-up.ts';
import type { CaseState, EvidenceEntry, TaskEntry } from './state.ts';
import { WAIVER_CHANGES } from './waivers/evolve-waivers.ts';

type EventOf<N extends CaseEventName> = Extract<CaseEvent, { readonly event: N }>;
type Change = Partial<Omit<CaseState, 'last_at' | 'state_version' | Removable>> & {
  /** `undefined` takes it away. */
  readonly [K in Removable]?: CaseState[K] | undefined;
};
type Removable = 'finish_reason' | 'placed_by' | 'held' | 'waivers';
type Changes = {
  readonly [N in Exclude<CaseEventName, 'case_opened'>]: (state: CaseState, event: EventOf<N>) => Change;
};

/** What each event changes; nothing for those that are only worth remembering. */
const CHANGES: Changes = {
  facts_set: (state, event) => ({ facts: without({ ...state.facts, ...event.facts }, event.cleared) }),
  activity_logged: (state, event) => afterActivity(state, event.activity, event.happened_at),
  evidence_submitted: (state, event) => ({
    ...afterActivity(state, 'evidence', event.at),
    ...withEvidence(state, event.evidence, event.entry),
  }),
  evidence_accepted: (state, event) => settled(state, event.evidence, 'accepted', event),
  evidence_rejected: (state, event) => settled(state, event.evidence, 'rejected', event),
  evidence_withdrawn: (state, event) => settled(state, event.evidence, 'withdrawn', event),
  decision_made: (state, event) => afterDecision(state, event),
  decision_asked_again: (state, event) => askedForAgain(state, event),
  stage_entered: (state, event) => ({
    stage: event.stage,
    clock: clockOfNewStay(state.clock, event.at),
    ...(event.because === 'advance' && { required: [] }),
    ...(event.status !== undefined && { status: event.status, ...afterWin(state, false) }),
  }),
  task_planned: (state, event) => ({ tasks: { ...state.tasks, [event.task]: event.entry } }),
  task_completed: (state, event) => {
    const task = lookUp(state.tasks, event.task);
    const tasks = task === undefined ? {} : { tasks: { ...state.tasks, [event.task]: { ...task, done_at: event.at } } };
    return { ...afterActivity(state, 'task', event.at), ...tasks };
  },
  pause_started: (state, event) => withPauses(state, [...state.clock.pauses, { from: event.at, why: 'condition' }]),
  pause_ended: (state, event) =>
    withPauses(
      state,
      state.clock.pauses.map((pause) => (pause.to === undefined ? { ...pause, to: event.at } : pause)),
    ),
  snoozed: (state, event) =>
    withPauses(state, [...state.clock.pauses, { from: event.at, to: event.until, why: 'snooze' }]),
  stall_started: (state, event) => ({
    clock: {
      ...state.clock,
      stall: { ladder: event.ladder, cause: event.cause, started_at: event.started_at, fired: 0, demanded: false },
    },
  }),
  rung_fired: ({ clock }, event) =>
    clock.stall === undefined
      ? {}
      : {
          clock: {
            ...clock,
            stall: {
              ...clock.stall,
              fired: event.rung + 1,
              demanded: clock.stall.demanded || event.demanded,
              ...(event.told !== undefined && { told: union(clock.stall.told, event.told) }),
              ...(event.asked !== undefined && { asked: event.asked }),
            },
          },
        },
  stall_ended: (state, event) => ({ clock: clockAfterStall(state.clock, event), flags: [] }),
  demand_resolved: ({ clock }) =>
    clock.stall === undefined ? {} : { clock: { ...clock, stall: { ...clock.stall, demanded: false } } },
  evidence_required: (state, event) => ({ required: withOne(state.required, event.evidence) }),
  flagged: (state, event) => ({ flags: withOne(state.flags, event.flag) }),
  gate_noted: () => ({}),
  pipeline_moved: (state, event) => ({
    pipeline: event.to,
    rules: event.rules,
    stage: event.stage,
    opened_stage: event.opened_stage,
    facts: without(state.facts, event.dropped_facts),
    evidence: waitingAgain(state.evidence, event.waiting_again),
    ...keptDecisions(state, event.kept_decisions),
    // The stage there was counted from accepted evidence alone, so nothing is taken on trust any more; and evidence
    // that a rung of the old pipeline asked for may be unknown in the new one.
    debts: [],
    required: [],
    placed_by: undefined,
    waivers: undefined,
    clock: clockOfNewStay(state.clock, event.at),
  }),
  task_handed_over: (state, event) => {
    const task = lookUp(state.tasks, event.task);
    return task === undefined ? {} : { tasks: { ...state.tasks, [event.task]: { ...task, owner: event.to } } };
  },
  asked: (state, event) => withAsked(state, event),
  handed_over: (state, event) => ({
    owner: event.to,
    tasks: handOverTasks(state.tasks, event.from, event.to),
    ...afterHandingOver(state, event),
  }),
  inspected: (state, { at, by, task, next_step_by }) => ({
    inspection: { at, by, task },
    clock: { ...state.clock, next_step_by },
  }),
  ...APPROVAL_CHANGES,
  ...WAIVER_CHANGES,
  ...FINDING_CHANGES,
  changed_outside: (_state, { policy, source, was, now, asks, asked, at, debt_due_on }) =>
    policy === 'quarantine' ? { held: { source, since: at, was, now, asks, asked, debt_due_on } } : { held: undefined },
  change_settled: () => ({ held: undefined }),
  debts_owed: (state, event) => ({ debts: [...state.debts, ...event.debts] }),
  won: (state, { ungated = state.ungated }) => ({ status: 'won', ungated, ...afterWin(state, true) }),
  child_started: childStarted,
  child_changed: childChanged,
  child_refused: childRefused,
  parent_told: parentTold,
  parent_changed: parentChanged,
  lost: (_state, event) => ({ status: 'lost', finish_reason: event.reason }),
  finished: () => ({ finished: true }),
  reopened: (state, event) => ({
    ...(event.status === 'open' && afterWin(state, false)),
    status: event.status,
    finished: false,
    finish_reason: undefined,
    clock: clockOfNewStay(state.clock, event.at),
  }),
};

/**
 * The state after the event.
 *
 * @throws TypeError for a journal that does not begin with `case_opened`
 */
export function evolve(state: CaseState | undefined, event: CaseEvent): CaseState {
  if (event.event === 'case_opened') return opened(event);
  if (state === undefined) throw new TypeError(`the journal begins with ${event.event}, not with case_opened`);
  const { finish_reason, placed_by, held, waivers, ...kept } = { ...state, ...changeOf(event.event, state, event) };
  return {
    ...kept,
    ...(finish_reason !== undefined && { finish_reason }),
    ...(placed_by !== undefined && { placed_by }),
    ...(held !== undefined && { held }),
    ...(waivers !== undefined && { waivers }),
    last_at: laterOf(event.at, state.last_at),
  };
}

type EventMap = { readonly [N in keyof Changes]: EventOf<N> };

/** Ties each event to the change of its name in a way the compiler can follow. */
function changeOf<N extends keyof Changes>(name: N, state: CaseState, event: EventMap[N]): Change {
  return CHANGES[name](state, event);
}

function opened(event: EventOf<'case_opened'>): CaseState {
  return {
    state_version: 1,
    case: event.case,
    title: event.title,
    pipeline: event.pipeline,
    rules: event.rules,
    status: 'open',
    finished: false,
    ungated: event.ungated,
    ...(event.source !== undefined && { placed_by: event.source }),
    ...(event.parent !== undefined && { parent: event.parent }),
    stage: event.stage,
    opened_stage: event.opened_stage ?? event.stage,
    opened_at: event.opened_at,
    owner: event.owner,
    facts: event.facts,
    evidence: {},
    required: [],
    tasks: {},
    activities: {},
    clock: {
      entered_at: event.entered_at ?? event.opened_at,
      // Coming into a stage is something done.
      last_activity_at: laterOf(event.last_activity_at ?? event.opened_at, event.entered_at ?? event.opened_at),
      pauses: [],
    },
    flags: [],
    debts: event.debts,
    last_at: event.at,
  };
}

function afterActivity(state: CaseState, kind: string, at: Instant): Change {
  const before = lookUp(state.activities, kind);
  return {
    activities: { ...state.activities, [kind]: before === undefined ? at : laterOf(before, at) },
    clock: clockAfterActivity(state.clock, at),
  };
}

function withPauses(state: CaseState, pauses: CaseState['clock']['pauses']): Change {
  return { clock: { ...state.clock, pauses } };
}

/** Accepted evidence pays the debt for it. */
function withEvidence(state: CaseState, evidence: string, entry: EvidenceEntry): Change {
  return {
    evidence: { ...state.evidence, [evidence]: entry },
    ...(entry.status === 'accepted' && { debts: state.debts.filter((debt) => debt.evidence !== evidence) }),
  };
}

function waitingAgain(evidence: CaseState['evidence'], names: readonly string[]): CaseState['evidence'] {
  const entries = Object.entries(evidence).map(([id, entry]): [string, EvidenceEntry] => {
    const { settled_by: _by, settled_at: _at, asked: _before, ...submitted } = entry;
    return [id, names.includes(id) ? { ...submitted, status: 'submitted' } : entry];
  });
  return Object.fromEntries(entries);
}

function settled(
  state: CaseState,
  evidence: string,
  status: EvidenceEntry['status'],
  event: { readonly at: Instant; readonly by: string },
): Change {
  const entry = lookUp(state.evidence, evidence);
  if (entry === undefined) return {};
  return withEvidence(state, evidence, { ...entry, status, settled_by: event.by, settled_at: event.at });
}

/** What is still to do goes with the case; what was done stays with who did it. */
function handOverTasks(tasks: CaseState['tasks'], from: string, to: string): CaseState['tasks'] {
  const entries = Object.entries(tasks).map(([id, task]): [string, TaskEntry] =>
    task.owner === from && task.done_at === undefined ? [id, { ...task, owner: to }] : [id, task],
  );
  return Object.fromEntries(entries);
}

function withAsked(state: CaseState, { evidence, decision, finding, people, before }: EventOf<'asked'>): Change {
  if (finding !== undefined) return askedAbout(state, finding, people);
  if (decision !== undefined) return askedFor(state, decision, people);
  if (evidence !== undefined) {
    const entry = lookUp(state.evidence, evidence);
    return entry === undefined ? {} : { evidence: { ...state.evidence, [evidence]: { ...entry, asked: people } } };
  }
  const { clock } = state;
  if (clock.stall === undefined) return {};
  const told = union(clock.stall.told, people).filter((one) => people.includes(one) || !before.includes(one));
  return { clock: { ...clock, stall: { ...clock.stall, told, asked: people } } };
}

function union(some: readonly string[] = [], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])];
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  if (names.length === 0) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function withOne(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list : [...list, one];
}

/** Brings approvals up to date with the case: what a change made void, which step comes next, and who is asked for it. */

import { changedNames, digestOf } from '../../parts/approval/content.ts';
import type { ApprovalRecord, Ask, StepRecord } from '../../parts/approval/record.ts';
import { type Bench, openSeats, standingOf } from '../../parts/approval/voices.ts';
import type { Approval, ApprovalStep } from '../../playbook/approval.ts';
import { addDuration } from '../../time/calendar.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { actsFor } from '../../who/substitutes.ts';
import { type CaseView, seenIn, whoContextOf } from '../case-view.ts';
import type { Draft, HappeningOf } from '../draft.ts';
import { lookUp } from '../look-up.ts';
import { refusal } from '../no.ts';
import type { Reason } from '../outcome.ts';
import { benchesOf, isOwnSubmission } from './bench-of.ts';
import { contentOf } from './content-of.ts';
import { applies, approvalIn, approvalSeen, isOver, recordOf } from './standing.ts';

/**
 * Adds what follows for every approval from what has happened so far. Call when a command has done its own.
 *
 * @param began the case as it stood before the command
 * @returns why the command is refused after all: whoever asked for a review changes nothing under it
 */
export function settleApprovals(draft: Draft, began: CaseView, actor: string): readonly Reason[] {
  return Object.keys(draft.view.state.approvals ?? {}).flatMap((approval) => {
    const no = meddling(draft.view, began, actor, approval);
    if (no === undefined) settleApproval(draft, approval);
    return no ?? [];
  });
}

/** The first turn that has a step still to be given; absent: there is none. */
export function currentTurn(
  view: CaseView,
  rule: Approval,
  record: ApprovalRecord,
): readonly ApprovalStep[] | undefined {
  const seen = seenIn(view);
  const isOpen = (step: ApprovalStep): boolean =>
    lookUp(record.steps, step.step)?.passed_at === undefined && isDue(step, record, seen);
  return rule.turns.find((turn) => turn.some(isOpen));
}

/** What has been opened is asked to its end, whatever its `when` says by now. */
function isDue(step: ApprovalStep, record: ApprovalRecord, seen: ReturnType<typeof seenIn>): boolean {
  return lookUp(record.steps, step.step) !== undefined || applies(step, seen);
}

export function endApproval(
  draft: Draft,
  approval: string,
  ended: Omit<HappeningOf<'approval_ended'>, 'event' | 'approval' | 'before'>,
): void {
  const before = Object.values(recordOf(draft.view.state, approval)?.steps ?? {}).flatMap(({ asked }) => asked);
  draft.add({ event: 'approval_ended', approval, before, ...ended });
}

/** Ends openings of steps: their answers count no more, and nobody is asked. */
export function voidSteps(
  draft: Draft,
  approval: string,
  steps: readonly string[],
  why: Pick<HappeningOf<'approval_voided'>, 'because' | 'reason' | 'changed'>,
): void {
  const record = recordOf(draft.view.state, approval);
  const opened = steps.filter((step) => record !== undefined && Object.hasOwn(record.steps, step));
  if (record === undefined || opened.length === 0) return;
  const before = opened.flatMap((step) => lookUp(record.steps, step)?.asked ?? []);
  draft.add({ event: 'approval_voided', approval, steps: opened, before, ...why });
}

function settleApproval(draft: Draft, approval: string): void {
  const { state, rules } = draft.view;
  const record = recordOf(state, approval);
  if (record === undefined || (record.outcome !== undefined && record.outcome !== 'approved')) return;
  const rule = approvalIn(rules, approval);
  if (rule === undefined || record.pipeline !== state.pipeline) {
    endApproval(draft, approval, { outcome: 'void', because: 'moved' });
  } else if (record.outcome === 'approved') {
    settleGiven(draft, rule, record);
  } else if (state.finished) {
    endApproval(draft, approval, { outcome: 'void', because: 'finished' });
  } else {
    voidOwn(draft, rule);
    voidChanged(draft, rule);
    goOn(draft, rule);
  }
}

/** What was given lapses with time, and is void when something it was given for has changed. */
function settleGiven(draft: Draft, rule: Approval, record: ApprovalRecord): void {
  const { rules, state } = draft.view;
  const seen = seenIn(draft.view);
  const isOwn = Object.values(record.steps).some((entry) => isAnsweredByOwn(draft.view, record, entry));
  if (state.finished || record.served === true) return;
  if (!isOwn && approvalSeen(rules, state, rule.approval, seen).standing === 'approved') return;
  if (isOver(rule, record, seen)) {
    endApproval(draft, rule.approval, { outcome: 'lapsed', because: 'too_old' });
    return;
  }
  voidOwn(draft, rule);
  voidChanged(draft, rule);
  endApproval(draft, rule.approval, { outcome: 'void', because: isOwn ? 'own' : 'changed' });
}

/** Steps answered by somebody whose own submission it has become: the case was handed to them, or they ask for it now. */
function voidOwn(draft: Draft, rule: Approval): boolean {
  const record = recordOf(draft.view.state, rule.approval);
  const own = Object.entries(record?.steps ?? {}).filter(([, entry]) => isAnsweredByOwn(draft.view, record, entry));
  if (own.length > 0)
    voidSteps(
      draft,
      rule.approval,
      own.map(([step]) => step),
      { because: 'own' },
    );
  return own.length > 0;
}

function isAnsweredByOwn(view: CaseView, record: ApprovalRecord | undefined, { answers }: StepRecord): boolean {
  if (record === undefined) return false;
  return Object.values(answers).some((one) =>
    [one.by, one.on_behalf_of ?? one.by].some((person) => isOwnSubmission(view, record, person)),
  );
}

/** Exactly the steps whose content is not what they were opened on. */
function voidChanged(draft: Draft, rule: Approval): void {
  const changed = changedSteps(draft.view, rule);
  if (changed.length === 0) return;
  const names = [...new Set(changed.flatMap((one) => one.names))].sort();
  const steps = changed.map(({ step }) => step.step);
  voidSteps(draft, rule.approval, steps, { because: 'changed', changed: names });
}

function changedSteps(view: CaseView, rule: Approval) {
  const record = recordOf(view.state, rule.approval);
  const seen = seenIn(view);
  return rule.turns.flat().flatMap((step) => {
    const entry = record && lookUp(record.steps, step.step);
    if (entry === undefined) return [];
    const names = changedNames(
      entry.content,
      contentOf(step, view.state, (name) => seen.fact(name)),
    );
    return names.length === 0 ? [] : [{ step, names }];
  });
}

/** Opens what comes next, passes what has its quorum, and asks those whose turn it is. */
function goOn(draft: Draft, rule: Approval): void {
  const { approval } = rule;
  for (;;) {
    const record = recordOf(draft.view.state, approval);
    if (record === undefined) return;
    const turn = currentTurn(draft.view, rule, record);
    if (turn === undefined) {
      // Every step left out: nobody has agreed to anything.
      const isGiven = Object.values(record.steps).some(({ passed_at: passed }) => passed !== undefined);
      endApproval(draft, approval, isGiven ? { outcome: 'approved' } : { outcome: 'void', because: 'changed' });
      return;
    }
    openSteps(draft, rule, turn);
    const benches = benchesIn(draft.view, approval, turn);
    const rejected = [...benches].find(([, bench]) => standingOf(bench) === 'rejected');
    if (rejected !== undefined) {
      endApproval(draft, approval, { outcome: 'rejected', step: rejected[0] });
      return;
    }
    const passed = [...benches].filter(([, bench]) => standingOf(bench) === 'approved');
    for (const [step] of passed) draft.add({ event: 'approval_step_passed', approval, step });
    if (passed.length === 0) {
      askThose(draft, rule, benches);
      return;
    }
  }
}

function openSteps(draft: Draft, { approval }: Approval, turn: readonly ApprovalStep[]): void {
  for (const step of turn) {
    const { view } = draft;
    const record = recordOf(view.state, approval);
    const seen = seenIn(view);
    if (record === undefined || Object.hasOwn(record.steps, step.step) || !applies(step, seen)) continue;
    const content = contentOf(step, view.state, (name) => seen.fact(name));
    const within = step.respond_within;
    draft.add({
      event: 'approval_step_opened',
      approval,
      step: step.step,
      content,
      digest: digestOf(content),
      ...(within !== undefined && { due_at: addDuration(view.calendar, view.at, within) }),
      rule: step.at,
    });
  }
}

/** The benches of the steps of a turn that are opened and not passed. */
export function benchesIn(view: CaseView, approval: string, turn: readonly ApprovalStep[]): ReadonlyMap<string, Bench> {
  const record = recordOf(view.state, approval);
  if (record === undefined) return new Map();
  const benches = benchesOf(view, record, turn);
  return new Map(
    [...benches].filter(([step]) => {
      const entry = lookUp(record.steps, step);
      return entry !== undefined && entry.passed_at === undefined;
    }),
  );
}

/** Whoever is asked now, of all steps: nobody for a step that is passed, or whose turn has not come. */
function askThose(draft: Draft, rule: Approval, benches: ReadonlyMap<string, Bench>): void {
  for (const step of rule.turns.flat()) {
    const entry = lookUp(recordOf(draft.view.state, rule.approval)?.steps ?? {}, step.step);
    if (entry === undefined) continue;
    const bench = benches.get(step.step);
    const seats = bench === undefined ? [] : openSeats(bench);
    const asked = seats.flatMap(({ asks }) => asks);
    const isStuck = seats.some(({ asks }) => asks.length === 0);
    if (isSame(asked, entry.asked) && isStuck === (entry.stuck !== undefined)) continue;
    const tells = isStuck ? toldOfStuck(draft.view) : undefined;
    draft.add({
      event: 'approval_asked',
      approval: rule.approval,
      step: step.step,
      asked,
      before: entry.asked,
      ...(tells !== undefined && { stuck: tells }),
    });
  }
}

/** Somebody by name, at once: nothing waits for nobody. */
function toldOfStuck(view: CaseView): string {
  return resolveWho(view.world.people, { kind: 'manager' }, whoContextOf(view))[0] ?? view.state.owner;
}

function isSame(some: readonly Ask[], others: readonly Ask[]): boolean {
  const key = ({ seat, person, on_behalf_of: place }: Ask): string => `${seat} ${person} ${place ?? ''}`;
  const keys = new Set(others.map(key));
  return some.length === others.length && some.every((one) => keys.has(key(one)));
}

/** What is under review stays as it is for whoever asked for the review, until they recall it. */
function meddling(view: CaseView, began: CaseView, actor: string, approval: string): Reason | undefined {
  const record = recordOf(view.state, approval);
  const rule = approvalIn(view.rules, approval);
  if (record === undefined || rule === undefined || record.outcome !== undefined) return undefined;
  if (record.pipeline !== view.state.pipeline || began.state.owner !== view.state.owner) return undefined;
  const own = [record.submitted_by, view.state.owner];
  if (!own.some((person) => actsFor(view.world.people, actor, person, view.at))) return undefined;
  const before = new Map(changedSteps(began, rule).map(({ step, names }) => [step.step, names]));
  const changed = changedSteps(view, rule)
    .filter(({ step }) => Object.hasOwn(recordOf(began.state, approval)?.steps ?? {}, step.step))
    .flatMap(({ step, names }) => names.filter((name) => !before.get(step.step)?.includes(name)));
  if (changed.length === 0) return undefined;
  const names = [...new Set(changed)].sort().map((name) => `\`${name}\``);
  return refusal('under-review', [approval, names.join(', ')], { about: `approval ${approval}`, rule: rule.at });
}

/** What events change about the approvals of a case. */

import type { ApprovalRecord, Signer, StepRecord } from '../../parts/approval/record.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import type { CaseState } from '../state.ts';
import type { ApprovalEventName } from './approval-event.ts';

type EventOf<N extends CaseEvent['event']> = Extract<CaseEvent, { readonly event: N }>;
type Change = Pick<CaseState, 'approvals'>;
type Changes = { readonly [N in ApprovalEventName]: (state: CaseState, event: EventOf<N>) => Change };

export const APPROVAL_CHANGES: Changes = {
  approval_requested: (state, event) => {
    const before = lookUp(state.approvals ?? {}, event.approval);
    const kept = Object.entries(before?.steps ?? {}).filter(([step]) => event.keeps.includes(step));
    return withRecord(state, event.approval, {
      round: event.round,
      pipeline: event.pipeline,
      submitted_by: event.by,
      submitted_at: event.at,
      own_of: event.own_of,
      steps: Object.fromEntries(kept),
      before: event.how === 'request' ? {} : { ...before?.before, ...contentsOf(before?.steps ?? {}) },
    });
  },
  approval_step_opened: (state, { approval, step, content, digest, at, due_at }) =>
    changed(state, approval, (record) => ({
      ...record,
      steps: {
        ...record.steps,
        [step]: {
          opened_at: at,
          ...(due_at !== undefined && { due_at }),
          content,
          digest,
          answers: {},
          asked: [],
          fired: 0,
        },
      },
    })),
  approval_asked: (state, { approval, step, asked, stuck }) =>
    changedStep(state, approval, step, ({ stuck: _before, ...entry }) => ({
      ...entry,
      asked,
      ...(stuck !== undefined && { stuck }),
    })),
  approval_answered: (state, { approval, step, seat, answer, by, on_behalf_of, at, digest }) =>
    changedStep(state, approval, step, (entry) => ({
      ...entry,
      answers: {
        ...entry.answers,
        [seat]: { answer, by, ...(on_behalf_of !== undefined && { on_behalf_of }), at, digest },
      },
    })),
  approval_step_passed: (state, { approval, step, at }) =>
    changedStep(state, approval, step, (entry) => ({ ...entry, passed_at: at })),
  approval_voided: (state, { approval, steps }) =>
    changed(state, approval, (record) => {
      const entries = Object.entries(record.steps);
      const voided = Object.fromEntries(entries.filter(([step]) => steps.includes(step)));
      return {
        ...record,
        steps: Object.fromEntries(entries.filter(([step]) => !steps.includes(step))),
        before: { ...record.before, ...contentsOf(voided) },
      };
    }),
  approval_rung_fired: (state, { approval, step, rung }) =>
    changedStep(state, approval, step, (entry) => ({ ...entry, fired: rung + 1 })),
  approval_ended: (state, { approval, outcome, at, step }) =>
    changed(state, approval, (record) => ({
      ...record,
      outcome,
      ended_at: at,
      ...(step !== undefined && { stopped_at: step }),
      steps: Object.fromEntries(Object.entries(record.steps).map(([id, entry]) => [id, silent(entry)])),
    })),
  approval_commented: () => ({}),
  approval_copied: () => ({}),
  approval_reminded: (state, { approval, at }) =>
    changed(state, approval, (record) => ({ ...record, reminded_at: at })),
  approval_signer_added: (state, { approval, step, seat, signer, person, by, when }) =>
    changedStep(state, approval, step, (entry) => ({
      ...entry,
      signers: { ...entry.signers, [signer]: { person, by, when, of: seat } },
    })),
  approval_signer_removed: (state, { approval, step, signer }) =>
    changedStep(state, approval, step, (entry) => ({ ...entry, signers: withoutSigner(entry.signers ?? {}, signer) })),
  approval_transferred: (state, { approval, step, seat, from, to }) =>
    changedStep(state, approval, step, (entry) => {
      const passed = [...(lookUp(entry.holders ?? {}, seat)?.passed ?? []), from];
      return { ...entry, holders: { ...entry.holders, [seat]: { person: to, passed } } };
    }),
  approval_delegated: (state, { approval, step, seat, from, to }) =>
    changedStep(state, approval, step, (entry) => ({
      ...entry,
      helpers: { ...entry.helpers, [seat]: { by: from, to } },
    })),
  approval_advised: (state, { approval, step, seat, by, answer, note }) =>
    changedStep(state, approval, step, (entry) => ({
      ...entry,
      helpers: without(entry.helpers ?? {}, seat),
      advice: { ...entry.advice, [seat]: { by, answer, ...(note !== undefined && { note }) } },
    })),
};

/** Whoever owns the case while it is under review, or has owned it, approves nothing of it. */
export function afterHandingOver(state: CaseState, { from, to }: EventOf<'handed_over'>): Change {
  if (state.approvals === undefined) return {};
  const records = Object.entries(state.approvals).map(([id, record]): [string, ApprovalRecord] => [
    id,
    record.outcome === undefined ? { ...record, own_of: withOne(withOne(record.own_of, from), to) } : record,
  ]);
  return { approvals: Object.fromEntries(records) };
}

/** What was given has done its work with the win, and has not when the win is undone. */
export function afterWin(state: CaseState, isWon: boolean): Change {
  if (state.approvals === undefined) return {};
  const records = Object.entries(state.approvals).map(([id, record]): [string, ApprovalRecord] => {
    const { served: _served, ...rest } = record;
    return [id, isWon && record.outcome === 'approved' ? { ...rest, served: true } : rest];
  });
  return { approvals: Object.fromEntries(records) };
}

/** With those that the signer brought in themselves. */
function withoutSigner(signers: Readonly<Record<string, Signer>>, id: string): Readonly<Record<string, Signer>> {
  return Object.fromEntries(Object.entries(signers).filter(([one]) => one !== id && !one.startsWith(`${id}+`)));
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== name));
}

function silent({ stuck: _stuck, ...entry }: StepRecord): StepRecord {
  return { ...entry, asked: [] };
}

function contentsOf(steps: Readonly<Record<string, StepRecord>>): ApprovalRecord['before'] {
  const entries = Object.entries(steps).map(([step, { content, digest }]) => [step, { content, digest }] as const);
  return Object.fromEntries(entries);
}

function changed(state: CaseState, approval: string, change: (record: ApprovalRecord) => ApprovalRecord): Change {
  const record = lookUp(state.approvals ?? {}, approval);
  return record === undefined ? {} : withRecord(state, approval, change(record));
}

function changedStep(
  state: CaseState,
  approval: string,
  step: string,
  change: (entry: StepRecord) => StepRecord,
): Change {
  return changed(state, approval, (record) => {
    const entry = lookUp(record.steps, step);
    return entry === undefined ? record : { ...record, steps: { ...record.steps, [step]: change(entry) } };
  });
}

function withRecord(state: CaseState, approval: string, record: ApprovalRecord): Change {
  return { approvals: { ...state.approvals, [approval]: record } };
}

function withOne(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list : [...list, one];
}

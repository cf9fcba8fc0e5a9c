/** Takes a case to where the CRM says it stands. What no evidence supports on the way is owed by a date, as after an import. */

import { endStall } from './clock.ts';
import type { CrmPosition } from './crm-change.ts';
import type { Draft } from './draft.ts';
import { isOverWhenEntered, stageIndex, statusAt, winningIndex } from './route.ts';
import type { Debt } from './state.ts';
import { evidenceToLeave } from './support.ts';

/** @param dueOn `yyyy-MM-dd` */
export function followCrm(draft: Draft, now: CrmPosition, dueOn: string): void {
  if (now.closed !== undefined) closeAs(draft, now.closed, dueOn);
  else if (now.stage !== undefined) goTo(draft, now.stage, dueOn);
}

function goTo(draft: Draft, stage: string, dueOn: string): void {
  const { pipeline } = draft.view.rules;
  if (draft.view.state.finished) {
    draft.add({ event: 'reopened', reason: 'changed_outside', status: statusAt(pipeline, draft.view.state.stage) });
  }
  const { state } = draft.view;
  const [from, to] = [stageIndex(pipeline, state.stage), stageIndex(pipeline, stage)];
  if (from === to) return;
  // What a ladder demands is still owed: a CRM answers no question of a director's.
  if (state.clock.stall?.demanded !== true) endStall(draft, to > from ? 'advance' : 'fall_back');
  const status = statusAt(pipeline, stage);
  const undoesWin = state.status === 'won' && status === 'open';
  draft.add({
    event: 'stage_entered',
    from: state.stage,
    stage,
    because: 'changed_outside',
    ...(undoesWin && { status: 'open' as const }),
  });
  owe(draft, from, to, dueOn);
  if (state.status !== 'won' && status === 'won') draft.add({ event: 'won', ungated: true });
  if (isOverWhenEntered(pipeline, to)) draft.add({ event: 'finished' });
}

function closeAs(draft: Draft, closed: NonNullable<CrmPosition['closed']>, dueOn: string): void {
  const { rules, state } = draft.view;
  const happened = closed.at === undefined ? {} : { happened_at: closed.at };
  if (state.finished) {
    // It is over there too, in another way: the end is told anew.
    draft.add({ event: 'reopened', reason: 'changed_outside', status: 'open' });
  }
  endStall(draft, 'closed');
  if (closed.as === 'won') {
    owe(draft, stageIndex(rules.pipeline, state.stage), winningIndex(rules.pipeline) + 1, dueOn);
    draft.add({ event: 'won', ...happened, ungated: true });
  } else draft.add({ event: 'lost', reason: closed.reason ?? '', ...happened });
  draft.add({ event: 'finished' });
}

/** All evidence that leaving the stages on the way names and the case has not brought. */
function owe(draft: Draft, from: number, to: number, dueOn: string): void {
  const { rules, state } = draft.view;
  const debts: Debt[] = [];
  for (let step = from; step < to; step += 1) {
    const stage = rules.pipeline.stages[step]?.stage;
    if (stage === undefined) continue;
    for (const evidence of evidenceToLeave(rules, step)) {
      const isBrought = state.evidence[evidence]?.status === 'accepted';
      const isOwed = [...state.debts, ...debts].some((debt) => debt.evidence === evidence);
      if (!isBrought && !isOwed) debts.push({ evidence, stage, due_on: dueOn });
    }
  }
  if (debts.length > 0) draft.add({ event: 'debts_owed', debts });
}

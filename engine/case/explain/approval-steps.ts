/** The steps that get an approval given, taken as people would take them: by the same handlers. */

import { currentTurn } from '../approvals/settle-approvals.ts';
import { approvalIn, approvalSeen, recordOf } from '../approvals/standing.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import { approve } from '../commands/answer-approval.ts';
import type { CommandContext } from '../commands/handler.ts';
import { requestApproval, resubmit } from '../commands/request-approval.ts';
import type { CaseEvent } from '../event.ts';
import { evolve } from '../evolve.ts';
import { lookUp } from '../look-up.ts';
import type { Outcome } from '../outcome.ts';
import type { Step } from './act.ts';
import type { Option } from './options.ts';

/** More answers than this are not planned. */
const MOST_ANSWERS = 12;

/** Whom the next answer is wanted of, and at which step. */
export function nextAnswer(view: CaseView, approval: string) {
  const rule = approvalIn(view.rules, approval);
  const record = recordOf(view.state, approval);
  if (rule === undefined || record === undefined || record.outcome !== undefined) return undefined;
  for (const step of currentTurn(view, rule, record) ?? []) {
    const entry = lookUp(record.steps, step.step);
    const [first] = entry?.asked ?? [];
    if (entry === undefined || first === undefined) continue;
    const people = entry.asked.filter(({ seat }) => seat === first.seat).map(({ person }) => person);
    return { step, entry, people };
  }
  return undefined;
}

/** Whether what was answered before can be kept, or all is asked for anew. */
export function requestCommand({ rules, state }: CaseView, approval: string) {
  const record = recordOf(state, approval);
  const isResumed =
    record?.outcome !== undefined && record.outcome !== 'rejected' && record.pipeline === state.pipeline;
  return isResumed && approvalIn(rules, approval) !== undefined
    ? ({ command: 'resubmit', approval, how: 'changed_only' } as const)
    : ({ command: 'request_approval', approval } as const);
}

/** The case after the step; as it was where the rules refuse it. */
export function afterApprovalStep(
  view: CaseView,
  step: Extract<Step, { readonly approval: string }>,
  by: string,
): CaseView {
  return folded(view, take(view, step, by));
}

function take(view: CaseView, { step, approval }: Extract<Step, { readonly approval: string }>, by: string) {
  if (step === 'request') {
    const context: CommandContext = { ...view, actor: by };
    const command = requestCommand(view, approval);
    return command.command === 'resubmit' ? resubmit(context, command) : requestApproval(context, command);
  }
  const next = nextAnswer(view, approval);
  const [actor] = next?.people ?? [];
  if (next === undefined || actor === undefined) return undefined;
  const { digest } = next.entry;
  return approve({ ...view, actor }, { command: 'approve', approval, step: next.step.step, digest });
}

function folded(view: CaseView, outcome: Outcome<CaseEvent> | undefined): CaseView {
  if (outcome?.outcome !== 'accepted') return view;
  return { ...view, state: outcome.events.reduce((state, event) => evolve(state, event), view.state) };
}

/** Asking for it where it is not under review, and so many answers: how many it takes hangs on what else is done. */
export function approvalOptions(view: CaseView, approval: string): readonly Option[] {
  const { standing } = approvalSeen(view.rules, view.state, approval, seenIn(view));
  const request: Option = standing === 'under_review' ? [] : [{ step: 'request', approval }];
  return Array.from(
    { length: MOST_ANSWERS },
    (_, index): Option => [
      ...request,
      ...Array.from({ length: index + 1 }, (_one, number): Step => ({ step: 'approve', approval, number })),
    ],
  );
}

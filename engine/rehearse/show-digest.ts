/** People of a scenario look at what they approve: the digest of it goes with their answer. */

import { currentTurn } from '../case/approvals/settle-approvals.ts';
import { approvalIn, recordOf } from '../case/approvals/standing.ts';
import { viewOf } from '../case/case-view.ts';
import type { CaseCommand } from '../case/command.ts';
import { lookUp } from '../case/look-up.ts';
import type { CaseState } from '../case/state.ts';
import type { World } from '../case/world.ts';
import { DIGEST_AS_SHOWN } from '../playbook/scenario.ts';

/** Stands where nothing is shown, so that the rules say why. */
const NOTHING_SHOWN = '0'.repeat(64);

/** The command with the digest of the step at which the actor is asked. */
export function withDigestShown(
  world: World,
  state: CaseState | undefined,
  actor: string,
  body: CaseCommand,
): CaseCommand {
  if (body.command !== 'approve' || body.digest !== DIGEST_AS_SHOWN) return body;
  return { ...body, digest: digestShown(world, state, actor, body.approval, body.step) ?? NOTHING_SHOWN };
}

function digestShown(
  world: World,
  state: CaseState | undefined,
  actor: string,
  approval: string,
  named: string | undefined,
): string | undefined {
  const view = state && viewOf(world, state);
  const rule = view && approvalIn(view.rules, approval);
  const record = state && recordOf(state, approval);
  if (view === undefined || rule === undefined || record === undefined) return undefined;
  const steps = (currentTurn(view, rule, record) ?? []).map(({ step }) => step);
  const isAsked = (step: string): boolean =>
    lookUp(record.steps, step)?.asked.some(({ person }) => person === actor) === true;
  const step = named ?? steps.find(isAsked) ?? steps[0];
  return step === undefined ? undefined : lookUp(record.steps, step)?.digest;
}

/** Why a step that asks for authority finds nobody: who was passed over, and which limit was too low. */

import type { ApprovalStep, Voice } from '../../playbook/approval.ts';
import type { Text } from '../../playbook/text.ts';
import { anyoneWithAuthority } from '../../who/authority.ts';
import { type CaseView, whoContextOf } from '../case-view.ts';
import { isOwnSubmission } from './bench-of.ts';
import { recordOf } from './standing.ts';

/** Where the step asks for authority: why nobody has it; absent: that is not why nobody answers. */
export function whyNoAuthority(view: CaseView, approval: string, step: ApprovalStep): Text | undefined {
  const record = recordOf(view.state, approval);
  if (record === undefined || !asksAuthority(step.ask)) return undefined;
  const isOwn = (person: string): boolean => isOwnSubmission(view, record, person);
  return anyoneWithAuthority(view.world.people, { ...whoContextOf(view), isOwn }).nobody?.text;
}

function asksAuthority(voice: Voice): boolean {
  return voice.kind === 'group' ? voice.of.some(asksAuthority) : voice.who.kind === 'authority';
}

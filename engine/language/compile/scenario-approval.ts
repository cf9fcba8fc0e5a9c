/** The commands of a timeline that are about approvals. */

import type { CaseCommand } from '../../case/command.ts';
import { DIGEST_AS_SHOWN } from '../../playbook/scenario.ts';
import { rawValue } from './raw.ts';
import { textOf, textsOf } from './scenario-answers.ts';
import { COMMAND_FORMS, type Parts } from './scenario-command.ts';
import { checkName } from './scenario-scope.ts';

export type ApprovalName =
  | 'request_approval'
  | 'resubmit'
  | 'recall'
  | 'cancel_approval'
  | 'approve'
  | 'reject'
  | 'send_back'
  | 'comment';

export function approvalCommand(
  name: ApprovalName,
  approval: string,
  second: string | undefined,
  { token, answers, context }: Parts,
): CaseCommand | undefined {
  const { scope, scenario, invalid } = context;
  if (!invalid) checkName('approval', approval, token.place, scope);
  const reason = textOf('reason', answers) ?? scenario;
  switch (name) {
    case 'request_approval':
      return { command: name, approval, ...textsOf(['note'], answers) };
    case 'resubmit': {
      const how = (['restart', 'continue', 'changed_only'] as const).find((one) => one === second);
      if (how === undefined) scope.report('command-argument', token.place, { form: COMMAND_FORMS.resubmit });
      return how && { command: name, approval, how, ...textsOf(['note'], answers) };
    }
    case 'recall':
      return { command: name, approval, ...textsOf(['reason'], answers) };
    case 'cancel_approval':
      return { command: name, approval, reason };
    case 'approve': {
      const written = answers.find(({ key }) => key.value === 'conditions')?.value;
      const conditions = written === undefined ? undefined : [rawValue(written, undefined)].flat().map(String);
      return {
        command: name,
        approval,
        digest: textOf('digest', answers) ?? DIGEST_AS_SHOWN,
        ...(conditions !== undefined && { conditions }),
        ...textsOf(['step', 'note'], answers),
      };
    }
    case 'reject':
      return { command: name, approval, reason, ...textsOf(['step', 'digest'], answers) };
    case 'send_back':
      return {
        command: name,
        approval,
        ...(second !== undefined && { to: second }),
        reason,
        ...textsOf(['step', 'digest'], answers),
      };
    case 'comment':
      return { command: name, approval, text: textOf('text', answers) ?? scenario };
  }
}

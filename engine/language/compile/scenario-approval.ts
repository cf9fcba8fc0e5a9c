/** The commands of a timeline that are about approvals. */

import type { CaseCommand } from '../../case/command.ts';
import { DIGEST_AS_SHOWN } from '../../playbook/scenario.ts';
import { rawValue } from './raw.ts';
import { textOf, textsOf } from './scenario-answers.ts';
import type { Parts } from './scenario-command.ts';
import { COMMAND_FORMS } from './scenario-command-forms.ts';
import { checkName, readWho } from './scenario-scope.ts';

export type ApprovalName =
  | 'request_approval'
  | 'resubmit'
  | 'recall'
  | 'cancel_approval'
  | 'approve'
  | 'reject'
  | 'send_back'
  | 'add_signer'
  | 'remove_signer'
  | 'transfer'
  | 'delegate'
  | 'copy_to'
  | 'remind'
  | 'comment';

export function approvalCommand(
  name: ApprovalName,
  approval: string,
  second: string | undefined,
  { token, answers, context }: Parts,
): CaseCommand | undefined {
  const { scope, scenario, nameless } = context;
  if (!nameless) checkName('approval', approval, token.place, scope);
  const reason = textOf('reason', answers) ?? scenario;
  const named = (person: string | undefined): string | undefined => {
    if (person === undefined) scope.report('command-argument', token.place, { form: COMMAND_FORMS[name] });
    else readWho(person, token.place, scope);
    return person;
  };
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
    case 'add_signer': {
      const when = (['before', 'after'] as const).find((one) => one === (textOf('when', answers) ?? 'before'));
      const person = named(second);
      if (when === undefined) scope.report('command-argument', token.place, { form: 'with: { when: before | after }' });
      return person === undefined || when === undefined
        ? undefined
        : { command: name, approval, person, when, ...textsOf(['step'], answers) };
    }
    case 'remove_signer': {
      const person = named(second);
      return person === undefined ? undefined : { command: name, approval, person };
    }
    case 'transfer': {
      const to = named(second);
      return to === undefined ? undefined : { command: name, approval, to, ...textsOf(['reason', 'step'], answers) };
    }
    case 'delegate': {
      const to = named(second);
      return to === undefined ? undefined : { command: name, approval, to, ...textsOf(['note', 'step'], answers) };
    }
    case 'copy_to': {
      const person = named(second);
      return person === undefined
        ? undefined
        : { command: name, approval, people: [person], ...textsOf(['note'], answers) };
    }
    case 'remind':
      return { command: name, approval, ...textsOf(['note'], answers) };
    case 'comment':
      return { command: name, approval, text: textOf('text', answers) ?? scenario };
  }
}

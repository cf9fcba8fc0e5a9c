/** Compiles what a rung does, or entering a stage, or winning. */

import type { Action, EntryAction } from '../../playbook/action.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { ActionSource, EntryActionSource } from '../kinds/action.ts';
import { missingIn, type Scope, useEvidence } from './scope.ts';
import { compileStart } from './start.ts';
import { compileWho } from './who.ts';

export function compileEntryAction(source: EntryActionSource, scope: Scope): EntryAction | undefined {
  if (source.kind === 'start') return compileStart(source.body, scope);
  const owner = source.body.owner ? compileWho(source.body.owner, scope) : ({ kind: 'owner' } as const);
  return (
    owner && { kind: 'task', title: source.body.task, owner, due: source.body.due.value, at: source.body.place.at }
  );
}

export function compileAction(source: ActionSource, scope: Scope): Action | undefined {
  const at = source.body.place.at;
  switch (source.kind) {
    case 'remind': {
      const who = compileWho(source.body.remind, scope);
      return who && { kind: 'remind', who, ...(source.body.text ? { text: source.body.text } : {}), at };
    }
    case 'notify': {
      const who = compileWho(source.body.notify, scope);
      return who && { kind: 'notify', who, ...(source.body.text ? { text: source.body.text } : {}), at };
    }
    case 'task':
    case 'start':
      return compileEntryAction(source, scope);
    case 'require': {
      const { value, place } = source.body.require;
      useEvidence(value, scope);
      const lacks = missingIn(scope, (one) => one.evidence.has(value) || one.incomplete);
      if (!lacks) return { kind: 'require', evidence: value, at };
      const hint = didYouMean(value, lacks.evidence.keys());
      scope.report('unknown-evidence', place, { written: value, pipeline: lacks.pipeline }, { hint });
      return undefined;
    }
    case 'hand_over': {
      const to = compileWho(source.body.hand_over, scope);
      return to && { kind: 'hand_over', to, at };
    }
    case 'flag':
      return { kind: 'flag', flag: source.body.flag.value, at };
    case 'send':
      return { kind: 'send', to: source.body.send.value, at };
  }
}

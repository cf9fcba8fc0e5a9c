/** Compiles what is done while an answer is waited for. */

import type { WaitingRung } from '../../playbook/waiting-rung.ts';
import type { WaitingRungSource } from '../kinds/waiting-rung.ts';
import type { Scope } from './scope.ts';
import { compileWho } from './who.ts';

export function compileWaitingRung(source: WaitingRungSource, scope: Scope): WaitingRung {
  return {
    after: source.after.value,
    remind: source.do.some((one) => 'value' in one),
    notify: source.do.flatMap((one) => ('value' in one ? [] : (compileWho(one.notify, scope) ?? []))),
    at: source.place.at,
  };
}

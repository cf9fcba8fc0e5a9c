/** The command by which an entity hears of another's effect. */

import type { CaseCommand } from '../engine/case/command.ts';
import type { Effect } from '../engine/case/effect.ts';
import type { SentCommand } from '../engine/entity.ts';
import type { PersonCommand } from '../engine/person/command.ts';
import { SYSTEM } from '../engine/who/rights.ts';
import type { OutboxItem } from './outbox.ts';

/** Its id is the item's key, so that the receiver counts it once; absent: the effect goes to no entity. */
export function sentBy({
  key,
  effect,
  recorded_at,
}: Pick<OutboxItem, 'key' | 'effect' | 'recorded_at'>): SentCommand | undefined {
  const body = bodyOf(effect);
  return body === undefined ? undefined : { id: key, actor: SYSTEM, body, sent_at: recorded_at };
}

function bodyOf(effect: Effect): PersonCommand | CaseCommand | undefined {
  switch (effect.effect) {
    case 'message':
      return { command: 'receive', message: effect.message };
    case 'settle':
      return { command: 'settle', subject: effect.subject, how: effect.how };
    case 'tell_case':
    case 'tell_person':
      return effect.command;
    case 'diagnose':
    case 'mail':
    case 'webhook':
      return undefined;
    default:
      return effect satisfies never;
  }
}

/** Whose words the texts of a case's entry are. */

import { SYSTEM } from '../engine/who/rights.ts';

/** What the timer does is worded by the playbook; what a case is given to begin with is the work of whoever will own it. */
export function writerOf(actor: string, command: unknown): string | undefined {
  if (actor !== SYSTEM) return actor;
  if (typeof command !== 'object' || command === null) return undefined;
  const isOpening = 'command' in command && command.command === 'open';
  return isOpening && 'owner' in command && typeof command.owner === 'string' ? command.owner : undefined;
}

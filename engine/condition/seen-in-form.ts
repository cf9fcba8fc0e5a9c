/** What a condition inside a form is judged by: its answers, and nothing of any case. */

import type { Value } from '../playbook/value.ts';
import type { Seen } from './seen.ts';

/** @param field the answer to a field; absent: none */
export function seenInForm(
  { now, calendar }: Pick<Seen, 'now' | 'calendar'>,
  field: (name: string) => Value | undefined,
): Seen {
  return {
    now,
    calendar,
    field,
    fact: () => undefined,
    evidence: () => ({ standing: 'missing' }),
    approval: () => ({ standing: 'missing' }),
    milestone: () => undefined,
    task: () => false,
    activity: () => undefined,
    children: () => [],
  };
}

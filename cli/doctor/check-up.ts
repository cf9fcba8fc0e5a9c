/** One thing `doctor` looked at: what it found, and what to do where it is not well. */

import type { Text } from '../../engine/playbook/text.ts';

export interface CheckUp {
  readonly what:
    | 'node'
    | 'data_folder'
    | 'disk'
    | 'files'
    | 'postgres'
    | 'schema'
    | 'temporal'
    | 'namespace'
    | 'worker'
    | 'restore'
    | 'clock'
    | 'overdue'
    | 'outbox'
    | 'faults'
    | 'people'
    | 'server'
    | 'playbooks';
  readonly state: 'well' | 'look' | 'ill';
  readonly found: Text;
  readonly hint?: Text;
}

export function well(what: CheckUp['what'], zh: string, en: string): CheckUp {
  return { what, state: 'well', found: { zh, en } };
}

/** `look`: it works, but somebody should know. `ill`: it does not. */
export function unwell(what: CheckUp['what'], state: 'look' | 'ill', found: Text, hint: Text): CheckUp {
  return { what, state, found, hint };
}

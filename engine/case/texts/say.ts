/** What says a no in both languages, out of what it is told. */

import type { Text } from '../../playbook/text.ts';

export type Say = (...args: never[]) => Text;

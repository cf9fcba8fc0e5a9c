/** Every way of breaking the machine: what the promises must be able to find, or they promise nothing. */

import type { Sabotage } from './breaking.ts';
import { BROKEN_CLOCKS } from './clocks.ts';
import { BROKEN_MOVES } from './moves.ts';
import { BROKEN_PEOPLE } from './people.ts';
import { BROKEN_RECORD } from './record.ts';

export const SABOTAGES: readonly Sabotage[] = [...BROKEN_MOVES, ...BROKEN_CLOCKS, ...BROKEN_RECORD, ...BROKEN_PEOPLE];

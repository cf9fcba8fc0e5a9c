/** Every bench, in the order they run: the quick ones first. */

import type { Bench } from './bench.ts';
import { check } from './check.ts';
import { conditions } from './conditions.ts';
import { decide } from './decide.ts';
import { scenarios } from './scenarios.ts';

export const BENCHES: readonly Bench[] = [conditions, decide, check, scenarios];

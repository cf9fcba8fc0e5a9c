/** Every bench, in the order they run: the quick ones first. */

import { approvals } from './approvals.ts';
import type { Bench } from './bench.ts';
import { check } from './check.ts';
import { commands } from './commands.ts';
import { conditions } from './conditions.ts';
import { decide } from './decide.ts';
import { decisionTable } from './decision-table.ts';
import { diagnosis } from './diagnosis.ts';
import { heap } from './heap.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { importLarge, importSample } from './import.ts';
import { measures } from './measures.ts';
import { people } from './people.ts';
import { refill } from './refill.ts';
import { scenarios } from './scenarios.ts';
import { simulation } from './simulation.ts';

export const BENCHES: readonly Bench[] = [
  conditions,
  decide,
  check,
  decisionTable,
  diagnosis,
  scenarios,
  simulation,
  history,
  heap,
  idle,
  commands,
  approvals,
  measures,
  people,
  importSample,
  refill,
  importLarge,
];

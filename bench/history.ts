/** How many events one command adds to its workflow's history: what every worker reads that takes the case over. */

import { workflowIdOf } from '../workers/contract.ts';
import type { Bench } from './bench.ts';
import { begin, give, OPEN, type Place, startPlace } from './place.ts';

const COMMANDS = 20;

export const history: Bench = {
  name: 'history',
  about: 'events in the history for one command',
  minutes: 3,
  run: async ({ dir }) => {
    const place = await startPlace(dir);
    try {
      await begin(place, 'case', 'told', OPEN);
      const before = await eventsOf(place, 'told');
      for (let count = 0; count < COMMANDS; count += 1) {
        await give(place, 'told', { command: 'set_facts', facts: { count } });
      }
      const after = await eventsOf(place, 'told');
      const counts = new Map<string, number>();
      for (const type of after.slice(before.length)) counts.set(type, (counts.get(type) ?? 0) + 1);
      const value = (after.length - before.length) / COMMANDS;
      const beside = [...counts].map(([type, count]) => `${type} ${count / COMMANDS}`).join(', ');
      return [{ figure: 'history.events', value, beside }];
    } finally {
      await place.stop();
    }
  },
};

async function eventsOf({ client }: Place, id: string): Promise<readonly string[]> {
  const { events } = await client.workflow.getHandle(workflowIdOf('case', id)).fetchHistory();
  return (events ?? [])
    .map((event) => Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? 'unknown')
    .map((key) => key.replace('EventAttributes', ''));
}

/** Gauges over what waits in the database, read when somebody asks for them. */

import { Gauge, type Registry } from 'prom-client';
import { type Load, lookAtLoad } from './look-at-load.ts';
import type { Store } from './open-store.ts';

/** However often they are asked for, the database is not asked more often. */
const KEEP_MS = 5_000;

/** All processes see the same database: any one of them tells the truth, and sums over several would not. */
export function addLoadGauges(registry: Registry, store: Store): void {
  let kept: { readonly at: number; readonly load: Promise<Load | undefined> } | undefined;
  const load = (): Promise<Load | undefined> => {
    if (kept === undefined || performance.now() - kept.at > KEEP_MS) {
      kept = { at: performance.now(), load: lookAtLoad(store).catch(() => undefined) };
    }
    return kept.load;
  };
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[], set: (gauge: Gauge, load: Load) => void): void => {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        this.reset();
        const now = await load();
        if (now !== undefined) set(this, now);
      },
    });
  };
  new Gauge({
    name: 'playrail_database_up',
    help: '1 while the database answers; the gauges below are absent while it does not.',
    registers,
    async collect() {
      this.set((await load()) === undefined ? 0 : 1);
    },
  });
  gauge('playrail_clock_lag_seconds', 'How late the most overdue clock of an entity is.', [], (one, now) =>
    one.set(now.clock_lag_seconds),
  );
  gauge('playrail_overdue_entities', 'Entities whose clock is overdue by more than two minutes.', [], (one, now) =>
    one.set(now.overdue),
  );
  const outbox: readonly (readonly [string, string, 'waiting' | 'failing' | 'oldest_seconds'])[] = [
    ['playrail_outbox_waiting', 'Messages that wait to be delivered.', 'waiting'],
    ['playrail_outbox_failing', 'Of those, messages tried in vain before.', 'failing'],
    ['playrail_outbox_oldest_seconds', 'Age of the message that waits longest.', 'oldest_seconds'],
  ];
  for (const [name, help, member] of outbox) {
    gauge(name, help, ['queue', 'destination'], (one, now) => {
      for (const { queue, destination, ...figures } of now.outbox) one.set({ queue, destination }, figures[member]);
    });
  }
  gauge('playrail_imports', 'Imports by status.', ['status'], (one, now) => {
    for (const [status, count] of Object.entries(now.imports)) one.set({ status }, count);
  });
}

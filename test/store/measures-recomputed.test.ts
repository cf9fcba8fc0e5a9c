/** What the lists keep up to date gives the same measures as the journal alone, lived again from its first entry, over random histories. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseEvent } from '../../engine/case/event.ts';
import { measuredPeriod } from '../../engine/measure/period.ts';
import { measuredPipelines } from '../../engine/measure/pipelines.ts';
import { measure } from '../../store/measures.ts';
import type { Store } from '../../store/open-store.ts';
import { eventsOf } from '../workers/journal.ts';
import { smallSet } from './small-set.ts';
import { open, send, smallStore } from './small-store.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2026-01-05T02:00:00.000Z');
const ONLY = ['new-opportunities', 'win-rate', 'cycle-days', 'average-deal'] as const;

let store: Store;
beforeAll(async () => {
  store = await smallStore();
  const body = { command: 'join', name: 'Eva', role: 'rep', manager: 'bob' };
  await send(store, 'person', 'eva', { id: 'join-eva', actor: 'admin', body });
});
afterAll(() => store.close());

/** What somebody may try to do with a deal; what the rules refuse changes nothing. */
const ACTS: Readonly<Record<string, readonly [actor: string, body: object][]>> = {
  amount: [['ann', { command: 'set_facts', facts: { amount: '3万 CNY' } }]],
  less: [['ann', { command: 'set_facts', facts: { amount: '1万 CNY' } }]],
  visit: [
    ['ann', { command: 'submit_evidence', evidence: 'visit', fields: {} }],
    ['bob', { command: 'accept_evidence', evidence: 'visit' }],
  ],
  on: [['ann', { command: 'advance' }]],
  lose: [['ann', { command: 'close', as: 'lost', reason: 'price' }]],
  win: [
    ['ann', { command: 'submit_evidence', evidence: 'visit', fields: {} }],
    ['bob', { command: 'accept_evidence', evidence: 'visit' }],
    ['ann', { command: 'advance' }],
    ['ann', { command: 'advance' }],
    ['ann', { command: 'close', as: 'won' }],
  ],
  again: [['bob', { command: 'reopen', reason: 'they called' }]],
  over: [['bob', { command: 'hand_over', to: 'eva' }]],
};

interface Lived {
  readonly owner: string;
  readonly opened_at: string;
  readonly amount?: number;
  readonly ended?: { readonly how: 'won' | 'lost'; readonly at: string };
}

/** One case as its journal alone tells it. */
function live(events: readonly CaseEvent[]): Lived | undefined {
  let lived: Lived | undefined;
  for (const event of events) {
    if (event.event === 'case_opened') lived = { owner: event.owner, opened_at: event.opened_at };
    if (lived === undefined) continue;
    if (event.event === 'handed_over') lived = { ...lived, owner: event.to };
    if (event.event === 'facts_set') {
      const amount = event.facts['amount']?.value;
      if (typeof amount === 'object' && 'minor' in amount) lived = { ...lived, amount: amount.minor };
    }
    if (event.event === 'won' || event.event === 'lost')
      lived = { ...lived, ended: { how: event.event, at: event.at } };
    if (event.event === 'reopened' && event.status === 'open') {
      const { ended: _ended, ...rest } = lived;
      lived = rest;
    }
  }
  return lived;
}

type Row = readonly [measure: string, owner: string, value: number, n: number];

function average(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

function recomputed(all: readonly Lived[], { from, until, weeks }: ReturnType<typeof measuredPeriod>): readonly Row[] {
  const within = (at: string): boolean => at >= from && at < until;
  return [...new Set(all.map(({ owner }) => owner))].flatMap((owner): readonly Row[] => {
    const own = all.filter((one) => one.owner === owner);
    const opened = own.filter(({ opened_at }) => within(opened_at));
    const ended = own.filter(({ ended: end }) => end !== undefined && within(end.at));
    const won = ended.filter(({ ended: end }) => end?.how === 'won');
    const amounts = won.flatMap(({ amount }) => amount ?? []);
    const days = won.map(({ opened_at, ended: end }) => (Date.parse(end?.at ?? '') - Date.parse(opened_at)) / DAY_MS);
    return [
      ...(opened.length > 0 ? [['new-opportunities', owner, opened.length / weeks, opened.length] as const] : []),
      ...(ended.length > 0 ? [['win-rate', owner, won.length / ended.length, ended.length] as const] : []),
      ...(days.length > 0 ? [['cycle-days', owner, average(days), days.length] as const] : []),
      ...(amounts.length > 0 ? [['average-deal', owner, average(amounts), amounts.length] as const] : []),
    ];
  });
}

function sorted(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));
}

it('kept in lists and lived again, every measure is the same', async () => {
  const acts = fc.array(
    fc.record({ act: fc.constantFrom(...Object.keys(ACTS)), wait: fc.integer({ min: 0, max: 30 }) }),
    { minLength: 2, maxLength: 9 },
  );
  const history = fc.record({ starts: fc.integer({ min: 0, max: 80 }), acts });
  const ids: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.array(history, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 120 }),
      fc.integer({ min: 1, max: 200 }),
      async (histories, begin, length) => {
        for (const { starts, acts: tried } of histories) {
          const id = `deal-${ids.length}`;
          ids.push(id);
          let now = FIRST + starts * DAY_MS;
          await open(store, id, id, new Date(now).toISOString());
          for (const [n, { act, wait }] of tried.entries()) {
            now += wait * DAY_MS + 60_000;
            for (const [m, [actor, body]] of (ACTS[act] ?? []).entries())
              await send(store, 'case', id, { id: `k-${n}-${m}`, actor, body }, new Date(now).toISOString());
          }
        }
        const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
        const from = FIRST + begin * DAY_MS;
        const period = measuredPeriod(undefined, day(from), day(from + length * DAY_MS));
        const pipelines = measuredPipelines(smallSet());
        const kept = await measure(store.db, { by: 'rep', pipelines, only: ONLY, ...period });
        const rows = kept.map(({ measure: of, owner = '', value, n }): Row => [of, owner, value ?? Number.NaN, n]);
        const lived: Lived[] = [];
        for (const id of ids)
          lived.push(...[live(await eventsOf(store, 'case', id))].filter((one) => one !== undefined));
        const expected = sorted(recomputed(lived, period));
        expect(sorted(rows).map(([of, owner, , n]) => [of, owner, n])).toEqual(
          expected.map(([of, owner, , n]) => [of, owner, n]),
        );
        sorted(rows).forEach(([, , value], i) => {
          expect(value).toBeCloseTo(expected[i]?.[2] ?? Number.NaN, 6);
        });
      },
    ),
    { numRuns: 20 },
  );
  // The histories hold what the measures count.
  const everything = await measure(store.db, {
    by: 'all',
    pipelines: measuredPipelines(smallSet()),
    only: ONLY,
    ...measuredPeriod(undefined, '2025-01-01', '2030-12-31'),
  });
  expect(everything.map((one) => one.measure).sort()).toEqual([...ONLY].sort());
});

/** Who closes deals, and how long newcomers take to their first: told only of what was done here, so no export can show it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { measuredPeriod } from '../../engine/measure/period.ts';
import { measuredPipelines } from '../../engine/measure/pipelines.ts';
import { measure } from '../../store/measures.ts';
import type { Store } from '../../store/open-store.ts';
import { publish } from '../../store/publish.ts';
import { smallSet } from './small-set.ts';
import { open, START, send, smallStore } from './small-store.ts';

const DAY_MS = 86_400_000;
const ONLY = ['closed-by-others', 'days-to-productivity'] as const;

let store: Store;

function after(days: number): string {
  return new Date(Date.parse(START) + days * DAY_MS).toISOString();
}

/** The managers of the small set move no deals on; here they do. */
function withClosingManagers(): ReturnType<typeof smallSet> {
  const set = smallSet();
  const posts = set.roles.posts.map((post) =>
    post.role === 'manager' ? { ...post, may: [...post.may, 'advance'] as typeof post.may } : post,
  );
  return { ...set, roles: { ...set.roles, posts } };
}

async function win(id: string, closer: string, now: string): Promise<void> {
  const acts = [
    ['ann', { command: 'submit_evidence', evidence: 'visit', fields: {} }],
    ['bob', { command: 'accept_evidence', evidence: 'visit' }],
    ['ann', { command: 'advance' }],
    // Into the last stage: with that it is won.
    [closer, { command: 'advance' }],
  ] as const;
  for (const [n, [actor, body]] of acts.entries()) {
    expect(await send(store, 'case', id, { id: `${id}-${n}`, actor, body }, now)).toMatchObject({
      outcome: 'accepted',
    });
  }
}

beforeAll(async () => {
  store = await smallStore();
  await publish(store, withClosingManagers(), { 'deal.yaml': 'pipeline: deal' }, 'admin');
  // ann and bob joined at the start. Her first deal is won by bob after 20 days, her second and third by herself.
  for (const id of ['one', 'two', 'three', 'four']) await open(store, id);
  await win('one', 'bob', after(20));
  await win('two', 'ann', after(25));
  await win('three', 'ann', after(40));
});
afterAll(() => store.close());

async function figures(from: string, until: string) {
  const pipelines = measuredPipelines(smallSet());
  const found = await measure(store.db, {
    by: 'rep',
    pipelines,
    only: ONLY,
    ...measuredPeriod(undefined, from, until),
  });
  return found.map(({ measure: of, owner, value, n }) => [of, owner, value, n]);
}

it('one of two that were won in the period was won by another than its owner, and the first came after 20 days', async () => {
  expect(await figures('2026-10-20', '2026-11-20')).toEqual([
    ['closed-by-others', 'ann', 1 / 2, 2],
    ['days-to-productivity', 'ann', 20, 1],
  ]);
});

it('a later period has the deals of its own, and no first one', async () => {
  expect(await figures('2026-11-21', '2026-12-31')).toEqual([['closed-by-others', 'ann', 0, 1]]);
});

/** Writes the feed to one follower as server-sent events, as fast as they read, until either side ends it. */

import { once } from 'node:events';
import type { Response } from 'express';
import type { FeedFilter, FeedPosition } from '../store/feed.ts';
import { readFeed } from '../store/feed.ts';
import type { ApiDeps } from './deps.ts';
import { feedPulse } from './feed-pulse.ts';
import { ApiProblem } from './problem.ts';
import { feedCursor, feedItem } from './views/feed-view.ts';

const PAGE = 200;
/** Proxies end connections on which nothing is said. */
const HEARTBEAT_MS = 15_000;
/** Then it ends, and the follower comes again by itself: with a key that is asked for anew, and the rights of that moment. */
const LONGEST_MS = 10 * 60_000;
const MOST_FOLLOWERS = 100;
const MOST_OF_ONE = 10;

const followers = new Map<string, number>();

/** @throws ApiProblem when too many follow already. */
export async function followFeed(
  deps: ApiDeps,
  response: Response,
  person: string,
  from: FeedPosition,
  filter: FeedFilter,
): Promise<void> {
  const leave = enter(person);
  try {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: 1000\nid: ${feedCursor(from)}\n\n`);
    await pour(deps, response, from, filter);
  } catch (error) {
    // The answer has begun: the follower comes again with what they read last.
    deps.log.warn({ error: String(error) }, 'a follower of the events was left');
  } finally {
    leave();
    response.end();
  }
}

async function pour(deps: ApiDeps, response: Response, from: FeedPosition, filter: FeedFilter): Promise<void> {
  const { store, closing } = deps;
  const until = performance.now() + LONGEST_MS;
  const isOver = () => response.destroyed || closing?.aborted === true || performance.now() > until;
  let position = from;
  while (!isOver()) {
    const end = await feedPulse(store).beyond(position.tx, HEARTBEAT_MS);
    if (end.feed !== position.feed) return;
    if (end.tx <= position.tx && position.kind === '') {
      await write(response, ': still here\n\n');
      continue;
    }
    const { entries, next } = await readFeed(store, position, end, filter, PAGE);
    for (const one of entries) {
      if (isOver()) return;
      const { cursor, ...data } = feedItem(one);
      await write(response, `id: ${cursor}\nevent: entry\ndata: ${JSON.stringify({ cursor, ...data })}\n\n`);
    }
    position = next;
    // So that a follower whose filter lets little through does not begin far behind.
    if (position.kind === '') await write(response, `id: ${feedCursor(position)}\n\n`);
  }
}

async function write(response: Response, text: string): Promise<void> {
  if (response.destroyed || response.write(text)) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

function enter(person: string): () => void {
  const ofOne = followers.get(person) ?? 0;
  const all = [...followers.values()].reduce((sum, count) => sum + count, 0);
  if (ofOne >= MOST_OF_ONE || all >= MOST_FOLLOWERS) {
    throw new ApiProblem(
      'too-many-requests',
      { zh: '同时跟随事件的连接过多', en: 'too many connections follow the events already' },
      { retryAfterSeconds: 60 },
    );
  }
  followers.set(person, ofOne + 1);
  return () => {
    const left = (followers.get(person) ?? 1) - 1;
    if (left === 0) followers.delete(person);
    else followers.set(person, left);
  };
}

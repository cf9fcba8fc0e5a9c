/** The feed as the API shows it: entries of the journal, each with the cursor to go on from. */

import { z } from 'zod';
import type { FeedEntry, FeedPosition } from '../../store/feed.ts';
import { list } from '../wire/shapes.ts';
import { journalEntry } from './journal-view.ts';

export const feedItemShape = z
  .strictObject({
    cursor: z.string().meta({ description: 'Where to go on after this entry: `after`, or the header Last-Event-ID.' }),
    entry: journalEntry,
  })
  .meta({ id: 'FeedItem' });

export const feedShape = z
  .strictObject({
    items: list(feedItemShape),
    next: z.string().meta({ description: 'The cursor to go on from, whether or not there is more already.' }),
    more: z.boolean().meta({ description: 'The page is full: there may be more already.' }),
  })
  .meta({ id: 'Feed' });

export type FeedItemView = z.output<typeof feedItemShape>;
export type FeedPageView = z.output<typeof feedShape>;

export function feedItem({ entry, hash, position }: FeedEntry): z.input<typeof feedItemShape> {
  return { cursor: feedCursor(position), entry: { ...entry, hash } };
}

/** Opaque to callers; one line without spaces, as the header wants it. */
export function feedCursor({ feed, tx, kind, entity, seq }: FeedPosition): string {
  return Buffer.from(JSON.stringify([feed, tx, kind, entity, seq])).toString('base64url');
}

const position = z.tuple([z.string(), z.int(), z.enum(['', 'case', 'person']), z.string(), z.int().nonnegative()]);

/** Absent for what is no cursor of ours. */
export function readFeedCursor(cursor: string): FeedPosition | undefined {
  try {
    const parsed = position.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (!parsed.success || parsed.data[3].includes('\0')) return undefined;
    const [feed, tx, kind, entity, seq] = parsed.data;
    return seq > 2_147_483_647 ? undefined : { feed, tx, kind, entity, seq };
  } catch {
    return undefined;
  }
}

/** `/v1/events`: all that happens, in one order that can be resumed anywhere; as a stream, or page by page. */

import { z } from 'zod';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { holdsRight } from '../../engine/who/rights.ts';
import {
  type FeedEnd,
  type FeedFilter,
  type FeedPosition,
  feedEnd,
  feedStart,
  positionAt,
  readFeed,
} from '../../store/feed.ts';
import { ADMIN_ROLE, type Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { followFeed } from '../follow-feed.ts';
import { ApiProblem } from '../problem.ts';
import { currentSet } from '../published-set.ts';
import { type Call, route, STREAMED } from '../route.ts';
import { feedCursor, feedItem, feedItemShape, feedShape, readFeedCursor } from '../views/feed-view.ts';
import { visibleOwners } from '../visible-owners.ts';
import { limit, word } from '../wire/query.ts';

const query = z.strictObject({
  after: word.exactOptional().meta({
    description: 'A `cursor` or `next` from before; `end`: only what is still to come. Without it: from the beginning.',
  }),
  limit,
  kind: z.enum(['case', 'person']).exactOptional(),
  case: word.exactOptional().meta({ description: 'Of this case only.' }),
  person: word.exactOptional().meta({ description: 'Done by this person only.' }),
  events: word.exactOptional().meta({ description: 'Entries with any of these events: names with commas between.' }),
});

type Query = z.output<typeof query>;

/** Cases as in lists; of people's own journals, one's own, or all for who administers. */
function filterOf(asked: Query, { person, people }: Caller, set: PlaybookSet | undefined): FeedFilter {
  const isAdmin =
    person.role === ADMIN_ROLE || (set !== undefined && holdsRight(set.roles, people, person.person, 'administer'));
  const owners = set === undefined ? [] : visibleOwners(set.roles, people, person, new Date().toISOString());
  const kind = asked.case === undefined ? asked.kind : 'case';
  return {
    reader: person.person,
    ...(kind !== undefined && { kind }),
    ...(asked.case !== undefined && { entity: asked.case }),
    ...(asked.person !== undefined && { actor: asked.person }),
    ...(asked.events !== undefined && { events: asked.events.split(',') }),
    ...(!isAdmin && owners !== undefined && { owners }),
    ...(!isAdmin && { self: person.person }),
  };
}

/** @throws ApiProblem for what is no cursor, and for one of the feed before a restore. */
function startOf(after: string | undefined, end: FeedEnd): FeedPosition {
  if (after === undefined) return feedStart(end);
  if (after === 'end') return positionAt(end);
  const position = readFeedCursor(after);
  if (position === undefined) {
    const message = { zh: '不是本接口给出的游标', en: 'is not a cursor of this feed' };
    throw new ApiProblem('invalid-request', message, {
      problems: [{ code: 'cursor-malformed', path: '/query/after', message }],
    });
  }
  if (position.feed !== end.feed) {
    throw new ApiProblem('feed-restarted', {
      zh: '数据库已从备份恢复，旧游标失效：请不带 after 从头读取，按条目的散列去重',
      en: 'the database was restored from a backup and the cursor says nothing any more: read from the beginning, and know entries again by their hash',
    });
  }
  return position;
}

async function events(
  deps: ApiDeps,
  { query: asked, caller, request, response }: Call<z.ZodType, typeof query, z.ZodType>,
) {
  const filter = filterOf(asked, caller, await currentSet(deps.store));
  const end = await feedEnd(deps.store);
  const from = startOf(request.get('Last-Event-ID') ?? asked.after, end);
  if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
    await followFeed(deps, response, caller.person.person, from, filter);
    return STREAMED;
  }
  const { entries, next } = await readFeed(deps.store, from, end, filter, asked.limit);
  const body = { items: entries.map(feedItem), next: feedCursor(next), more: next.kind !== '' };
  return { status: 200, body } as const;
}

export const eventsRoutes = [
  route({
    method: 'get',
    path: '/v1/events',
    name: 'listEvents',
    summary: 'Everything that is journalled, in one order that concurrent commits cannot upset',
    description:
      'With `Accept: text/event-stream` a stream of server-sent events, resumed by the header Last-Event-ID; it ends after ten minutes and the client comes again by itself. Else a page.',
    query,
    answers: {
      200: { description: 'Entries of the journal that the caller may see.', body: feedShape, events: feedItemShape },
    },
    problems: ['feed-restarted'],
    handle: events,
  }),
];

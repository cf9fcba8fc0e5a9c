/** Works the measures out, for each owner or for all together, from the cases and from what the journal says of their end. */

import { type RawBuilder, sql } from 'kysely';
import type { MeasureId } from '../engine/measure/catalogue.ts';
import type { Store, Tx } from './open-store.ts';

export interface MeasureAsk {
  readonly by: 'rep' | 'all';
  /** Pipelines whose cases count. */
  readonly pipelines: readonly string[];
  /** Whose cases; absent: everybody's. */
  readonly owners?: readonly string[];
  /** The period: from one instant to before another. */
  readonly from: string;
  readonly until: string;
}

/** `value` is null where nothing was there to measure; `n` is how many cases it rests on. */
export interface Figure {
  readonly measure: MeasureId;
  /** Absent: of all together. */
  readonly owner?: string;
  /** Of amounts, which are in minor units. */
  readonly currency?: string;
  readonly value: number | null;
  readonly n: number;
}

const DAY_S = 86_400;

/** Whose cases are summed as one. */
function group({ by }: MeasureAsk): RawBuilder<unknown> {
  return by === 'rep' ? sql`c.owner` : sql`null::text`;
}

function counted({ pipelines, owners }: MeasureAsk): RawBuilder<unknown> {
  const mine = owners === undefined ? sql`true` : sql`c.owner = any(${[...owners]}::text[])`;
  return sql`c.pipeline = any(${[...pipelines]}::text[]) and ${mine}`;
}

/**
 * How each case ended, the last time it did, where it has not been taken up again. The condition on the text is that of
 * the index `journal_outcomes`, word for word. When the world saw it counts, not when we recorded it.
 */
function ended(ask: MeasureAsk): RawBuilder<unknown> {
  return sql`
    (select distinct on (j.entity) c.owner, c.opened_at, c.amount_minor, c.amount_currency, e->>'event' as how,
       coalesce(e->>'happened_at', e->>'at')::timestamptz as at, c.status
     from journal j join cases c on c.id = j.entity,
       jsonb_array_elements(coalesce(j.text::jsonb->'events', '[]')) e
     where j.kind = 'case' and j.text ~ '"event":"(won|lost)"' and e->>'event' in ('won', 'lost') and ${counted(ask)}
     order by j.entity, j.seq desc) c`;
}

/** Whom nothing can be said of is left out. */
export async function measure(db: Store['db'] | Tx, ask: MeasureAsk): Promise<readonly Figure[]> {
  const { from, until } = ask;
  const weeks = (Date.parse(until) - Date.parse(from)) / (7 * DAY_S * 1_000);
  const within = sql`c.status = c.how and c.at >= ${from}::timestamptz and c.at < ${until}::timestamptz`;
  const { rows } = await sql<{
    measure: MeasureId;
    owner: string | null;
    currency: string | null;
    value: number | null;
    n: number;
  }>`
    with ended as materialized (select * from ${ended(ask)} where ${within})
    select 'new-opportunities' as measure, ${group(ask)} as owner, null as currency,
      (count(*) / ${weeks}::float8)::float8 as value, count(*)::int as n
      from cases c where ${counted(ask)} and c.opened_at >= ${from}::timestamptz and c.opened_at < ${until}::timestamptz
      group by 2
    union all
    select 'win-rate', ${group(ask)}, null, avg((how = 'won')::int)::float8, count(*)::int from ended c group by 2
    union all
    select 'cycle-days', ${group(ask)}, null,
      avg(extract(epoch from at - opened_at) / ${DAY_S}::float8)::float8, count(*)::int
      from ended c where how = 'won' group by 2
    union all
    select 'average-deal', ${group(ask)}, amount_currency, avg(amount_minor)::float8, count(*)::int
      from ended c where how = 'won' and amount_minor is not null group by 2, 3
    union all
    select 'evidence-debt', ${group(ask)}, null, sum(jsonb_array_length(c.owes))::float8, count(*)::int
      from cases c where ${counted(ask)} and c.status = 'open' and not c.finished and c.owes <> '[]' group by 2
    order by 2, 1, 3`.execute(db);
  return rows.map(({ measure: name, owner, currency, value, n }) => ({
    measure: name,
    ...(owner !== null && { owner }),
    ...(currency !== null && { currency }),
    value,
    n,
  }));
}

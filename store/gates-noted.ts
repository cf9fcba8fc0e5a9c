/** What gates in mode `shadow` or `warn` would have stopped, read from the journal itself. */

import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

export interface NotedFilter {
  readonly gate?: string;
  /** Cases of these people only; absent: everybody's. */
  readonly owners?: readonly string[];
  readonly since?: Instant;
}

/** One gate, in one currency. */
export interface NotedSum {
  readonly gate: string;
  readonly mode: 'shadow' | 'warn';
  /** Absent amounts stand together. */
  readonly currency: string | null;
  /** Moves that it would have stopped, and in how many cases. */
  readonly moves: number;
  readonly cases: number;
  /** The amounts of those cases, each once, in minor units. */
  readonly amount_minor: number;
}

/** One move that went through although the gate said no. */
export interface NotedMove {
  readonly gate: string;
  readonly mode: 'shadow' | 'warn';
  readonly case: string;
  readonly title: string;
  readonly owner: string;
  readonly actor: string;
  readonly at: Instant;
  readonly seq: number;
  readonly command: string;
}

/** The condition of the index `journal_gates_noted`, word for word, then what really is such an event. */
function noted({ gate, owners, since }: NotedFilter): RawBuilder<unknown> {
  return sql`
    from journal j join cases c on c.id = j.entity,
      jsonb_array_elements(coalesce(j.text::jsonb->'events', '[]')) e
    where j.kind = 'case' and position('"event":"gate_noted"' in j.text) > 0
      and e->>'event' = 'gate_noted'
      and ${gate === undefined ? sql`true` : sql`e->>'gate' = ${gate}`}
      and ${owners === undefined ? sql`true` : sql`c.owner = any(${[...owners]})`}
      and ${since === undefined ? sql`true` : sql`j.recorded_at >= ${since}::timestamptz`}`;
}

/** The gates that would have stopped most first. */
export async function sumNoted({ db }: Store, filter: NotedFilter): Promise<readonly NotedSum[]> {
  const { rows } = await sql<NotedSum>`
    select gate, mode, currency, sum(moves)::int as moves, count(*)::int as cases,
      coalesce(sum(amount), 0)::float8 as amount_minor
    from (
      select e->>'gate' as gate, e->>'mode' as mode, c.amount_currency as currency, c.amount_minor as amount,
        count(*) as moves ${noted(filter)}
      group by 1, 2, c.id
    ) one
    group by gate, mode, currency order by moves desc, gate, mode, currency nulls last`.execute(db);
  return rows;
}

/** The newest first. */
export async function listNoted(
  { db }: Store,
  filter: NotedFilter,
  limit: number,
  offset: number,
): Promise<readonly NotedMove[]> {
  const { rows } = await sql<NotedMove>`
    select e->>'gate' as gate, e->>'mode' as mode, c.id as case, c.title, c.owner, j.actor, j.recorded_at as at, j.seq,
      j.text::jsonb->'command'->>'command' as command ${noted(filter)}
    order by j.recorded_at desc, j.entity, j.seq limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

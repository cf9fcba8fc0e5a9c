/** Cases that wait for somebody, and visits they have ahead of them. */

import { sql } from 'kysely';
import type { Money } from '../engine/playbook/value.ts';
import type { Instant } from '../engine/time/instant.ts';
import type { Store } from './open-store.ts';

export interface WaitingCase {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly amount?: Money;
  /** An answer of theirs is waited for; a task of theirs is open; a deal of theirs has stalled. */
  readonly why: 'asked' | 'task' | 'stalled';
  readonly stalled_since?: Instant;
}

/** The most money first; within the same amount the longest stalled. */
export async function waitingCases({ db }: Store, person: string, limit: number): Promise<readonly WaitingCase[]> {
  const { rows } = await sql<{
    id: string;
    title: string;
    owner: string;
    minor: number | null;
    currency: string | null;
    why: WaitingCase['why'];
    stalled_since: Instant | null;
  }>`
    select id, title, owner, amount_minor as minor, amount_currency as currency, stalled_since,
      case when ${person} = any(asked) then 'asked' when ${person} = any(task_owners) then 'task' else 'stalled' end as why
    from cases
    where not finished and (asked @> array[${person}]::text[] or task_owners @> array[${person}]::text[]
      or (owner = ${person} and stalled_since is not null))
    order by amount_minor desc nulls last, stalled_since nulls last, id limit ${limit}`.execute(db);
  return rows.map(({ minor, currency, stalled_since, ...row }) => ({
    ...row,
    ...moneyIn(minor, currency),
    ...since(stalled_since),
  }));
}

export interface VisitAhead {
  readonly case: string;
  readonly title: string;
  readonly on: string;
}

/** Visits of an owner on these days, by their fact `visit_on`: what is to be prepared. */
export async function visitsAhead(
  { db }: Store,
  ask: {
    readonly owner: string;
    readonly pipelines: readonly string[];
    readonly from: string;
    readonly until: string;
  },
): Promise<VisitAhead[]> {
  const { rows } = await sql<VisitAhead>`
    select c.id as case, c.title, s.state #>> '{facts,visit_on,value}' as on
    from cases c join entities s on s.kind = 'case' and s.id = c.id
    where not c.finished and c.owner = ${ask.owner} and c.pipeline = any(${[...ask.pipelines]}::text[])
      and s.state #>> '{facts,visit_on,value}' between ${ask.from} and ${ask.until}
    order by 3, 1`.execute(db);
  return rows;
}

export interface OpenDeal {
  readonly case: string;
  readonly title: string;
  readonly stage: string;
  readonly amount?: Money;
  readonly stalled_since?: Instant;
}

/** The largest deals that somebody has open. */
export async function openDeals(
  { db }: Store,
  ask: { readonly owner: string; readonly pipelines: readonly string[]; readonly limit: number },
): Promise<readonly OpenDeal[]> {
  const { rows } = await sql<{
    case: string;
    title: string;
    stage: string;
    minor: number | null;
    currency: string | null;
    stalled_since: Instant | null;
  }>`
    select id as case, title, stage, amount_minor as minor, amount_currency as currency, stalled_since
    from cases
    where owner = ${ask.owner} and status = 'open' and not finished and pipeline = any(${[...ask.pipelines]}::text[])
    order by amount_minor desc nulls last, id limit ${ask.limit}`.execute(db);
  return rows.map(({ minor, currency, stalled_since, ...row }) => ({
    ...row,
    ...moneyIn(minor, currency),
    ...since(stalled_since),
  }));
}

function moneyIn(minor: number | null, currency: string | null): { readonly amount?: Money } {
  return minor === null || currency === null ? {} : { amount: { minor, currency } };
}

function since(stalled_since: Instant | null): { readonly stalled_since?: Instant } {
  return stalled_since === null ? {} : { stalled_since };
}

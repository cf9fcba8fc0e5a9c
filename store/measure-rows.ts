/** The cases that each measure rests on, with the value each brings: one definition for figures and for what supports them. */

import { type RawBuilder, sql } from 'kysely';
import type { MeasureId } from '../engine/measure/catalogue.ts';
import type { COMPUTED } from '../engine/measure/computed.ts';
import type { MeasuredPeriod } from '../engine/measure/period.ts';
import type { MeasuredPipelines, MeasuredSubject } from '../engine/measure/pipelines.ts';

export interface RowsAsk extends MeasuredPeriod {
  /** Pipelines whose cases count. */
  readonly pipelines: MeasuredPipelines;
  /** Whose cases; absent: everybody's. */
  readonly owners?: readonly string[];
}

type Sql = RawBuilder<unknown>;
type Rows = (ask: RowsAsk) => Sql;

function of({ pipelines }: RowsAsk, subject: MeasuredSubject): Sql {
  return sql`c.pipeline = any(${[...pipelines[subject]]}::text[])`;
}

function mine({ owners }: RowsAsk, column: Sql = sql`c.owner`): Sql {
  return owners === undefined ? sql`true` : sql`${column} = any(${[...owners]}::text[])`;
}

function within({ from, until }: RowsAsk, column: Sql): Sql {
  return sql`${column} >= ${from}::timestamptz and ${column} < ${until}::timestamptz`;
}

const IS_OPEN = sql`c.status = 'open' and not c.finished`;

/**
 * How each case ended, the last time it did, where it has not been taken up again. The condition on the text is that of
 * the index `journal_outcomes`, word for word. When the world saw it counts, not when we recorded it.
 */
function everEnded(ask: RowsAsk, subject: MeasuredSubject): Sql {
  return sql`
    (select * from (select distinct on (j.entity) c.id, c.owner, c.opened_at, c.amount_minor, c.amount_currency,
       c.customer, c.status, e->>'event' as how, e->>'by' as ended_by, e ? 'happened_at' as from_outside,
       coalesce(e->>'happened_at', e->>'at')::timestamptz as ended_at
     from journal j join cases c on c.id = j.entity,
       jsonb_array_elements(coalesce(j.text::jsonb->'events', '[]')) e
     where j.kind = 'case' and j.text ~ '"event":"(won|lost)"' and e->>'event' in ('won', 'lost')
       and ${of(ask, subject)} and ${mine(ask)}
     order by j.entity, j.seq desc) c where c.status = c.how)`;
}

/** Those of opportunities that ended in the period: several measures read them, so they are looked up once. */
export function endedOnce(ask: RowsAsk): Sql {
  return sql`ended as materialized (select * from ${everEnded(ask, 'opportunity')} c where ${within(ask, sql`c.ended_at`)})`;
}

function won(columns: Sql, more: Sql = sql`true`): Sql {
  return sql`select c.owner, ${columns} from ended c where c.how = 'won' and ${more}`;
}

const NO_CURRENCY = sql`null::text as currency`;
const ONCE = sql`1::float8 as value, 1::float8 as weight`;

function days(from: Sql, until: Sql): Sql {
  return sql`(extract(epoch from ${until} - ${from}) / 86400)::float8`;
}

/** What a fact of a case holds, as text. */
function fact(path: string): Sql {
  return sql.raw(`(s.state #>> '{facts,${path}}')`);
}

const WITH_STATE = sql`join entities s on s.kind = 'case' and s.id = c.id`;

/** Each gives `owner, currency, id, value, weight`. */
const ROWS: Readonly<Record<(typeof COMPUTED)[number]['measure'], Rows>> = {
  'new-opportunities': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, ${ONCE} from cases c
    where ${of(ask, 'opportunity')} and ${mine(ask)} and ${within(ask, sql`c.opened_at`)}`,
  'new-customers': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, ${ONCE}
    from (select distinct on (c.customer) c.owner, c.id, c.opened_at from cases c
      where ${of(ask, 'opportunity')} and c.customer is not null order by c.customer, c.opened_at, c.id) c
    where ${mine(ask)} and ${within(ask, sql`c.opened_at`)}`,
  customers: (ask) => sql`
    select distinct on (c.owner, c.customer) c.owner, ${NO_CURRENCY}, c.id, ${ONCE} from cases c
    where ${of(ask, 'opportunity')} and ${mine(ask)} and c.customer is not null
      and ((${IS_OPEN}) or c.id in (select id from ended where how = 'won'))
    order by c.owner, c.customer, c.opened_at, c.id`,
  'win-rate': () => sql`
    select c.owner, ${NO_CURRENCY}, c.id, (c.how = 'won')::int::float8 as value, 1::float8 as weight from ended c`,
  'cycle-days': () =>
    won(sql`${NO_CURRENCY}, c.id, ${days(sql`c.opened_at`, sql`c.ended_at`)} as value, 1::float8 as weight`),
  'time-in-step': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id,
      greatest(0, ${days(sql`c.entered_at`, sql`least(now(), ${ask.until}::timestamptz)`)}) as value, 1::float8 as weight
    from cases c where ${of(ask, 'opportunity')} and ${mine(ask)} and ${IS_OPEN}`,
  'stalled-deals': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, (c.stalled_since is not null)::int::float8 as value, 1::float8 as weight
    from cases c where ${of(ask, 'opportunity')} and ${mine(ask)} and ${IS_OPEN}`,
  'average-deal': () =>
    won(
      sql`c.amount_currency as currency, c.id, c.amount_minor::float8 as value, 1::float8 as weight`,
      sql`c.amount_minor is not null`,
    ),
  'price-to-list': () => sql`
    select c.owner, ${NO_CURRENCY}, c.id, c.amount_minor / ${fact('list_price,value,minor')}::float8 as value,
      ${fact('list_price,value,minor')}::float8 as weight
    from ended c ${WITH_STATE}
    where c.how = 'won' and c.amount_minor is not null and ${fact('list_price,value,minor')}::float8 > 0
      and ${fact('list_price,value,currency')} = c.amount_currency`,
  repurchase: (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, (o.nth > 1)::int::float8 as value, 1::float8 as weight
    from ended c join (select c.id, row_number() over (partition by c.customer order by c.opened_at, c.id) as nth
      from cases c where ${of(ask, 'opportunity')} and c.status = 'won' and c.customer is not null) o on o.id = c.id
    where c.how = 'won'`,
  'product-mix': () => sql`
    select distinct on (c.owner, ${fact('product,value')}) c.owner, ${NO_CURRENCY}, c.id, ${ONCE}
    from ended c ${WITH_STATE} where c.how = 'won' and ${fact('product,value')} is not null
    order by c.owner, ${fact('product,value')}, c.ended_at, c.id`,
  'closed-by-others': () =>
    won(
      sql`${NO_CURRENCY}, c.id, (c.ended_by <> c.owner)::int::float8 as value, 1::float8 as weight`,
      sql`not c.from_outside`,
    ),
  'visits-a-day': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, ${ONCE} from ${everEnded(ask, 'visit')} c
    where c.how = 'won' and ${within(ask, sql`c.ended_at`)}`,
  'response-hours': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, (extract(epoch from j.recorded_at - c.opened_at) / 3600)::float8 as value,
      1::float8 as weight
    from cases c cross join lateral (
      select j.recorded_at from journal j where j.kind = 'case' and j.entity = c.id
        and j.text ~ '"event":"(activity_logged|evidence_submitted|advanced)"' order by j.seq limit 1) j
    where ${of(ask, 'lead')} and ${mine(ask)} and ${within(ask, sql`c.opened_at`)}`,
  'collection-rate': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id,
      coalesce(${fact('received,value,minor')}::float8, 0) / ${fact('amount,value,minor')}::float8 as value,
      ${fact('amount,value,minor')}::float8 as weight
    from cases c ${WITH_STATE}
    where ${of(ask, 'obligation')} and ${mine(ask)} and ${fact('kind,value')} = 'payment'
      and ${fact('due_on,value')} >= ${ask.days.from} and ${fact('due_on,value')} <= ${ask.days.until}
      and ${fact('amount,value,minor')}::float8 > 0`,
  complaints: (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, ${ONCE} from cases c
    where ${of(ask, 'complaint')} and ${mine(ask)} and ${within(ask, sql`c.opened_at`)}`,
  'coaching-done': (ask) => sql`
    select j.entity as owner, ${NO_CURRENCY}, j.entity || '/' || (e->>'session') as id, ${ONCE}
    from journal j, jsonb_array_elements(coalesce(j.text::jsonb->'events', '[]')) e
    where j.kind = 'person' and j.text ~ '"event":"(coaching_finished|figure_entered)"'
      and e->>'event' = 'coaching_finished' and ${mine(ask, sql`j.entity`)} and ${within(ask, sql`j.recorded_at`)}`,
  'days-to-productivity': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, ${days(sql`p.joined`, sql`c.ended_at`)} as value, 1::float8 as weight
    from (select distinct on (c.owner) c.* from ${everEnded(ask, 'opportunity')} c where c.how = 'won'
        order by c.owner, c.ended_at) c
      join (select person, min(since) as joined from people group by person) p on p.person = c.owner
    where ${within(ask, sql`c.ended_at`)} and c.ended_at >= p.joined`,
  'evidence-debt': (ask) => sql`
    select c.owner, ${NO_CURRENCY}, c.id, jsonb_array_length(c.owes)::float8 as value, 1::float8 as weight
    from cases c where ${of(ask, 'opportunity')} and ${mine(ask)} and ${IS_OPEN} and c.owes <> '[]'`,
};

/** What was entered for days of the period; what was entered again for the same days counts as entered last. */
function entered(measure: MeasureId): Rows {
  return (ask) => sql`
    select distinct on (j.entity, e->>'from', e->>'until') j.entity as owner, ${NO_CURRENCY},
      j.entity || '/' || j.seq as id, (e->>'value')::float8 as value, 1::float8 as weight
    from journal j, jsonb_array_elements(coalesce(j.text::jsonb->'events', '[]')) e
    where j.kind = 'person' and j.text ~ '"event":"(coaching_finished|figure_entered)"'
      and e->>'event' = 'figure_entered' and e->>'measure' = ${measure} and ${mine(ask, sql`j.entity`)}
      and e->>'from' <= ${ask.days.until} and e->>'until' >= ${ask.days.from}
    order by j.entity, e->>'from', e->>'until', j.seq desc`;
}

function isComputed(measure: MeasureId): measure is keyof typeof ROWS {
  return Object.hasOwn(ROWS, measure);
}

export function rowsOf(measure: MeasureId): Rows {
  return isComputed(measure) ? ROWS[measure] : entered(measure);
}

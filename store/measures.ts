/** Works the measures out, for each owner or for all together, from the cases and from what the journal says of their end. */

import { sql } from 'kysely';
import { MEASURES, type MeasureId, measureOf } from '../engine/measure/catalogue.ts';
import { inReport } from './in-report.ts';
import { endedOnce, type RowsAsk, rowsOf } from './measure-rows.ts';
import type { Store, Tx } from './open-store.ts';

export interface MeasureAsk extends RowsAsk {
  readonly by: 'rep' | 'all';
  /** Absent: every measure. */
  readonly only?: readonly MeasureId[];
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

/** The cases behind one figure: how many speak against the person, of how many, and those that do, the worst first. */
export interface Support {
  readonly cases: readonly string[];
  readonly n: number;
  readonly of: number;
  /** Where most of them are, of what stands as it does now. */
  readonly at?: { readonly stage: string; readonly n: number };
}

interface Row {
  readonly measure: MeasureId;
  readonly owner: string | null;
  readonly currency: string | null;
  readonly n: number;
  readonly sum: number;
  readonly average: number | null;
}

/** Whom nothing can be said of is left out. In the order of owners, then of names. */
export async function measure(db: Store['db'] | Tx, ask: MeasureAsk): Promise<readonly Figure[]> {
  const wanted = ask.only ?? MEASURES.map((one) => one.measure);
  const owner = ask.by === 'rep' ? sql`r.owner` : sql`null::text`;
  const each = wanted.map(
    (one) => sql`
      select ${one} as measure, ${owner} as owner, r.currency, count(*)::int as n, sum(r.value)::float8 as sum,
        (sum(r.value * r.weight) / nullif(sum(r.weight), 0))::float8 as average
      from (${rowsOf(one)(ask)}) r group by 2, 3`,
  );
  const all = sql<Row>`
    with ${endedOnce(ask)} select * from (${sql.join(each, sql` union all `)}) all_of_them order by 2, 1, 3`;
  const { rows } = await inReport(db, (tx) => all.execute(tx));
  return rows.map((row) => figureOf(row, ask));
}

function figureOf({ measure: of, owner, currency, n, sum, average }: Row, ask: MeasureAsk): Figure {
  const { how, unit } = measureOf(of);
  const time = unit === 'per_week' ? ask.weeks : ask.workdays;
  const value = how === 'average' ? average : how === 'sum' ? sum : time === 0 ? null : n / time;
  return {
    measure: of,
    ...(owner !== null && { owner }),
    ...(currency !== null && { currency }),
    value,
    n,
  };
}

/** A share of cases has some that speak for and some that speak against; of the others each brings its part. */
export async function supportOf(db: Store['db'] | Tx, ask: RowsAsk, id: MeasureId, limit: number): Promise<Support> {
  const { better, unit, how, of } = measureOf(id);
  const isShare = unit === 'percent' && how === 'average';
  const bad = !isShare ? sql`true` : better === 'higher' ? sql`r.value < 1` : sql`r.value > 0`;
  const worst = better === 'higher' ? sql`r.value, r.id` : sql`r.value desc, r.id`;
  const those = sql<{ id: string; stage: string | null; total: number }>`
    with ${endedOnce(ask)}, those as materialized (${rowsOf(id)(ask)})
    select r.id, c.stage, (select count(*) from those)::int as total
    from those r left join cases c on c.id = r.id where ${bad} order by ${worst}`;
  const { rows } = await inReport(db, (tx) => those.execute(tx));
  const total = rows[0]?.total ?? 0;
  const at = of === 'now' ? mostOften(rows.flatMap(({ stage }) => stage ?? [])) : undefined;
  return {
    cases: rows.slice(0, limit).map((row) => row.id),
    n: rows.length,
    of: total,
    ...(at !== undefined && { at }),
  };
}

function mostOften(stages: readonly string[]): Support['at'] {
  const counts = new Map<string, number>();
  for (const stage of stages) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most && { stage: most[0], n: most[1] };
}

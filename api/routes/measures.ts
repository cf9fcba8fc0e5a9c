/** `GET /v1/measures`: what Playrail measures, and how those one may see stand. */

import { z } from 'zod';
import { MEASURES, type MeasureId } from '../../engine/measure/catalogue.ts';
import { isZeroWhenNone, type Measure, UNIT_TEXTS, UNITS } from '../../engine/measure/measure.ts';
import { daysUpTo, measuredPeriod, USUAL_DAYS } from '../../engine/measure/period.ts';
import { measuredPipelines } from '../../engine/measure/pipelines.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { valueText } from '../../engine/playbook/value-text.ts';
import { type Figure, measure } from '../../store/measures.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { organisationDay } from '../organisation-day.ts';
import { ownersAsked } from '../owners-asked.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { personRef as refTo } from '../views/person-ref.ts';
import { day, word } from '../wire/query.ts';
import { list, personRef, text } from '../wire/shapes.ts';

const measuresQuery = z.strictObject({
  by: z.enum(['rep', 'all']).default('rep'),
  measure: word.exactOptional().meta({ description: 'Only this one.' }),
  owner: word.exactOptional().meta({ description: 'A person’s id or name.' }),
  manager: word.exactOptional().meta({ description: 'Of this manager’s team: id or name.' }),
  from: day.exactOptional().meta({ description: `The first day; ${USUAL_DAYS} days up to the last where left out.` }),
  until: day.exactOptional().meta({ description: 'The last day, and all of it; today where left out.' }),
});

const figure = z
  .strictObject({
    owner: personRef.exactOptional().meta({ description: 'Absent: all together.' }),
    value: z.number().nullable().meta({ description: 'Amounts in minor units. Null: there was nothing to measure.' }),
    currency: z.string().exactOptional(),
    n: z.int().meta({ description: 'How many cases it rests on.' }),
    shown: text,
  })
  .meta({ id: 'Figure' });

export const measureRow = z
  .strictObject({
    measure: z.string(),
    title: text,
    unit: z.enum(UNITS),
    how: z.enum(['count', 'sum', 'average']).meta({ description: 'What becomes of the values of the cases.' }),
    formula: text,
    source: text,
    entered: z.literal(true).exactOptional().meta({ description: 'No journal holds it: people enter it.' }),
    better: z.enum(['higher', 'lower']),
    of: z.enum(['period', 'now']),
    used_by: list(z.string()),
    figures: list(figure),
  })
  .meta({ id: 'Measure', description: 'One measure, how it is worked out, and how people stand.' });

export type MeasureView = z.output<typeof measureRow>;
export type FigureView = z.output<typeof figure>;
export const measureList = z.strictObject({ from: z.string(), until: z.string(), items: list(measureRow) });
export type MeasureList = z.output<typeof measureList>;

type Query = z.output<typeof measuresQuery>;

async function measures(deps: ApiDeps, { query, caller }: { readonly query: Query; readonly caller: Caller }) {
  const { roles } = await publishedSet(deps.store);
  return { status: 200, body: await measuresOf(deps, query, caller, ownersAsked(query, caller, roles)) } as const;
}

/** @param owners whose figures; absent: everybody's. @throws ApiProblem for a measure there is none of, or days turned round */
export async function measuresOf(
  { store }: ApiDeps,
  query: Pick<Query, 'by' | 'measure' | 'from' | 'until'>,
  caller: Caller,
  owners: readonly string[] | undefined,
): Promise<MeasureList> {
  const set = await publishedSet(store);
  const wanted = wantedOf(query);
  const { calendar, today } = organisationDay(set);
  const { from, until } = periodOf(query, today);
  const found = await measure(store.db, {
    by: query.by,
    pipelines: measuredPipelines(set),
    ...(owners !== undefined && { owners }),
    only: wanted.map((one) => one.measure),
    ...measuredPeriod(calendar, from, until),
  });
  return { from, until, items: wanted.map((one) => viewOf(one, found, query.by, caller)) };
}

function wantedOf({ measure: name }: Pick<Query, 'measure'>): readonly (Measure & { readonly measure: MeasureId })[] {
  if (name === undefined) return MEASURES;
  const found = MEASURES.filter((one) => one.measure === name);
  if (found.length > 0) return found;
  const known = MEASURES.map((one) => one.measure).join(', ');
  throw misfit('measure-unknown', '/query/measure', {
    zh: `没有叫 \`${name}\` 的指标；有：${known}`,
    en: `there is no measure \`${name}\`; there are: ${known}`,
  });
}

function periodOf(
  query: Pick<Query, 'from' | 'until'>,
  today: string,
): { readonly from: string; readonly until: string } {
  const until = query.until ?? today;
  const from = query.from ?? daysUpTo(until).from;
  if (from > until) {
    throw misfit('period-backwards', '/query/until', {
      zh: `期末 ${until} 早于期初 ${from}`,
      en: `the last day ${until} lies before the first, ${from}`,
    });
  }
  return { from, until };
}

function misfit(code: string, path: string, message: Text): ApiProblem {
  return new ApiProblem('invalid-request', message, { problems: [{ code, path, message }] });
}

function viewOf(of: Measure, found: readonly Figure[], by: Query['by'], { people }: Caller): MeasureView {
  const mine: readonly Omit<Figure, 'measure'>[] = found.filter(({ measure: id }) => id === of.measure);
  // Of all together something is always said, if only that there was nothing.
  const none: Omit<Figure, 'measure'> = { value: isZeroWhenNone(of) ? 0 : null, n: 0 };
  const figures = mine.length === 0 && by === 'all' ? [none] : mine;
  return {
    ...of,
    used_by: [...of.used_by],
    figures: figures.map(({ owner, currency, value, n }) => ({
      ...(owner !== undefined && { owner: refTo(people, owner) }),
      value,
      ...(currency !== undefined && { currency }),
      n,
      shown: shownOf(of, value, currency),
    })),
  };
}

const NO_DATA: Text = { zh: '没有数据', en: 'no data' };

function shownOf({ unit }: Measure, value: number | null, currency: string | undefined): Text {
  if (value === null) return NO_DATA;
  if (unit === 'percent') return valueText(Math.round(value * 1_000) / 1_000, { type: 'percent' });
  if (unit === 'money') return valueText({ minor: Math.round(value), currency: currency ?? '' }, { type: 'money' });
  const rounded = String(Math.round(value * 10) / 10);
  const { zh, en } = UNIT_TEXTS[unit];
  return { zh: `${rounded} ${zh}`, en: `${rounded} ${en}` };
}

export const measuresRoutes = [
  route({
    method: 'get',
    path: '/v1/measures',
    name: 'listMeasures',
    summary: 'The measures, and how those one may see stand',
    description:
      'Each with its formula and source. A figure names how many cases it rests on; one with nothing to measure is null.',
    query: measuresQuery,
    answers: { 200: { description: 'In the order of the catalogue.', body: measureList } },
    handle: measures,
  }),
];

/** `GET /v1/reps/{id}/scorecards`: how one rep stands on the scorecards of their post. */

import { z } from 'zod';
import { MEASURES } from '../../engine/measure/catalogue.ts';
import { factNameOf, REP_FACTS } from '../../engine/measure/rep-facts.ts';
import { ROW_STANDINGS, type ScorecardStanding, standingsOn } from '../../engine/measure/scorecard-standing.ts';
import { figuresOf } from '../../engine/person/findings/sight-text.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { valueText } from '../../engine/playbook/value-text.ts';
import { repStandings } from '../../store/rep-standings.ts';
import type { ApiDeps } from '../deps.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { type RepAsked, visibleRep } from '../visible-rep.ts';
import { idOf } from '../wire/query.ts';
import { list, text } from '../wire/shapes.ts';

const rowShape = z.strictObject({
  measure: z.string(),
  title: text,
  shown: text.exactOptional(),
  n: z.int().meta({ description: 'How many cases it rests on.' }),
  target: text,
  threshold: text.exactOptional(),
  standing: z.enum(ROW_STANDINGS).meta({
    description: 'breach: worse than the threshold; below: short of the target; too_few: too few cases to say.',
  }),
  attainment: z.number().exactOptional().meta({ description: 'A fraction of the target; 1 and more is met.' }),
  finding: z.string().exactOptional().meta({ description: 'What a breach is found as.' }),
});

const scorecardShape = z
  .strictObject({ scorecard: z.string(), title: text, from: z.string(), until: z.string(), rows: list(rowShape) })
  .meta({ id: 'Scorecard' });
export type ScorecardView = z.output<typeof scorecardShape>;

async function scorecards(deps: ApiDeps, asked: RepAsked) {
  const { store } = deps;
  const { world, state } = await visibleRep(deps, asked);
  const set = await publishedSet(store);
  const held = Object.values(set.scorecards ?? {}).filter(({ applies_to }) => applies_to.includes(state.role));
  if (held.length === 0) return { status: 200, body: { items: [] } } as const;
  const ask = { posts: new Set([state.role]), now: world.now, only: state.person };
  const { facts, period } = await repStandings(store.db, set, world.people, ask);
  const own = facts.get(state.person) ?? {};
  const items = held.map((one) => ({
    scorecard: one.scorecard,
    title: one.title,
    ...period.days,
    rows: standingsOn(one, own).map(viewOf),
  }));
  return { status: 200, body: { items } } as const;
}

function viewOf({ row, value, n, standing, attainment }: ScorecardStanding): z.output<typeof rowShape> {
  const { measure, target, threshold, finding } = row;
  const fact = factNameOf(measure);
  const level = (one: Value) => valueText(one, { type: REP_FACTS[fact]?.type ?? 'number' });
  const [figure] = value === undefined ? [] : figuresOf({ [fact]: value });
  return {
    measure,
    title: MEASURES.find((one) => one.measure === measure)?.title ?? { zh: measure, en: measure },
    ...(figure !== undefined && { shown: figure.shown }),
    n,
    target: level(target),
    ...(threshold !== undefined && { threshold: level(threshold) }),
    standing,
    ...(attainment !== undefined && { attainment: Math.round(attainment * 1_000) / 1_000 }),
    ...(finding !== undefined && { finding }),
  };
}

export const scorecardRoutes = [
  route({
    method: 'get',
    path: '/v1/reps/{id}/scorecards',
    name: 'repScorecards',
    summary: 'How one rep stands on the scorecards of their post: value, target, threshold',
    description: 'Over the last 91 days. Nobody is ranked against another.',
    params: z.strictObject({ id: idOf('the person') }),
    problems: ['not-found'],
    answers: { 200: { description: 'Those of the post.', body: z.strictObject({ items: list(scorecardShape) }) } },
    handle: scorecards,
  }),
];

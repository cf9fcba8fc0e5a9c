/** `GET /v1/debt`: what the cases one may see owe, summed up. */

import { z } from 'zod';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { same } from '../../engine/playbook/value-text.ts';
import { type DebtRow, sumDebts } from '../../store/debt.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { organisationDay } from '../organisation-day.ts';
import { ownersAsked } from '../owners-asked.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { personRef as refTo } from '../views/person-ref.ts';
import { word } from '../wire/query.ts';
import { list, personRef, text } from '../wire/shapes.ts';

const debtQuery = z.strictObject({
  by: z.enum(['rep', 'stage', 'pipeline']).default('rep'),
  owner: word.exactOptional().meta({ description: 'A person’s id or name.' }),
  manager: word.exactOptional().meta({ description: 'Of this manager’s team: id or name.' }),
});

const minor = z.number().meta({ description: 'In minor units of `currency`.' });

const debtRow = z
  .strictObject({
    owner: personRef.exactOptional(),
    pipeline: z.string().exactOptional(),
    pipeline_title: text.exactOptional(),
    stage: z.string().exactOptional(),
    stage_title: text.exactOptional(),
    currency: z.string().exactOptional().meta({ description: 'Absent: these cases have no amount.' }),
    cases: z.int().meta({ description: 'Cases that owe something.' }),
    debts: z.int().meta({ description: 'How many things they owe.' }),
    overdue: z.int().meta({ description: 'How many of those fell due before today.' }),
    amount_minor: minor,
    overdue_minor: minor,
    ungated: z.int().meta({ description: 'Cases that were closed when first seen: no gate was passed.' }),
    ungated_minor: minor,
  })
  .meta({ id: 'Debt', description: 'What is owed in one place, in one currency.' });

export type DebtView = z.output<typeof debtRow>;
const debtList = z.strictObject({ today: z.string(), items: list(debtRow) });
export type DebtList = z.output<typeof debtList>;

interface Asked {
  readonly query: z.output<typeof debtQuery>;
  readonly caller: Caller;
}

async function debt({ store }: ApiDeps, { query, caller }: Asked) {
  const set = await publishedSet(store);
  const { today } = organisationDay(set);
  const rows = await sumDebts(store, query.by, ownersAsked(query, caller, set.roles), today);
  return { status: 200, body: { today, items: rows.map((row) => viewOf(row, set, caller)) } } as const;
}

function viewOf({ owner, currency, ...row }: DebtRow, set: PlaybookSet, { people }: Caller): DebtView {
  const pipeline = row.pipeline === undefined ? undefined : set.rules[row.pipeline]?.pipeline;
  const stage = pipeline?.stages.find((one) => one.stage === row.stage);
  return {
    ...row,
    ...(owner !== undefined && { owner: refTo(people, owner) }),
    ...(row.pipeline !== undefined && { pipeline_title: pipeline?.title ?? same(row.pipeline) }),
    ...(row.stage !== undefined && { stage_title: stage?.title ?? same(row.stage) }),
    ...(currency !== null && { currency }),
  };
}

export const debtRoutes = [
  route({
    method: 'get',
    path: '/v1/debt',
    name: 'sumDebt',
    summary: 'What the cases one may see owe',
    description:
      'By rep, stage or pipeline: evidence and decisions taken on trust, milestones and gates passed by a waiver.',
    query: debtQuery,
    answers: { 200: { description: 'The most owed first.', body: debtList } },
    handle: debt,
  }),
];

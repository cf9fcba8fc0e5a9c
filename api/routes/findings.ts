/** `GET /v1/findings`: what diagnoses found in the cases one may see. */

import { z } from 'zod';
import { viewOf } from '../../engine/case/case-view.ts';
import { lookUp } from '../../engine/case/look-up.ts';
import type { World } from '../../engine/case/world.ts';
import { FINDING_CLASSES } from '../../engine/playbook/diagnosis.ts';
import { loadRules } from '../../store/known.ts';
import { FINDING_STANDINGS, type FindingFilter, type ListedFinding, listFindings } from '../../store/list-findings.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ownersAsked } from '../owners-asked.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { type ListedFindingView, listedFinding } from '../views/finding-view.ts';
import { makeFindingView } from '../views/make-finding-views.ts';
import { personRef as refTo } from '../views/person-ref.ts';
import { limit, word } from '../wire/query.ts';
import { list } from '../wire/shapes.ts';

const findingsQuery = z.strictObject({
  case: word.exactOptional().meta({ description: 'Only of this case.' }),
  owner: word.exactOptional().meta({ description: 'A person’s id or name.' }),
  manager: word.exactOptional().meta({ description: 'Of this manager’s team: id or name.' }),
  class: z.enum(FINDING_CLASSES).exactOptional(),
  finding: word.exactOptional(),
  standing: z
    .enum([...FINDING_STANDINGS, 'any'])
    .default('open')
    .meta({ description: 'Those that wait for an answer, were taken up, were declined; or all that stand.' }),
  limit,
});

const findingList = z.strictObject({
  items: list(listedFinding),
  total: z.int().meta({ description: 'How many there are beyond the limit too.' }),
});
export type FindingList = z.output<typeof findingList>;

interface Asked {
  readonly query: z.output<typeof findingsQuery>;
  readonly caller: Caller;
}

async function findings({ store }: ApiDeps, { query, caller }: Asked) {
  const set = await publishedSet(store);
  const owners = ownersAsked(query, caller, set.roles);
  const filter: FindingFilter = {
    ...(owners !== undefined && { owners }),
    ...(query.case !== undefined && { case: query.case }),
    ...(query.class !== undefined && { class: query.class }),
    ...(query.finding !== undefined && { finding: query.finding }),
    ...(query.standing !== 'any' && { standing: query.standing }),
  };
  const { items, total } = await listFindings(store, filter, query.limit);
  const now = new Date().toISOString();
  const shown: ListedFindingView[] = [];
  for (const one of items) shown.push(...(await viewsOf(store, one, { playbook: set, people: caller.people, now })));
  return { status: 200, body: { items: shown, total } } as const;
}

/** None where the rules of the case cannot be read any more. */
async function viewsOf(
  store: ApiDeps['store'],
  { finding, state }: ListedFinding,
  { playbook, people, now }: Pick<World, 'playbook' | 'people' | 'now'>,
): Promise<readonly ListedFindingView[]> {
  const rules = await loadRules(store.db, store.known, state.rules);
  // Time moved ahead in a workflow may have brought the case past the clock on the wall.
  const at = state.last_at > now ? state.last_at : now;
  const view = viewOf({ case: state.case, rules, playbook, people, now: at }, state);
  const entry = lookUp(state.findings ?? {}, finding);
  if (view === undefined || entry === undefined) return [];
  const { zone } = view.calendar.calendar;
  const shown = { case: state.case, case_title: state.title, owner: refTo(people, state.owner), zone };
  return [{ ...makeFindingView(view, finding, entry), ...shown }];
}

export const findingsRoutes = [
  route({
    method: 'get',
    path: '/v1/findings',
    name: 'listFindings',
    summary: 'What was found in the cases one may see',
    description: 'By the diagnoses of the playbooks. What holds no longer is not among them.',
    query: findingsQuery,
    answers: { 200: { description: 'Those to be answered soonest first.', body: findingList } },
    handle: findings,
  }),
];

/** The case that an address names, for those who may see it. */

import { type CaseView, viewOf } from '../engine/case/case-view.ts';
import { laterOf } from '../engine/case/later-of.ts';
import type { CaseState } from '../engine/case/state.ts';
import { mayAct } from '../engine/who/rights.ts';
import { caseById, worldOf } from '../store/read-case.ts';
import { type Caller, forbidden } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';
import { publishedSet } from './published-set.ts';

export interface AskedCase {
  readonly params: { readonly id: string };
  readonly caller: Caller;
}

/** @throws ApiProblem 404 */
export async function stateOfCase({ store }: ApiDeps, id: string): Promise<CaseState> {
  const found = await caseById(store, id);
  if (found !== undefined) return found.state;
  const message = { zh: `没有案件 \`${id}\``, en: `there is no case \`${id}\`` };
  throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-case', path: '', message }] });
}

/** The case as it stands now. @throws ApiProblem 404, or 403 for those who may not see it. */
export async function visibleCase(deps: ApiDeps, { params, caller }: AskedCase): Promise<CaseView> {
  const state = await stateOfCase(deps, params.id);
  const wall = new Date().toISOString();
  const world = await worldOf(deps.store, state, laterOf(wall, state.last_at));
  if (world === undefined) await publishedSet(deps.store);
  const view = world && viewOf(world, state);
  if (view === undefined) throw new Error(`the rules of case ${state.case} are missing`);
  const { roles } = view.world.playbook;
  if (!mayAct(roles, view.world.people, caller.person.person, 'see', state.owner, view.at)) throw forbidden('see');
  return view;
}

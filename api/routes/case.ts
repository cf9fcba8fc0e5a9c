/** `/v1/cases/:id`: one case, its commands, what stands in its way, its journal. */

import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { CaseView } from '../../engine/case/case-view.ts';
import { viewOf } from '../../engine/case/case-view.ts';
import { commandSchema } from '../../engine/case/command-schema.ts';
import { explain } from '../../engine/case/explain.ts';
import { laterOf } from '../../engine/case/later-of.ts';
import type { CaseState } from '../../engine/case/state.ts';
import { wakeAt } from '../../engine/case/wake-at.ts';
import { mayAct } from '../../engine/who/rights.ts';
import { journalOf } from '../../store/journal-of.ts';
import { caseById, worldOf } from '../../store/read-case.ts';
import { addRoute } from '../add-route.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import { callerOf, forbidden } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import { acceptedAnswer } from '../views/accepted-answer.ts';
import { makeCaseDetail } from '../views/make-case-detail.ts';
import { makeExplainView } from '../views/make-explain-view.ts';
import { wordingOf } from '../views/reason-view.ts';
import { parseBody, parseIdempotencyKey, parseQuery } from '../wire/parse-request.ts';
import { limit, numberCursor, word } from '../wire/query.ts';

function notFound(id: string): ApiProblem {
  const message = { zh: `没有案件 \`${id}\``, en: `there is no case \`${id}\`` };
  return new ApiProblem('not-found', message, { problems: [{ code: 'no-such-case', path: '', message }] });
}

function idOf(request: Request): string {
  const { id } = request.params;
  // Ids that hold what PostgreSQL cannot name nothing.
  if (typeof id !== 'string' || /[\0\ud800-\udfff]/u.test(id)) throw notFound('?');
  return id;
}

async function stateOf({ store }: ApiDeps, id: string): Promise<CaseState> {
  const found = await caseById(store, id);
  if (found === undefined) throw notFound(id);
  return found.state;
}

/** The case as it stands now. @throws ApiProblem 404, or 403 for those who may not see it. */
async function visibleCase(deps: ApiDeps, request: Request, response: Response): Promise<CaseView> {
  const state = await stateOf(deps, idOf(request));
  const wall = new Date().toISOString();
  const world = await worldOf(deps.store, state, laterOf(wall, state.last_at));
  if (world === undefined) await publishedSet(deps.store);
  const view = world && viewOf(world, state);
  if (view === undefined) throw new Error(`the rules of case ${state.case} are missing`);
  const { person } = callerOf(response).person;
  if (!mayAct(view.world.playbook.roles, view.world.people, person, 'see', state.owner)) throw forbidden('see');
  return view;
}

async function show(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const view = await visibleCase(deps, request, response);
  response.json(makeCaseDetail(view, wakeAt(view.world, view.state)));
}

const explainQuery = z.strictObject({ stage: word.exactOptional() });

async function showWay(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const goal = parseQuery(explainQuery, request);
  const view = await visibleCase(deps, request, response);
  const explanation = explain(view.world, view.state, goal);
  if (explanation === undefined) {
    const message = view.state.finished
      ? { zh: '案件已经结束', en: 'the case is finished' }
      : { zh: '该阶段不在前面', en: 'that stage does not lie ahead' };
    throw new ApiProblem('unfitting', message, {
      problems: [{ code: 'no-goal-ahead', path: '/query/stage', message }],
    });
  }
  response.json(makeExplainView(view, explanation));
}

const journalQuery = z.strictObject({ cursor: numberCursor.default(0), limit });

async function showJournal(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const query = parseQuery(journalQuery, request);
  const { state } = await visibleCase(deps, request, response);
  const lines = await journalOf(deps.store, 'case', state.case, query.cursor, query.limit);
  const last = lines.at(-1);
  const more = lines.length === query.limit && last !== undefined;
  response.json({
    items: lines.map(({ entry, hash }) => ({ ...entry, hash })),
    ...(more && { next_cursor: String(last.entry.seq) }),
  });
}

async function command(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { store, entities, log } = deps;
  const key = parseIdempotencyKey(request);
  const body = parseBody(commandSchema, request.body);
  const { person, people } = callerOf(response);
  const state = await stateOf(deps, idOf(request));
  const sent = { id: key, actor: person.person, body, sent_at: new Date().toISOString() };
  const reply = await entities.send('case', state.case, sent);
  const now = await worldOf(store, state, state.last_at);
  const wording = wordingOf(people, now?.playbook, now?.rules);
  response.json(acceptedAnswer(state.case, acceptedOrProblem(reply, { id: key, wording, log }), wording));
}

export function addCaseRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/cases/:id', { get: (request, response) => show(deps, request, response) });
  addRoute(router, '/cases/:id/commands', { post: (request, response) => command(deps, request, response) });
  addRoute(router, '/cases/:id/explain', { get: (request, response) => showWay(deps, request, response) });
  addRoute(router, '/cases/:id/journal', { get: (request, response) => showJournal(deps, request, response) });
}

/** `/v1/cases/:id`: one case, its commands, what stands in its way, its journal. */

import { z } from 'zod';
import { commandSchema } from '../../engine/case/command-schema.ts';
import { explain } from '../../engine/case/explain.ts';
import { indexOf } from '../../engine/case/rules-of.ts';
import { wakeAt } from '../../engine/case/wake-at.ts';
import { mayAct } from '../../engine/who/rights.ts';
import { copiesOf } from '../../store/answer-digests.ts';
import { journalOf } from '../../store/journal-of.ts';
import { worldOf } from '../../store/read-case.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { withFileLines } from '../file-lines.ts';
import { ApiProblem } from '../problem.ts';
import { route } from '../route.ts';
import { acceptedAnswer, acceptedShape } from '../views/accepted-answer.ts';
import { caseDetail } from '../views/case-detail.ts';
import { decisionExplanation } from '../views/decision-view.ts';
import { explainShape } from '../views/explain-view.ts';
import { inspectionView } from '../views/inspection-view.ts';
import { journalEntry } from '../views/journal-view.ts';
import { makeCaseDetail } from '../views/make-case-detail.ts';
import { makeDecisionExplanation } from '../views/make-decision-view.ts';
import { makeExplainView } from '../views/make-explain-view.ts';
import { makeInspectionView } from '../views/make-inspection-view.ts';
import { wordingOf } from '../views/reason-view.ts';
import { type AskedCase, stateOfCase, visibleCase } from '../visible-case.ts';
import { idOf, limit, numberCursor, word } from '../wire/query.ts';
import { pageOf } from '../wire/shapes.ts';

interface Asked<Q = unknown> extends AskedCase {
  readonly query: Q;
}

interface AskedDecision extends Asked {
  readonly params: { readonly id: string; readonly decision: string };
}

async function show(deps: ApiDeps, asked: Asked) {
  const view = await visibleCase(deps, asked);
  const detail = makeCaseDetail(view, wakeAt(view.world, view.state));
  return { status: 200, body: await withFileLines(detail, deps.files?.store) } as const;
}

const explainQuery = z.strictObject({
  stage: word.exactOptional().meta({ description: 'A stage to reach; the next one where it is left out.' }),
});

async function showWay(deps: ApiDeps, asked: Asked<z.output<typeof explainQuery>>) {
  const view = await visibleCase(deps, asked);
  const explanation = explain(view.world, view.state, asked.query);
  if (explanation === undefined) {
    const message = view.state.finished
      ? { zh: '案件已经结束', en: 'the case is finished' }
      : { zh: '该阶段不在前面', en: 'that stage does not lie ahead' };
    throw new ApiProblem('unfitting', message, {
      problems: [{ code: 'no-goal-ahead', path: '/query/stage', message }],
    });
  }
  return { status: 200, body: makeExplainView(view, explanation) } as const;
}

async function showDecision(deps: ApiDeps, asked: AskedDecision) {
  const view = await visibleCase(deps, asked);
  const { decision: id } = asked.params;
  const decision = indexOf(view.rules).decisions.get(id);
  if (decision === undefined) {
    const message = { zh: `这个案件没有决策 \`${id}\``, en: `the case has no decision \`${id}\`` };
    throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-decision', path: '', message }] });
  }
  return { status: 200, body: makeDecisionExplanation(view, decision) } as const;
}

const journalQuery = z.strictObject({ cursor: numberCursor.default(0), limit });

async function showJournal(deps: ApiDeps, asked: Asked<z.output<typeof journalQuery>>) {
  const { cursor, limit } = asked.query;
  const { state } = await visibleCase(deps, asked);
  const lines = await journalOf(deps.store, 'case', state.case, cursor, limit);
  const last = lines.at(-1);
  const more = lines.length === limit && last !== undefined;
  const items = lines.map(({ entry, hash }) => ({ ...entry, hash }));
  return { status: 200, body: { items, ...(more && { next_cursor: String(last.entry.seq) }) } } as const;
}

interface Sent {
  readonly params: { readonly id: string };
  readonly body: z.output<typeof commandSchema>;
  readonly key: string;
  readonly caller: Caller;
}

async function command(deps: ApiDeps, { params, body, key, caller }: Sent) {
  const { store, entities, log } = deps;
  const { person, people } = caller;
  const state = await stateOfCase(deps, params.id);
  const sent = { id: key, actor: person.person, body, sent_at: new Date().toISOString() };
  const reply = await entities.send('case', state.case, sent);
  const now = await worldOf(store, state, state.last_at);
  const wording = wordingOf(people, now?.playbook, now?.rules);
  const accepted = acceptedOrProblem(reply, { id: key, wording, log });
  return { status: 200, body: acceptedAnswer(state.case, accepted, wording) } as const;
}

async function prepareInspection(deps: ApiDeps, asked: Asked) {
  const view = await visibleCase(deps, asked);
  const { playbook, people } = view.world;
  const copies = await copiesOf(deps.store, view.state);
  const maySee = (owner: string) => mayAct(playbook.roles, people, asked.caller.person.person, 'see', owner, view.at);
  return { status: 200, body: makeInspectionView(view, copies, maySee) } as const;
}

const params = z.strictObject({ id: idOf('the case') });

export const caseRoutes = [
  route({
    method: 'get',
    path: '/v1/cases/{id}',
    name: 'showCase',
    summary: 'One case as it stands now',
    params,
    answers: { 200: { description: 'The case, its clocks, what is owed.', body: caseDetail } },
    problems: ['forbidden'],
    handle: show,
  }),
  route({
    method: 'post',
    path: '/v1/cases/{id}/commands',
    name: 'sendCommand',
    summary: 'Send a command to a case',
    description: 'A repeat with the same Idempotency-Key gets the first reply and counts once.',
    params,
    body: commandSchema,
    isCommand: true,
    answers: { 200: { description: 'It was accepted and stands in the journal.', body: acceptedShape } },
    handle: command,
  }),
  route({
    method: 'get',
    path: '/v1/cases/{id}/explain',
    name: 'explainCase',
    summary: 'What stands between a case and a stage, who can meet it, and a shortest way there',
    params,
    query: explainQuery,
    answers: { 200: { description: 'Every unmet criterion, and acts that meet them.', body: explainShape } },
    problems: ['forbidden', 'unfitting'],
    handle: showWay,
  }),
  route({
    method: 'get',
    path: '/v1/cases/{id}/inspection',
    name: 'prepareInspection',
    summary: 'What a manager has before them in an inspection',
    description: 'The command `inspect` records what came of it.',
    params,
    answers: { 200: { description: 'The questions, and what the record shows to each.', body: inspectionView } },
    problems: ['forbidden'],
    handle: prepareInspection,
  }),
  route({
    method: 'get',
    path: '/v1/cases/{id}/decisions/{decision}',
    name: 'explainDecision',
    summary: 'What a decision came to and how, and why not otherwise',
    params: params.extend({ decision: idOf('the decision') }),
    answers: { 200: { description: 'The way taken, and every other.', body: decisionExplanation } },
    problems: ['forbidden'],
    handle: showDecision,
  }),
  route({
    method: 'get',
    path: '/v1/cases/{id}/journal',
    name: 'listJournal',
    summary: 'The journal of a case, oldest first',
    params,
    query: journalQuery,
    answers: { 200: { description: 'Entries, each with its hash.', body: pageOf(journalEntry) } },
    problems: ['forbidden'],
    handle: showJournal,
  }),
];

/** `/v1/gates`: the gates there are, and what those that are being tried out would have stopped. */

import { z } from 'zod';
import type { Gate } from '../../engine/playbook/gate.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { listNoted, type NotedFilter, type NotedSum, sumNoted } from '../../store/gates-noted.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ownersAsked } from '../owners-asked.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { personRef as refTo } from '../views/person-ref.ts';
import { idOf, limit, moment, numberCursor, word } from '../wire/query.ts';
import { at, instant, list, pageOf, personRef, text } from '../wire/shapes.ts';

const mode = z.enum(['shadow', 'warn', 'enforce']);

const whose = {
  owner: word.exactOptional().meta({ description: 'A person’s id or name.' }),
  manager: word.exactOptional().meta({ description: 'Of this manager’s team: id or name.' }),
  since: moment.exactOptional().meta({ description: 'Only what was noted from then on.' }),
};
const gatesQuery = z.strictObject(whose);

const gateRow = z
  .strictObject({
    gate: z.string(),
    title: text,
    mode,
    at: z.enum(['open', 'advance', 'win', 'finish']),
    applies_to: list(z.string()),
    rule: at,
    noted: list(
      z.strictObject({
        mode: mode.meta({ description: 'The mode it had then.' }),
        moves: z.int().meta({ description: 'Moves that it would have stopped.' }),
        cases: z.int(),
        currency: z.string().exactOptional().meta({ description: 'Absent: these cases have no amount.' }),
        amount_minor: z.number().meta({ description: 'The amounts of these cases, each once.' }),
      }),
    ),
  })
  .meta({ id: 'Gate' });
export type GateView = z.output<typeof gateRow>;

const notedQuery = z.strictObject({ ...whose, limit, cursor: numberCursor.exactOptional() });

const notedMove = z
  .strictObject({
    case: z.string(),
    title: z.string(),
    owner: personRef,
    actor: personRef,
    at: instant,
    entry: z.int().meta({ description: 'The entry of the journal, which says why.' }),
    command: z.string(),
    mode,
  })
  .meta({ id: 'NotedMove', description: 'A move that went through although the gate said no.' });
export type NotedMoveView = z.output<typeof notedMove>;

interface Asked<Q> {
  readonly query: Q;
  readonly caller: Caller;
}

function filterOf({ query, caller }: Asked<z.output<typeof gatesQuery>>, { roles }: PlaybookSet): NotedFilter {
  const owners = ownersAsked(query, caller, roles);
  const { since } = query;
  return { ...(owners !== undefined && { owners }), ...(since !== undefined && { since }) };
}

async function gates({ store }: ApiDeps, asked: Asked<z.output<typeof gatesQuery>>) {
  const set = await publishedSet(store);
  const sums = await sumNoted(store, filterOf(asked, set));
  const known = new Map(
    Object.values(set.rules).flatMap((rules) => rules.gates.map((one) => [one.gate, one] as const)),
  );
  const items = [...known.values()].sort((a, b) => (a.gate < b.gate ? -1 : 1)).map((gate) => viewOf(gate, sums));
  return { status: 200, body: { items } } as const;
}

function viewOf(gate: Gate, sums: readonly NotedSum[]): GateView {
  return {
    gate: gate.gate,
    title: gate.title,
    mode: gate.mode,
    at: gate.at_point,
    applies_to: gate.applies_to,
    rule: gate.at,
    noted: sums
      .filter((sum) => sum.gate === gate.gate)
      .map(({ mode: then, moves, cases, currency, amount_minor }) => ({
        ...{ mode: then, moves, cases, amount_minor },
        ...(currency !== null && { currency }),
      })),
  };
}

const params = z.strictObject({ gate: idOf('the gate') });

interface AskedGate extends Asked<z.output<typeof notedQuery>> {
  readonly params: z.output<typeof params>;
}

async function moves({ store }: ApiDeps, { params: { gate }, query, caller }: AskedGate) {
  const set = await publishedSet(store);
  const from = query.cursor ?? 0;
  const isKnown = Object.values(set.rules).some((rules) => rules.gates.some((one) => one.gate === gate));
  const rows = await listNoted(store, { gate, ...filterOf({ query, caller }, set) }, query.limit + 1, from);
  const items = rows.slice(0, query.limit).map(({ seq, owner, actor, gate: _same, ...row }) => ({
    ...row,
    owner: refTo(caller.people, owner),
    actor: refTo(caller.people, actor),
    entry: seq,
  }));
  // A gate that is gone has its past still.
  if (items.length === 0 && !isKnown) {
    const message = { zh: `没有关口 \`${gate}\``, en: `there is no gate \`${gate}\`` };
    throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-gate', path: '', message }] });
  }
  const next = rows.length > query.limit ? { next_cursor: String(from + query.limit) } : {};
  return { status: 200, body: { items, ...next } } as const;
}

export const gatesRoutes = [
  route({
    method: 'get',
    path: '/v1/gates',
    name: 'listGates',
    summary: 'The gates, and what those in `shadow` or `warn` would have stopped',
    query: gatesQuery,
    answers: {
      200: { description: 'Every gate of the published playbooks.', body: z.strictObject({ items: list(gateRow) }) },
    },
    handle: gates,
  }),
  route({
    method: 'get',
    path: '/v1/gates/{gate}/noted',
    name: 'listNoted',
    summary: 'The moves that a gate would have stopped',
    params,
    query: notedQuery,
    answers: { 200: { description: 'A page of them, the newest first.', body: pageOf(notedMove) } },
    handle: moves,
  }),
];

/** Who should hear what of the cases that an import brought in late: one digest for each person. */

import { sql } from 'kysely';
import { viewOf } from '../../engine/case/case-view.ts';
import type { CaseEvent } from '../../engine/case/event.ts';
import { indexOf } from '../../engine/case/rules-of.ts';
import { rungMessages } from '../../engine/case/rung-messages.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { World } from '../../engine/case/world.ts';
import type { Message } from '../../engine/person/message.ts';
import { localDate } from '../../engine/time/calendar.ts';
import { fromMs } from '../../engine/time/instant.ts';
import { personOf } from '../../engine/who/reporting-line.ts';
import { loadPeople, loadRules, loadSet } from '../known.ts';
import type { Store } from '../open-store.ts';
import { type LateCase, PersonDigest } from './person-digest.ts';

type RungFired = Extract<CaseEvent, { event: 'rung_fired' }>;

/** A case, with the journal entry that opened it. */
interface LateRow {
  readonly id: string;
  readonly state: CaseState;
  readonly text: string;
}

const PAGE = 500;

/**
 * Tells the owner of each late case, and everybody whom any of the rungs it has passed would have told: the import comes
 * in the place of all those messages. Person → message.
 */
export async function lateDigests(store: Store, importId: number): Promise<ReadonlyMap<string, Message>> {
  const world = await worldNow(store);
  const digests = new Map<string, PersonDigest>();
  if (world === undefined) return new Map();
  const late = await lateCases(store, importId);
  for (let from = 0; from < late.length; from += PAGE) {
    for (const row of await rowsOf(store, late.slice(from, from + PAGE))) {
      const rules = await loadRules(store.db, store.known, row.state.rules);
      tell(digests, { ...world, case: row.id, rules }, row);
    }
  }
  return new Map([...digests].map(([person, digest]) => [person, digest.message()]));
}

async function worldNow(store: Store): Promise<Omit<World, 'case' | 'rules'> | undefined> {
  const { rows } = await sql<{ set: string | null; people: number; now: string }>`
    select (select hash from current_set) as set, (select version from people_version) as people, now() as now`.execute(
    store.db,
  );
  const [current] = rows;
  if (current === undefined || current.set === null) return undefined;
  const playbook = await loadSet(store.db, store.known, current.set);
  const people = await loadPeople(store.db, store.known, current.people);
  return { playbook, people, now: fromMs(Date.parse(current.now)) };
}

/** Ids, the longest stalled first. */
async function lateCases(store: Store, importId: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from import_rows r join cases c on c.id = r.case_id
    where r.import = ${importId} and c.stalled_since is not null and not c.finished
    order by c.stalled_since, c.id`.execute(store.db);
  return rows.map((row) => row.id);
}

/** In the order of the ids. */
async function rowsOf(store: Store, ids: readonly string[]): Promise<readonly LateRow[]> {
  const { rows } = await sql<LateRow>`
    select e.id, e.state, j.text from unnest(${ids}::text[]) with ordinality as wanted (id, place)
    join entities e on e.kind = 'case' and e.id = wanted.id
    join journal j on j.kind = 'case' and j.entity = wanted.id and j.seq = 1
    order by wanted.place`.execute(store.db);
  return rows;
}

function tell(digests: Map<string, PersonDigest>, world: World, { state, text }: LateRow): void {
  // Written by the store itself.
  const { events } = JSON.parse(text) as { readonly events: readonly CaseEvent[] };
  const fired = events.findLast((event): event is RungFired => event.event === 'rung_fired');
  const late = fired && lateCaseOf(world, state, fired);
  if (fired === undefined || late === undefined) return;
  const asked = new Map<string, boolean>([[state.owner, false]]);
  for (const rung of [...fired.folded, fired.rung]) {
    const alone = rung === fired.rung ? fired : { ...fired, rung, folded: [], demanded: false };
    for (const { to, message } of rungMessages(world, state, alone)) {
      asked.set(to, asked.get(to) === true || message.kind === 'demand');
    }
  }
  for (const [person, mustDecide] of asked) {
    const digest = digests.get(person) ?? new PersonDigest(person);
    digests.set(person, digest);
    digest.add(late, mustDecide);
  }
}

/** Absent where the case no longer stalls, or its rules are gone. */
function lateCaseOf(world: World, state: CaseState, { ladder, folded, rung }: RungFired): LateCase | undefined {
  const view = viewOf(world, state);
  const { stall } = state.clock;
  if (view === undefined || stall === undefined) return undefined;
  const rungs = view.rules.ladders[ladder]?.rungs ?? [];
  const demand = [...folded, rung].map((index) => rungs[index]?.demand).findLast((one) => one !== undefined);
  return {
    case: state.case,
    title: state.title,
    stage: indexOf(view.rules).stages.get(state.stage)?.stage.title ?? { zh: state.stage, en: state.stage },
    owner: state.owner,
    ownerName: personOf(world.people, state.owner)?.name ?? state.owner,
    since: localDate(view.calendar, stall.started_at),
    cause: stall.cause,
    ways: Object.keys(demand?.ways ?? {}),
  };
}

/** What people should hear of the cases that an import brought in late: one digest for each of them. */

import { sql } from 'kysely';
import type { CaseEvent } from '../../engine/case/event.ts';
import { rungMessages } from '../../engine/case/rung-messages.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { Message } from '../../engine/person/message.ts';
import { fromMs } from '../../engine/time/instant.ts';
import { loadPeople, loadRules, loadSet } from '../known.ts';
import type { Store } from '../open-store.ts';

export interface Digest {
  readonly to: string;
  readonly message: Message;
}

type Line = NonNullable<Message['items']>[number];

/** Longer digests are not read: the rest is in the list of stalled cases. */
const MOST_LINES = 30;

interface LateRow {
  readonly state: CaseState;
  /** The journal entry that opened it. */
  readonly text: string;
}

/** One digest a person, longest stalled first. The owner is told of each of theirs, others of what their rung says. */
export async function digestsOf(store: Store, importId: number): Promise<readonly Digest[]> {
  const { rows } = await sql<LateRow>`
    select e.state, j.text from import_rows r
    join cases c on c.id = r.case_id and c.rungs_fired is not null
    join entities e on e.kind = 'case' and e.id = r.case_id
    join journal j on j.kind = 'case' and j.entity = r.case_id and j.seq = 1
    where r.import = ${importId} order by c.stalled_since, c.id`.execute(store.db);
  const head = await sql<{ set: string; people: number; now: Date }>`
    select (select hash from current_set) as set, (select version from people_version) as people, now() as now`.execute(
    store.db,
  );
  const [current] = head.rows;
  if (current === undefined) return [];
  const playbook = await loadSet(store.db, store.known, current.set);
  const people = await loadPeople(store.db, store.known, current.people);
  const now = fromMs(new Date(current.now).getTime());
  const lines = new Map<string, Line[]>();
  for (const { state, text } of rows) {
    const world = { playbook, people, now, rules: await loadRules(store.db, store.known, state.rules) };
    // Written by the store itself.
    const { events } = JSON.parse(text) as { readonly events: readonly CaseEvent[] };
    for (const event of events) {
      if (event.event !== 'rung_fired') continue;
      const messages = rungMessages(world, state, event);
      const told = new Map(messages.map(({ to, message }) => [to, message.text]));
      const [first] = messages;
      if (first !== undefined && !told.has(state.owner)) told.set(state.owner, first.message.text);
      for (const [to, said] of told) {
        const line = { case: state.case, case_title: state.title, text: said };
        lines.set(to, [...(lines.get(to) ?? []), line]);
      }
    }
  }
  return [...lines].map(([to, items]) => ({ to, message: digest(items) }));
}

function digest(items: readonly Line[]): Message {
  const more = items.length - MOST_LINES;
  const rest =
    more > 0
      ? { zh: `，下面是停滞最久的 ${MOST_LINES} 个`, en: `, the ${MOST_LINES} stalled longest are below` }
      : { zh: '', en: '' };
  return {
    kind: 'digest',
    title: { zh: `导入：${items.length} 个案件已经停滞`, en: `import: ${items.length} cases are stalled already` },
    text: {
      zh: `这些案件导入时已经超时${rest.zh}`,
      en: `these cases were late when they were imported${rest.en}`,
    },
    items: items.slice(0, MOST_LINES),
  };
}

/** Makes an entity's state and lists anew from its journal, after texts of it were erased. */

import { sql } from 'kysely';
import type { CaseState } from '../../engine/case/state.ts';
import type { EntityKind } from '../../engine/entity.ts';
import { caseDecider } from '../case-decider.ts';
import { eventsOf, foldOf } from '../fold.ts';
import { type KeptEntry, openEntry } from '../journal-entry.ts';
import type { Tx } from '../open-store.ts';

/** The entity's row is locked by the caller: nobody steps it meanwhile. */
export async function rebuildEntity(tx: Tx, kind: EntityKind, id: string): Promise<void> {
  const { rows } = await sql<KeptEntry>`
    select j.text, p.texts from journal j left join personal_texts p using (kind, entity, seq)
    where j.kind = ${kind} and j.entity = ${id} order by j.seq`.execute(tx);
  const accepted = rows.map((row) => openEntry(row).entry).filter((entry) => entry.outcome === 'accepted');
  const events = accepted.flatMap((entry) => entry.events ?? []);
  if (events.length === 0) return;
  const state = foldOf(kind, undefined, events);
  await sql`update entities set state = ${JSON.stringify(state)}::json where kind = ${kind} and id = ${id}`.execute(tx);
  if (kind === 'case') {
    // `foldOf` of a case is a case's state; of the list's columns only these hold texts, or digests of them.
    for (const { title, customer, answer_digests: digests } of caseDecider.project(state as CaseState, []).cases) {
      await sql`update cases set title = ${title}, customer = ${customer}, answer_digests = ${digests}
        where id = ${id}`.execute(tx);
    }
  } else {
    for (const event of eventsOf(kind, events)) await rebuildItem(tx, id, event);
  }
}

async function rebuildItem(tx: Tx, person: string, event: unknown): Promise<void> {
  if (typeof event !== 'object' || event === null || !('message' in event) || !('item' in event)) return;
  const { item, message } = event;
  await sql`update inbox_items set message = ${JSON.stringify(message)}::jsonb
    where person = ${person} and item = ${Number(item)}`.execute(tx);
}

/** A dry run: what an import would do, without doing it. */

import { decide } from '../../engine/case/decide.ts';
import type { MappedPerson } from '../../engine/mapping/map-people.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import type { Store } from '../open-store.ts';
import { caseIdOf, refusalOf, withBad, withCase } from './import-batch.ts';
import { type ImportProgress, NOTHING_YET } from './import-job.ts';
import { peopleToJoin, type ReadImport, rowMapper } from './prepare-import.ts';

export interface RehearsalTerms {
  readonly playbook: PlaybookSet;
  readonly people: People;
  readonly shift_days: number;
  readonly now: Instant;
  /** Who would import. */
  readonly actor: string;
}

/** Others get their turn after this many rows. */
const ROWS_A_TURN = 100;

/** The report the import would end with; rows known from an earlier import count as unchanged whatever they say now. */
export async function rehearseImport(store: Store, read: ReadImport, terms: RehearsalTerms): Promise<ImportProgress> {
  const { playbook, now, shift_days, actor } = terms;
  const newcomers = peopleToJoin(read, terms.people);
  const people = withNewcomers(terms.people, newcomers);
  const rowAt = rowMapper(read, { playbook, people, shift_days, started_at: now });
  const known = await knownIds(store, read);
  let progress: ImportProgress = {
    ...NOTHING_YET,
    phase: 'done',
    rows: read.tables.rows.length,
    people: newcomers.length,
  };
  for (const problem of read.problems) progress = withBad(progress, [problem]);
  for (const [index, { row }] of read.tables.rows.entries()) {
    if (index % ROWS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    const mapped = rowAt(index);
    if (mapped === undefined) continue;
    if (!mapped.ok) progress = withBad(progress, mapped.problems);
    else if (known.has(mapped.external_id)) progress = { ...progress, unchanged: progress.unchanged + 1 };
    else {
      const id = caseIdOf(mapped.external_id);
      const outcome = decide({ case: id, playbook, people, now }, undefined, {
        id: `import:${id}`,
        actor,
        body: mapped.open,
      });
      const reply =
        outcome.outcome === 'refused' || outcome.outcome === 'accepted' ? { ...outcome, entry: 0 } : outcome;
      if (reply.outcome === 'accepted') progress = withCase(progress, mapped, { reply });
      else progress = withBad(progress, [refusalOf(read, { ...mapped, line: row.line }, { reply })]);
    }
  }
  return { ...progress, done: progress.rows };
}

function withNewcomers(people: People, newcomers: readonly MappedPerson[]): People {
  const joined = newcomers.map((person) => [person.person, { ...person, lang: 'en' as const, active: true }]);
  return { version: people.version, by_id: { ...people.by_id, ...Object.fromEntries(joined) } };
}

async function knownIds(store: Store, read: ReadImport): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .selectFrom('import_rows')
    .select('external_id')
    .where('mapping', '=', read.mapping.mapping)
    .where('source', '=', read.source)
    .execute();
  return new Set(rows.map((row) => row.external_id));
}

/** A dry run: what an import would do, without doing it. */

import { decide } from '../../engine/case/decide.ts';
import type { Outcome } from '../../engine/case/outcome.ts';
import type { Reply } from '../../engine/entity.ts';
import type { GoodRow } from '../../engine/mapping/map-row.ts';
import { decide as decidePerson } from '../../engine/person/decide.ts';
import { evolve as evolvePerson } from '../../engine/person/evolve.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import type { Store } from '../open-store.ts';
import { outcomeOf, withOutcome } from './change-outcome.ts';
import { caseIdOf, ROWS_A_BATCH } from './import-batch.ts';
import { type ImportProgress, NOTHING_YET, withProblems } from './import-progress.ts';
import { joinCommand } from './join-command.ts';
import { newcomersOf, type ReadImport, rowMapper } from './prepare-import.ts';
import { personProblems } from './problems-of-reply.ts';
import { type SortedRow, sortRows } from './sort-rows.ts';
import { withRow } from './with-row.ts';

export interface RehearsalTerms {
  readonly playbook: PlaybookSet;
  readonly people: People;
  readonly shift_days: number;
  readonly now: Instant;
  /** Who would import. */
  readonly actor: string;
}

/** The report the import would end with, less the workflows and digests that it would start and send. */
export async function rehearseImport(store: Store, read: ReadImport, terms: RehearsalTerms): Promise<ImportProgress> {
  const { playbook, now, shift_days, actor } = terms;
  const { people, progress: met } = rehearseJoining(read, terms);
  const rowAt = rowMapper(read, { playbook, people, shift_days, started_at: now });
  const replyTo = (row: GoodRow): Reply => {
    const id = caseIdOf(row.external_id);
    return replyOf(decide({ case: id, playbook, people, now }, undefined, { id: 'rehearsal', actor, body: row.open }));
  };
  const { mapping, source, tables } = read;
  const rows = tables.main.rows.length;
  let progress: ImportProgress = { ...met, rows, done: rows, phase: 'done' };
  for (let from = 0; from < rows; from += ROWS_A_BATCH) {
    const indexes = Array.from({ length: Math.min(ROWS_A_BATCH, rows - from) }, (_, index) => from + index);
    const mapped = indexes.flatMap((index) => rowAt(index) ?? []);
    // Waits for the database, so that others get their turn between batches.
    const sorted = await sortRows(store, { mapping, source }, mapped);
    progress = sorted.reduce((before, one) => withRow(before, read, one, replyTo), progress);
    progress = sorted.reduce((before, one) => withForeseen(before, tables.main.file, one), progress);
  }
  return progress;
}

/** What the policy would make of a change; the case itself has the last word on it. */
function withForeseen(progress: ImportProgress, file: string, one: SortedRow): ImportProgress {
  if (one.is !== 'changed' || one.change === undefined) return progress;
  const { external_id, line } = one.row;
  return withOutcome(progress, { file, line, external_id, change: one.change }, outcomeOf(one.change));
}

/** The people as they would be, and who of them could not join. */
function rehearseJoining(
  read: ReadImport,
  { playbook, people: known, now, actor }: RehearsalTerms,
): { readonly people: People; readonly progress: ImportProgress } {
  const team = newcomersOf(read, known);
  let people = known;
  let progress = withProblems(NOTHING_YET, [...read.problems, ...team.problems]);
  for (const newcomer of team.ranks.flat()) {
    const { person } = newcomer;
    const world = { person, roles: playbook.roles, people, now };
    const outcome = decidePerson(world, undefined, { id: 'rehearsal', actor, body: joinCommand(newcomer) });
    progress = withProblems(progress, personProblems(read, newcomer, replyOf(outcome)));
    if (outcome.outcome !== 'accepted') continue;
    for (const event of outcome.events) {
      const joined = evolvePerson(undefined, event);
      people = { version: people.version, by_id: { ...people.by_id, [person]: joined } };
    }
    progress = { ...progress, people: progress.people + 1 };
  }
  return { people, progress };
}

function replyOf<E>(outcome: Outcome<E>): Reply {
  return outcome.outcome === 'accepted' || outcome.outcome === 'refused' ? { ...outcome, entry: 0 } : outcome;
}

/** Adds the fate of one row to an import's progress. */

import type { Reply } from '../../engine/entity.ts';
import type { GoodRow } from '../../engine/mapping/map-row.ts';
import { type ImportProgress, withBad, withCase, withChanged, withSkipped, withUnchanged } from './import-progress.ts';
import type { ReadImport } from './prepare-import.ts';
import { rowProblems } from './problems-of-reply.ts';
import type { SortedRow } from './sort-rows.ts';

/** @param replyTo what the command of a new row was answered, or in a dry run would be */
export function withRow(
  progress: ImportProgress,
  read: ReadImport,
  one: SortedRow,
  replyTo: (row: GoodRow) => Reply,
): ImportProgress {
  switch (one.is) {
    case 'bad':
      return withBad(progress, one.problems);
    case 'skipped':
      return withSkipped(progress, one.why);
    case 'unchanged':
      return withUnchanged(progress);
    case 'changed':
      return withChanged(progress, read.tables.main.file, one.row, one.change !== undefined);
    case 'new': {
      const reply = replyTo(one.row);
      return reply.outcome === 'accepted'
        ? withCase(progress, one.row, reply)
        : withBad(progress, rowProblems(read, one.row, reply));
    }
    default:
      return one satisfies never;
  }
}

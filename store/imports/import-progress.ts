/** How far an import has come and what it found; each row's fate adds to it in one way. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { Reply } from '../../engine/entity.ts';
import type { GoodRow, RowNote, SkipReason } from '../../engine/mapping/map-row.ts';
import type { RowProblem } from '../../engine/mapping/tables.ts';
import type { Text } from '../../engine/playbook/text.ts';

/** Once it is over, `rows` is the sum of `opened`, `closed`, `unchanged`, `changed`, `bad` and all that was `skipped`. */
export interface ImportCounts {
  /** Rows of the main table. */
  readonly rows: number;
  /** Rows done so far; the next batch begins here. */
  readonly done: number;
  /** People who joined by this import. */
  readonly people: number;
  /** New running cases, and new finished ones. */
  readonly opened: number;
  readonly closed: number;
  /** Rows known from an earlier import: the same, or changed since. */
  readonly unchanged: number;
  readonly changed: number;
  /** Rows that could not come in. */
  readonly bad: number;
  /** Of the changed rows those that the mapping does something about, by what came of it. */
  readonly changes: Readonly<Record<ChangeOutcome, number>>;
  /** Open cases whose rows are no longer in the export. */
  readonly vanished: number;
  /** Rows passed over, by why. */
  readonly skipped: Readonly<Record<SkipReason, number>>;
  readonly notes: Readonly<Record<RowNote, number>>;
  /** Cases that came in late → by rung reached, counted from 1. */
  readonly late: Readonly<Record<string, number>>;
}

/**
 * `updated`: facts or the owner follow the CRM. Of a changed stage: `reverted`, `held`, `accepted` as the mapping's policy
 * says; `agreed` where the case had come to the same stage here; `failed` what the case refused.
 */
export type ChangeOutcome = 'updated' | 'reverted' | 'held' | 'accepted' | 'agreed' | 'failed';

export interface ImportProgress extends ImportCounts {
  readonly phase: 'people' | 'cases' | 'changes' | 'workflows' | 'digests' | 'done';
  readonly workflows_started: number;
  readonly digests: number;
  /** The first of them, in any of the files; `bad` and `changed` count all rows of the main one. */
  readonly problems: readonly RowProblem[];
  /** Why it could not go on; what had come in by then stays. */
  readonly failure?: Text;
}

/** More problems than this are counted, not kept; rows that only changed leave room for bad ones. */
const MOST_PROBLEMS = 200;
const MOST_CHANGED = 50;
const LONGEST_MESSAGE = 600;

export const NOTHING_YET: ImportProgress = {
  phase: 'people',
  rows: 0,
  done: 0,
  people: 0,
  opened: 0,
  closed: 0,
  unchanged: 0,
  changed: 0,
  bad: 0,
  changes: { updated: 0, reverted: 0, held: 0, accepted: 0, agreed: 0, failed: 0 },
  vanished: 0,
  skipped: { 'left-out': 0, header: 0, duplicate: 0 },
  notes: { 'no-opening-date': 0, 'no-close-date': 0, estimated: 0, 'future-date': 0, 'owner-replaced': 0 },
  late: {},
  workflows_started: 0,
  digests: 0,
  problems: [],
};

/** Problems that are no bad row of the main table. */
export function withProblems(progress: ImportProgress, more: readonly RowProblem[]): ImportProgress {
  return { ...progress, problems: [...progress.problems, ...more.map(kept)].slice(0, MOST_PROBLEMS) };
}

export function withBad(progress: ImportProgress, problems: readonly RowProblem[]): ImportProgress {
  return { ...withProblems(progress, problems), bad: progress.bad + 1 };
}

export function withSkipped(progress: ImportProgress, why: SkipReason): ImportProgress {
  return { ...progress, skipped: { ...progress.skipped, [why]: progress.skipped[why] + 1 } };
}

export function withUnchanged(progress: ImportProgress): ImportProgress {
  return { ...progress, unchanged: progress.unchanged + 1 };
}

/** @param file the main one @param isPlanned something is done about it, and told of then */
export function withChanged(progress: ImportProgress, file: string, row: GoodRow, isPlanned: boolean): ImportProgress {
  const counted = { ...progress, changed: progress.changed + 1 };
  if (isPlanned || progress.changed >= MOST_CHANGED) return counted;
  const message: Text = {
    zh: `\`${row.external_id}\` 与上次导入不同；案件保持原样`,
    en: `\`${row.external_id}\` differs from its last import; the case is left as it is`,
  };
  return withProblems(counted, [{ file, line: row.line, message }]);
}

/** A new case. @param reply to the command that opened it */
export function withCase(
  progress: ImportProgress,
  row: GoodRow,
  { events }: Pick<Extract<Reply, { outcome: 'accepted' }>, 'events'>,
): ImportProgress {
  // Events of a case's own journal entry.
  const rung = (events as readonly CaseEvent[]).findLast((event) => event.event === 'rung_fired')?.rung;
  const notes = { ...progress.notes };
  for (const note of row.notes) notes[note] += 1;
  const late = { ...progress.late };
  if (rung !== undefined) late[rung + 1] = (late[rung + 1] ?? 0) + 1;
  return row.open.imported?.closed === undefined
    ? { ...progress, notes, late, opened: progress.opened + 1 }
    : { ...progress, notes, late, closed: progress.closed + 1 };
}

/** Messages may quote what PostgreSQL cannot keep. */
function kept({ message, ...place }: RowProblem): RowProblem {
  const clean = (text: string): string => text.slice(0, LONGEST_MESSAGE).replace(/[\0\ud800-\udfff]/gu, '\ufffd');
  return { ...place, message: { zh: clean(message.zh), en: clean(message.en) } };
}

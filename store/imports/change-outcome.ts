/** What came of a change in the CRM, counted and told in the report. */

import type { CrmPosition } from '../../engine/case/crm-change.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { ChangeOutcome, ImportProgress } from './import-progress.ts';
import { withProblems } from './import-progress.ts';
import type { PlannedChange } from './row-change.ts';

export interface ChangedRow {
  readonly file: string;
  readonly line: number;
  readonly external_id: string;
  readonly change: Pick<PlannedChange, 'position' | 'standing'>;
}

/** What the policy makes of it, before anybody has said no. */
export function outcomeOf({ position }: Pick<PlannedChange, 'position'>): ChangeOutcome {
  const outcomes = { revert: 'reverted', quarantine: 'held', accept_with_debt: 'accepted', agreed: 'agreed' } as const;
  return position === undefined ? 'updated' : outcomes[position.verdict];
}

/** @param why of what failed */
export function withOutcome(
  progress: ImportProgress,
  row: ChangedRow,
  outcome: ChangeOutcome,
  why?: Text,
): ImportProgress {
  const counted = { ...progress, changes: { ...progress.changes, [outcome]: progress.changes[outcome] + 1 } };
  const message = why ?? textOf(row, outcome);
  if (message === undefined) return counted;
  const { file, line, external_id: id } = row;
  const named = { zh: `\`${id}\` ${message.zh}`, en: `\`${id}\` ${message.en}` };
  return withProblems(counted, [{ file, line, message: named }]);
}

/** Nothing for what needs nobody's attention. */
function textOf({ change: { position, standing } }: ChangedRow, outcome: ChangeOutcome): Text | undefined {
  if (position === undefined || outcome === 'agreed' || outcome === 'updated') return undefined;
  const [was, now] = [wordOf(position.was), wordOf(position.now)];
  const head = {
    zh: `在 CRM 里从 \`${was}\` 改成了 \`${now}\`，这里在 \`${standing.stage}\``,
    en: `was changed in the CRM from \`${was}\` to \`${now}\`; here it stands in \`${standing.stage}\``,
  };
  const ends: Readonly<Record<string, Text>> = {
    reverted: { zh: '以这里为准，请在 CRM 里改回', en: 'which stands: set the CRM back' },
    held: { zh: '冻结，等人决定', en: 'held until somebody decides' },
    accepted: { zh: '照 CRM 改，所欠证据有期限', en: 'the CRM is followed, and the evidence is owed' },
  };
  const end = ends[outcome];
  return end && { zh: `${head.zh}；${end.zh}`, en: `${head.en}; ${end.en}` };
}

function wordOf({ stage, closed }: CrmPosition): string {
  return closed?.as ?? stage ?? '';
}

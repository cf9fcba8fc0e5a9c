/** What a row of an export says otherwise than when it was last imported, and what the mapping has done about it. */

import { canonicalText } from '../../engine/canonical-text.ts';
import type { RawValues } from '../../engine/case/command.ts';
import { type ChangePolicy, type CrmPosition, isWhereItStands } from '../../engine/case/crm-change.ts';
import type { GoodRow, OpenCommand } from '../../engine/mapping/map-row.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';

/** What a row says; the day on which its debts fall due comes from the day of the import. */
export type RowContent = OpenCommand;

/** Where the case stands here when the row is met. */
export interface Standing {
  readonly case: string;
  readonly stage: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly finished: boolean;
  readonly held: boolean;
}

export interface PlannedChange {
  readonly standing: Standing;
  /** Absent where the stage is the same, or nothing is to be done about it. */
  readonly position?: {
    readonly was: CrmPosition;
    readonly now: CrmPosition;
    readonly verdict: ChangePolicy | 'agreed';
  };
  /** Facts that follow the CRM; null takes one away. */
  readonly facts?: RawValues;
  readonly owner?: string;
  /** When evidence that the CRM jumps over falls due, `yyyy-MM-dd`. */
  readonly debt_due_on?: string;
  /** What the row is taken to have said from now on: changes that are only reported stay changes. */
  readonly said: RowContent;
}

export function contentOf({ open, notes }: GoodRow): RowContent {
  const { debt_due_on: _due, opened_at, ...imported } = open.imported ?? { source: '' };
  // A date that the shift moved past today follows the day of the import too.
  const opened = opened_at === undefined || notes.includes('future-date') ? {} : { opened_at };
  return { ...open, imported: { ...opened, ...imported } };
}

/** Undefined where nothing is to be done: the row is reported as changed, and the case left as it is. */
export function plannedChange(
  mapping: Mapping,
  before: RowContent,
  row: GoodRow,
  standing: Standing,
): PlannedChange | undefined {
  const after = contentOf(row);
  const position = positionChange(mapping, before, after, standing);
  const facts = factChanges(mapping.follow ?? [], before.facts ?? {}, after.facts ?? {});
  const owner = mapping.follow?.includes('owner') === true && after.owner !== before.owner ? after.owner : undefined;
  if (position === undefined && facts === undefined && owner === undefined) return undefined;
  const kept = Object.entries({ ...before.facts, ...facts }).filter(([, value]) => value !== null);
  const { stage: _stage, ...rest } = before;
  const { closed: _closed, ...imported } = before.imported ?? { source: mapping.mapping };
  const now = position?.now ?? positionOf(before);
  const due = row.open.imported?.debt_due_on;
  const said: RowContent = {
    ...rest,
    ...(owner !== undefined && { owner }),
    facts: Object.fromEntries(kept),
    ...(now.stage !== undefined && { stage: now.stage }),
    imported: { ...imported, ...(now.closed !== undefined && { closed: now.closed }) },
  };
  return {
    standing,
    ...(position !== undefined && { position }),
    ...(facts !== undefined && { facts }),
    ...(owner !== undefined && { owner }),
    ...(due !== undefined && { debt_due_on: due }),
    said,
  };
}

export function positionOf({ stage, imported }: RowContent): CrmPosition {
  const closed = imported?.closed;
  return { ...(stage !== undefined && { stage }), ...(closed !== undefined && { closed }) };
}

/** Seen from what the row said last, not from where the case stands: what moved here is no change of the CRM's. */
function positionChange(
  { if_changed_outside: rule }: Mapping,
  before: RowContent,
  after: RowContent,
  standing: Standing,
): PlannedChange['position'] | undefined {
  const [was, now] = [positionOf(before), positionOf(after)];
  if (rule === undefined || isSame(was, now)) return undefined;
  const agrees = !standing.held && isWhereItStands(standing, now);
  return { was, now, verdict: agrees ? 'agreed' : rule.policy };
}

/** A day of closing put right moves nothing. */
function isSame(one: CrmPosition, other: CrmPosition): boolean {
  if (one.closed !== undefined || other.closed !== undefined) {
    return one.closed?.as === other.closed?.as && one.closed?.reason === other.closed?.reason;
  }
  return one.stage === other.stage;
}

function factChanges(follow: readonly string[], before: RawValues, after: RawValues): RawValues | undefined {
  const changed = follow.filter((fact) => fact !== 'owner' && !isEqual(before[fact], after[fact]));
  return changed.length === 0 ? undefined : Object.fromEntries(changed.map((fact) => [fact, after[fact] ?? null]));
}

function isEqual(one: unknown, other: unknown): boolean {
  return canonicalText(one ?? null) === canonicalText(other ?? null);
}

/** Makes the rows of the store's list ready to show: titles, names, lengths of time. */

import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import type { Instant } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import { personOf } from '../../engine/who/reporting-line.ts';
import { loadRules } from '../../store/known.ts';
import type { CaseListRow } from '../../store/list-cases.ts';
import type { Store } from '../../store/open-store.ts';
import type { CaseRow } from './case-row.ts';
import { personRef } from './person-ref.ts';
import { titleIn, titlesOf } from './titles.ts';
import { workingDaysBetween } from './working-days.ts';

function amountOf(row: CaseListRow): Pick<CaseRow, 'amount'> {
  if (row.amount_minor === null || row.amount_currency === null) return {};
  const mark = row.amount_mark === null ? {} : { mark: row.amount_mark };
  return { amount: { minor: row.amount_minor, currency: row.amount_currency, ...mark } };
}

function makeCaseRow(row: CaseListRow, rules: Rules, set: PlaybookSet, people: People, now: Instant): CaseRow {
  const declared = set.calendars[rules.pipeline.calendar];
  const calendar = declared === undefined ? undefined : compileCalendar(declared);
  // Time moved ahead in a workflow may have brought the case past the clock on the wall.
  const at = now < row.updated_at ? row.updated_at : now;
  const days = (from: Instant) => (calendar === undefined ? 0 : workingDaysBetween(calendar, from, at));
  const manager = personOf(people, row.owner)?.manager;
  return {
    case: row.id,
    title: row.title,
    pipeline: row.pipeline,
    pipeline_title: rules.pipeline.title,
    stage: row.stage,
    stage_title: titleIn(titlesOf(rules).stages, row.stage),
    status: row.status,
    finished: row.finished,
    ungated: row.ungated,
    owner: personRef(people, row.owner),
    ...(manager !== undefined && { manager: personRef(people, manager) }),
    ...amountOf(row),
    opened_at: row.opened_at,
    entered_at: row.entered_at,
    days_in_stage: row.finished ? 0 : days(row.entered_at),
    last_activity_at: row.last_activity_at,
    ...(row.stalled_since !== null && {
      stall: {
        since: row.stalled_since,
        cause: row.stall_cause ?? '',
        days: days(row.stalled_since),
        rungs_fired: row.rungs_fired ?? 0,
        demanded: row.demanded,
      },
    }),
    flags: row.flags,
    to_accept: row.to_accept,
    debts: row.debts,
    ...(row.debt_due_on !== null && { debt_due_on: row.debt_due_on }),
    ...(row.parent !== null && { parent: row.parent }),
    updated_at: row.updated_at,
  };
}

export async function makeCaseRows(
  store: Store,
  set: PlaybookSet,
  people: People,
  rows: readonly CaseListRow[],
  now: Instant,
): Promise<CaseRow[]> {
  const hashes = [...new Set(rows.map((row) => row.rules))];
  const rules = new Map<string, Rules>();
  for (const hash of hashes) rules.set(hash, await loadRules(store.db, store.known, hash));
  return rows.flatMap((row) => {
    const pinned = rules.get(row.rules);
    return pinned === undefined ? [] : [makeCaseRow(row, pinned, set, people, now)];
  });
}

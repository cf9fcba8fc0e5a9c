/** What a reader looks for in a dossier, worked out from its entries: verdicts, approvals, waivers, the ledger of the clocks. */

import type { CaseEvent, CaseEventName } from '../../engine/case/event.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { Calendar } from '../../engine/playbook/calendar.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import { caseDecider } from '../case-decider.ts';
import type { JournalEntry } from '../journal-entry.ts';
import { passedBy, type Verdict } from './verdicts.ts';

interface Told {
  readonly entry: number;
  readonly at: string;
  readonly by: string;
}

export interface Summary {
  readonly verdicts: readonly Verdict[];
  readonly approvals: readonly (Told & { readonly what: CaseEvent })[];
  readonly waivers: readonly (Told & { readonly what: CaseEvent })[];
  readonly clocks: readonly (Told & { readonly what: CaseEvent })[];
}

const CLOCKS: ReadonlySet<CaseEventName> = new Set([
  'stage_entered',
  'pause_started',
  'pause_ended',
  'snoozed',
  'stall_started',
  'rung_fired',
  'stall_ended',
  'demand_resolved',
  'inspected',
]);

/** @param entries in their order, each whole @param rules by hash */
export function summaryOf(
  entries: readonly JournalEntry[],
  rules: Readonly<Record<string, Rules>>,
  calendar: Calendar,
): Summary {
  const verdicts: Verdict[] = [];
  const happened: (Told & { readonly what: CaseEvent })[] = [];
  const working = compileCalendar(calendar);
  let state: CaseState | undefined;
  for (const entry of entries) {
    const told = { entry: entry.seq, at: entry.at, by: entry.actor };
    if (entry.outcome === 'refused')
      verdicts.push({ ...told, said: 'no', command: entry.command, reasons: entry.reasons ?? [] });
    if (entry.outcome !== 'accepted') continue;
    const before = state && rules[state.rules];
    const criteria = state && before && passedBy(state, before, working, entry);
    if (criteria !== undefined) verdicts.push({ ...told, said: 'yes', command: entry.command, criteria });
    for (const raw of entry.events ?? []) {
      const what = caseDecider.eventOf(raw);
      happened.push({ ...told, what });
      state = caseDecider.evolve(state, what);
    }
  }
  const those = (isMeant: (event: CaseEventName) => boolean) => happened.filter(({ what }) => isMeant(what.event));
  return {
    verdicts,
    approvals: those((event) => event.startsWith('approval_')),
    waivers: those((event) => event.startsWith('waiver_')),
    clocks: those((event) => CLOCKS.has(event)),
  };
}

/** The clocks of findings: what waiting for an answer brings. */

import type { FindingRule } from '../../playbook/diagnosis.ts';
import type { WaitingRung } from '../../playbook/waiting-rung.ts';
import { addDuration } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { type CaseView, whoContextOf } from '../case-view.ts';
import type { Draft } from '../draft.ts';
import { type FindingEntry, isOpen } from './finding.ts';
import { ruleFor } from './watch.ts';

interface Due {
  readonly rung: WaitingRung;
  readonly at: Instant;
}

/** Adds what waiting has brought by now; of rungs missed together the last speaks, to everybody that any of them names. */
export function ringFindings(draft: Draft): void {
  for (const [finding, entry] of Object.entries(draft.view.state.findings ?? {})) {
    const { view } = draft;
    const dues = duesOf(view, finding, entry);
    const last = dues.findLastIndex((due) => due.at <= view.at);
    const due = dues[last];
    if (due === undefined || last < entry.fired) continue;
    const fired = dues.slice(entry.fired, last + 1);
    const told = fired
      .flatMap(({ rung }) => rung.notify)
      .flatMap((who) => resolveWho(view.world.people, who, whoContextOf(view)));
    draft.add({
      event: 'finding_rung_fired',
      finding,
      rung: last,
      folded: fired.slice(0, -1).map((_, index) => entry.fired + index),
      due_at: due.at,
      told: [...new Set(told)].filter((person) => !entry.asked.includes(person)),
      rule: due.rung.at,
    });
  }
}

/** When a finding next does something by itself. */
export function findingsWakeAt(view: CaseView): Instant | undefined {
  if (view.state.finished) return undefined;
  const entries = Object.entries(view.state.findings ?? {});
  const times = entries.flatMap(([finding, entry]) => duesOf(view, finding, entry)[entry.fired]?.at ?? []);
  return times.sort()[0];
}

/** The rungs of one that waits, in the order of time: the end of the time to answer is one of them. */
function duesOf(view: CaseView, finding: string, entry: FindingEntry): readonly Due[] {
  const rule = isOpen(entry) ? ruleFor(view, finding) : undefined;
  if (rule === undefined) return [];
  const dues = rungsOf(rule).map((rung) => ({ rung, at: addDuration(view.calendar, entry.found_at, rung.after) }));
  return dues.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function rungsOf({ respond_within: after, rungs, at }: FindingRule): readonly WaitingRung[] {
  return after === undefined ? rungs : [{ after, remind: true, notify: [], at }, ...rungs];
}

/** Whether this firing reminds those who are asked. */
export function isReminding(view: CaseView, finding: string, fired: readonly number[]): boolean {
  const rule = ruleFor(view, finding);
  const entry = view.state.findings?.[finding];
  if (rule === undefined || entry === undefined) return false;
  const dues = duesOf(view, finding, entry);
  return fired.some((index) => dues[index]?.rung.remind === true);
}

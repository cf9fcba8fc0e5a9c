/** The clocks of findings: what waiting for an answer brings. */

import { type DueRung, firedBy, rungsFrom } from '../../parts/waiting.ts';
import type { FindingRule } from '../../playbook/diagnosis.ts';
import type { WaitingRung } from '../../playbook/waiting-rung.ts';
import type { Instant } from '../../time/instant.ts';
import { type CaseView, whoContextOf } from '../case-view.ts';
import type { Draft } from '../draft.ts';
import { type FindingEntry, isOpen } from './finding.ts';
import { ruleFor } from './watch.ts';

/** Adds what waiting has brought by now. */
export function ringFindings(draft: Draft): void {
  for (const [finding, entry] of Object.entries(draft.view.state.findings ?? {})) {
    const { view } = draft;
    const { asked, fired: before } = entry;
    const now = firedBy(
      duesOf(view, finding, entry),
      { fired: before, now: view.at, asked },
      view.world.people,
      whoContextOf(view),
    );
    if (now === undefined) continue;
    draft.add({
      event: 'finding_rung_fired',
      finding,
      rung: now.fired - 1,
      folded: Array.from({ length: now.fired - 1 - before }, (_, index) => before + index),
      due_at: now.last.at,
      told: now.told,
      rule: now.last.rung.at,
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
function duesOf(view: CaseView, finding: string, entry: FindingEntry): readonly DueRung[] {
  const rule = isOpen(entry) ? ruleFor(view, finding) : undefined;
  if (rule === undefined) return [];
  return rungsFrom(view.calendar, entry.found_at, rungsOf(rule));
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

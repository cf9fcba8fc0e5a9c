/** What only an installation's people can show: approvals that ask a post which nobody holds, plots of somebody who is not there. */

import type { ApprovalStep, Voice } from '../../playbook/approval.ts';
import type { PlaybookSet } from '../../playbook/set.ts';
import type { Who } from '../../playbook/who.ts';
import type { Person } from '../../who/people.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { collector, type Report } from '../diagnostics/report.ts';

/** Each approval is looked at once, in however many pipelines it is asked for. Absences are no matter of playbooks. */
export function checkPostsHeld(
  set: PlaybookSet,
  people: readonly Pick<Person, 'person' | 'role' | 'active'>[],
): readonly Diagnostic[] {
  const { report, diagnostics } = collector();
  const held = new Set(people.filter(({ active }) => active).map(({ role }) => role));
  const approvals = Object.values(set.rules).flatMap((rules) => Object.values(rules.approvals ?? {}));
  const once = new Map(approvals.map((one) => [one.approval, one]));
  for (const { turns } of once.values()) for (const step of turns.flat()) checkStep(step, held, report);
  checkPlotOwners(set, new Set(people.filter(({ active }) => active).map(({ person }) => person)), report);
  return diagnostics;
}

function checkStep(step: ApprovalStep, held: ReadonlySet<string>, report: Report): void {
  const isHeld = (who: Who): boolean => who.kind !== 'role' || held.has(who.role);
  const { fallback } = step;
  for (const { who, at } of voicesOf(step.ask)) {
    if (isHeld(who) || who.kind !== 'role') continue;
    if (fallback === undefined || !isHeld(fallback))
      report('nobody-holds', { at }, { role: who.role, step: step.step });
    else report('fallback-answers', { at }, { role: who.role, step: step.step });
  }
}

/** A plot of somebody who has left goes to whoever stands above them; one of nobody we know goes to no one. */
function checkPlotOwners({ territories = {} }: PlaybookSet, there: ReadonlySet<string>, report: Report): void {
  for (const { plots, named } of Object.values(territories)) {
    const owned = [
      ...named.map((one) => ({ ...one, id: one.account })),
      ...plots.map((one) => ({ ...one, id: one.plot })),
    ];
    for (const { id, owner, at } of owned) if (!there.has(owner)) report('plot-owner-gone', { at }, { id, owner });
  }
}

function voicesOf(voice: Voice): readonly Exclude<Voice, { kind: 'group' }>[] {
  return voice.kind === 'group' ? voice.of.flatMap(voicesOf) : [voice];
}

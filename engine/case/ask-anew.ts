/** Keeps the question with those who can answer it: whom a case asks follows its owner, absences and departures. */

import { resolveWho } from '../who/resolve-who.ts';
import { acceptorsOf } from './acceptors.ts';
import { answerersOf } from './answerers.ts';
import { whoContextOf } from './case-view.ts';
import type { Draft } from './draft.ts';
import { isOpen } from './findings/finding.ts';
import { ruleFor } from './findings/watch.ts';
import { demandOf } from './ladder-of.ts';
import { indexOf } from './rules-of.ts';

/** Adds who is asked now for all that waits, where that is not who was asked before. */
export function askAnew(draft: Draft): void {
  if (draft.view.state.finished) return;
  for (const [evidence, { status, asked: before = [] }] of Object.entries(draft.view.state.evidence)) {
    const rule = indexOf(draft.view.rules).evidence.get(evidence);
    if (status !== 'submitted' || rule === undefined) continue;
    const people = acceptorsOf(draft.view, rule);
    if (!isSame(people, before)) draft.add({ event: 'asked', evidence, people, before });
  }
  for (const [decision, { asked_again: again }] of Object.entries(draft.view.state.decisions ?? {})) {
    const rule = indexOf(draft.view.rules).decisions.get(decision);
    if (again === undefined || rule === undefined) continue;
    const people = answerersOf(draft.view, rule);
    if (!isSame(people, again.asked)) draft.add({ event: 'asked', decision, people, before: again.asked });
  }
  for (const [finding, entry] of Object.entries(draft.view.state.findings ?? {})) {
    const rule = isOpen(entry) ? ruleFor(draft.view, finding) : undefined;
    if (rule === undefined) continue;
    const people = resolveWho(draft.view.world.people, rule.owner, whoContextOf(draft.view));
    if (!isSame(people, entry.asked)) draft.add({ event: 'asked', finding, people, before: entry.asked });
  }
  const demand = demandOf(draft.view);
  if (demand === undefined) return;
  const before = draft.view.state.clock.stall?.asked ?? [];
  const people = resolveWho(draft.view.world.people, demand.of, whoContextOf(draft.view));
  if (!isSame(people, before)) draft.add({ event: 'asked', people, before });
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

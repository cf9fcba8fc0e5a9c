/** Looks at a person's figures through the diagnoses that watch their post: what is found, and what is found no longer. */

import { evaluate, truthOf } from '../../condition/evaluate.ts';
import type { Seen } from '../../condition/seen.ts';
import { seenInForm } from '../../condition/seen-in-form.ts';
import { factNameOf } from '../../measure/rep-facts.ts';
import type { RepDiagnosis, RepFindingRule } from '../../playbook/diagnosis.ts';
import type { Value } from '../../playbook/value.ts';
import { addDuration, type WorkingCalendar } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import type { PersonState } from '../state.ts';
import { isOpen, type RepFinding } from './finding.ts';

export type RepFacts = Readonly<Record<string, Value>>;

export interface RepWatched {
  readonly diagnosis: RepDiagnosis;
  readonly rule: RepFindingRule;
}

/** Rules by the current playbooks that watch a post. */
export function watchedFor(
  diagnoses: Readonly<Record<string, RepDiagnosis>> | undefined,
  role: string,
): readonly RepWatched[] {
  return Object.values(diagnoses ?? {})
    .filter(({ applies_to }) => applies_to.includes(role))
    .flatMap((diagnosis) => diagnosis.findings.map((rule) => ({ diagnosis, rule })));
}

export function seenOfRep(at: Pick<Seen, 'now' | 'calendar'>, facts: RepFacts): Seen {
  return { ...seenInForm(at, () => undefined), fact: (name) => (Object.hasOwn(facts, name) ? facts[name] : undefined) };
}

/** Whether a rule certainly holds. */
export function holds({ when }: RepFindingRule, seen: Seen): boolean {
  return truthOf(when, seen) === true;
}

/**
 * Of all that is known of the person, what a rule looked at and what its proposal is filled from. The figures themselves
 * come first, with the number of cases they rest on: that is said of every finding.
 */
export function factsSeen({ when, proposes, measures }: RepFindingRule, seen: Seen): RepFacts {
  const own = measures.flatMap((one) => [factNameOf(one), `${factNameOf(one)}_n`]);
  const names = evaluate(when, seen).leaves.flatMap(({ leaf }) => {
    if (leaf.kind !== 'fact') return [];
    return leaf.operand.kind === 'fact' ? [leaf.fact, leaf.operand.fact] : [leaf.fact];
  });
  const filling = Object.values(proposes?.with ?? {}).flatMap((one) => (one.kind === 'fact' ? [one.fact] : []));
  const facts: Record<string, Value> = {};
  for (const name of [...own, ...names, ...filling]) {
    const value = seen.fact(name);
    if (value !== undefined) facts[name] = value;
  }
  return facts;
}

/** The facts that a finding was found by, as they are now; what cannot be told any more is absent. */
export function sameFacts({ facts: then }: Pick<RepFinding, 'facts'>, now: RepFacts): RepFacts {
  const kept = Object.keys(then).filter((name) => Object.hasOwn(now, name));
  return Object.fromEntries(kept.map((name) => [name, now[name] ?? '']));
}

/**
 * Whether it would be news. What was declined, or taken up, is not found again while it goes on holding: only after it was
 * gone, or after the time that the rule names.
 */
export function isNews(
  { again_after: again }: RepFindingRule,
  entry: RepFinding | undefined,
  { now, calendar }: { readonly now: Instant; readonly calendar: WorkingCalendar },
): boolean {
  if (entry === undefined || entry.gone !== undefined) return true;
  if (isOpen(entry) || entry.answer === undefined) return false;
  return again !== undefined && addDuration(calendar, entry.answer.at, again) <= now;
}

/** What a look comes to: rules that hold and are news; findings that stood and hold no longer. */
export function lookAtRep(
  diagnoses: Readonly<Record<string, RepDiagnosis>> | undefined,
  { role, findings = {} }: Pick<PersonState, 'role' | 'findings'>,
  at: { readonly now: Instant; readonly calendar: WorkingCalendar },
  isHolding: (rule: RepFindingRule) => boolean,
): { readonly found: readonly RepWatched[]; readonly gone: readonly string[] } {
  const watched = watchedFor(diagnoses, role);
  const holding = watched.filter(({ rule }) => isHolding(rule));
  const ids = new Set(holding.map(({ rule }) => rule.finding));
  return {
    found: holding.filter(({ rule }) => isNews(rule, findings[rule.finding], at)),
    gone: Object.entries(findings).flatMap(([id, entry]) => (entry.gone === undefined && !ids.has(id) ? [id] : [])),
  };
}

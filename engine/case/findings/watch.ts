/** Looks at a case through the diagnoses that watch it: what is found that was not, and what is found no longer. */

import { evaluate, truthOf } from '../../condition/evaluate.ts';
import { leafName } from '../../condition/leaf-name.ts';
import { digestOf } from '../../parts/approval/content.ts';
import type { Diagnosis, FindingRule } from '../../playbook/diagnosis.ts';
import type { PlaybookSet } from '../../playbook/set.ts';
import type { Value } from '../../playbook/value.ts';
import { addDuration } from '../../time/calendar.ts';
import type { CaseView } from '../case-view.ts';
import { lookUp } from '../look-up.ts';
import { type FindingCommand, type FindingEntry, isOpen, type Sight } from './finding.ts';
import { namesFact, seenByWatch } from './seen-by-watch.ts';

export interface Watched {
  readonly diagnosis: Diagnosis;
  readonly rule: FindingRule;
}

/** What a look at a case comes to. */
export interface Look {
  readonly found: readonly Watched[];
  /** Findings that stood and hold no longer, or that nothing looks for any more. */
  readonly gone: readonly string[];
}

/** The command by which the case hears of it; absent: there is nothing new. */
export function recordOf({ found, gone }: Look): FindingCommand | undefined {
  if (found.length + gone.length === 0) return undefined;
  const refs = found.map(({ diagnosis: { diagnosis, hash }, rule: { finding } }) => ({ finding, diagnosis, hash }));
  return { command: 'record_findings', found: refs, gone };
}

const watches = new WeakMap<PlaybookSet, Map<string, readonly Watched[]>>();

/** By the current playbooks, whatever the case is pinned to: what watches judges nothing. */
export function watchedIn(playbook: PlaybookSet, pipeline: string): readonly Watched[] {
  const known = watches.get(playbook) ?? new Map<string, readonly Watched[]>();
  watches.set(playbook, known);
  let watched = known.get(pipeline);
  if (watched === undefined) {
    watched = Object.values(playbook.diagnoses ?? {})
      .filter(({ applies_to }) => applies_to.includes(pipeline))
      .flatMap((diagnosis) => diagnosis.findings.map((rule) => ({ diagnosis, rule })));
    known.set(pipeline, watched);
  }
  return watched;
}

export function ruleFor({ world, state }: CaseView, finding: string): FindingRule | undefined {
  return watchedIn(world.playbook, state.pipeline).find(({ rule }) => rule.finding === finding)?.rule;
}

/** @param holds says which rules hold, where somebody else has judged them; absent: our own conditions */
export function lookAt(view: CaseView, holds?: (rule: FindingRule) => boolean): Look {
  const { world, state } = view;
  const entries = state.findings ?? {};
  const watched = watchedIn(world.playbook, state.pipeline);
  if (state.finished || (watched.length === 0 && state.findings === undefined)) return { found: [], gone: [] };
  const seen = seenByWatch(view);
  const holding = watched.filter(({ rule }) => (holds === undefined ? truthOf(rule.when, seen) === true : holds(rule)));
  const ids = new Set(holding.map(({ rule }) => rule.finding));
  return {
    found: holding.filter(({ rule }) => isNews(view, rule, lookUp(entries, rule.finding))),
    gone: Object.keys(entries).filter(
      (id) => entries[id]?.gone_at === undefined && !ids.has(id) && !isUnseen(view, id),
    ),
  };
}

/** Whether it still holds cannot be told from here: a decision knows of no other cases. */
function isUnseen(view: CaseView, finding: string): boolean {
  const rule = view.world.same_customer === undefined ? ruleFor(view, finding) : undefined;
  return rule !== undefined && namesFact(rule.when, 'customer_worked_by');
}

/**
 * Not found yet, or found, gone and back; what was declined only with other facts, or after the time that the rule names.
 * What was taken up is in hand until it has gone.
 */
function isNews(view: CaseView, rule: FindingRule, entry: FindingEntry | undefined): boolean {
  if (entry === undefined) return true;
  if (isOpen(entry)) return false;
  const { answer } = entry;
  if (answer === undefined) return true;
  const again = rule.again_after && addDuration(view.calendar, answer.at, rule.again_after);
  if (again !== undefined && again <= view.at) return true;
  if (answer.as === 'respond') return entry.gone_at !== undefined;
  return sightOf(view, rule).digest !== answer.digest;
}

export function sightOf(view: CaseView, rule: FindingRule): Sight {
  const facts: Record<string, Value> = {};
  const things: Record<string, Value> = {};
  for (const result of evaluate(rule.when, seenByWatch(view)).leaves) {
    const { leaf, seen, against } = result;
    if (leaf.kind !== 'fact') {
      if (seen !== undefined) things[leafName(result.leaf)] = seen;
      continue;
    }
    if (seen !== undefined) facts[leaf.fact] = seen;
    if (leaf.operand.kind === 'fact' && against !== undefined) facts[leaf.operand.fact] = against;
  }
  const all = [...Object.entries(facts).map(([name, value]) => [`fact ${name}`, value]), ...Object.entries(things)];
  return { facts, things, digest: digestOf(Object.fromEntries(all)) };
}

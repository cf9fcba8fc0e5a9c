/** Finds what is declared and used nowhere. */

import type { Index } from '../compile/index.ts';
import type { CaseScope } from '../compile/scope.ts';
import type { Collected, Report } from '../diagnostics/report.ts';
import type { EvidenceSource } from '../kinds/evidence.ts';

/** Call after everything is compiled: compiling marks what is used. */
export function checkUsage(
  index: Index,
  cases: ReadonlyMap<string, CaseScope>,
  { report, has }: Pick<Collected, 'report' | 'has'>,
): void {
  const scopes = [...cases.values()];
  // What a decision or a diagnosis would rest on that cannot be read, or be placed, is not known.
  const placed = scopes.filter((one) => one.unreadDecisions.size === 0 && !one.watchedUnread);
  // What a pipeline or a ladder that cannot be read would start its cases with is not known either.
  const mayStart = [...index.pipeline.values(), ...index.ladder.values()];
  const isHandedUnknown = mayStart.some(({ source }) => source === undefined);
  for (const one of placed) {
    for (const { key } of isHandedUnknown ? [] : (one.source.facts ?? [])) {
      if (!one.used.facts.has(key.value) && !one.incomplete) report('unused-fact', key.place, { id: key.value });
    }
    for (const rule of one.source.stages.flatMap((stage) => stage.evidence ?? [])) reportUnused(rule, [one], report);
  }
  for (const { source } of index.gate.values()) {
    const within = scopes.filter((one) => source?.applies_to.some((name) => name.value === one.pipeline));
    for (const rule of source?.evidence ?? []) reportUnused(rule, within, report);
  }
  // A name misspelt is one mistake, not two.
  for (const { id, place, source } of has('unknown-approval') ? [] : index.approval.values()) {
    const within = scopes.filter((one) => source?.applies_to.some((name) => name.value === one.pipeline));
    const isUsed = within.some((one) => one.used.approvals.has(id) || one.incomplete || one.watchedUnread);
    if (!isUsed && within.length > 0) report('unused-approval', place, { id });
  }
  // A pipeline that cannot be read may use any of them.
  if (index.unread.size > 0 || [...index.pipeline.values()].some(({ source }) => !source)) return;
  const ladders = new Set(scopes.flatMap((one) => one.source.stages.map((stage) => stage.ladder?.value)));
  const holders = [...index.roles.values()].flatMap(({ source }) => (source ? [source, ...source.posts] : []));
  const calendars = new Set([
    ...scopes.map((one) => one.source.calendar.value),
    ...holders.map((one) => one.calendar?.value),
    ...[...index.rhythm.values()].map(({ source }) => source?.calendar.value),
    ...[...index.coaching.values()].map(({ source }) => source?.calendar.value),
  ]);
  for (const { id, place } of has('unknown-ladder') ? [] : index.ladder.values()) {
    if (!ladders.has(id)) report('unused-ladder', place, { id });
  }
  for (const { id, place } of has('unknown-calendar') ? [] : index.calendar.values()) {
    if (!calendars.has(id)) report('unused-calendar', place, { id });
  }
}

function reportUnused(rule: EvidenceSource, scopes: readonly CaseScope[], report: Report): void {
  const { value, place } = rule.evidence;
  const isUsed = scopes.some((one) => one.used.evidence.has(value) || one.incomplete || one.watchedUnread);
  if (!isUsed && scopes.length > 0) report('unused-evidence', place, { id: value });
}

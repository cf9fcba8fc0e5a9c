/** Finds pipelines whose cases would start each other for ever with nobody doing anything. */

import type { Index } from '../compile/index.ts';
import { type CaseScope, outcomeActions } from '../compile/scope.ts';
import type { Report } from '../diagnostics/report.ts';
import type { StartSource } from '../kinds/action.ts';
import { cyclesOf } from './cycle.ts';

/**
 * A case that is started opens at its pipeline's first door, and does what that stage does on entering; a rung comes with
 * time alone, a finding and a table's outcome come by the facts alone. Whatever else starts a case waits for somebody to advance or to win.
 */
export function checkStarts(index: Index, cases: ReadonlyMap<string, CaseScope>, report: Report): void {
  const starts = new Map([...cases].map(([name, scope]) => [name, byThemselves(scope, index)]));
  const graph = new Map([...starts].map(([name, list]) => [name, list.map((one) => one.start.value)]));
  for (const cycle of cyclesOf(graph)) {
    const [first = '', next] = cycle;
    const start = starts.get(first)?.find((one) => one.start.value === next)?.start;
    if (start) report('start-cycle', start.place, { path: cycle.join(' → ') });
  }
}

function byThemselves({ source, decisions, diagnoses }: CaseScope, index: Index): readonly StartSource[] {
  const [door] = source.open_at;
  const first = door === undefined ? undefined : 'value' in door ? door.value : door.stage.value;
  const rungs = source.stages.flatMap(({ ladder }) => index.ladder.get(ladder?.value ?? '')?.source?.rungs ?? []);
  const actions = [
    ...source.stages.flatMap((stage) => (stage.stage.value === first ? (stage.on_enter ?? []) : [])),
    ...rungs.flatMap((rung) => rung.do ?? []),
    ...[...decisions.values()].filter((one) => one.rules).flatMap(outcomeActions),
    ...diagnoses.flatMap(({ findings }) => findings.flatMap((finding) => finding.do ?? [])),
  ];
  return actions.flatMap((action) => (action.kind === 'start' ? [action.body] : []));
}

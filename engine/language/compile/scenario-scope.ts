/** What the lines of a scenario may name: the pipeline's own things, and those of pipelines it moves to. */

import type { ScenarioWho } from '../../playbook/scenario.ts';
import type { Place } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { ActionSource } from '../kinds/action.ts';
import { findingActions } from '../kinds/diagnosis.ts';
import type { DemandSource } from '../kinds/ladder.ts';
import { type Index, isDeclared } from './index.ts';
import type { CaseScope, RoleScope } from './scope.ts';

export interface ScenarioScope {
  /** The pipeline, flow or rhythm that the file is about. */
  readonly about: string;
  readonly cases: readonly CaseScope[];
  readonly index: Index;
  readonly roles?: RoleScope;
  /** Ids of the file's own people, when it has a table. */
  readonly people?: ReadonlySet<string>;
  readonly demands: readonly DemandSource[];
  readonly report: Report;
}

export type Named =
  | 'stage'
  | 'milestone'
  | 'evidence'
  | 'approval'
  | 'fact'
  | 'activity'
  | 'gate'
  | 'decision'
  | 'finding'
  | 'reason'
  | 'ladder'
  | 'pipeline';

/** Every name of a kind, over all pipelines the scenario touches. */
export function namesIn(kind: Named | 'flag' | 'destination', scope: ScenarioScope): ReadonlySet<string> {
  switch (kind) {
    case 'ladder':
      return new Set(scope.index.ladder.keys());
    case 'pipeline':
      return new Set(scope.index.pipeline.keys());
    case 'flag':
    case 'destination':
      return new Set(actionsOf(scope).flatMap((action) => namedByAction(kind, action)));
    default:
      return new Set(scope.cases.flatMap((one) => [...namesInCase(kind, one)]));
  }
}

function namesInCase(kind: Exclude<Named, 'ladder' | 'pipeline'>, one: CaseScope): Iterable<string> {
  switch (kind) {
    case 'stage':
      return one.source.stages.map((stage) => stage.stage.value);
    case 'milestone':
      return one.milestones;
    case 'evidence':
      return one.evidence.keys();
    case 'approval':
      return one.approvals;
    case 'fact':
      return one.facts.keys();
    case 'activity':
      return ['any', ...one.activities];
    case 'gate':
      return one.gates.map((gate) => gate.gate.value);
    case 'decision':
      return one.decisions.keys();
    case 'finding':
      return one.diagnoses.flatMap(({ findings }) => findings.map(({ finding }) => finding.value));
    case 'reason':
      return (one.source.lost_reasons ?? []).map(({ key }) => key.value);
  }
}

function namedByAction(kind: 'flag' | 'destination', action: ActionSource): readonly string[] {
  if (kind === 'flag') return action.kind === 'flag' ? [action.body.flag.value] : [];
  return action.kind === 'send' ? [action.body.send.value] : [];
}

function actionsOf({ index }: ScenarioScope): readonly ActionSource[] {
  const rungs = [...index.ladder.values()].flatMap(({ source }) => source?.rungs ?? []);
  const outcomes = [...index.decision.values()].flatMap(({ source }) => source?.outcomes ?? []);
  const findings = [...index.diagnosis.values()].flatMap(({ source }) => source?.findings ?? []);
  return [...[...rungs, ...outcomes].flatMap((one) => one.do ?? []), ...findings.flatMap(findingActions)];
}

/** Whether every diagnosis could be read. */
export function areFindingsKnown({ index }: ScenarioScope): boolean {
  return index.unread.size === 0 && [...index.diagnosis.values()].every(({ source }) => source);
}

/** The name, reported when it leads nowhere. */
export function checkName(
  kind: Named | 'flag' | 'destination',
  name: string,
  place: Place,
  scope: ScenarioScope,
): void {
  const names = namesIn(kind, scope);
  if (names.has(name)) return;
  // What a file that cannot be read would have declared is not missed.
  const { index } = scope;
  const gate = index.gate.get(name);
  if (kind === 'gate' && (index.unread.has(name) || (gate && !gate.source))) return;
  if (kind === 'decision' && scope.cases.some((one) => one.unreadDecisions.has(name))) return;
  const actors = [...index.ladder.values(), ...index.decision.values(), ...index.diagnosis.values()];
  if (kind === 'finding' && !areFindingsKnown(scope)) return;
  const actionsKnown = index.unread.size === 0 && actors.every(({ source }) => source);
  if ((kind === 'flag' || kind === 'destination') && !actionsKnown) return;
  if ((kind === 'ladder' || kind === 'pipeline') && isDeclared(kind, name, index)) return;
  if ((kind === 'evidence' || kind === 'gate' || kind === 'approval') && scope.cases.some((one) => one.incomplete))
    return;
  const params = { written: name, pipeline: scope.about };
  scope.report(`unknown-${kind}`, place, params, { hint: didYouMean(name, names) });
}

/** `owner`, a person of the table, a post, or a person to be made up. */
export function readWho(name: string, place: Place, scope: ScenarioScope): ScenarioWho {
  if (name === 'owner') return { kind: 'owner' };
  if (scope.people?.has(name)) return { kind: 'person', person: name };
  if (scope.roles?.posts.has(name)) return { kind: 'role', role: name };
  const isName = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
  if (scope.people || !isName) {
    const hint = didYouMean(name, scope.people ?? scope.roles?.posts.keys() ?? []);
    scope.report(scope.people ? 'unknown-person' : 'bad-id', place, { written: name }, { hint });
  }
  return { kind: 'person', person: name };
}

/** The names a condition may use: those of each case it will judge, and inside a form those of its fields. */

import { ACTIVITIES } from '../../playbook/pipeline.ts';
import type { ValueType } from '../../playbook/value.ts';
import type { Report } from '../diagnostics/report.ts';
import type { ActionSource, StartSource } from '../kinds/action.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import { type DiagnosisSource, findingActions } from '../kinds/diagnosis.ts';
import type { EvidenceSource } from '../kinds/evidence.ts';
import type { FactSource, FieldsSource } from '../kinds/form.ts';
import type { GateSource } from '../kinds/gate.ts';
import type { PipelineSource } from '../kinds/pipeline.ts';
import { type Index, isDeclared } from './index.ts';

/** What conditions on the cases of one pipeline may name. */
export interface CaseScope {
  readonly pipeline: string;
  readonly source: PipelineSource;
  readonly gates: readonly GateSource[];
  readonly facts: ReadonlyMap<string, FactSource>;
  readonly evidence: ReadonlyMap<string, EvidenceSource>;
  /** Those made in it that can be read; of `unreadDecisions` it is not known what they hold, or where they are made. */
  readonly decisions: ReadonlyMap<string, DecisionSource>;
  readonly unreadDecisions: ReadonlySet<string>;
  readonly milestones: ReadonlySet<string>;
  readonly activities: ReadonlySet<string>;
  readonly approvals: ReadonlySet<string>;
  /** Diagnoses that watch its cases and can be read. */
  readonly diagnoses: readonly DiagnosisSource[];
  /** One cannot be read, or leads nowhere: what it looks at and starts is not known. */
  readonly watchedUnread: boolean;
  /** Pipelines that its cases start. */
  readonly starts: ReadonlySet<string>;
  /** A ladder that may start more cannot be read. */
  readonly startsMore: boolean;
  /** A file that may add names cannot be read, or leads nowhere: a name not found is not reported. */
  readonly incomplete: boolean;
  /** Filled while conditions are compiled. */
  readonly used: { readonly facts: Set<string>; readonly evidence: Set<string>; readonly approvals: Set<string> };
}

export interface RoleScope {
  /** Role → what it may do. */
  readonly posts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Roles that somebody reports to. */
  readonly managing: ReadonlySet<string>;
  /** Roles with authority to approve. */
  readonly approving: ReadonlySet<string>;
  /** Facts that authority is measured by. */
  readonly measuring: ReadonlySet<string>;
}

/** `cases`: the condition must make sense in each of them. */
export interface Scope {
  readonly cases: readonly CaseScope[];
  /** What is judged is no case: there are no facts to name anybody by. */
  readonly of?: 'person';
  /** Inside a form: its fields, and nothing of the case. */
  readonly form?: FieldsSource;
  /** Inside a decision or a score: nothing that may rest on either. */
  readonly within?: 'decision' | 'score';
  /** Facts that are brought along by what watches, beside those that cases hold: of a case `given-facts.ts`, of people `rep-facts.ts`. */
  readonly given?: Readonly<Record<string, { readonly type: ValueType }>>;
  /** Absent when there is no roles playbook to look in. */
  readonly roles?: RoleScope;
  /** Every pipeline that can be read, for what names others than those judged. */
  readonly pipelines: ReadonlyMap<string, CaseScope>;
  /** Whether there is a pipeline of the name, as far as can be known. */
  isDeclared(pipeline: string): boolean;
  readonly report: Report;
}

export function caseScopes(index: Index): ReadonlyMap<string, CaseScope> {
  const scopes = new Map<string, CaseScope>();
  for (const [pipeline, { source }] of index.pipeline) {
    if (source) scopes.set(pipeline, caseScope(pipeline, source, index));
  }
  return scopes;
}

function caseScope(pipeline: string, source: PipelineSource, index: Index): CaseScope {
  const all = [...index.gate.values()];
  const gates = all
    .map((gate) => gate.source)
    .filter((gate) => gate !== undefined)
    .filter((gate) => gate.applies_to.some((name) => name.value === pipeline));
  const evidence = new Map<string, EvidenceSource>();
  for (const rule of [...source.stages, ...gates].flatMap((place) => place.evidence ?? [])) {
    if (!evidence.has(rule.evidence.value)) evidence.set(rule.evidence.value, rule);
  }
  const watchedUnread = [...index.diagnosis.values()].some((one) => !one.source || !leadsSomewhere(one.source, index));
  const milestones = source.stages.flatMap((stage) => stage.milestones ?? []).map((one) => one.milestone.value);
  return {
    pipeline,
    source,
    gates,
    facts: new Map((source.facts ?? []).map(({ key, value }) => [key.value, value])),
    evidence,
    ...decisionsIn(pipeline, index),
    diagnoses: diagnosesOf(pipeline, index),
    watchedUnread,
    milestones: new Set(milestones),
    startsMore: watchedUnread || source.stages.some(({ ladder }) => ladder && !index.ladder.get(ladder.value)?.source),
    starts: new Set(startsOf(source, index).map((one) => one.start.value)),
    activities: new Set([...ACTIVITIES, ...(source.activities ?? []).map(({ key }) => key.value)]),
    approvals: new Set(
      [...index.approval.values()]
        .filter(({ source: one }) => one?.applies_to.some((name) => name.value === pipeline))
        .map(({ id }) => id),
    ),
    incomplete:
      index.unread.size > 0 ||
      [...all, ...index.approval.values()].some((one) => !one.source || !leadsSomewhere(one.source, index)),
    used: { facts: new Set(), evidence: new Set(), approvals: new Set() },
  };
}

function decisionsIn(pipeline: string, index: Index): Pick<CaseScope, 'decisions' | 'unreadDecisions'> {
  const decisions = new Map<string, DecisionSource>();
  const unread = new Set(index.unread);
  for (const { id, source } of index.decision.values()) {
    // One that names a pipeline which is not there may have meant this one.
    if (!source?.applies_to.every((name) => isDeclared('pipeline', name.value, index))) unread.add(id);
    if (source?.applies_to.some((name) => name.value === pipeline)) decisions.set(id, source);
  }
  return { decisions, unreadDecisions: unread };
}

function diagnosesOf(pipeline: string, index: Index): readonly DiagnosisSource[] {
  const all = [...index.diagnosis.values()].flatMap(({ source }) => source ?? []);
  return all.filter(({ applies_to }) => applies_to.some((name) => name.value === pipeline));
}

/** A gate or an approval that names a pipeline which is not there may have meant this one. */
function leadsSomewhere(source: Pick<GateSource, 'applies_to'>, index: Index): boolean {
  return source.applies_to.every((name) => isDeclared('pipeline', name.value, index));
}

/** What its outcomes do. */
export function outcomeActions({ outcomes }: DecisionSource): readonly ActionSource[] {
  return outcomes.flatMap((outcome) => outcome.do ?? []);
}

/** Every `start` that cases of the pipeline may come to. */
export function startsOf(source: PipelineSource, index: Index): readonly StartSource[] {
  const ladders = new Set(source.stages.map((stage) => stage.ladder?.value));
  const rungs = [...ladders].flatMap((name) => index.ladder.get(name ?? '')?.source?.rungs ?? []);
  const actions = [
    ...source.stages.flatMap((stage) => stage.on_enter ?? []),
    ...(source.on_win ?? []),
    ...rungs.flatMap((rung) => rung.do ?? []),
    ...[...decisionsIn(source.pipeline.value, index).decisions.values()].flatMap(outcomeActions),
    ...diagnosesOf(source.pipeline.value, index).flatMap(({ findings }) => findings.flatMap(findingActions)),
  ];
  return actions.flatMap((action) => (action.kind === 'start' ? [action.body] : []));
}

/** Marks a fact as used wherever it is known. */
export function useFact(name: string, scope: Scope): void {
  for (const one of scope.cases) one.used.facts.add(name);
}

export function useEvidence(name: string, scope: Scope): void {
  for (const one of scope.cases) one.used.evidence.add(name);
}

export function useApproval(name: string, scope: Scope): void {
  for (const one of scope.cases) one.used.approvals.add(name);
}

/** The cases in which a name leads nowhere. */
export function missingIn(scope: Scope, has: (one: CaseScope) => boolean): CaseScope | undefined {
  return scope.cases.find((one) => !has(one));
}

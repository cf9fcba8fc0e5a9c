/** Compiles pipelines. */

import type { EntryAction } from '../../playbook/action.ts';
import type { Condition } from '../../playbook/condition.ts';
import { ACTIVITIES, type Milestone, type Pipeline, type Stage } from '../../playbook/pipeline.ts';
import type { Text } from '../../playbook/text.ts';
import type { Fact } from '../../playbook/value.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { EntryActionSource } from '../kinds/action.ts';
import type { ConditionSource } from '../kinds/condition.ts';
import { type FactSource, titleFrom } from '../kinds/form.ts';
import type { PipelineSource, StageSource } from '../kinds/pipeline.ts';
import type { MapEntry } from '../shape/collection.ts';
import type { Token } from '../shape/shape.ts';
import { compileEntryAction } from './action.ts';
import { compileCondition } from './condition.ts';
import { compileEvidence } from './evidence.ts';
import { compileFields } from './form.ts';
import { compileFormula } from './formula.ts';
import { type Index, isDeclared } from './index.ts';
import type { Scope } from './scope.ts';
import { compileTyped } from './typed.ts';
import { compileWaiver } from './waiver.ts';

/** Kinds every pipeline has, `any` of them, and what evidence and tasks count as. */
const RESERVED: ReadonlySet<string> = new Set([...ACTIVITIES, 'any', 'evidence', 'task']);

/** Names a set of aliases may give besides the stages: the win itself. */
const SIGNED = 'signed';

export function compilePipeline(source: PipelineSource, index: Index, scope: Scope): Pipeline {
  const stages = new Set(source.stages.map((stage) => stage.stage.value));
  const stageNamed = (token: Token<string>, others: readonly string[] = []): string => {
    if (!stages.has(token.value) && !others.includes(token.value)) {
      const hint = didYouMean(token.value, stages);
      scope.report('unknown-stage', token.place, { pipeline: source.pipeline.value, written: token.value }, { hint });
    }
    return token.value;
  };
  if (!isDeclared('calendar', source.calendar.value, index)) {
    const hint = didYouMean(source.calendar.value, index.calendar.keys());
    scope.report('unknown-calendar', source.calendar.place, { written: source.calendar.value }, { hint });
  }
  for (const { key } of source.activities ?? []) {
    if (RESERVED.has(key.value)) scope.report('reserved-activity', key.place, { written: key.value });
  }
  const won = source.close_when?.won;
  const lost = source.close_when?.lost;
  return {
    pipeline: source.pipeline.value,
    title: source.title,
    ...(source.why ? { why: source.why } : {}),
    subject: source.subject.value,
    ...conditionAt('applies_when', source.applies_when, scope),
    calendar: source.calendar.value,
    aliases: aliasesOf(source, (token) => stageNamed(token, [SIGNED])),
    facts: Object.fromEntries((source.facts ?? []).map((entry) => [entry.key.value, compileFact(entry, scope)])),
    activities: texts(source.activities),
    open_at: source.open_at.map((one) => {
      if ('value' in one) return { stage: stageNamed(one), at: one.place.at };
      return { stage: stageNamed(one.stage), ...conditionAt('when', one.when, scope), at: one.place.at };
    }),
    ...(source.won_on_leaving ? { won_on_leaving: stageNamed(source.won_on_leaving) } : {}),
    ...entryActionsAt('on_win', source.on_win, scope),
    lost_reasons: texts(source.lost_reasons),
    ...(source.close_when
      ? { close_when: { ...conditionAt('won', won, scope), ...conditionAt('lost', lost, scope) } }
      : {}),
    ...(source.inspection
      ? { inspection: source.inspection.map(({ shows, ask }) => ({ shows: shows.value, ask })) }
      : {}),
    stages: source.stages.map((stage) => compileStage(stage, index, scope)),
    at: source.place.at,
  };
}

function compileStage(source: StageSource, index: Index, scope: Scope): Stage {
  const ladder = source.ladder;
  if (ladder && !isDeclared('ladder', ladder.value, index)) {
    const hint = didYouMean(ladder.value, index.ladder.keys());
    scope.report('unknown-ladder', ladder.place, { written: ladder.value }, { hint });
  }
  return {
    stage: source.stage.value,
    title: source.title,
    success_rate: source.success_rate.value,
    ...(source.purpose ? { purpose: source.purpose } : {}),
    ...compileTimebox(source.timebox, scope),
    ...(ladder ? { ladder: ladder.value } : {}),
    evidence: (source.evidence ?? []).map((one) => compileEvidence(one, scope)),
    milestones: (source.milestones ?? []).flatMap((one): Milestone[] => {
      const when = compileCondition(one.when, scope);
      const waiver = one.waiver && compileWaiver(one.waiver, scope);
      if (!when) return [];
      return [
        { milestone: one.milestone.value, title: one.title, when, ...(waiver ? { waiver } : {}), at: one.place.at },
      ];
    }),
    ...(source.questions ? { questions: { weak: source.questions.weak, strong: source.questions.strong } } : {}),
    actions: source.actions ?? [],
    ...entryActionsAt('on_enter', source.on_enter, scope),
    ...conditionAt('enter_when', source.enter_when, scope),
    ...conditionAt('leave_when', source.leave_when, scope),
    at: source.place.at,
  };
}

/** The key with its condition, or nothing. */
function conditionAt<K extends string>(
  key: K,
  source: ConditionSource | undefined,
  scope: Scope,
): { readonly [P in K]?: Condition } {
  const condition = source && compileCondition(source, scope);
  // A computed key widens to string; K is the key just given.
  return (condition ? { [key]: condition } : {}) as { readonly [P in K]?: Condition };
}

function compileTimebox(source: StageSource['timebox'], scope: Scope): Pick<Stage, 'timebox' | 'timeboxes'> {
  if (!source) return {};
  if ('value' in source) return { timebox: source.value };
  return {
    timeboxes: source.map((one) => ({ ...conditionAt('when', one.when, scope), is: one.is.value, at: one.place.at })),
  };
}

function entryActionsAt<K extends string>(
  key: K,
  sources: readonly EntryActionSource[] | undefined,
  scope: Scope,
): { readonly [P in K]?: readonly EntryAction[] } {
  const actions: readonly EntryAction[] = (sources ?? [])
    .map((one) => compileEntryAction(one, scope))
    .filter((one) => one !== undefined);
  // A computed key widens to string; K is the key just given.
  return (sources ? { [key]: actions } : {}) as { readonly [P in K]?: readonly EntryAction[] };
}

function compileFact({ key, value }: MapEntry<FactSource>, scope: Scope): Fact {
  reportFiles(value, scope);
  const from = value.from && compileFormula(key.value, value.type.value, value.from, scope);
  const fields = value.fields && compileFields(value.fields, scope);
  return {
    fact: key.value,
    type: value.type.value,
    title: value.title ?? titleFrom(key.value),
    ...compileTyped(key.value, value, scope.report),
    ...(fields ? { fields } : {}),
    ...(from ? { from } : {}),
    at: key.place.at,
  };
}

/** Facts are known before there is a case to upload a file to: files belong to forms. */
function reportFiles({ type, fields }: Pick<FactSource, 'type' | 'fields'>, scope: Scope): void {
  if (type.value === 'file') scope.report('file-in-fact', type.place);
  for (const { value } of fields ?? []) reportFiles(value, scope);
}

function aliasesOf(source: PipelineSource, stageNamed: (token: Token<string>) => string): Pipeline['aliases'] {
  const sets = (source.aliases ?? []).map(({ key, value }) => {
    const names = value.map((entry): [string, Text] => [stageNamed(entry.key), entry.value]);
    return [key.value, Object.fromEntries(names)] as const;
  });
  return Object.fromEntries(sets);
}

function texts(entries: readonly MapEntry<Text>[] | undefined): Readonly<Record<string, Text>> {
  return Object.fromEntries((entries ?? []).map(({ key, value }) => [key.value, value]));
}

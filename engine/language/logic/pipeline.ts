/** What a pipeline says as a whole, with its gates and ladders: every stage reachable, every criterion one that can be met. */

import type { Condition } from '../../playbook/condition.ts';
import type { Gate } from '../../playbook/gate.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Text } from '../../playbook/text.ts';
import type { Index } from '../compile/index.ts';
import type { CaseScope } from '../compile/scope.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Token } from '../shape/shape.ts';
import { reportContradictions } from './contradiction.ts';
import { cyclesOf } from './cycle.ts';
import { factsOfFormula, leavesOf } from './leaves.ts';
import { checkUnique } from './unique-ids.ts';

/** Ids that stand for one thing each in the whole of a case. Reported in the stage of names. */
export function checkIds(scope: CaseScope, report: Report): void {
  const { stages } = scope.source;
  const once = (kind: Text, ids: readonly Token<string>[]): void => checkUnique(kind, ids, report);
  once(
    { zh: '阶段', en: 'stage' },
    stages.map((stage) => stage.stage),
  );
  once(
    { zh: '里程碑', en: 'milestone' },
    stages.flatMap((stage) => stage.milestones ?? []).map((one) => one.milestone),
  );
  const rules = [...stages, ...scope.gates].flatMap((place) => place.evidence ?? []);
  once(
    { zh: '证据', en: 'evidence' },
    rules.map((rule) => rule.evidence),
  );
}

export function checkPipeline(
  pipeline: Pipeline,
  gates: readonly Gate[],
  scope: CaseScope,
  index: Index,
  report: Report,
): void {
  const own = gates.filter((gate) => gate.applies_to.includes(pipeline.pipeline));
  checkCycles(pipeline, scope, report);
  checkReach(pipeline, scope, report);
  checkOpening(pipeline, own, report);
  checkStages(scope, index, report);
  for (const together of momentsOf(pipeline, own)) reportContradictions(together, pipeline.facts, report);
}

function checkCycles(pipeline: Pipeline, scope: CaseScope, report: Report): void {
  const milestones = pipeline.stages.flatMap((stage) => stage.milestones);
  const named = new Map(
    milestones.map((one) => [
      one.milestone,
      leavesOf(one.when).flatMap((leaf) => (leaf.kind === 'milestone' ? [leaf.milestone] : [])),
    ]),
  );
  for (const cycle of cyclesOf(named)) {
    const found = milestones.find((one) => one.milestone === cycle[0]);
    if (found) report('milestone-cycle', { at: found.when.at }, { id: found.milestone, path: cycle.join(' → ') });
  }
  const facts = Object.values(pipeline.facts);
  const computed = new Map(facts.map((fact) => [fact.fact, fact.from ? factsOfFormula(fact.from) : []]));
  for (const cycle of cyclesOf(computed)) {
    const key = (scope.source.facts ?? []).find((entry) => entry.key.value === cycle[0])?.key;
    if (key) report('fact-cycle', key.place, { id: key.value, path: cycle.join(' → ') });
  }
}

/** Cases walk forward from where they open. */
function checkReach(pipeline: Pipeline, scope: CaseScope, report: Report): void {
  const ids = pipeline.stages.map((stage) => stage.stage);
  const earliest = Math.min(...pipeline.open_at.map((one) => ids.indexOf(one.stage)));
  scope.source.stages.slice(0, Math.max(0, earliest)).forEach(({ stage }) => {
    report('stage-unreachable', stage.place, { id: stage.value });
  });
}

/** A case that opens has facts and tasks, but nothing done yet. */
function checkOpening(pipeline: Pipeline, gates: readonly Gate[], report: Report): void {
  const conditions = [
    pipeline.applies_when,
    ...pipeline.open_at.map((one) => one.when),
    ...gates.filter((gate) => gate.at_point === 'open').map((gate) => gate.when),
  ].filter((one) => one !== undefined);
  for (const condition of conditions) {
    if (truthAtOpening(condition) !== false) continue;
    const culprit = leavesOf(condition).find((leaf) => truthAtOpening(leaf) === false) ?? condition;
    report('open-never-holds', { at: culprit.at });
  }
}

function truthAtOpening(condition: Condition): boolean | 'unknown' {
  switch (condition.kind) {
    case 'evidence':
    case 'milestone':
    case 'activity':
    case 'approval':
    case 'child':
      return false;
    case 'not': {
      const of = truthAtOpening(condition.of);
      return of === 'unknown' ? of : !of;
    }
    case 'all':
    case 'any': {
      const settles = condition.kind === 'any';
      const parts = condition.of.map(truthAtOpening);
      if (parts.includes(settles)) return settles;
      return parts.includes('unknown') ? 'unknown' : !settles;
    }
    default:
      return 'unknown';
  }
}

function checkStages({ source }: CaseScope, index: Index, report: Report): void {
  source.stages.forEach((stage, i) => {
    const before = source.stages[i - 1];
    if (before && stage.success_rate.value < before.success_rate.value) {
      report('success-rate-falls', stage.success_rate.place);
    }
    const ladder = index.ladder.get(stage.ladder?.value ?? '')?.source;
    const startsByTimebox = ladder?.starts.some((start) => 'value' in start) ?? false;
    const startsOtherwise = ladder?.starts.some((start) => !('value' in start)) ?? false;
    if (stage.timebox && (!stage.ladder || (ladder && !startsByTimebox))) {
      report('timebox-without-ladder', stage.keyPlaces.timebox ?? stage.place);
    }
    if (!stage.ladder) return;
    const { value, place } = stage.ladder;
    if (!stage.timebox && startsByTimebox && !startsOtherwise)
      report('ladder-without-timebox', place, { ladder: value });
    const demand = ladder?.rungs.map((rung) => rung.demand).find((one) => one !== undefined);
    const closes = demand?.ways.some(({ key }) => key.value === 'close_lost');
    if (closes && (source.lost_reasons ?? []).length === 0) report('no-lost-reasons', place);
  });
}

/** Conditions that must hold at the same moment: at opening, and at each step from a stage to the next. */
function momentsOf(pipeline: Pipeline, gates: readonly Gate[]): readonly (readonly Condition[])[] {
  const gatesAt = (point: Gate['at_point']) =>
    gates.filter((gate) => gate.at_point === point && gate.mode === 'enforce').map((gate) => gate.when);
  const always = pipeline.applies_when ? [pipeline.applies_when] : [];
  const opening = pipeline.open_at.map((one) => [...always, ...(one.when ? [one.when] : []), ...gatesAt('open')]);
  const steps = pipeline.stages.map((stage, i) => {
    const next = pipeline.stages[i + 1];
    const milestones = stage.milestones.map((one) => one.when);
    const own = [stage.leave_when, next?.enter_when].filter((one) => one !== undefined);
    return [...always, ...milestones, ...own, ...(next ? gatesAt('advance') : gatesAt('finish'))];
  });
  const closing = [pipeline.close_when?.won, pipeline.close_when?.lost].map((one) => (one ? [one] : []));
  const alone = gates.map((gate) => [gate.when]);
  return [...opening, ...steps, ...closing, ...alone];
}

/** Brings a case to the stage a scenario starts at, by the commands that people would give. */

import { answerersOf } from '../case/answerers.ts';
import { seenIn, viewOf, whoContextOf } from '../case/case-view.ts';
import type { CaseCommand } from '../case/command.ts';
import { gateCriteria, openAtCriterion, stageCriteria, winCriteria } from '../case/criteria.ts';
import { reachOf } from '../case/explain/leaves-of.ts';
import { winningIndex } from '../case/route.ts';
import { indexOf } from '../case/rules-of.ts';
import { decisionsToLeave } from '../case/support.ts';
import { isMoney } from '../condition/compare.ts';
import { type PlainContext, plainAnswers } from '../form/plain-answers.ts';
import { readValue } from '../form/read-answers.ts';
import { waysTo } from '../parts/decision.ts';
import type { Condition } from '../playbook/condition.ts';
import type { EvidenceRule, Stage } from '../playbook/pipeline.ts';
import { DIGEST_AS_SHOWN, type Scenario } from '../playbook/scenario.ts';
import type { Rules } from '../playbook/set.ts';
import type { Text } from '../playbook/text.ts';
import type { Value } from '../playbook/value.ts';
import { localDate, type WorkingCalendar } from '../time/calendar.ts';
import { resolveWho } from '../who/resolve-who.ts';
import { mayAct } from '../who/rights.ts';
import { outcomeText } from './compare-outcome.ts';
import { type Fitting, fittingFor } from './fitting.ts';
import type { Rehearsal } from './rehearsal.ts';

/** The next step that gates ask for lies so far ahead that it does not fall due in most scenarios. */
const NEXT_STEP_DAYS = 180;
const DAY_MS = 86_400_000;

/**
 * Opens the case with the given facts, and with what else its criteria up to the stage ask; then submits and has
 * accepted all evidence of each stage, and advances. Everything happens at the one instant `given.at`.
 *
 * @returns why the stage cannot be reached, or nothing
 */
export function bringToStage(
  rehearsal: Rehearsal,
  rules: Rules,
  given: Scenario['given'],
  calendar: WorkingCalendar,
): Text | undefined {
  const { pipeline } = rules;
  const first = pipeline.stages.findIndex(({ stage }) => stage === pipeline.open_at[0]?.stage);
  const target = given.stage === undefined ? first : pipeline.stages.findIndex(({ stage }) => stage === given.stage);
  const passed = pipeline.stages.slice(first, Math.max(first, target));
  const facts = readFacts(rules, given, calendar, rehearsal);
  const context: PlainContext = {
    now: rehearsal.now,
    calendar,
    today: localDate(calendar, rehearsal.now),
    person: given.owner,
    currency: currencyIn(facts),
  };
  const fitting = fittingFor(rules, conditionsUpTo(rules, first, passed), facts, context);
  if (fitting === undefined)
    return unreachable(given, pipeline.stages[first]?.stage ?? '', 'no facts make its criteria hold');
  const way = new Way(rehearsal, rules, given.owner, context, fitting);
  return way.open(given) ?? way.pass(first, passed, given);
}

class Way {
  private readonly rehearsal: Rehearsal;
  private readonly rules: Rules;
  private readonly owner: string;
  private readonly context: PlainContext;
  private readonly fitting: Fitting;

  constructor(rehearsal: Rehearsal, rules: Rules, owner: string, context: PlainContext, fitting: Fitting) {
    this.rehearsal = rehearsal;
    this.rules = rules;
    this.owner = owner;
    this.context = context;
    this.fitting = fitting;
  }

  open(given: Scenario['given']): Text | undefined {
    const facts = { ...this.fitting.facts, ...given.facts };
    const due = new Date(Date.parse(this.context.today) + NEXT_STEP_DAYS * DAY_MS).toISOString().slice(0, 10);
    const tasks = this.fitting.task ? [{ title: 'next step', due_on: due }] : [];
    const { pipeline } = this.rules.pipeline;
    const problem = this.give(given.owner, {
      command: 'open',
      title: 'rehearsed',
      pipeline,
      owner: given.owner,
      facts,
      tasks,
    });
    if (problem !== undefined) return unreachable(given, this.rules.pipeline.open_at[0]?.stage ?? '', problem);
    for (const activity of this.fitting.activities) {
      const kind = activity === 'any' ? 'call' : activity;
      const refusal = this.give(given.owner, { command: 'log_activity', activity: kind });
      if (refusal !== undefined) return unreachable(given, given.stage ?? '', refusal);
    }
    return undefined;
  }

  pass(first: number, stages: readonly Stage[], given: Scenario['given']): Text | undefined {
    for (const [offset, stage] of stages.entries()) {
      for (const rule of evidenceToLeave(this.rules, first + offset)) {
        if (this.fitting.withheld.has(rule.evidence)) continue;
        const problem = this.submit(rule) ?? this.accept(rule);
        if (problem !== undefined) return unreachable(given, stage.stage, `evidence ${rule.evidence}: ${problem}`);
      }
      for (const approval of approvalsToLeave(this.rules, first + offset)) {
        if (this.fitting.withheld_approvals.has(approval)) continue;
        const problem = this.obtain(approval);
        if (problem !== undefined) return unreachable(given, stage.stage, `approval ${approval}: ${problem}`);
      }
      const unanswered = this.answer(first + offset);
      if (unanswered !== undefined) return unreachable(given, stage.stage, unanswered);
      for (const [child, place] of this.fitting.children) this.rehearsal.tellOf({ pipeline: child, in: place });
      const problem = this.give(this.owner, { command: 'advance' });
      if (problem !== undefined) return unreachable(given, stage.stage, problem);
    }
    return undefined;
  }

  private submit({ evidence, fields }: EvidenceRule): string | undefined {
    return this.give(this.owner, { command: 'submit_evidence', evidence, fields: plainAnswers(fields, this.context) });
  }

  /** The decisions that leaving the stage asks for, as far as the facts leave them to people. */
  private answer(index: number): string | undefined {
    const { state, set, people, now } = this.rehearsal;
    const view = state && viewOf({ playbook: set, rules: this.rules, people, now }, state);
    if (view === undefined) return undefined;
    for (const decision of decisionsToLeave(this.rules, index)) {
      const rule = indexOf(this.rules).decisions.get(decision);
      const seen = seenIn(view);
      if (rule?.way.kind !== 'tree' || seen.decision?.(decision).standing === 'current') continue;
      const answers = waysTo(rule.way, seen).get(this.fitting.decisions[decision] ?? '');
      const [actor] = answerersOf(view, rule);
      if (answers === undefined || actor === undefined) return `no answers lead to it: decision ${decision}`;
      const problem = this.give(actor, { command: 'answer', decision, answers });
      if (problem !== undefined) return `decision ${decision}: ${problem}`;
    }
    return undefined;
  }

  private accept({ evidence, accepted_by }: EvidenceRule): string | undefined {
    if (accepted_by === undefined) return undefined;
    const { people, set, state, now } = this.rehearsal;
    const view = state && viewOf({ playbook: set, people, now }, state);
    const meant = view ? resolveWho(people, accepted_by, whoContextOf(view)) : [];
    const acceptor = meant.find(
      (person) => person !== this.owner && mayAct(set.roles, people, person, 'accept_evidence', this.owner, now),
    );
    if (acceptor === undefined) return 'nobody may accept it';
    return this.give(acceptor, { command: 'accept_evidence', evidence });
  }

  /** Asks for it, and lets whoever is asked approve, one after another. */
  private obtain(approval: string): string | undefined {
    const problem = this.give(this.owner, { command: 'request_approval', approval });
    if (problem !== undefined) return problem;
    for (;;) {
      const record = this.rehearsal.state?.approvals?.[approval];
      if (record?.outcome !== undefined) return record.outcome === 'approved' ? undefined : record.outcome;
      const asked = Object.values(record?.steps ?? {}).flatMap((step) => step.asked)[0];
      if (asked === undefined) return 'nobody can answer';
      const no = this.give(asked.person, { command: 'approve', approval, digest: DIGEST_AS_SHOWN });
      if (no !== undefined) return no;
    }
  }

  private give(actor: string, body: CaseCommand): string | undefined {
    const { outcome } = this.rehearsal.give(actor, body);
    return outcome.outcome === 'accepted' ? undefined : outcomeText(outcome);
  }
}

/** What opening and leaving each of the stages asks, gates that only watch left out. */
function conditionsUpTo(rules: Rules, first: number, passed: readonly Stage[]): readonly Condition[] {
  const { pipeline, gates } = rules;
  const opening = pipeline.stages[first];
  const wins = passed.length > 0 && winningIndex(pipeline) >= first && winningIndex(pipeline) < first + passed.length;
  const criteria = [
    ...gateCriteria(gates, 'open'),
    ...(opening === undefined ? [] : openAtCriterion(pipeline, opening)),
    ...passed.flatMap((_, offset) => stageCriteria(pipeline, first + offset)),
    ...(passed.length > 0 ? gateCriteria(gates, 'advance') : []),
    ...(wins ? winCriteria(rules) : []),
  ];
  const enforced = criteria.filter(({ mode }) => mode === 'enforce').map(({ condition }) => condition);
  return pipeline.applies_when === undefined ? enforced : [pipeline.applies_when, ...enforced];
}

/** All evidence the stage declares, and that of the gates on leaving it. */
function evidenceToLeave({ pipeline, gates }: Rules, index: number): readonly EvidenceRule[] {
  const isWinning = index === winningIndex(pipeline);
  const passed = gates.filter(({ at_point }) => at_point === 'advance' || (at_point === 'win' && isWinning));
  return [...(pipeline.stages[index]?.evidence ?? []), ...passed.flatMap((gate) => gate.evidence)];
}

/** Approvals that leaving the stage, or winning on it, asks for by name. */
function approvalsToLeave(rules: Rules, index: number): readonly string[] {
  const wins = index === winningIndex(rules.pipeline) ? winCriteria(rules) : [];
  const criteria = [...stageCriteria(rules.pipeline, index), ...gateCriteria(rules.gates, 'advance'), ...wins];
  const enforced = criteria.filter(({ mode }) => mode === 'enforce').map(({ condition }) => condition);
  const milestone = (id: string) => indexOf(rules).milestones.get(id)?.when;
  const { leaves } = reachOf(enforced, { facts: rules.pipeline.facts, milestone });
  return [...new Set(leaves.flatMap((leaf) => (leaf.kind === 'approval' ? [leaf.approval] : [])))];
}

/** The given facts as conditions see them; what cannot be read is left to `open`, which says why. */
function readFacts(
  { pipeline }: Rules,
  { facts }: Scenario['given'],
  calendar: WorkingCalendar,
  { people, now }: Rehearsal,
): Readonly<Record<string, Value>> {
  const values = Object.entries(facts).flatMap(([fact, raw]) => {
    const spec = pipeline.facts[fact];
    const result = spec === undefined ? undefined : readValue(spec, raw, { people, now, calendar }, '');
    return result?.kind === 'value' ? [[fact, result.value] as const] : [];
  });
  return Object.fromEntries(values);
}

function currencyIn(facts: Readonly<Record<string, Value>>): string {
  return Object.values(facts).find(isMoney)?.currency ?? 'CNY';
}

function unreachable({ stage }: Scenario['given'], from: string, why: string): Text {
  const goal = stage === undefined || stage === from ? `\`${from}\`` : `\`${stage}\``;
  return {
    zh: `给定的起点 ${goal} 到不了，停在 \`${from}\`：${why}`,
    en: `the start given, ${goal}, cannot be reached: stuck at \`${from}\`: ${why}`,
  };
}

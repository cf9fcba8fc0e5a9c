/** Finds the least that must be added to the facts given for conditions to hold, so that a scenario lists only what it is about. */

import { candidateValues } from '../case/explain/candidates.ts';
import { reachOf } from '../case/explain/leaves-of.ts';
import type { Changes, Picked } from '../condition/changes.ts';
import { cheapestChange } from '../condition/cheapest-change.ts';
import { type FactReader, factReader } from '../condition/derived.ts';
import { truthOf } from '../condition/evaluate.ts';
import type { Surroundings } from '../condition/seen.ts';
import { type PlainContext, plainValue } from '../form/plain-answers.ts';
import type { Condition, Leaf } from '../playbook/condition.ts';
import type { Pipeline } from '../playbook/pipeline.ts';
import type { Value } from '../playbook/value.ts';

export interface Fitting {
  /** Facts to set besides those given. */
  readonly facts: Readonly<Record<string, Value>>;
  /** Evidence is there unless it stands here, because a condition wants it absent. */
  readonly withheld: ReadonlySet<string>;
  /** Likewise approvals. */
  readonly withheld_approvals: ReadonlySet<string>;
  /** An open task with a date is needed. */
  readonly task: boolean;
  /** Kinds of activity, `any` among them, that must have been logged. */
  readonly activities: readonly string[];
}

/** Undefined when nothing makes the conditions hold beside the facts given, which are never touched. */
export function fittingFor(
  pipeline: Pipeline,
  conditions: readonly Condition[],
  given: Readonly<Record<string, Value>>,
  context: PlainContext,
): Fitting | undefined {
  const options = optionsOf(pipeline, conditions, given, context);
  const fittable = new Fittable(pipeline, given, options, context);
  const { change } = cheapestChange(
    conditions.map((condition) => ({ condition, want: 'true' })),
    fittable,
  );
  if (change === undefined) return undefined;
  const picked = [...change.picks.keys()];
  const named = (kind: string): string[] =>
    picked.filter((variable) => variable.startsWith(`${kind} `)).map((variable) => variable.slice(kind.length + 1));
  const facts = named('fact').flatMap((fact) => {
    const value = options.get(fact)?.[change.picks.get(`fact ${fact}`) ?? 0];
    return value === undefined ? [] : [[fact, value] as const];
  });
  return {
    facts: Object.fromEntries(facts),
    withheld: new Set(named('evidence')),
    withheld_approvals: new Set(named('approval')),
    task: picked.includes('task'),
    activities: named('activity'),
  };
}

/** Per fact that may be chosen, what to choose from; the first stands for leaving it unset. */
type Options = ReadonlyMap<string, readonly (Value | undefined)[]>;

function optionsOf(
  pipeline: Pipeline,
  conditions: readonly Condition[],
  given: Readonly<Record<string, Value>>,
  context: PlainContext,
): Options {
  const around = surroundings(pipeline, context, () => 0);
  const { facts } = pipeline;
  const reach = reachOf(conditions, { facts, milestone: around.milestone });
  const set = (fact: string): Value | undefined => (Object.hasOwn(given, fact) ? given[fact] : undefined);
  const candidates = candidateValues({ facts, set, around, plain: context }, reach);
  const options = new Map<string, readonly (Value | undefined)[]>();
  for (const [fact, values] of candidates) {
    const spec = pipeline.facts[fact];
    if (spec === undefined || Object.hasOwn(given, fact)) continue;
    options.set(fact, [undefined, plainValue(spec, context), ...values]);
  }
  return options;
}

class Fittable implements Changes {
  private readonly pipeline: Pipeline;
  private readonly given: Readonly<Record<string, Value>>;
  private readonly options: Options;
  private readonly context: PlainContext;

  constructor(pipeline: Pipeline, given: Readonly<Record<string, Value>>, options: Options, context: PlainContext) {
    this.pipeline = pipeline;
    this.given = given;
    this.options = options;
    this.context = context;
  }

  milestone(id: string): Condition | undefined {
    return milestoneOf(this.pipeline, id);
  }

  variablesOf(leaf: Leaf): readonly string[] {
    const reach = reachOf([leaf], { facts: this.pipeline.facts, milestone: (id) => this.milestone(id) });
    const facts = [...reach.facts].filter((fact) => this.options.has(fact)).map((fact) => `fact ${fact}`);
    return [...new Set([...facts, ...reach.leaves.flatMap(variablesOfThing)])];
  }

  costs(variable: string): readonly number[] {
    const count = variable.startsWith('fact ') ? (this.options.get(variable.slice(5))?.length ?? 1) : 2;
    return Array.from({ length: count }, (_, option) => (option === 0 ? 0 : 1));
  }

  truth(leaf: Leaf, pick: Picked): ReturnType<typeof truthOf> {
    const around = surroundings(this.pipeline, this.context, pick);
    const chosen: FactReader = (fact) => this.options.get(fact)?.[pick(`fact ${fact}`)];
    return truthOf(leaf, { ...around, fact: reader(this.pipeline, this.given, around, chosen) });
  }
}

function variablesOfThing(leaf: Leaf): readonly string[] {
  switch (leaf.kind) {
    case 'evidence':
      return [`evidence ${leaf.evidence}`];
    case 'approval':
      return [`approval ${leaf.approval}`];
    case 'activity':
      return [`activity ${leaf.activity}`];
    case 'task':
      return ['task'];
    default:
      return [];
  }
}

function milestoneOf(pipeline: Pipeline, id: string): Condition | undefined {
  return pipeline.stages.flatMap(({ milestones }) => milestones).find(({ milestone }) => milestone === id)?.when;
}

/** Evidence is accepted and approvals are given unless picked, activities and a dated task are there when picked; nothing is overdue. */
function surroundings(pipeline: Pipeline, { now, calendar }: PlainContext, pick: Picked): Surroundings {
  return {
    now,
    calendar,
    milestone: (id) => milestoneOf(pipeline, id),
    evidence: (id) => (pick(`evidence ${id}`) === 0 ? { standing: 'accepted', at: now } : { standing: 'missing' }),
    approval: (id) => ({ standing: pick(`approval ${id}`) === 0 ? 'approved' : 'missing' }),
    activity: (kind) => (pick(`activity ${kind}`) === 0 ? undefined : now),
    task: (which) => which !== 'overdue' && pick('task') !== 0,
  };
}

function reader(
  pipeline: Pipeline,
  given: Readonly<Record<string, Value>>,
  around: Surroundings,
  chosen: (fact: string) => Value | undefined,
): FactReader {
  const value = (fact: string): Value | undefined => (Object.hasOwn(given, fact) ? given[fact] : chosen(fact));
  return factReader(pipeline.facts, value, around);
}

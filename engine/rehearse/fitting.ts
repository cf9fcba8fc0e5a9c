/** Finds the least that must be added to the facts given for conditions to hold, so that a scenario lists only what it is about. */

import { candidateValues } from '../case/explain/candidates.ts';
import { reachOf } from '../case/explain/leaves-of.ts';
import type { Changes, Picked } from '../condition/changes.ts';
import { cheapestChange } from '../condition/cheapest-change.ts';
import { type FactReader, factReader } from '../condition/derived.ts';
import { truthOf } from '../condition/evaluate.ts';
import type { DecisionSeen, Seen, Surroundings } from '../condition/seen.ts';
import { type PlainContext, plainValue } from '../form/plain-answers.ts';
import { comeTo } from '../parts/decision.ts';
import type { Condition, Leaf } from '../playbook/condition.ts';
import type { Decision } from '../playbook/decision.ts';
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
  /** Decision → what people's answers must come to. */
  readonly decisions: Readonly<Record<string, string>>;
  /** Pipeline → where cases started in it must stand. */
  readonly children: ReadonlyMap<string, string>;
}

/** What conditions are about: a pipeline, with the decisions made in it. */
export interface Fitted {
  readonly pipeline: Pipeline;
  readonly decisions?: readonly Decision[];
}

/** Undefined when nothing makes the conditions hold beside the facts given, which are never touched. */
export function fittingFor(
  fitted: Fitted,
  conditions: readonly Condition[],
  given: Readonly<Record<string, Value>>,
  context: PlainContext,
): Fitting | undefined {
  const options = optionsOf(fitted, conditions, given, context);
  const places = placesNamed(fitted, conditions);
  const fittable = new Fittable(fitted, given, options, places, context);
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
    decisions: Object.fromEntries(
      named('decision').map((id) => [id, outcomesOf(fitted, id)[(change.picks.get(`decision ${id}`) ?? 1) - 1] ?? '']),
    ),
    // None is wanted, but one may be there all the same: over and done with it is in nobody's way.
    children: new Map(
      [...places].map(([child, list]) => [child, list[(change.picks.get(`child ${child}`) ?? 0) - 1] ?? 'finished']),
    ),
  };
}

/** Pipeline of children → the places that conditions name; the options are to have none, or one in each of these. */
type Places = ReadonlyMap<string, readonly string[]>;

function placesNamed(fitted: Fitted, conditions: readonly Condition[]): Places {
  const { pipeline } = fitted;
  const { leaves } = reachOf(conditions, {
    facts: pipeline.facts,
    milestone: (id) => milestoneOf(pipeline, id),
    decision: (id) => decisionOf(fitted, id),
  });
  const places = new Map<string, readonly string[]>();
  for (const leaf of leaves) {
    if (leaf.kind === 'child')
      places.set(leaf.pipeline, [...new Set([...(places.get(leaf.pipeline) ?? []), ...leaf.in])]);
  }
  return places;
}

/** Per fact that may be chosen, what to choose from; the first stands for leaving it unset. */
type Options = ReadonlyMap<string, readonly (Value | undefined)[]>;

function optionsOf(
  fitted: Fitted,
  conditions: readonly Condition[],
  given: Readonly<Record<string, Value>>,
  context: PlainContext,
): Options {
  const { pipeline } = fitted;
  const around = surroundings(fitted, new Map(), context, () => 0);
  const { facts } = pipeline;
  const reach = reachOf(conditions, { facts, milestone: around.milestone, decision: (id) => decisionOf(fitted, id) });
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
  private readonly fitted: Fitted;
  private readonly given: Readonly<Record<string, Value>>;
  private readonly options: Options;
  private readonly places: Places;
  private readonly context: PlainContext;

  constructor(
    fitted: Fitted,
    given: Readonly<Record<string, Value>>,
    options: Options,
    places: Places,
    context: PlainContext,
  ) {
    this.fitted = fitted;
    this.given = given;
    this.options = options;
    this.places = places;
    this.context = context;
  }

  milestone(id: string): Condition | undefined {
    return milestoneOf(this.fitted.pipeline, id);
  }

  variablesOf(leaf: Leaf): readonly string[] {
    const reach = reachOf([leaf], {
      facts: this.fitted.pipeline.facts,
      milestone: (id) => this.milestone(id),
      decision: (id) => decisionOf(this.fitted, id),
    });
    const facts = [...reach.facts].filter((fact) => this.options.has(fact)).map((fact) => `fact ${fact}`);
    const things = reach.leaves.flatMap((one) => variablesOfThing(one, this.fitted));
    return [...new Set([...facts, ...things])];
  }

  costs(variable: string): readonly number[] {
    const [kind = '', name = ''] = variable.split(' ');
    const counts: Readonly<Record<string, number | undefined>> = {
      fact: this.options.get(name)?.length ?? 1,
      decision: outcomesOf(this.fitted, name).length + 1,
      child: (this.places.get(name)?.length ?? 0) + 1,
    };
    const count = counts[kind] ?? 2;
    return Array.from({ length: count }, (_, option) => (option === 0 ? 0 : 1));
  }

  truth(leaf: Leaf, pick: Picked): ReturnType<typeof truthOf> {
    const around = surroundings(this.fitted, this.places, this.context, pick);
    const chosen: FactReader = (fact) => this.options.get(fact)?.[pick(`fact ${fact}`)];
    const seen = { ...around, fact: reader(this.fitted.pipeline, this.given, around, chosen) };
    return truthOf(leaf, { ...seen, decision: (id) => decisionSeen(this.fitted, id, seen, pick) });
  }
}

function decisionOf({ decisions = [] }: Fitted, id: string): Decision | undefined {
  return decisions.find(({ decision }) => decision === id);
}

/** What people's answers can bring about; nothing of a table. */
function outcomesOf(fitted: Fitted, id: string): readonly string[] {
  const rule = decisionOf(fitted, id);
  return rule?.way.kind === 'tree' ? rule.outcomes.map(({ outcome }) => outcome) : [];
}

/** A tree comes to the outcome picked, whatever the answers are that lead there; a table to what the facts say. */
function decisionSeen(fitted: Fitted, id: string, seen: Seen, pick: Picked): DecisionSeen {
  const rule = decisionOf(fitted, id);
  if (rule === undefined) return { standing: 'missing', outcomes: [] };
  if (rule.way.kind === 'tree') {
    const outcome = outcomesOf(fitted, id)[pick(`decision ${id}`) - 1];
    return outcome === undefined
      ? { standing: 'missing', outcomes: [] }
      : { standing: 'current', outcomes: [outcome], at: seen.now };
  }
  const come = comeTo(rule, () => undefined, seen);
  return come.reached ? { standing: 'current', outcomes: come.outcomes } : { standing: 'open', outcomes: [] };
}

function variablesOfThing(leaf: Leaf, fitted: Fitted): readonly string[] {
  switch (leaf.kind) {
    case 'decision':
      return outcomesOf(fitted, leaf.decision).length > 0 ? [`decision ${leaf.decision}`] : [];
    case 'evidence':
      return [`evidence ${leaf.evidence}`];
    case 'approval':
      return [`approval ${leaf.approval}`];
    case 'activity':
      return [`activity ${leaf.activity}`];
    case 'task':
      return ['task'];
    case 'child':
      return [`child ${leaf.pipeline}`];
    default:
      return [];
  }
}

function milestoneOf(pipeline: Pipeline, id: string): Condition | undefined {
  return pipeline.stages.flatMap(({ milestones }) => milestones).find(({ milestone }) => milestone === id)?.when;
}

/** Evidence is accepted and approvals are given unless picked, activities and a dated task are there when picked; nothing is overdue. */
function surroundings(
  { pipeline }: Fitted,
  places: Places,
  { now, calendar }: PlainContext,
  pick: Picked,
): Surroundings {
  return {
    now,
    calendar,
    milestone: (id) => milestoneOf(pipeline, id),
    evidence: (id) => (pick(`evidence ${id}`) === 0 ? { standing: 'accepted', at: now } : { standing: 'missing' }),
    approval: (id) => ({ standing: pick(`approval ${id}`) === 0 ? 'approved' : 'missing' }),
    activity: (kind) => (pick(`activity ${kind}`) === 0 ? undefined : now),
    task: (which) => which !== 'overdue' && pick('task') !== 0,
    children: (child) => {
      const place = places.get(child)?.[pick(`child ${child}`) - 1];
      return place === undefined ? [] : [{ child, in: [place] }];
    },
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

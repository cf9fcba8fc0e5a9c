/** Compiles ladders. */

import {
  type Demand,
  type DemandWay,
  type Ladder,
  type LadderStart,
  type Rung,
  WAY_ARGUMENTS,
  WAYS,
} from '../../playbook/ladder.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { DemandSource, LadderSource, RungSource } from '../kinds/ladder.ts';
import { compileAction } from './action.ts';
import { compileCondition, factNamed } from './condition.ts';
import { compileFields } from './form.ts';
import type { Scope } from './scope.ts';
import { TYPE_NAMES } from './value.ts';
import { compileWho } from './who.ts';

/** @param scope the cases of every pipeline that uses the ladder */
export function compileLadder(source: LadderSource, scope: Scope): Ladder {
  const pauses_while = source.pauses_while && compileCondition(source.pauses_while, scope);
  return {
    ladder: source.ladder.value,
    title: source.title,
    starts: source.starts.map((start) => compileLadderStart(start, scope)).filter((start) => start !== undefined),
    ...(pauses_while ? { pauses_while } : {}),
    ...(source.pause_budget ? { pause_budget: source.pause_budget.value } : {}),
    ends_when: source.ends_when.map((one) => one.value),
    rungs: source.rungs.map((rung) => compileRung(rung, scope)),
    at: source.place.at,
  };
}

function compileLadderStart(source: LadderSource['starts'][number], scope: Scope): LadderStart | undefined {
  if ('value' in source) return { kind: 'timebox', at: source.place.at };
  const at = source.body.place.at;
  if (source.kind === 'no_activity') return { kind: 'no_activity', for: source.body.no_activity.value, at };
  const { value: fact, place } = source.body.due;
  const typed = factNamed(fact, place, scope);
  if (!typed) return undefined;
  if (typed.type.value === 'date') return { kind: 'due', fact, at };
  scope.report('wrong-fact-type', place, { name: fact, type: TYPE_NAMES[typed.type.value], expected: TYPE_NAMES.date });
  return undefined;
}

function compileRung(source: RungSource, scope: Scope): Rung {
  if (!source.demand && (source.do ?? []).length === 0) scope.report('empty-rung', source.place);
  const demand = source.demand && compileDemand(source.demand, scope);
  return {
    after: source.after.value,
    do: (source.do ?? []).map((one) => compileAction(one, scope)).filter((one) => one !== undefined),
    ...(demand ? { demand } : {}),
    at: source.place.at,
  };
}

function compileDemand(source: DemandSource, scope: Scope): Demand | undefined {
  const of = compileWho(source.of, scope, 'resolve');
  const ways: Partial<Record<DemandWay, readonly string[]>> = {};
  for (const { key, value } of source.ways) {
    const way = WAYS.find((one) => one === key.value);
    if (!way) {
      scope.report(
        'unknown-way',
        key.place,
        { written: key.value },
        {
          hint: didYouMean(key.value, WAYS) ?? {
            zh: `可写：${WAYS.join(', ')}`,
            en: `the ways are: ${WAYS.join(', ')}`,
          },
        },
      );
      continue;
    }
    const takes: readonly string[] = WAY_ARGUMENTS[way];
    for (const argument of value) {
      if (takes.includes(argument.value)) continue;
      const list = takes.join(', ');
      const hint = didYouMean(argument.value, takes) ?? { zh: `可写：${list}`, en: `it takes: ${list}` };
      scope.report('unknown-argument', argument.place, { way, written: argument.value }, { hint });
    }
    const missing = takes.find((one) => one !== 'plan' && !value.some((argument) => argument.value === one));
    if (missing && value.every((argument) => takes.includes(argument.value))) {
      scope.report('missing-argument', key.place, { way, missing });
    }
    ways[way] = value.map((argument) => argument.value);
  }
  if (source.ways.length === 0) scope.report('no-ways', source.keyPlaces.ways ?? source.place);
  return of && { of, ways, fields: compileFields(source.fields, scope), at: source.place.at };
}

/** What the record would say of a rehearsed person: the figures a scenario gives, where a server looks them up. */

import { measureOf } from '../measure/catalogue.ts';
import { type RepStanding, repFacts } from '../measure/rep-facts.ts';
import type { Baseline, Measured } from '../person/coaching/session.ts';
import type { PersonState } from '../person/state.ts';
import type { PersonWorld } from '../person/world.ts';
import type { StagedMeasure, StagedMeasures } from '../playbook/scenario.ts';

type Figures = Pick<PersonWorld, 'baselines' | 'owners' | 'outcomes' | 'period_facts'>;
type Staged = readonly (readonly [Baseline['measure'], StagedMeasure])[];

export function figuresFrom(
  measures: StagedMeasures,
  cases: readonly string[],
  { person, now }: Pick<PersonWorld, 'person' | 'now'>,
  state: PersonState | undefined,
): Figures {
  // Object.entries forgets that the keys are measures.
  const staged = Object.entries(measures) as unknown as Staged;
  const day = now.slice(0, 10);
  const measured = ({ own: value, n }: StagedMeasure): Measured => ({ value, n, from: day, until: day });
  const baselines = staged.map(([measure, one]): [string, Baseline] => {
    return [measure, { measure, own: measured(one), team: { ...one.team, n: Object.keys(one.team).length } }];
  });
  const outcomes = (state?.goals ?? []).flatMap(({ goal, measure }) => {
    const one = measure && measures[measure.measure];
    return one === undefined ? [] : [[goal, measured(one)] as const];
  });
  const facts = repFacts(Object.fromEntries(staged.map(([id, one]) => [id, standingOf(id, one)])), undefined);
  return {
    baselines: Object.fromEntries(baselines),
    outcomes: Object.fromEntries(outcomes),
    owners: Object.fromEntries(cases.map((id) => [id, person])),
    period_facts: Object.fromEntries((state?.duties ?? []).map(({ id }) => [id, facts])),
  };
}

/** As facts are: percents as fractions. */
function standingOf(measure: Baseline['measure'], { own, n, team }: StagedMeasure): RepStanding {
  const scale = measureOf(measure).unit === 'percent' ? 100 : 1;
  return { own: { value: own / scale, n }, team: team.middle / scale };
}

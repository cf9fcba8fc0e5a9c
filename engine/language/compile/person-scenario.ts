/** Compiles scenarios about a coaching flow or a rhythm: what is given of the person, and the lines. */

import { MEASURES, type MeasureId } from '../../measure/catalogue.ts';
import type { PersonLine, PersonScenario, StagedMeasure, StagedMeasures } from '../../playbook/scenario.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { MeasuresSource, ScenarioSource } from '../kinds/scenarios.ts';
import { compilePersonCommand } from './person-command.ts';
import { compilePersonExpectation, compilePersonRefusal } from './person-expectation.ts';
import { compileLines, compileStart, type LineGrammar, leniency, refuseKeys } from './scenario-lines.ts';
import type { ScenarioScope } from './scenario-scope.ts';

const PEOPLE = { zh: '人员', en: 'people' };
const OF_PEOPLE: LineGrammar = { expectation: compilePersonExpectation, refusal: compilePersonRefusal };
/** What a measure rests on where a scenario does not say. */
const CASES_WHEN_UNSAID = 10;

export function compilePersonScenario(source: ScenarioSource, scope: ScenarioScope): PersonScenario {
  const { given } = source;
  refuseKeys(given.keyPlaces, ['stage', 'facts', 'unopened'], PEOPLE, scope);
  const since = given.in_post_since?.value;
  return {
    scenario: source.scenario.value,
    given: {
      ...compileStart(source, scope),
      measures: compileMeasures(given.measures ?? [], scope),
      cases: (given.cases ?? []).map(({ value }) => value),
      ...(since === undefined ? {} : { in_post_since: since }),
    },
    timeline: compilePersonLines(source, scope),
    at: source.place.at,
  };
}

function compilePersonLines(source: ScenarioSource, scope: ScenarioScope): readonly PersonLine[] {
  return compileLines(source, scope, OF_PEOPLE, (line) => {
    refuseKeys(line.keyPlaces, ['child'], PEOPLE, scope);
    const context = { scope, scenario: source.scenario.value, ...leniency(line) };
    const command = line.do && compilePersonCommand(line.do, line.with ?? [], context);
    const measures = line.measures && compileMeasures(line.measures, scope);
    return { ...(measures ? { measures } : {}), ...(command ? { do: command } : {}) };
  });
}

function compileMeasures(source: MeasuresSource, { report }: ScenarioScope): StagedMeasures {
  const known = MEASURES.map(({ measure }) => measure);
  const staged = source.flatMap(({ key, value }): [MeasureId, StagedMeasure][] => {
    const measure = known.find((one) => one === key.value);
    if (measure === undefined) {
      report('unknown-measure', key.place, { written: key.value }, { hint: didYouMean(key.value, known) });
      return [];
    }
    const own = value.own.value;
    const team = {
      low: value.low?.value ?? own,
      middle: value.middle?.value ?? own,
      high: value.high?.value ?? own,
    };
    return [[measure, { own, n: value.n?.value ?? CASES_WHEN_UNSAID, team }]];
  });
  return Object.fromEntries(staged);
}

/** `child: obligation done`: where a case that this one started stands from now on. */

import { CHILD_STATUSES } from '../../playbook/condition.ts';
import type { ScenarioLine } from '../../playbook/scenario.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Token } from '../shape/shape.ts';
import { isDeclared } from './index.ts';
import type { ScenarioScope } from './scenario-scope.ts';

const FORM = 'child: PIPELINE PLACE [KEY]';

export function compileScenarioChild(token: Token<string>, scope: ScenarioScope): ScenarioLine['child'] {
  const [pipeline = '', place, key, more] = token.value.trim().split(/\s+/);
  if (place === undefined || more !== undefined) {
    scope.report('command-argument', token.place, { form: FORM });
    return undefined;
  }
  const { index } = scope;
  if (!isDeclared('pipeline', pipeline, index)) {
    const hint = didYouMean(pipeline, index.pipeline.keys());
    scope.report('unknown-pipeline', token.place, { written: pipeline }, { hint });
    return undefined;
  }
  const isStarted = scope.cases.some((one) => one.starts.has(pipeline) || one.startsMore);
  if (!isStarted) scope.report('child-never-started', token.place, { pipeline: scope.about, child: pipeline });
  const stages = index.pipeline.get(pipeline)?.source?.stages.map(({ stage }) => stage.value);
  const places = [...(stages ?? []), ...CHILD_STATUSES];
  if (stages && !places.includes(place)) {
    const hint = didYouMean(place, places);
    scope.report('unknown-child-place', token.place, { pipeline, written: place }, { hint });
    return undefined;
  }
  return { pipeline, in: place, ...(key === undefined ? {} : { key }) };
}

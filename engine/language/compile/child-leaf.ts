/** Compiles `{ child: pipeline, in: … }`: led to the pipeline, and to what cases of it can stand in. */

import { CHILD_STATUSES, type Leaf } from '../../playbook/condition.ts';
import type { Text } from '../../playbook/text.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { ChildLeafSource } from '../kinds/condition.ts';
import { isPipelineNamed } from './named-pipeline.ts';
import { missingIn, type Scope } from './scope.ts';

const STATUS_TITLES: Readonly<Record<string, Text>> = {
  open: { zh: '进行中', en: 'open' },
  won: { zh: '赢单', en: 'won' },
  lost: { zh: '输单', en: 'lost' },
  finished: { zh: '已结束', en: 'finished' },
} satisfies Record<(typeof CHILD_STATUSES)[number], Text>;

export function compileChildLeaf(source: ChildLeafSource, scope: Scope): Leaf | undefined {
  const { value: pipeline, place } = source.child;
  if (!isPipelineNamed(source.child, scope)) return undefined;
  const lacks = missingIn(scope, (one) => one.starts.has(pipeline) || one.startsMore || one.incomplete);
  if (lacks) scope.report('child-never-started', place, { pipeline: lacks.pipeline, child: pipeline });
  const child = scope.pipelines.get(pipeline)?.source;
  const titles = new Map((child?.stages ?? []).map((stage) => [stage.stage.value, stage.title]));
  const written = 'value' in source.in ? [source.in] : source.in;
  const places = written.flatMap(({ value, place: at }): (readonly [string, Text])[] => {
    const title = titles.get(value) ?? STATUS_TITLES[value];
    // A pipeline that cannot be read is told of where it stands.
    if (title !== undefined || child === undefined) return [[value, title ?? { zh: value, en: value }]];
    const hint = didYouMean(value, [...titles.keys(), ...CHILD_STATUSES]);
    scope.report('unknown-child-place', at, { pipeline, written: value }, { hint });
    return [];
  });
  if (lacks || places.length < written.length) return undefined;
  return {
    kind: 'child',
    pipeline,
    in: places.map(([id]) => id),
    which: source.which?.value ?? 'all',
    title: child?.title ?? { zh: pipeline, en: pipeline },
    in_titles: places.map(([, title]) => title),
    at: source.place.at,
  };
}

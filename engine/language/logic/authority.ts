/** What the limits of the posts come to: they grow up the line, and whatever a case may reach somebody may approve. */

import { type Dimension, FACTS_READ, type Limit } from '../../playbook/authority.ts';
import type { Condition } from '../../playbook/condition.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Post, Roles } from '../../playbook/roles.ts';
import type { Text } from '../../playbook/text.ts';
import type { Fact, Value } from '../../playbook/value.ts';
import { measureText } from '../../who/authority-texts.ts';
import { shortBy } from '../../who/measure.ts';
import type { Pair } from '../compile/compile-all.ts';
import type { Report } from '../diagnostics/report.ts';
import type { RolesSource } from '../kinds/roles.ts';

export function checkAuthority(roles: Pair<RolesSource, Roles>, pipelines: readonly Pipeline[], report: Report): void {
  for (const { role, manages, authority, keyPlaces, place } of roles.source.posts) {
    if (authority && !manages) report('authority-without-team', keyPlaces.authority ?? place, { role: role.value });
  }
  checkGrowth(roles, report);
  for (const pipeline of pipelines) checkReach(roles, pipeline, report);
}

/** Who stands above approves at least what those below do: else a case goes up only to find less. */
function checkGrowth({ source, compiled }: Pair<RolesSource, Roles>, report: Report): void {
  const dimensions = compiled.authority ?? [];
  for (const [i, upper] of compiled.posts.entries()) {
    const lower = nearestBelow(upper, compiled.posts);
    const less = dimensions.filter((one) => isLess(one, upper, lower));
    const written = source.posts[i];
    const params = { upper: upper.role, lower: lower?.role ?? '' };
    if (written && !upper.authority && less.length > 0) {
      report('limit-shrinks', written.role.place, { ...params, dimension: less.map(nameOf).join(', ') });
      continue;
    }
    for (const one of less) {
      const place = written?.authority?.find(({ key }) => key.value === one.dimension)?.key.place;
      const there = lower?.authority?.[one.dimension];
      const message = { zh: '下属的权限', en: 'what the lower post may approve' };
      const related = there ? [{ place: { at: there.at }, message }] : [];
      const at = place ?? written?.keyPlaces.authority;
      if (at) report('limit-shrinks', at, { ...params, dimension: one.dimension }, { related });
    }
  }
}

/** The first post with authority down the line. */
function nearestBelow({ manages }: Post, posts: readonly Post[]): Post | undefined {
  const met = new Set<string>();
  for (let next = manages; next !== undefined && !met.has(next); ) {
    met.add(next);
    const below = posts.find(({ role }) => role === next);
    if (below?.authority) return below;
    next = below?.manages;
  }
  return undefined;
}

function isLess(dimension: Dimension, upper: Post, lower: Post | undefined): boolean {
  const there = lower?.authority?.[dimension.dimension];
  const here = upper.authority?.[dimension.dimension];
  if (there === undefined) return false;
  if (there.kind === 'no_limit') return here === undefined || shortBy(dimension, here, undefined) !== undefined;
  return shortBy(dimension, here, there.kind === 'among' ? there.choices : there.value) !== undefined;
}

/**
 * Limits only reach downward, so one post that covers the gravest a case of the pipeline can be covers all of them, and
 * where none does that one case is nobody's. Posts that manage nobody stand in no line and are not counted.
 */
function checkReach({ source, compiled }: Pair<RolesSource, Roles>, pipeline: Pipeline, report: Report): void {
  const place = source.keyPlaces.authority;
  const measured = (compiled.authority ?? []).filter((one) => isRead(one, pipeline.facts[one.fact]));
  if (!place || measured.length === 0) return;
  const posts = compiled.posts.filter((post) => post.authority && post.manages);
  const lacks = (post: Post): readonly Dimension[] => measured.filter((one) => !coversGravest(one, post, pipeline));
  if (posts.some((post) => lacks(post).length === 0)) return;
  const beyondAll = measured.filter((one) => posts.every((post) => lacks(post).includes(one)));
  for (const one of beyondAll) {
    const at = source.authority?.find(({ key }) => key.value === one.dimension)?.key.place ?? place;
    report('nobody-approves', at, { pipeline: pipeline.pipeline, what: beyond(one, posts, pipeline.facts[one.fact]) });
  }
  if (beyondAll.length > 0) return;
  const names = [...new Set(posts.flatMap(lacks))].map(({ dimension }) => `\`${dimension}\``);
  const related = posts.map((post) => {
    const names = lacks(post).map(({ dimension }) => `\`${dimension}\``);
    const message = {
      zh: `\`${post.role}\` 的 ${names.join('、')} 权限不够`,
      en: `\`${post.role}\` may approve too little in ${names.join(', ')}`,
    };
    return { place: { at: post.at }, message };
  });
  const what = { zh: `${names.join('、')} 同时最重的案例`, en: `a case at its gravest in ${names.join(', ')} at once` };
  report('nobody-approves', place, { pipeline: pipeline.pipeline, what }, { related });
}

function isRead({ type }: Dimension, fact: Fact | undefined): boolean {
  return fact !== undefined && FACTS_READ[type].includes(fact.type);
}

function coversGravest(dimension: Dimension, post: Post, pipeline: Pipeline): boolean {
  const limit = post.authority?.[dimension.dimension];
  const bounds: readonly (Value | undefined)[] = [undefined, ...boundsOf(dimension, pipeline)];
  return bounds.some((bound) => shortBy(dimension, limit, bound) === undefined);
}

/** Values that no case of the pipeline goes beyond: the limits of the fact, and what `applies_when` asks of it. */
function boundsOf({ fact: name, type, graver }: Dimension, pipeline: Pipeline): readonly Value[] {
  const fact = pipeline.facts[name];
  if (fact === undefined) return [];
  if (type === 'choice') return [Object.keys(fact.choices ?? {})];
  const limit = graver === 'lower' ? fact.min : fact.max;
  const operators = graver === 'lower' ? ['at_least', 'more_than', 'is'] : ['at_most', 'less_than', 'is'];
  const asked = togetherIn(pipeline.applies_when).flatMap((one) => {
    if (one.kind !== 'fact' || one.fact !== name || !operators.includes(one.operator)) return [];
    if (one.operand.kind !== 'value') return [];
    const { value } = one.operand;
    return typeof value !== 'object' || 'currency' in value ? [value] : [];
  });
  if (typeof limit !== 'number') return asked;
  return [...asked, fact.currency === undefined ? limit : { minor: limit, currency: fact.currency }];
}

function togetherIn(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return [];
  return condition.kind === 'all' ? condition.of.flatMap(togetherIn) : [condition];
}

/** The least that nobody may approve, in words. */
function beyond(dimension: Dimension, posts: readonly Post[], fact: Fact | undefined): Text {
  const name = `\`${dimension.dimension}\``;
  const limits = posts.flatMap((post) => post.authority?.[dimension.dimension] ?? []);
  const farthest = limits.reduce<Limit | undefined>(
    (far, one) => (isFarther(dimension, one, far) ? one : far),
    undefined,
  );
  if (farthest === undefined || farthest.kind === 'no_limit') return { zh: `任何 ${name}`, en: `any ${name}` };
  if (farthest.kind === 'among') {
    const left = Object.keys(fact?.choices ?? {}).filter((one) => !farthest.choices.includes(one));
    return { zh: `${name} 为 ${left.join('、')}`, en: `${name} ${left.join(', ')}` };
  }
  const { value } = farthest;
  if (typeof value === 'boolean')
    return { zh: `${name} 为${value ? '否' : '是'}`, en: `${name} ${value ? 'no' : 'yes'}` };
  const { zh, en } = measureText(dimension, value, fact);
  return dimension.graver === 'lower'
    ? { zh: `${name} 低于 ${zh}`, en: `${name} below ${en}` }
    : { zh: `${name} 超过 ${zh}`, en: `${name} above ${en}` };
}

function isFarther(dimension: Dimension, limit: Limit, than: Limit | undefined): boolean {
  if (than === undefined) return true;
  if (limit.kind === 'no_limit' || than.kind === 'no_limit') return limit.kind === 'no_limit';
  if (limit.kind === 'among') return than.kind === 'among' && limit.choices.length > than.choices.length;
  return than.kind === 'up_to' && shortBy(dimension, than, limit.value) === 'beyond';
}

function nameOf({ dimension }: Dimension): string {
  return dimension;
}

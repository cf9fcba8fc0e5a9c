/** What the rules of a table say together: none that hide another, none that hold together where one is wanted, no values left out. */

import type { Table } from '../../playbook/decision.ts';
import type { At, Text } from '../../playbook/text.ts';
import type { Fact } from '../../playbook/value.ts';
import type { Report } from '../diagnostics/report.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import { normal } from './literal.ts';
import { type Budget, findGap, type Point } from './table-cover.ts';
import { type Box, doMeet, isWithin, meetOf, type Space, spaceOf, WAYS_AT_MOST } from './table-space.ts';

/** A table of a thousand rules takes a small part of it; a tangle is given up, and that is said. */
export const LOOKS = 20_000_000;

export function checkTable(
  source: DecisionSource,
  table: Table,
  facts: Readonly<Record<string, Fact>>,
  report: Report,
): void {
  const space = spaceOf(
    table.rows.map((row) => normal(row.when)),
    facts,
  );
  const budget: Budget = { left: LOOKS };
  if (table.hit === 'first') reportHidden(table.rows, space, budget, report);
  if (table.hit === 'unique') reportOverlaps(table, space, budget, report);
  if (table.hit !== 'collect' || table.otherwise !== undefined) reportLeftOver(source, space, budget, report);
  reportUnchecked(source, space, budget, report);
}

/** @param rows what the space's rules are, in the order in which they count */
export function reportHidden(rows: readonly { readonly at: At }[], space: Space, budget: Budget, report: Report): void {
  let before: readonly Box[] = [];
  space.rules.forEach((ways = [], index) => {
    const isHidden = ways.every((way) => {
      budget.left -= before.length;
      if (budget.left < 0) return false;
      const around = before.filter((box) => doMeet(box, way));
      return around.length > 0 && findGap(space, way, around, budget) === 'covered';
    });
    const row = rows[index];
    if (ways.length > 0 && isHidden && row !== undefined) report('rule-unreachable', { at: row.at });
    before = withoutInner(before, ways, budget);
  });
}

/** Boxes and more of them, less those that lie within another. */
function withoutInner(boxes: readonly Box[], more: readonly Box[], budget: Budget): readonly Box[] {
  return more.reduce((outer, box) => {
    budget.left -= outer.length;
    if (outer.some((other) => isWithin(box, other))) return outer;
    return [...outer.filter((other) => !isWithin(other, box)), box];
  }, boxes);
}

/** Each rule is told once, with the first of those before it. */
function reportOverlaps({ rows }: Table, space: Space, budget: Budget, report: Report): void {
  space.rules.forEach((ways, index) => {
    const row = rows[index];
    for (let earlier = 0; earlier < index && row !== undefined; earlier++) {
      budget.left -= 1;
      if (budget.left < 0) return;
      const shared = sharedBox(ways ?? [], space.rules[earlier] ?? []);
      const other = rows[earlier];
      if (shared === undefined || other === undefined) continue;
      const hint = advice(space, pointIn(shared), {
        zh: '让条件互斥，或用 `hit: first`',
        en: 'let them exclude each other, or use `hit: first`',
      });
      const message = { zh: '前面的规则', en: 'the earlier rule' };
      report('rules-overlap', { at: row.at }, {}, { hint, related: [{ place: { at: other.at }, message }] });
      return;
    }
  });
}

function sharedBox(some: readonly Box[], others: readonly Box[]): Box | undefined {
  for (const one of some) {
    for (const other of others) if (doMeet(one, other)) return meetOf(one, other);
  }
  return undefined;
}

/** What no rule holds for is what `otherwise` is for: nothing must be left without it, and something with it. */
function reportLeftOver(source: DecisionSource, space: Space, budget: Budget, report: Report): void {
  const gap = leftOver(space, budget);
  const { otherwise } = source;
  if (otherwise && gap === 'covered') report('outcome-unreachable', otherwise.place, { id: otherwise.value });
  if (otherwise || typeof gap === 'string') return;
  const hint = advice(space, gap, { zh: '补一条规则，或写 `otherwise`', en: 'add a rule, or an `otherwise`' });
  report('combination-missing', source.keyPlaces.rules ?? source.place, {}, { hint });
}

/** A point where no rule holds; `unsure` where a rule cannot be listed, so that nothing is said to be missing. */
export function leftOver(space: Space, budget: Budget): Point | 'covered' | 'unsure' {
  if (space.rules.includes(undefined)) return 'unsure';
  const ways = space.rules.flatMap((one) => one ?? []);
  return findGap(space, new Map(), withoutInner([], ways, budget), budget);
}

function reportUnchecked(source: DecisionSource, space: Space, budget: Budget, report: Report): void {
  const place = source.keyPlaces.rules ?? source.place;
  const unlisted = space.rules.filter((ways) => ways === undefined).length;
  if (unlisted > 0) {
    const what = {
      zh: `${unlisted} 条规则有 ${WAYS_AT_MOST} 种以上的成立方式`,
      en: `${unlisted} of the rules hold in more than ${WAYS_AT_MOST} ways`,
    };
    report('table-unchecked', place, { what });
  } else if (budget.left < 0) {
    report('table-unchecked', place, { what: { zh: '组合太多', en: 'there are too many combinations' } });
  }
}

function pointIn(box: Box): Point {
  return new Map([...box].map(([dimension, runs]) => [dimension, runs[0]?.[0] ?? 0]));
}

/** The point in words, then what would help. */
export function advice({ dimensions }: Space, point: Point, help: Text): Text {
  const parts = [...point]
    .sort(([a], [b]) => a - b)
    .flatMap(([number, cell]): Text[] => {
      const dimension = dimensions[number];
      const text = dimension?.cells[cell]?.text;
      return dimension && text
        ? [{ zh: `${dimension.name.zh} ${text.zh}`, en: `${dimension.name.en} ${text.en}` }]
        : [];
    });
  return {
    zh: `例如 ${parts.map((part) => part.zh).join('，')}；${help.zh}`,
    en: `for example ${parts.map((part) => part.en).join(', ')}; ${help.en}`,
  };
}

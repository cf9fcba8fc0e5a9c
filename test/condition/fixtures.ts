/** Conditions and cases for tests of conditions, short to write. */

import type { ApprovalSeen, ChildSeen, DecisionSeen, EvidenceSeen, Seen } from '../../engine/condition/seen.ts';
import type { Calendar, Hours } from '../../engine/playbook/calendar.ts';
import type { Condition, DecisionOperator, Leaf, Operand, Operator } from '../../engine/playbook/condition.ts';
import type { Money, Value } from '../../engine/playbook/value.ts';
import { compileCalendar } from '../../engine/time/calendar.ts';
import type { Duration, DurationUnit } from '../../engine/time/duration.ts';

export const at = { file: 'test.yaml', line: 1, col: 1 };

const day: Hours = [
  [540, 720],
  [810, 1080],
];

const shanghai: Calendar = {
  calendar: 'cn',
  zone: 'Asia/Shanghai',
  hours: [day, day, day, day, day, [], []],
  holidays: [{ from: '2026-10-01', to: '2026-10-07', at }],
  make_up_days: [],
  valid_through: '2030-12-31',
  at,
};

export const calendar = compileCalendar(shanghai);

/** Tuesday noon in Shanghai. */
export const now = '2026-10-20T04:00:00.000Z';

export interface Sight {
  readonly facts?: Readonly<Record<string, Value>>;
  readonly fields?: Readonly<Record<string, Value>>;
  readonly evidence?: Readonly<Record<string, EvidenceSeen['standing']>>;
  readonly approvals?: Readonly<Record<string, ApprovalSeen['standing']>>;
  readonly milestones?: Readonly<Record<string, Condition>>;
  readonly tasks?: readonly ('open' | 'dated' | 'overdue')[];
  readonly activities?: Readonly<Record<string, string>>;
  readonly decisions?: Readonly<Record<string, DecisionSeen>>;
  readonly children?: Readonly<Record<string, readonly ChildSeen[]>>;
  readonly now?: string;
}

export function seenIn(sight: Sight = {}): Seen {
  return {
    now: sight.now ?? now,
    calendar,
    fact: (name) => sight.facts?.[name],
    field: (name) => sight.fields?.[name],
    evidence: (id) => ({ standing: sight.evidence?.[id] ?? 'missing' }),
    approval: (id) => ({ standing: sight.approvals?.[id] ?? 'missing' }),
    milestone: (id) => sight.milestones?.[id],
    task: (which) => sight.tasks?.includes(which) ?? false,
    activity: (kind) => sight.activities?.[kind],
    decision: (id) => sight.decisions?.[id] ?? { standing: 'missing', outcomes: [] },
    children: (pipeline) => sight.children?.[pipeline] ?? [],
  };
}

/** `fact('amount', 'more_than', cny(100))`; an operand `{ fact }` is another fact, `{ amount, unit }` a duration. */
export function fact(
  name: string,
  operator: Operator,
  operand: Value | readonly Value[] | { readonly fact: string } | Duration,
): Leaf {
  return { kind: 'fact', fact: name, operator, operand: operandOf(operand), at };
}

function operandOf(operand: Value | readonly Value[] | { readonly fact: string } | Duration): Operand {
  if (typeof operand === 'object' && 'unit' in operand) return { kind: 'duration', duration: operand };
  if (typeof operand === 'object' && 'fact' in operand) return { kind: 'fact', fact: operand.fact };
  return { kind: 'value', value: operand };
}

export function evidence(id: string): Leaf {
  return { kind: 'evidence', evidence: id, at };
}

export function milestone(id: string): Leaf {
  return { kind: 'milestone', milestone: id, at };
}

export function task(which: 'open' | 'dated' | 'overdue'): Leaf {
  return { kind: 'task', task: which, at };
}

export function activity(kind: string, within: Duration): Leaf {
  return { kind: 'activity', activity: kind, within, at };
}

export function decision(
  id: string,
  operator?: DecisionOperator,
  outcomes: readonly string[] = [],
  freshFor?: Duration,
): Leaf {
  const wanted = { ...(operator && { operator }), ...(freshFor && { fresh_for: freshFor }) };
  return { kind: 'decision', decision: id, ...wanted, outcomes, at };
}

export function child(pipeline: string, places: readonly string[], which: 'all' | 'any' = 'all'): Leaf {
  const titled = (id: string) => ({ zh: id, en: id });
  return { kind: 'child', pipeline, in: places, which, title: titled(pipeline), in_titles: places.map(titled), at };
}

export function all(...of: readonly Condition[]): Condition {
  return { kind: 'all', of, at };
}

export function any(...of: readonly Condition[]): Condition {
  return { kind: 'any', of, at };
}

export function not(of: Condition): Condition {
  return { kind: 'not', of, at };
}

export function span(amount: number, unit: DurationUnit): Duration {
  return { amount, unit };
}

export function cny(yuan: number): Money {
  return { minor: yuan * 100, currency: 'CNY' };
}

export function usd(dollars: number): Money {
  return { minor: dollars * 100, currency: 'USD' };
}

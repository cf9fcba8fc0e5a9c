/** Fills in the flow that a finding proposes: what stands there until somebody gives another answer. */

import { MEASURES } from '../../measure/catalogue.ts';
import { REP_FACTS } from '../../measure/rep-facts.ts';
import { shownValue } from '../../measure/shown.ts';
import type { Coaching, CoachingStep } from '../../playbook/coaching.ts';
import type { Proposed } from '../../playbook/diagnosis.ts';
import type { Lang } from '../../playbook/text.ts';
import type { Value } from '../../playbook/value.ts';
import { addDuration, localDate, type WorkingCalendar } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import type { RepFinding } from './finding.ts';

interface Around {
  readonly facts: RepFinding['facts'];
  readonly lang: Lang;
  readonly calendar: WorkingCalendar;
  readonly now: Instant;
}

/** Answers by field. A fact that is not known fills nothing; a fact too many decimals long is rounded as it is shown. */
export function proposedAnswers(
  { rule: { proposes } }: Pick<RepFinding, 'rule'>,
  flow: Coaching,
  around: Around,
): Readonly<Record<string, Value>> {
  if (proposes === undefined || proposes.coaching !== flow.coaching) return {};
  const known = new Map(flow.steps.flatMap(({ fields }) => fields).map((one) => [one.field, one]));
  const answers: Record<string, Value> = {};
  for (const [field, proposed] of Object.entries(proposes.with)) {
    // The flow may have changed since the finding was made.
    const type = known.get(field)?.type;
    const value = type === undefined ? undefined : filledBy(proposed, type === 'number', around);
    if (value !== undefined) answers[field] = value;
  }
  return answers;
}

function filledBy(proposed: Proposed, asNumber: boolean, { facts, lang, calendar, now }: Around): Value | undefined {
  switch (proposed.kind) {
    case 'text':
      return proposed.text[lang];
    case 'value':
      return proposed.value;
    case 'days':
      return localDate(calendar, addDuration(calendar, now, proposed.after));
    case 'fact': {
      const value = facts[proposed.fact];
      return asNumber && value !== undefined ? numberOf(proposed.fact, value) : value;
    }
  }
}

/** A fact of a measure as people read it: percents as 65, amounts in whole units. */
export function numberOf(fact: string, value: Value): number | undefined {
  const { measure, type } = REP_FACTS[fact] ?? {};
  const plain = typeof value === 'object' && 'minor' in value ? value.minor : value;
  if (typeof plain !== 'number') return undefined;
  const unit = MEASURES.find((one) => one.measure === measure)?.unit;
  if (measure === undefined || (type === 'number' && unit !== 'days')) return Math.round(plain * 10) / 10;
  if (type === 'percent' && unit !== 'percent') return Math.round(plain * 1_000) / 10;
  return shownValue(measure, plain);
}

/** Those of one step. */
export function proposedIn(
  { fields }: CoachingStep,
  proposed: Readonly<Record<string, Value>> | undefined,
): Readonly<Record<string, Value>> {
  const own = fields.flatMap(({ field }) => {
    const value = proposed?.[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(own);
}

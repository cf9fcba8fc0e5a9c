/** What a diagnosis sees of a case: all that its own conditions see, and the facts that are given to what watches. */

import type { Seen } from '../../condition/seen.ts';
import type { Condition } from '../../playbook/condition.ts';
import { type GivenFact, isGivenFact } from '../../playbook/given-facts.ts';
import type { PlaybookSet } from '../../playbook/set.ts';
import type { Value } from '../../playbook/value.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import { plotOf } from '../plot-of.ts';

export function seenByWatch(view: CaseView): Seen {
  const seen = seenIn(view);
  return { ...seen, fact: (name) => (isGivenFact(name) ? GIVEN[name](view) : seen.fact(name)) };
}

const GIVEN: Readonly<Record<GivenFact, (view: CaseView) => Value | undefined>> = {
  customer_worked_by: ({ world: { same_customer: others = [] }, state }) => {
    const before = others.filter(({ owner }) => owner !== state.owner);
    return before.length === 0 ? undefined : before.map((one) => `${one.owner} ${one.case}`).join(', ');
  },
  belongs_to: (view) => {
    const lies = plotOf(view);
    return lies === undefined || lies.owner === view.state.owner ? undefined : lies.owner;
  },
};

const sharing = new WeakMap<PlaybookSet, readonly string[]>();

/** The pipelines among whose cases a customer worked by several people is watched for. */
export function pipelinesSharingCustomers(playbook: PlaybookSet): readonly string[] {
  let pipelines = sharing.get(playbook);
  if (pipelines === undefined) {
    const asking = Object.values(playbook.diagnoses ?? {}).filter(({ findings }) =>
      findings.some(({ when }) => namesFact(when, 'customer_worked_by')),
    );
    pipelines = [...new Set(asking.flatMap(({ applies_to }) => applies_to))].sort();
    sharing.set(playbook, pipelines);
  }
  return pipelines;
}

export function namesFact(condition: Condition, fact: GivenFact): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.some((part) => namesFact(part, fact));
    case 'not':
      return namesFact(condition.of, fact);
    case 'fact':
      return condition.fact === fact || (condition.operand.kind === 'fact' && condition.operand.fact === fact);
    default:
      return false;
  }
}

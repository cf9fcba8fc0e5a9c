/** What about the evidence of a case should be asked: what is stale, what contradicts something else. */

import { isSameValue } from '../playbook/is-same-value.ts';
import type { Value } from '../playbook/value.ts';
import { type CaseView, seenIn } from './case-view.ts';
import { indexOf } from './rules-of.ts';

export type Doubt =
  /** Accepted too long ago. */
  | { readonly doubt: 'stale'; readonly evidence: string }
  /** A field says something else than the case's fact of the same name and type. */
  | {
      readonly doubt: 'differs_from_fact';
      readonly evidence: string;
      readonly field: string;
      readonly here: Value;
      readonly there: Value;
    }
  /** …or than the same field of other evidence. */
  | {
      readonly doubt: 'differs_from_evidence';
      readonly evidence: string;
      readonly field: string;
      readonly here: Value;
      readonly other: string;
      readonly there: Value;
    };

/** Types of which two different values contradict each other; texts may put one thing in two ways. */
const EXACT: ReadonlySet<string> = new Set(['number', 'percent', 'money', 'date', 'choice', 'person', 'yes_no']);

interface Said {
  readonly evidence: string;
  readonly field: string;
  readonly type: string;
  readonly value: Value;
}

export function doubtsOf(view: CaseView): readonly Doubt[] {
  const said = saidIn(view);
  return [...staleIn(view), ...againstFacts(view, said), ...againstEachOther(said)];
}

/** What submitted and accepted evidence says, field by field. */
function saidIn({ rules, state }: CaseView): readonly Said[] {
  return Object.entries(state.evidence).flatMap(([evidence, { status, fields }]) => {
    const rule = indexOf(rules).evidence.get(evidence);
    if (rule === undefined || (status !== 'submitted' && status !== 'accepted')) return [];
    return rule.fields.flatMap(({ field, type }) => {
      const value = fields[field];
      return value === undefined || !EXACT.has(type) ? [] : [{ evidence, field, type, value }];
    });
  });
}

function staleIn(view: CaseView): readonly Doubt[] {
  const seen = seenIn(view);
  return Object.keys(view.state.evidence)
    .filter((evidence) => seen.evidence(evidence).standing === 'stale')
    .map((evidence) => ({ doubt: 'stale', evidence }));
}

function againstFacts(view: CaseView, said: readonly Said[]): readonly Doubt[] {
  const seen = seenIn(view);
  return said.flatMap(({ evidence, field, type, value: here }): readonly Doubt[] => {
    if (view.rules.pipeline.facts[field]?.type !== type) return [];
    const there = seen.fact(field);
    return there === undefined || isSameValue(here, there)
      ? []
      : [{ doubt: 'differs_from_fact', evidence, field, here, there }];
  });
}

function againstEachOther(said: readonly Said[]): readonly Doubt[] {
  return said.flatMap((one, index) =>
    said
      .slice(index + 1)
      .filter(({ evidence, field, type }) => evidence !== one.evidence && field === one.field && type === one.type)
      .filter(({ value }) => !isSameValue(one.value, value))
      .map(({ evidence: other, value: there }) => {
        const { evidence, field, value: here } = one;
        return { doubt: 'differs_from_evidence', evidence, field, here, other, there } as const;
      }),
  );
}

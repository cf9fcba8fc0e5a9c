/** What events about decisions change in the state of a case. */

import type { CaseEvent } from './event.ts';
import { lookUp } from './look-up.ts';
import type { CaseState, DecisionEntry } from './state.ts';

type EventOf<N extends CaseEvent['event']> = Extract<CaseEvent, { readonly event: N }>;
type Change = Pick<CaseState, 'decisions'> & Partial<Pick<CaseState, 'debts'>>;

/** A decision that was made pays the debt for it. */
export function afterDecision(state: CaseState, { decision, outcomes, answers, at }: EventOf<'decision_made'>): Change {
  return {
    ...withEntry(state, decision, { outcomes, answers, decided_at: at }),
    debts: state.debts.filter((debt) => debt.decision !== decision),
  };
}

export function askedForAgain(state: CaseState, event: EventOf<'decision_asked_again'>): Change {
  const { decision, because, questions, facts, asked, at } = event;
  const entry = lookUp(state.decisions ?? {}, decision);
  if (entry === undefined) return {};
  const before = entry.asked_again;
  return withEntry(state, decision, {
    ...entry,
    asked_again: {
      since: before?.since ?? at,
      because,
      questions: union(before?.questions, questions),
      facts: union(before?.facts, facts),
      asked,
    },
  });
}

/** Others than before are asked. */
export function askedFor(state: CaseState, decision: string, people: readonly string[]): Change {
  const entry = lookUp(state.decisions ?? {}, decision);
  if (entry?.asked_again === undefined) return {};
  return withEntry(state, decision, { ...entry, asked_again: { ...entry.asked_again, asked: people } });
}

/** Those that mean the same in another pipeline go along. */
export function keptDecisions({ decisions }: CaseState, kept: readonly string[] = []): Change {
  if (decisions === undefined) return {};
  return { decisions: Object.fromEntries(Object.entries(decisions).filter(([id]) => kept.includes(id))) };
}

function withEntry({ decisions }: CaseState, decision: string, entry: DecisionEntry): Change {
  return { decisions: { ...decisions, [decision]: entry } };
}

function union(some: readonly string[] = [], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])];
}

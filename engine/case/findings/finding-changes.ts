/** What events about findings change in the state of a case. */

import type { CaseEvent, CaseEventName } from '../event.ts';
import { lookUp } from '../look-up.ts';
import type { CaseState } from '../state.ts';
import type { FindingEntry } from './finding.ts';

type EventOf<N extends CaseEventName> = Extract<CaseEvent, { readonly event: N }>;
type Change = Pick<CaseState, 'findings'>;

export const FINDING_CHANGES = {
  finding_found: (state: CaseState, event: EventOf<'finding_found'>): Change => {
    const { finding, diagnosis, n, facts, things, digest, asked, due_at, rule, at } = event;
    const entry: FindingEntry = {
      diagnosis,
      class: event.class,
      n,
      facts,
      things,
      digest,
      found_at: at,
      asked,
      told: [],
      ...(due_at !== undefined && { due_at }),
      fired: 0,
      rule,
    };
    return { findings: { ...state.findings, [finding]: entry } };
  },
  finding_gone: (state: CaseState, { finding, at }: EventOf<'finding_gone'>): Change =>
    changed(state, finding, (entry) => ({ ...entry, gone_at: at })),
  finding_answered: (state: CaseState, { finding, answer, digest, by, at }: EventOf<'finding_answered'>): Change =>
    changed(state, finding, (entry) => ({ ...entry, answer: { as: answer, by, at, digest } })),
  finding_rung_fired: (state: CaseState, { finding, rung, told }: EventOf<'finding_rung_fired'>): Change =>
    changed(state, finding, (entry) => ({
      ...entry,
      fired: rung + 1,
      told: [...new Set([...entry.told, ...told])],
    })),
};

/** Others than before are asked. */
export function askedAbout(state: CaseState, finding: string, people: readonly string[]): Change {
  return changed(state, finding, (entry) => ({ ...entry, asked: people }));
}

function changed(state: CaseState, finding: string, change: (entry: FindingEntry) => FindingEntry): Change {
  const entry = lookUp(state.findings ?? {}, finding);
  // Absent it stays absent: a state of before there were findings is not given an empty one.
  if (entry === undefined) return state.findings === undefined ? {} : { findings: state.findings };
  return { findings: { ...state.findings, [finding]: change(entry) } };
}

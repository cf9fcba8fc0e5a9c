/** How an approval stands: what was asked for, what each voice has said, and of exactly which content. */

import type { Value } from '../../playbook/value.ts';
import type { Instant } from '../../time/instant.ts';

/** How the question ended. `approved` is one that can still become void or lapse. */
export type ApprovalOutcome = 'approved' | 'rejected' | 'sent_back' | 'recalled' | 'void' | 'lapsed';

/** By name of what is bound: a fact, or `evidence id.field`; what is not known has no entry. */
export type Content = Readonly<Record<string, Value>>;

/** Somebody of whom an answer is wanted: for which seat, and in whose place, where that is not their own. */
export interface Ask {
  readonly seat: string;
  readonly person: string;
  readonly on_behalf_of?: string;
}

/** What one voice has said, and of which content. */
export interface Answer {
  readonly answer: 'approved' | 'rejected';
  readonly by: string;
  readonly on_behalf_of?: string;
  readonly at: Instant;
  readonly digest: string;
}

/** Somebody who was brought in by one who is asked: before their own answer (前加签), or after it (后加签). */
export interface Signer {
  readonly person: string;
  readonly by: string;
  readonly when: 'before' | 'after';
  /** The seat it was added to. */
  readonly of: string;
}

/** Who holds a seat that was given away (转交), and everybody who gave it away. */
export interface Holder {
  readonly person: string;
  readonly passed: readonly string[];
}

/** The task given to somebody for advice (委派): the answer stays with who gave it. */
export interface Helper {
  readonly by: string;
  readonly to: string;
}

export interface Advice {
  readonly by: string;
  readonly answer: 'approved' | 'rejected';
  readonly note?: string;
}

/** One opening of a step. It is gone when the step becomes void, and the step is opened again. */
export interface StepRecord {
  readonly opened_at: Instant;
  readonly due_at?: Instant;
  readonly content: Content;
  /** SHA-256 over the canonical JSON of the content. */
  readonly digest: string;
  /** By seat. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** Who is asked now; none while it is not their turn. */
  readonly asked: readonly Ask[];
  /** By their own seat: `1+1` is the first added to seat `1`. */
  readonly signers?: Readonly<Record<string, Signer>>;
  /** By seat. */
  readonly holders?: Readonly<Record<string, Holder>>;
  readonly helpers?: Readonly<Record<string, Helper>>;
  readonly advice?: Readonly<Record<string, Advice>>;
  /** Somebody was told that a seat has nobody who can answer. */
  readonly stuck?: string;
  /** Rungs that have fired. */
  readonly fired: number;
  readonly passed_at?: Instant;
}

export interface ApprovalRecord {
  /** How often it was asked for. */
  readonly round: number;
  readonly pipeline: string;
  readonly submitted_by: string;
  readonly submitted_at: Instant;
  /** Whose own submission it is: who asked for it, and whoever has owned the case since. */
  readonly own_of: readonly string[];
  /** Absent while it is under review. */
  readonly outcome?: ApprovalOutcome;
  readonly ended_at?: Instant;
  /** When those who are asked were last reminded by hand. */
  readonly reminded_at?: Instant;
  /** The case was won with it: what comes later takes it back no more, unless the win is undone. */
  readonly served?: true;
  /** The step that rejected it or sent it back. */
  readonly stopped_at?: string;
  /** Steps that have been opened. */
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** What steps that became void were last opened on: what the next reviewer sees the difference from. */
  readonly before: Readonly<Record<string, Pick<StepRecord, 'content' | 'digest'>>>;
}

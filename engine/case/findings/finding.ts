/** What a case knows of what was found about it, and how that is told and answered. */

import type { FindingClass } from '../../playbook/diagnosis.ts';
import type { At } from '../../playbook/text.ts';
import type { Value } from '../../playbook/value.ts';
import type { Instant } from '../../time/instant.ts';

/** `respond`: it is taken up; `decline`: it is not, for a reason. */
export const FINDING_ANSWERS = ['respond', 'decline'] as const;
export type FindingAnswer = (typeof FINDING_ANSWERS)[number];

/** What a rule looked at when it held: facts by name, and things of the case as `evidence first-visit`. */
export interface Sight {
  readonly facts: Readonly<Record<string, Value>>;
  readonly things: Readonly<Record<string, Value>>;
  /** SHA-256 over both. */
  readonly digest: string;
}

export interface FindingEntry extends Sight {
  readonly diagnosis: string;
  readonly class: FindingClass;
  /** How often it was found. */
  readonly n: number;
  readonly found_at: Instant;
  /** Whose answer it waits for, and who else was told that it waits. */
  readonly asked: readonly string[];
  readonly told: readonly string[];
  /** When the time to answer is over. */
  readonly due_at?: Instant;
  /** How many of the rungs of waiting have fired. */
  readonly fired: number;
  /** The rule in the playbook. */
  readonly rule: At;
  /** Absent until somebody answers; `digest` is that of what was seen then. */
  readonly answer?: { readonly as: FindingAnswer; readonly by: string; readonly at: Instant; readonly digest: string };
  /** Since when it holds no longer. */
  readonly gone_at?: Instant;
}

export type FindingCommand =
  /** From a diagnosis only: what holds by its judgement, under which rules, and what holds no longer. */
  | {
      readonly command: 'record_findings';
      readonly found: readonly { readonly finding: string; readonly diagnosis: string; readonly hash: string }[];
      readonly gone: readonly string[];
    }
  | {
      readonly command: 'answer_finding';
      readonly finding: string;
      readonly answer: FindingAnswer;
      /** Not to be left out by who declines. */
      readonly reason?: string;
    };

export type FindingEvent =
  | ({
      readonly event: 'finding_found';
      readonly finding: string;
      readonly diagnosis: string;
      /** Of the diagnosis, as it judged. */
      readonly hash: string;
      readonly class: FindingClass;
      readonly n: number;
      readonly asked: readonly string[];
      readonly due_at?: Instant;
      readonly rule: At;
    } & Sight)
  /** `rule`: what found it watches the case no longer. */
  | {
      readonly event: 'finding_gone';
      readonly finding: string;
      readonly because: 'facts' | 'rule';
      /** Who need do nothing any more. */
      readonly settles: readonly string[];
    }
  | {
      readonly event: 'finding_answered';
      readonly finding: string;
      readonly answer: FindingAnswer;
      readonly digest: string;
      readonly settles: readonly string[];
      readonly reason?: string;
    }
  | {
      readonly event: 'finding_rung_fired';
      readonly finding: string;
      /** Index of the rung; those missed before it are in `folded`. */
      readonly rung: number;
      readonly folded: readonly number[];
      readonly due_at: Instant;
      readonly told: readonly string[];
      readonly rule: At;
    };

/** Waits for an answer. */
export function isOpen({ answer, gone_at }: FindingEntry): boolean {
  return answer === undefined && gone_at === undefined;
}

/** Everybody who has a message about it. */
export function heardOf({ asked, told }: FindingEntry): readonly string[] {
  return [...new Set([...asked, ...told])];
}

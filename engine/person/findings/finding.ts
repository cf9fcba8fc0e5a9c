/** What was found about a person by their measures, and how that is told and answered (D24, D33). */

import type { FindingAnswer } from '../../case/findings/finding.ts';
import type { RepFindingRule } from '../../playbook/diagnosis.ts';
import type { Value } from '../../playbook/value.ts';
import type { Instant } from '../../time/instant.ts';

/** What the rule looked at when it held, and the cases it rests on. */
export interface RepSight {
  /** By the names of `REP_FACTS`. */
  readonly facts: Readonly<Record<string, Value>>;
  /** The days the figures are of, both included. */
  readonly from: string;
  readonly until: string;
  /** Of how many cases, and some of them: the worst first. */
  readonly support: { readonly cases: readonly string[]; readonly n: number; readonly of: number };
}

export interface RepFinding extends RepSight {
  readonly diagnosis: string;
  /** As it judged when it was found. */
  readonly rule: RepFindingRule;
  /** How often it was found. */
  readonly n: number;
  readonly found_at: Instant;
  readonly asked: readonly string[];
  readonly told: readonly string[];
  readonly fired: number;
  /** Absent until somebody answers; `session`: the flow that it opened, or that was under way. */
  readonly answer?: {
    readonly as: FindingAnswer;
    readonly by: string;
    readonly at: Instant;
    readonly reason?: string;
    readonly session?: string;
  };
  /** Since when it holds no longer, and what the figures were then. */
  readonly gone?: { readonly at: Instant; readonly facts: Readonly<Record<string, Value>> };
}

export type RepFindingCommand =
  /** From the nightly look only: what holds, under which rules, and what holds no longer. */
  | {
      readonly command: 'record_findings';
      readonly found: readonly ({
        readonly finding: string;
        readonly diagnosis: string;
        readonly hash: string;
      } & RepSight)[];
      readonly gone: readonly { readonly finding: string; readonly facts: Readonly<Record<string, Value>> }[];
    }
  | {
      readonly command: 'answer_finding';
      readonly finding: string;
      readonly answer: FindingAnswer;
      /** Another flow than the one proposed. */
      readonly coaching?: string;
      /** Not to be left out by who declines. */
      readonly reason?: string;
    };

export type RepFindingEvent =
  | ({
      readonly event: 'finding_found';
      readonly finding: string;
      readonly diagnosis: string;
      readonly rule: RepFindingRule;
      readonly n: number;
      readonly asked: readonly string[];
    } & RepSight)
  /** `facts`: as they are now, beside those it was found by. */
  | {
      readonly event: 'finding_gone';
      readonly finding: string;
      readonly because: 'facts' | 'rule';
      readonly facts: Readonly<Record<string, Value>>;
      readonly settles: readonly string[];
    }
  | {
      readonly event: 'finding_answered';
      readonly finding: string;
      readonly answer: FindingAnswer;
      readonly reason?: string;
      readonly session?: string;
      readonly settles: readonly string[];
    }
  | {
      readonly event: 'finding_rung_fired';
      readonly finding: string;
      readonly fired: number;
      readonly due_at: Instant;
      readonly reminded: readonly string[];
      readonly told: readonly string[];
    }
  /** Others are asked now: the person has another manager, or theirs is away. */
  | {
      readonly event: 'finding_passed';
      readonly finding: string;
      readonly settles: readonly string[];
      readonly asked: readonly string[];
    };

/** Waits for an answer. */
export function isOpen({ answer, gone }: RepFinding): boolean {
  return answer === undefined && gone === undefined;
}

/** Everybody who has a message about it. */
export function heardOf({ asked, told }: RepFinding): readonly string[] {
  return [...new Set([...asked, ...told])];
}

/** What somebody could do towards a goal: goals to reach, never made-up contents. */

import type { LeafObligation } from '../../condition/changes.ts';
import type { At, Text } from '../../playbook/text.ts';
import type { Value } from '../../playbook/value.ts';

/** What a fact's new value must bring about; `want` is `false` where the condition stands under a `not`. */
export type Requirement = LeafObligation;

/** `who`: those who can, each of them alone. */
export type Act =
  | {
      readonly act: 'submit_evidence' | 'accept_evidence' | 'withdraw_evidence';
      readonly evidence: string;
      readonly title: Text;
      readonly who: readonly string[];
      /** The rule in the playbook. */
      readonly rule: At;
    }
  | {
      readonly act: 'set_fact';
      readonly fact: string;
      readonly title: Text;
      readonly so_that: readonly Requirement[];
      readonly who: readonly string[];
      readonly rule: At;
    }
  /** The answers are for those who give them; the outcome is what they must come to. */
  | {
      readonly act: 'answer';
      readonly decision: string;
      readonly title: Text;
      readonly so_that: readonly Requirement[];
      readonly who: readonly string[];
      readonly rule: At;
    }
  /** `any`: whatever kind of activity. */
  | { readonly act: 'log_activity'; readonly activity: string; readonly who: readonly string[] }
  /** `resumes`: answers to what has not changed are kept. */
  | {
      readonly act: 'request_approval';
      readonly approval: string;
      readonly resumes: boolean;
      readonly title: Text;
      readonly who: readonly string[];
      readonly rule: At;
    }
  | {
      readonly act: 'approve';
      readonly approval: string;
      readonly step: string;
      /** Of the approval, and of its step. */
      readonly title: Text;
      readonly step_title: Text;
      readonly who: readonly string[];
      readonly rule: At;
    }
  | { readonly act: 'plan_task'; readonly dated: boolean; readonly who: readonly string[] }
  | { readonly act: 'complete_task'; readonly task: string; readonly title: string; readonly who: readonly string[] };

/** One command of a plan, before people are put to it. */
export type Step =
  | { readonly step: 'submit' | 'accept' | 'withdraw'; readonly evidence: string }
  /** `value` is a witness that the goal can be reached; undefined clears the fact. */
  | { readonly step: 'set'; readonly fact: string; readonly value: Value | undefined }
  /** Answers that lead to one outcome, as a witness. */
  | { readonly step: 'answer'; readonly decision: string; readonly answers: Readonly<Record<string, string>> }
  /** `is_any`: other kinds would do as well. */
  | { readonly step: 'log'; readonly activity: string; readonly is_any: boolean }
  | { readonly step: 'plan'; readonly dated: boolean }
  | { readonly step: 'complete'; readonly task: string }
  | { readonly step: 'request'; readonly approval: string }
  /** The next answer that is wanted; `number` tells one of several from the others. */
  | { readonly step: 'approve'; readonly approval: string; readonly number: number };

/** Puts together what judges a case, under a hash that wording and line numbers never change. */

import { canonicalText } from '../../canonical-text.ts';
import type { Approval } from '../../playbook/approval.ts';
import type { Decision } from '../../playbook/decision.ts';
import type { Gate } from '../../playbook/gate.ts';
import type { Ladder } from '../../playbook/ladder.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Rules } from '../../playbook/set.ts';

export interface NamedRules {
  readonly ladders: readonly Ladder[];
  readonly approvals: readonly Approval[];
  readonly decisions: readonly Decision[];
}

export function rulesOf(
  pipelines: readonly Pipeline[],
  gates: readonly Gate[],
  { ladders, approvals, decisions }: NamedRules,
  sha256: (text: string) => string,
): Readonly<Record<string, Rules>> {
  const rules: Record<string, Rules> = {};
  for (const pipeline of pipelines) {
    const own = gates
      .filter((gate) => gate.applies_to.includes(pipeline.pipeline))
      .sort((a, b) => (a.gate < b.gate ? -1 : 1));
    const used = ladders.filter((one) => pipeline.stages.some((stage) => stage.ladder === one.ladder));
    const asked = approvals.filter((one) => one.applies_to.includes(pipeline.pipeline));
    const made = decisions
      .filter((decision) => decision.applies_to.includes(pipeline.pipeline))
      .sort((a, b) => (a.decision < b.decision ? -1 : 1));
    const parts = {
      pipeline,
      gates: own,
      ladders: Object.fromEntries(used.map((one) => [one.ladder, one])),
      // Left out where there is none: rules of before there were approvals keep their hash.
      ...(asked.length > 0 && { approvals: Object.fromEntries(asked.map((one) => [one.approval, one])) }),
      // Left out where there are none: what was published before there were decisions keeps its hash.
      ...(made.length > 0 ? { decisions: made } : {}),
    };
    rules[pipeline.pipeline] = { hash: hashOf(parts, sha256), ...parts };
  }
  return rules;
}

/** SHA-256 over the canonical JSON of the rules, less places and words. */
export function hashOf(parts: Omit<Rules, 'hash'>, sha256: (text: string) => string): string {
  return judgedHash(parts, sha256);
}

/** The same over any part of a playbook. */
export function judgedHash(part: unknown, sha256: (text: string) => string): string {
  return sha256(canonicalText(judged(part)));
}

/** Maps from ids to their names: the ids judge, the names do not. */
const NAMED_IDS = new Set(['choices', 'lost_reasons', 'activities']);

/** Keys under which there are only words. */
const WORDING = new Set(['aliases', 'inspection']);

/** The part of the rules that can change a judgement. */
function judged(value: unknown, under = ''): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isText(item)).map((item) => judged(item));
  if (typeof value !== 'object' || value === null) return value;
  if (NAMED_IDS.has(under)) return Object.keys(value).sort();
  const kept = Object.entries(value).filter(([key, part]) => !WORDING.has(key) && !isPlace(part) && !isText(part));
  return Object.fromEntries(kept.map(([key, part]) => [key, judged(part, key)]));
}

function isText(value: unknown): boolean {
  return isObjectOf(value, ['en', 'zh']) && Object.values(value ?? {}).every((part) => typeof part === 'string');
}

function isPlace(value: unknown): boolean {
  return (
    isObjectOf(value, ['col', 'file', 'line']) && Object.values(value ?? {}).every((part) => typeof part !== 'object')
  );
}

function isObjectOf(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const own = Object.keys(value).sort();
  return own.length === keys.length && own.every((key, i) => key === keys[i]);
}

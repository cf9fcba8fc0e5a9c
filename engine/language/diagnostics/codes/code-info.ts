/** What is known of a code: when it is looked for, how grave it is, and its one line in both languages. */

import type { Text } from '../../../playbook/text.ts';

/** A stage of checking runs on a file when those before found no error in it or in one it names. */
export const STAGES = ['syntax', 'shape', 'names', 'types', 'logic', 'scenarios'] as const;

export type CheckStage = (typeof STAGES)[number];

export interface CodeInfo {
  readonly stage: CheckStage;
  readonly severity: 'error' | 'warning';
  /** Lower-case, no full stop; `{name}` is filled from what the author wrote. */
  readonly message: Text;
  readonly hint?: Text;
}

export function error(stage: CheckStage, zh: string, en: string, hintZh?: string, hintEn?: string): CodeInfo {
  const hint = hintZh !== undefined && hintEn !== undefined ? { hint: { zh: hintZh, en: hintEn } } : {};
  return { stage, severity: 'error', message: { zh, en }, ...hint };
}

export function warning(stage: CheckStage, zh: string, en: string, hintZh?: string, hintEn?: string): CodeInfo {
  return { ...error(stage, zh, en, hintZh, hintEn), severity: 'warning' };
}

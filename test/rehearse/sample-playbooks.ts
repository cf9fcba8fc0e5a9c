/** A pipeline small enough to see through, with the shipped posts and calendar. */

import { readFileSync } from 'node:fs';
import { compileSet } from '../../engine/language/compile-set.ts';
import type { ScenarioFile } from '../../engine/playbook/scenario.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { ScenarioResult } from '../../engine/rehearse/result.ts';
import { runScenarios } from '../../engine/rehearse/run-scenarios.ts';
import { sha256 } from '../../store/hash.ts';
import { rolesByAmountAndDiscount } from '../shipped-roles.ts';

const shipped = (name: string): string => readFileSync(new URL(`../../playbooks/${name}`, import.meta.url), 'utf8');

export const SAMPLE_FILES: Readonly<Record<string, string>> = {
  'cn.yaml': shipped('cn.yaml'),
  'sales.yaml': rolesByAmountAndDiscount(),
  'walk.yaml': `pipeline: walk
title: { zh: 走, en: Walk }
subject: opportunity
calendar: cn
facts:
  amount: { type: money, title: { zh: 金额, en: Amount } }
  list_price: { type: money, title: { zh: 报价, en: List price } }
  discount: { type: percent, title: { zh: 折扣, en: Discount }, from: { ratio: [ { minus: [ list_price, amount ] }, list_price ] } }
  pain: { type: text, title: { zh: 痛, en: Pain } }
open_at: [ first ]
lost_reasons: { price: { zh: 价格, en: Price } }
stages:
  - stage: first
    title: { zh: 一, en: First }
    success_rate: 10%
    ladder: slow
    evidence:
      - evidence: visit
        title: { zh: 拜访, en: Visit }
        fields:
          on: { type: date, title: { zh: 日期, en: On } }
          met: { type: text, min_length: 2, title: { zh: 见到, en: Met } }
        accepted_by: manager
    milestones:
      - { milestone: met, title: { zh: 见过, en: Met }, when: { all: [ { evidence: visit }, { fact: pain, is_known: true } ] } }
  - stage: second
    title: { zh: 二, en: Second }
    success_rate: 50%
    ladder: slow
    milestones:
      - { milestone: priced, title: { zh: 定价, en: Priced }, when: { fact: discount, at_most: 10% } }
      - { milestone: planned, title: { zh: 计划, en: Planned }, when: { task: dated } }
  - stage: third
    title: { zh: 三, en: Third }
    success_rate: 100%
`,
  'slow.yaml': `ladder: slow
title: { zh: 慢, en: Slow }
starts: [ no_activity: 5 business days ]
ends_when: [ activity, advance ]
rungs:
  - { after: 0 business days, do: [ { remind: owner } ] }
  - { after: 2 business days, do: [ { notify: manager } ] }
`,
};

/** Compiles the sample with scenarios given as the items of `list`, and the files changed. */
export function compileSample(
  list: string,
  changed: Readonly<Record<string, string>> = {},
): { readonly set: PlaybookSet; readonly scenarios: readonly ScenarioFile[] } {
  const files = { ...SAMPLE_FILES, ...changed, 'walk.scenarios.yaml': `scenarios: walk\nlist:\n${list}` };
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { set, scenarios, diagnostics } = compileSet(sources, { sha256 });
  if (set === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return { set, scenarios };
}

export function rehearse(list: string, changed: Readonly<Record<string, string>> = {}): readonly ScenarioResult[] {
  const { set, scenarios } = compileSample(list, changed);
  return runScenarios(set, scenarios);
}

/** The one result of one scenario. */
export function rehearseOne(scenario: string, changed: Readonly<Record<string, string>> = {}): ScenarioResult {
  const [result] = rehearse(scenario, changed);
  if (result === undefined) throw new Error('no scenario ran');
  return result;
}

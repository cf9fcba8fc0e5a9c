/** What a case says where a criterion of the playbook is not met: by its id and its title; one entry a code. */

import type { Text } from '../../playbook/text.ts';
import type { Say } from './say.ts';

export const CRITERION_TEXTS = {
  'milestone-unmet': (id: string, title: Text) => ({
    zh: `里程碑 \`${id}\`（${title.zh}）尚未达成`,
    en: `milestone \`${id}\` (${title.en}) is not reached`,
  }),
  'leave-condition-unmet': (id: string, title: Text) => ({
    zh: `离开阶段 \`${id}\`（${title.zh}）的条件未满足`,
    en: `the condition to leave stage \`${id}\` (${title.en}) is not met`,
  }),
  'enter-condition-unmet': (id: string, title: Text) => ({
    zh: `进入阶段 \`${id}\`（${title.zh}）的条件未满足`,
    en: `the condition to enter stage \`${id}\` (${title.en}) is not met`,
  }),
  'evidence-required': (id: string, title: Text) => ({
    zh: `停滞阶梯要求证据 \`${id}\`（${title.zh}）`,
    en: `the stall ladder asks for evidence \`${id}\` (${title.en})`,
  }),
  'gate-closed': (id: string, otherwise: Text) => ({
    zh: `关口 \`${id}\` 未打开：${otherwise.zh}`,
    en: `gate \`${id}\` is closed: ${otherwise.en}`,
  }),
  'close-condition-unmet': (id: string, title: Text) => ({
    zh: `流程 \`${id}\`（${title.zh}）的关闭条件未满足`,
    en: `what pipeline \`${id}\` (${title.en}) asks to close a case so is not met`,
  }),
  'pipeline-does-not-apply': (id: string, title: Text) => ({
    zh: `流程 \`${id}\`（${title.zh}）不适用于这个案件`,
    en: `pipeline \`${id}\` (${title.en}) does not apply to this case`,
  }),
  'stage-not-open': (id: string, title: Text) => ({
    zh: `不满足从阶段 \`${id}\`（${title.zh}）开始的条件`,
    en: `the condition to open at stage \`${id}\` (${title.en}) is not met`,
  }),
} as const satisfies Record<string, Say>;

/** What a case says to who may not; one entry a code. */

import type { Text } from '../../playbook/text.ts';
import type { Say } from './say.ts';

export const FORBIDDEN_TEXTS = {
  'no-right': (right: string) => ({
    zh: `你没有对这个案件 \`${right}\` 的权限`,
    en: `you have no right to \`${right}\` here`,
  }),
  'own-evidence': () => ({ zh: '不能验收自己的证据', en: 'nobody settles their own evidence' }),
  'not-an-acceptor': (evidence: string) => ({
    zh: `证据 \`${evidence}\` 不由你验收`,
    en: `evidence \`${evidence}\` is not yours to settle`,
  }),
  'no-authority': (why: Text) => ({
    zh: `这要由有权审批的人决定：${why.zh}`,
    en: `this takes the authority to approve: ${why.en}`,
  }),
  'not-an-answerer': (decision: string) => ({
    zh: `决策 \`${decision}\` 不由你回答`,
    en: `decision \`${decision}\` is not yours to answer`,
  }),
  'own-inspection': () => ({
    zh: '负责人（或代负责人的人）不能盘问自己的案件',
    en: 'nobody inspects a case of their own, nor that of somebody they step in for',
  }),
  'not-your-waiver': (what: Text) => ({
    zh: `${what.zh}不由你豁免；负责人也不能豁免自己的案件`,
    en: `${what.en} is not yours to waive; nobody waives anything in a case of their own`,
  }),
  'not-finding-owner': (finding: string) => ({
    zh: `发现 \`${finding}\` 不由你答复`,
    en: `finding \`${finding}\` is not yours to answer`,
  }),
  'not-your-task': (task: string) => ({
    zh: `任务 \`${task}\` 只由其负责人或案件负责人完成`,
    en: `task \`${task}\` is completed by its owner or the case's`,
  }),
  'not-your-decision': () => ({ zh: '这个决定不由你作出', en: 'the decision is demanded of somebody else' }),
  'own-submission': () => ({ zh: '不能批准自己提交的', en: 'nobody approves their own submission' }),
  'not-your-signer': (person: string) => ({
    zh: `\`${person}\` 不是你加签的`,
    en: `\`${person}\` was added by somebody else`,
  }),
  'not-asked': (approval: string) => ({
    zh: `审批 \`${approval}\` 没有问你`,
    en: `approval \`${approval}\` does not ask you`,
  }),
  'timer-only': () => ({ zh: '这个命令只由系统自己发出', en: 'only Playrail itself gives this command' }),
} as const satisfies Record<string, Say>;

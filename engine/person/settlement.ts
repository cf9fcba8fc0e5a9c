/** How what a message asked for has settled itself, in words. */

import type { Text } from '../playbook/text.ts';

export const SETTLEMENTS = {
  accepted: { zh: '已认可', en: 'accepted' },
  rejected: { zh: '已驳回', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  gone: { zh: '情况已不存在', en: 'it holds no longer' },
  decided: { zh: '已决定', en: 'decided' },
  stall_ended: { zh: '停滞已结束', en: 'the stall has ended' },
  done: { zh: '已完成', en: 'done' },
  handed_over: { zh: '已转交他人', en: 'handed over' },
  asked_elsewhere: { zh: '已改问他人', en: 'somebody else is asked now' },
  finished: { zh: '案件已结束', en: 'the case is finished' },
  replaced: { zh: '已有更新的消息', en: 'a newer message took its place' },
  left: { zh: '收件人已离职', en: 'its receiver has left' },
  dismissed: { zh: '已由本人了结', en: 'dismissed' },
} as const satisfies Record<string, Text>;

export type Settlement = keyof typeof SETTLEMENTS;

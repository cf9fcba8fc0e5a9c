/** `waiver`: how a milestone or a gate may be passed without being met, for a while. */

import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { duration, reference } from '../shape/scalar.ts';
import { who } from './action.ts';

export const waiver = record(
  { zh: '豁免', en: 'a waiver' },
  {
    by: required(who, '由谁豁免，绝不是案件负责人', 'who may grant it; never whoever owns the case'),
    at_most: required(duration(), '最长多久，从豁免时算起', 'how long it may stand at most, from when it is granted'),
    approval: optional(
      reference('审批名', 'an approval'),
      '先要通过的审批',
      'an approval that must hold before it is granted',
    ),
    remind_before: optional(
      duration(),
      '到期前多久提醒补上的人',
      'how long before its end whoever answers for it is reminded',
    ),
  },
);

export type WaiverSource = RecordOf<typeof waiver.keys>;

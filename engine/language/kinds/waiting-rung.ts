/** What is done while an answer is waited for. */

import { list, wordOr } from '../shape/collection.ts';
import { type RecordOf, record, required } from '../shape/record.ts';
import { duration, oneOf } from '../shape/scalar.ts';
import { who } from './action.ts';

const notice = record({ zh: '通知', en: 'a notice' }, { notify: required(who, '告知谁', 'who is told') });

export const waitingRung = record(
  { zh: '等待的一档', en: 'a rung of waiting' },
  {
    after: required(duration(), '从发现或轮到算起', 'counted from when it was found, or the turn began'),
    do: required(
      list({ zh: '动作的列表', en: 'a list of actions' }, wordOr(oneOf(['remind']), notice), { min: 1 }),
      '`remind` 提醒还没答的人；`{ notify: … }` 告知他人',
      '`remind` those who have not answered, `{ notify: … }` tell somebody else',
    ),
  },
);

export type WaitingRungSource = RecordOf<typeof waitingRung.keys>;

/** The kind `approval`: who must agree before a case goes on, to exactly what, and in which order. */

import type { Quorum } from '../../playbook/approval.ts';
import { list, wordOr } from '../shape/collection.ts';
import { optional, type RecordOf, record, required, variants } from '../shape/record.ts';
import { duration, id, oneOf, reference, scalar } from '../shape/scalar.ts';
import { lazy, type Read, type Shape, type Token } from '../shape/shape.ts';
import { who } from './action.ts';
import { condition } from './condition.ts';
import { text } from './text.ts';

const quorum: Shape<Token<Quorum>> = scalar<Quorum>(
  { zh: 'any、all 或人数', en: 'any, all, or a number' },
  { anyOf: [{ enum: ['any', 'all'] }, { type: 'integer', minimum: 1 }] },
  ({ text: written }) => {
    if (written === 'any' || written === 'all') return { value: written };
    if (/^[1-9]\d{0,2}$/.test(written)) return { value: Number(written) };
    return { fail: (node, report) => report('unknown-word', node.place, { written, words: 'any, all, 2' }) };
  },
);

const enough = optional(
  quorum,
  '几个同意才够：`any` 一个即可（或签），`all` 全部（会签），或人数；缺省 all',
  'how many are enough: `any` one of them, `all` every one, or a number; all when absent',
);

/** The `who` of one voice, or several of them. */
export type VoiceSource =
  | Token<string>
  | { readonly kind: 'of'; readonly body: GroupSource }
  | { readonly kind: 'each'; readonly body: EachSource };
interface GroupSource {
  readonly of: readonly VoiceSource[];
  readonly quorum?: Token<Quorum> | undefined;
  readonly place: Token<string>['place'];
}

const each = record(
  { zh: '一个职位的每个人', en: 'everybody who holds a post' },
  { each: required(who, '每个人各有一票', 'everybody meant has a voice of their own'), quorum: enough },
);
type EachSource = RecordOf<typeof each.keys>;

const voice: Shape<VoiceSource> = lazy('voice', { zh: '一票', en: 'a voice' }, () =>
  wordOr(
    who,
    variants(
      { zh: '几票合成一票', en: 'several voices that are one' },
      {
        of: record(
          { zh: '几票合成的一票', en: 'a group that is one voice' },
          {
            of: required(
              list({ zh: '票的列表', en: 'a list of voices' }, voice, { min: 1 }),
              '合成一票的各票',
              'the voices that make it up',
            ),
            quorum: enough,
          },
        ),
        each,
      },
    ),
  ),
);

const notice = record({ zh: '通知', en: 'a notice' }, { notify: required(who, '告知谁', 'who is told') });

const rung = record(
  { zh: '等待的一档', en: 'a rung of waiting' },
  {
    after: required(duration(), '从开始询问算起', 'counted from when the step began to ask'),
    do: required(
      list({ zh: '动作的列表', en: 'a list of actions' }, wordOr(oneOf(['remind', 'lapse']), notice), { min: 1 }),
      '`remind` 提醒还没答的人；`{ notify: … }` 告知他人；`lapse` 到此失效',
      '`remind` those who have not answered, `{ notify: … }` tell somebody else, `lapse` end it without an answer',
    ),
  },
);

const bound = wordOr(
  reference('事实名', 'a fact'),
  record(
    { zh: '绑定的证据', en: 'evidence that is bound' },
    { evidence: required(reference('证据名', 'an evidence'), '所填内容', 'the answers of its form') },
  ),
);

const step = record(
  { zh: '审批的一步', en: 'a step of an approval' },
  {
    step: required(id('步骤标识', 'the id of a step'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    when: optional(condition, '确定不成立时才跳过', 'left out only where this is certainly false'),
    ask: required(
      wordOr(who, list({ zh: '票的列表', en: 'a list of voices' }, voice, { min: 1 })),
      '问谁：一个人、职位，或几票',
      'who is asked: one, or a list of voices',
    ),
    quorum: enough,
    binds: required(
      list({ zh: '所绑内容的列表', en: 'a list of what it binds' }, bound, { min: 1 }),
      '审的是这些内容；改一处，这一步作废',
      'what is reviewed: change one of them, and this step is void',
    ),
    respond_within: optional(duration(), '答复时限', 'the time there is to answer'),
    rungs: optional(
      list({ zh: '各档的列表', en: 'a list of rungs' }, rung, { min: 1 }),
      '没有答复时逐档做什么',
      'what is done while there is no answer, soonest first',
    ),
    fallback: optional(
      who,
      '所问的人都不能答时由谁答；缺省时案件告知上级',
      'who answers where nobody who is asked can; when absent, the case says so to a superior',
    ),
  },
);

const together = record(
  { zh: '并行的步骤', en: 'steps beside each other' },
  {
    together: required(
      list({ zh: '步骤的列表', en: 'a list of steps' }, step, { min: 1 }),
      '同时进行，全部通过才往下',
      'asked at the same time; all of them before what follows',
    ),
  },
);

export const approval = record(
  { zh: '审批', en: 'an approval' },
  {
    approval: required(
      id('审批标识', 'the id of the approval'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为什么要审', 'why it is asked for'),
    applies_to: required(
      list({ zh: '流程的列表', en: 'a list of pipelines' }, reference('流程名', 'a pipeline'), { min: 1 }),
      '用于哪些流程',
      'the pipelines whose cases ask for it',
    ),
    fresh_for: optional(duration(), '通过后多久内有效', 'how long it holds once given'),
    remind_every: optional(
      duration(),
      '催办最快多久一次；缺省不能催办',
      'how often those asked may be reminded by hand, from the request on; not at all when absent',
    ),
    steps: required(
      list({ zh: '步骤的列表', en: 'a list of steps' }, variants({ zh: '步骤', en: 'a step' }, { together, step }), {
        min: 1,
      }),
      '依次进行的步骤',
      'the steps, one after another',
    ),
  },
);

export type ApprovalSource = RecordOf<typeof approval.keys>;
export type StepSource = RecordOf<typeof step.keys>;
export type ApprovalRungSource = RecordOf<typeof rung.keys>;
export type BoundSource = Read<typeof bound>;

/** All steps, in the order written. */
export function stepsOf(source: ApprovalSource): readonly StepSource[] {
  return source.steps.flatMap((one) => (one.kind === 'together' ? one.body.together : [one.body]));
}

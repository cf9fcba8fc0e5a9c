/** The kind `roles`: posts, who reports to whom by role, what each may do, and how far it may approve. */

import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { id, oneOf, plain, reference, wholeNumber } from '../shape/scalar.ts';
import { nightHours, timeOfDay } from '../shape/time.ts';
import { dimensions, limits } from './authority.ts';
import { text } from './text.ts';

const when = oneOf(['at_once', 'in_budget', 'in_digest', 'never']);

const mail = record(
  { zh: '各类消息的邮件', en: 'the mail of each kind of message' },
  {
    demand: optional(when, '要求决定', 'a decision is demanded'),
    reminder: optional(when, '停滞提醒', 'a case of theirs stalls'),
    notice: optional(when, '通报', 'a case of somebody else stalls'),
    evidence_to_accept: optional(when, '待验收的证据', 'evidence waits for them'),
    evidence_settled: optional(when, '证据的验收结果', 'what became of their evidence'),
    approval_to_give: optional(when, '待审批', 'an approval waits for them'),
    coaching: optional(when, '辅导轮到自己', 'it is their turn in a coaching flow'),
    approval_settled: optional(when, '审批的结果', 'what became of an approval they asked for'),
    finding_to_answer: optional(when, '待答复的发现', 'something was found that waits for their answer'),
    task: optional(when, '新任务', 'a task for them'),
    handed_over: optional(when, '案件转交', 'a case came or went'),
    digest: optional(when, '导入后的汇总', 'what an import brought in late'),
  },
);

const inbox = record(
  { zh: '收件箱的规则', en: 'the rules of an inbox' },
  {
    mail: optional(
      mail,
      '何时发邮件：`at_once` 任何时候；`in_budget` 限额内、非安静时段立即，否则进摘要；`in_digest` 只进摘要；`never` 只在收件箱（缺省）',
      'when each kind is mailed: `at_once` at any hour; `in_budget` at once within the budget and outside quiet hours, else in the digest; `in_digest` in the digest only; `never`, the inbox alone, when absent',
    ),
    budget: optional(wholeNumber(), '一天最多几封，超出的进摘要', 'mails a day at most; the rest waits for the digest'),
    digests: optional(
      list({ zh: '时刻的列表', en: 'a list of times' }, timeOfDay(), { min: 1 }),
      '工作日发摘要的时刻',
      'times of the digest, on working days',
    ),
    quiet_hours: optional(
      nightHours(),
      '安静时段，可跨午夜，如 `19:00-08:30`；休息日整天安静',
      'when nothing is mailed, past midnight too, such as `19:00-08:30`; days off are quiet as a whole',
    ),
  },
);

export type InboxSource = RecordOf<typeof inbox.keys>;

const calendar = optional(
  reference('日历', 'a calendar'),
  '缺勤、摘要和安静时段按它计算',
  'the days and hours of absences, digests and quiet hours',
);

const texts = (zh: string, en: string) => list({ zh, en }, text, { min: 1 });

const post = record(
  { zh: '职位', en: 'a post' },
  {
    role: required(id('职位标识', 'the id of a role'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    manages: optional(reference('职位', 'a role'), '下属职位', 'the role that reports to it'),
    may: required(
      list({ zh: '权利的列表', en: 'a list of rights' }, plain('权利', 'a right')),
      '可以做什么',
      'what it may do',
    ),
    over: optional(
      oneOf(['own', 'team', 'all']),
      '对谁的案例：自己、团队、全部；有下属时缺省 team，否则 own',
      'whose cases: own, those of the team, all; team for a post that manages, else own, when absent',
    ),
    calendar,
    inbox: optional(inbox, '此职位的收件箱；没写的键同上', 'the inbox of this post; keys left out are those of all'),
    layer: optional(text, '层级，如决策层', 'where it stands, such as the decision layer'),
    duties: optional(texts('职责的列表', 'a list of duties'), '职责', 'what it answers for'),
    process: optional(texts('工作步骤的列表', 'a list of steps'), '工作流程', 'how its work goes, step by step'),
    authority: optional(
      limits,
      '最多可以审批到哪里；没写的维度一概不能审批',
      'how far it may approve; a dimension left out is one it may not approve in',
    ),
  },
);

export const roles = record(
  { zh: '职位表', en: 'roles' },
  {
    roles: required(id('职位表标识', 'the id of the roles'), '标识，与文件同名', 'its id; the file has the same name'),
    title: optional(text, '名称', 'what people read'),
    calendar,
    inbox: optional(inbox, '所有人的收件箱', 'the inbox of everybody'),
    authority: optional(
      dimensions,
      '审批权限看哪些方面，如金额、折扣、账期、非标条款',
      'what authority is measured by, such as amount, discount, payment term, non-standard terms',
    ),
    posts: required(list({ zh: '职位的列表', en: 'a list of posts' }, post, { min: 1 }), '职位', 'the posts'),
  },
);

export type RolesSource = RecordOf<typeof roles.keys>;

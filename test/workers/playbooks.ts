/** Playbooks for the workers' tests: one pipeline that stalls after ten days and then climbs over three weeks. */

export const PLAYBOOKS: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: 'deal.yaml',
    text: `pipeline: deal
title: { zh: 商机, en: Deal }
subject: opportunity
calendar: always
facts:
  amount: { type: money, title: { zh: 金额, en: Amount } }
  count: { type: number, title: { zh: 次数, en: Count } }
open_at: [ lead ]
lost_reasons: { price: { zh: 价格, en: Price } }
stages:
  - stage: lead
    title: { zh: 线索, en: Lead }
    success_rate: 10%
    ladder: quiet
    leave_when: { fact: amount, is_known: true }
  - stage: offer
    title: { zh: 报价, en: Offer }
    success_rate: 60%
    leave_when: { fact: count, is_known: true }
`,
  },
  {
    path: 'quiet.yaml',
    text: `ladder: quiet
title: { zh: 停滞, en: Gone quiet }
starts: [ { no_activity: 10 days } ]
ends_when: [ activity, advance, resolve ]
rungs:
  - { after: 0 days, do: [ { remind: owner } ] }
  - { after: 7 days, do: [ { notify: manager }, { send: crm } ] }
  - after: 21 days
    do: [ { notify: manager } ]
    demand:
      of: manager
      ways: { push: [ plan, next_step_on ], close_lost: [ reason ] }
`,
  },
  {
    path: 'always.yaml',
    text: `calendar: always
zone: UTC
hours: { monday-sunday: [ 00:00-24:00 ] }
valid_through: 2099-12-31
`,
  },
  {
    path: 'sales.yaml',
    text: `roles: sales
posts:
  - role: rep
    title: { zh: 销售, en: Rep }
    over: own
    may: [ see, open, set_facts, log_activity, submit_evidence, advance, plan_task, complete_task, close ]
  - role: manager
    title: { zh: 经理, en: Manager }
    manages: rep
    over: team
    may: [ see, open, set_facts, accept_evidence, reject_evidence, advance, resolve, hand_over ]
  - role: admin
    title: { zh: 管理员, en: Administrator }
    over: all
    may: [ see, open, set_facts, log_activity, advance, hand_over, import, administer ]
`,
  },
];

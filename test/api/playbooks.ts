/** A small set of playbooks that the API's tests run on: one pipeline, a gate of each kind of roll-out, a ladder, four posts. */

export const PLAYBOOKS: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: 'deal.yaml',
    text: `pipeline: deal
title: { zh: 商机, en: Deal }
subject: opportunity
applies_when: { fact: amount, more_than: 0 CNY }
calendar: always
facts:
  amount: { type: money, title: { zh: 金额, en: Amount } }
  pain: { type: text, title: { zh: 痛点, en: Pain } }
open_at: [ lead ]
lost_reasons: { price: { zh: 价格, en: Price } }
inspection:
  - { shows: progress, ask: { zh: 走到哪一步了？, en: Where do you stand? } }
  - { shows: evidence, ask: { zh: 证据呢？, en: Where is the evidence? } }
stages:
  - stage: lead
    title: { zh: 线索, en: Lead }
    success_rate: 10%
    timebox: 20 business days
    ladder: quiet
    evidence:
      - evidence: first-visit
        title: { zh: 初访, en: First visit }
        fields:
          visited_on: { type: date, title: { zh: 日期, en: Date } }
          report: { type: file, optional: true, title: { zh: 报告, en: Report } }
          said: { type: text, optional: true, title: { zh: 客户说, en: What they said } }
        accepted_by: manager
        fresh_for: 90 days
    milestones:
      - milestone: pain-found
        title: { zh: 找到痛点, en: Pain found }
        when: { all: [ { evidence: first-visit }, { fact: pain, is_known: true } ] }
        waiver: { by: manager, at_most: 30 days }
  - stage: offer
    title: { zh: 报价, en: Offer }
    success_rate: 60%
    enter_when: { fact: amount, at_least: 10万 CNY }
    leave_when: { fact: pain, is_known: true }
`,
  },
  {
    path: 'followed-up.yaml',
    text: `gate: followed-up
title: { zh: 有跟进, en: Followed up }
applies_to: [ deal ]
at: advance
mode: enforce
when: { task: dated }
otherwise: { zh: 没有定好日期的下一步, en: no next step with a date }
`,
  },
  {
    path: 'called-lately.yaml',
    text: `gate: called-lately
title: { zh: 近期联系过, en: Called lately }
applies_to: [ deal ]
at: advance
mode: warn
when: { activity: call, within: 5 days }
otherwise: { zh: 近五天没有通话, en: no call in the last five days }
`,
  },
  {
    path: 'way.yaml',
    text: `decision: way
title: { zh: 打法, en: Way to win }
applies_to: [ deal ]
answered_by: owner
fresh_for: 30 days
questions:
  - question: ahead
    title: { zh: 我们遥遥领先吗？, en: Are we far ahead? }
    rests_on: [ pain ]
    answers: { yes: { outcome: frontal }, no: { ask: movable } }
  - question: movable
    title: { zh: 能改变标准吗？, en: Can we move the criteria? }
    answers: { yes: { outcome: flank }, no: { outcome: leave } }
outcomes:
  - { outcome: frontal, title: { zh: 正面, en: Frontal } }
  - { outcome: flank, title: { zh: 迂回, en: Flank } }
  - { outcome: leave, title: { zh: 退出, en: Leave } }
`,
  },
  {
    path: 'quiet.yaml',
    text: `ladder: quiet
title: { zh: 停滞, en: Gone quiet }
starts: [ timebox, { no_activity: 10 business days } ]
ends_when: [ activity, advance, resolve ]
rungs:
  - { after: 0 business days, do: [ { remind: owner } ] }
  - after: 3 business days
    do: [ { notify: manager } ]
    demand:
      of: manager
      ways: { push: [ plan, next_step_on ], close_lost: [ reason ] }
`,
  },
  {
    path: 'always.yaml',
    text: `calendar: always
zone: Asia/Shanghai
hours: { monday-sunday: [ 00:00-24:00 ] }
valid_through: 2099-12-31
`,
  },
  {
    path: 'risks.yaml',
    text: `diagnosis: risks
title: { zh: 风险, en: Risks }
applies_to: [ deal ]
findings:
  - finding: too-large
    class: process
    title: { zh: 金额太大, en: Too large to be true }
    when: { fact: amount, more_than: 5000万 CNY }
    causes: [ { zh: 谁说的？, en: Who says so? } ]
    prescription: { zh: 当面核实, en: Verify it in person }
    owner: manager
    respond_within: 2 days
    on_respond: [ { task: { zh: 核实, en: Verify }, due: 2 days } ]
`,
  },
  {
    path: 'sales.yaml',
    text: `roles: sales
authority: { amount: { title: { zh: 金额, en: Amount }, type: money } }
posts:
  - role: rep
    title: { zh: 销售, en: Rep }
    over: own
    may: [ see, open, set_facts, log_activity, answer, submit_evidence, advance, plan_task, complete_task, close ]
  - role: manager
    title: { zh: 经理, en: Manager }
    layer: { zh: 经理层, en: Manager layer }
    duties: [ { zh: 辅导销售人员, en: Coach the reps } ]
    process: [ { zh: 检查, en: Inspect }, { zh: 纠正, en: Correct } ]
    manages: rep
    authority: { amount: no limit }
    over: team
    may: [ see, open, set_facts, accept_evidence, reject_evidence, advance, resolve, hand_over, waive, inspect ]
  - role: admin
    title: { zh: 管理员, en: Administrator }
    over: all
    may: [ see, open, set_facts, log_activity, advance, hand_over, import, administer ]
`,
  },
];

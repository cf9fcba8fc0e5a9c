/** One event of a case as one line of text. */

import type { CrmPosition } from '../engine/case/crm-change.ts';
import type { CaseEvent, CaseEventName } from '../engine/case/event.ts';
import type { Lang } from '../engine/playbook/text.ts';
import { type Say, sayIn } from './lang.ts';
import type { ClockFace } from './show-time.ts';

type LineOf<N extends CaseEventName> = (event: Extract<CaseEvent, { event: N }>, say: Say, clock: ClockFace) => string;

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

function positionText({ stage, closed }: CrmPosition): string {
  return closed?.as ?? stage ?? '';
}

const LINES: { readonly [N in CaseEventName]: LineOf<N> } = {
  case_opened: (e, say) =>
    say(
      `开案，流程 ${e.pipeline}，阶段 ${e.stage}，负责人 ${e.owner}${e.plot === undefined ? '' : `（井田 ${e.plot}）`}`,
      `opened in ${e.pipeline} at ${e.stage}, owner ${e.owner}${e.plot === undefined ? '' : ` (plot ${e.plot})`}`,
    ),
  facts_set: (e, say) => {
    const names = [...Object.keys(e.facts), ...e.cleared.map((name) => `-${name}`)].join(', ');
    return say(`事实更新：${names}`, `facts set: ${names}`);
  },
  activity_logged: (e, say) => say(`活动 ${e.activity}`, `activity ${e.activity}`) + because(e.note),
  evidence_submitted: (e, say) =>
    e.entry.status === 'accepted'
      ? say(`证据 ${e.evidence} 已提交并认可`, `evidence ${e.evidence} submitted and accepted`)
      : say(`证据 ${e.evidence} 已提交，待认可`, `evidence ${e.evidence} submitted, waits for acceptance`),
  evidence_accepted: (e, say) => say(`证据 ${e.evidence} 已认可`, `evidence ${e.evidence} accepted`) + because(e.note),
  evidence_rejected: (e, say) =>
    say(`证据 ${e.evidence} 被驳回`, `evidence ${e.evidence} rejected`) + because(e.reason),
  evidence_withdrawn: (e, say) =>
    say(`证据 ${e.evidence} 已撤回`, `evidence ${e.evidence} withdrawn`) + because(e.reason),
  decision_made: (e, say) => {
    const before = e.before.length === 0 ? '' : `${e.before.join(', ')} → `;
    const outcomes = e.outcomes.length === 0 ? say('无', 'nothing') : e.outcomes.join(', ');
    return (
      say(`决策 ${e.decision}：${before}${outcomes}`, `decision ${e.decision}: ${before}${outcomes}`) + because(e.note)
    );
  },
  decision_asked_again: (e, say) => {
    const questions = e.questions.join(', ');
    const facts = e.facts.join(', ');
    return e.because === 'time'
      ? say(
          `决策 ${e.decision} 已过期，重新问 ${questions}`,
          `decision ${e.decision} is too old, asks again ${questions}`,
        )
      : say(
          `决策 ${e.decision}：事实 ${facts} 变了，重新问 ${questions}`,
          `decision ${e.decision}: ${facts} changed, asks again ${questions}`,
        );
  },
  stage_entered: (e, say) =>
    say(`阶段 ${e.from} → ${e.stage}（${e.because}）`, `stage ${e.from} → ${e.stage} (${e.because})`) +
    because(e.reason),
  task_planned: (e, say, clock) => {
    const due =
      e.entry.due_at === undefined
        ? ''
        : say(`，到期 ${clock.lastDay(e.entry.due_at)}`, `, due ${clock.lastDay(e.entry.due_at)}`);
    return say(`任务 ${e.task}：${e.entry.title}`, `task ${e.task}: ${e.entry.title}`) + due;
  },
  task_completed: (e, say) => say(`任务 ${e.task} 完成`, `task ${e.task} completed`) + because(e.note),
  pause_started: (_, say) => say('停滞时钟暂停', 'the stall clock is paused'),
  pause_ended: (_, say) => say('停滞时钟继续', 'the stall clock runs again'),
  snoozed: (e, say, clock) =>
    say(`时钟暂停至 ${clock.instant(e.until)}`, `snoozed until ${clock.instant(e.until)}`) + because(e.reason),
  stall_started: (e, say, clock) =>
    say(
      `停滞开始（${e.cause}）于 ${clock.instant(e.started_at)}`,
      `stall started (${e.cause}) at ${clock.instant(e.started_at)}`,
    ),
  rung_fired: (e, say) => {
    const folded =
      e.folded.length === 0 ? '' : say(`，并入 ${e.folded.length} 级`, `, ${e.folded.length} missed before it`);
    return (
      say(`阶梯 ${e.ladder} 第 ${e.rung + 1} 级`, `rung ${e.rung + 1} of ${e.ladder}`) +
      folded +
      (e.demanded ? say('，要求决策', ', demands a decision') : '')
    );
  },
  stall_ended: (e, say) => say(`停滞结束（${e.because}）`, `stall ended (${e.because})`),
  demand_resolved: (e, say) => say(`决策：${e.way}`, `decided: ${e.way}`),
  evidence_required: (e, say) => say(`另需证据 ${e.evidence}`, `evidence ${e.evidence} is required`),
  flagged: (e, say) => say(`标记 ${e.flag}`, `flagged ${e.flag}`),
  gate_noted: (e, say) =>
    say(`关口 ${e.gate}（${e.mode}）：${e.otherwise.zh}`, `gate ${e.gate} (${e.mode}): ${e.otherwise.en}`),
  pipeline_moved: (e, say) =>
    say(`流程 ${e.from} → ${e.to}，阶段 ${e.stage}`, `pipeline ${e.from} → ${e.to}, stage ${e.stage}`) +
    because(e.reason),
  changed_outside: (e, say) =>
    say(
      `CRM 改动：${positionText(e.was)} → ${positionText(e.now)}（${e.policy}）`,
      `changed in the CRM: ${positionText(e.was)} → ${positionText(e.now)} (${e.policy})`,
    ),
  change_settled: (e, say) =>
    (e.take === 'ours'
      ? say('决定：以这里为准', 'decided: ours stands')
      : say(`决定：照 CRM（${positionText(e.now)}）`, `decided: as the CRM says (${positionText(e.now)})`)) +
    because(e.reason),
  debts_owed: (e, say) => {
    const names = e.debts.map((debt) => debt.evidence ?? debt.decision).join(', ');
    return say(`欠 ${names}`, `owes ${names}`);
  },
  handed_over: (e, say) =>
    say(`负责人 ${e.from} → ${e.to}`, `owner ${e.from} → ${e.to}`) +
    (e.because === undefined ? because(e.reason) : say(`（${e.from} 已离职）`, ` (${e.from} has left)`)),
  task_handed_over: (e, say) => say(`任务 ${e.task}：${e.from} → ${e.to}`, `task ${e.task}: ${e.from} → ${e.to}`),
  asked: (e, say) => {
    const what = e.evidence ?? e.decision ?? e.finding ?? say('决定', 'the decision');
    return say(`${what} 现在问 ${e.people.join('、')}`, `${what}: asked of ${e.people.join(', ')} now`);
  },
  inspected: (e, say) => say(`已盘问，下一步 ${e.task}`, `inspected; the next step is ${e.task}`) + because(e.note),
  waiver_granted: (e, say) =>
    say(
      `豁免 ${e.name} 到 ${e.until}，由 ${e.owner} 补上${e.times > 1 ? `（第 ${e.times} 次）` : ''}`,
      `${e.kind} ${e.name} waived until ${e.until}, ${e.owner} answers for it${e.times > 1 ? ` (time ${e.times})` : ''}`,
    ) + because(e.reason),
  waiver_used: (e, say) => say(`靠豁免通过 ${e.name}`, `${e.kind} ${e.name} passed by its waiver`),
  waiver_reminded: (e, say) => say(`提醒：${e.name} 的豁免将到期`, `reminded that the waiver of ${e.name} ends`),
  waiver_ended: (e, say) =>
    say(`${e.name} 的豁免结束（${e.because}）`, `waiver of ${e.name} over (${e.because})`) + because(e.reason),
  finding_found: (e, say) =>
    say(`发现 ${e.finding}，问 ${e.asked.join('、')}`, `found ${e.finding}, asked of ${e.asked.join(', ')}`),
  finding_gone: (e, say) => say(`发现 ${e.finding} 已不存在`, `finding ${e.finding} holds no longer`),
  finding_answered: (e, say) =>
    (e.answer === 'respond'
      ? say(`${e.by} 应对发现 ${e.finding}`, `${e.by} takes up finding ${e.finding}`)
      : say(`${e.by} 不采纳发现 ${e.finding}`, `${e.by} declines finding ${e.finding}`)) + because(e.reason),
  finding_rung_fired: (e, say) =>
    say(
      `发现 ${e.finding} 等待答复，第 ${e.rung + 1} 档`,
      `finding ${e.finding} waits for an answer, rung ${e.rung + 1}`,
    ),
  approval_requested: (e, say) =>
    say(`审批 ${e.approval} 已提交（${e.how}）`, `approval ${e.approval} asked for (${e.how})`) + because(e.note),
  approval_step_opened: (e, say) =>
    say(
      `审批 ${e.approval} 到 ${e.step}，所审内容 ${e.digest.slice(0, 12)}`,
      `approval ${e.approval} has come to ${e.step}, digest ${e.digest.slice(0, 12)}`,
    ),
  approval_asked: (e, say) => {
    const people = [...new Set(e.asked.map(({ person }) => person))];
    if (e.stuck !== undefined)
      return say(`${e.step} 无人可答，已告知 ${e.stuck}`, `${e.step}: nobody can answer, ${e.stuck} is told`);
    if (people.length === 0) return say(`${e.step} 不再问人`, `${e.step}: nobody is asked any more`);
    return say(`${e.step} 现在问 ${people.join('、')}`, `${e.step}: asked of ${people.join(', ')} now`);
  },
  approval_answered: (e, say) => {
    const conditions = e.conditions === undefined ? '' : ` (${e.conditions.join('; ')})`;
    return (
      (e.answer === 'approved'
        ? say(`${e.by} 同意 ${e.step}`, `${e.by} approves ${e.step}`)
        : say(`${e.by} 驳回 ${e.step}`, `${e.by} rejects ${e.step}`)) +
      conditions +
      because(e.note ?? e.reason)
    );
  },
  approval_step_passed: (e, say) => say(`${e.step} 已通过`, `${e.step} is passed`),
  approval_voided: (e, say) =>
    say(`步骤 ${e.steps.join('、')} 作废（${e.because}）`, `steps ${e.steps.join(', ')} are void (${e.because})`) +
    because(e.reason ?? e.changed?.join(', ')),
  approval_rung_fired: (e, say) =>
    say(`${e.step} 等待第 ${e.rung + 1} 档`, `rung ${e.rung + 1} of waiting for ${e.step}`),
  approval_ended: (e, say) =>
    say(`审批 ${e.approval}：${e.outcome}`, `approval ${e.approval}: ${e.outcome}`) + because(e.reason ?? e.because),
  approval_signer_added: (e, say) =>
    e.when === 'before'
      ? say(`${e.by} 前加签 ${e.person}`, `${e.by} has ${e.person} sign before`)
      : say(`${e.by} 后加签 ${e.person}`, `${e.by} has ${e.person} sign after`),
  approval_signer_removed: (e, say) => say(`${e.by} 减签 ${e.person}`, `${e.by} removes the signer ${e.person}`),
  approval_transferred: (e, say) =>
    say(`${e.step}：${e.from} 转交 ${e.to}`, `${e.step}: ${e.from} transfers to ${e.to}`) + because(e.reason),
  approval_delegated: (e, say) =>
    say(`${e.step}：${e.from} 委派 ${e.to}`, `${e.step}: ${e.from} asks ${e.to} for advice`) + because(e.note),
  approval_advised: (e, say) =>
    (e.answer === 'approved'
      ? say(`${e.by} 的意见：同意`, `${e.by} advises: yes`)
      : say(`${e.by} 的意见：不同意`, `${e.by} advises: no`)) + because(e.note),
  approval_copied: (e, say) => say(`抄送 ${e.people.join('、')}`, `copied to ${e.people.join(', ')}`) + because(e.note),
  approval_reminded: (e, say) =>
    say(`催办 ${e.people.join('、')}`, `reminded ${e.people.join(', ')}`) + because(e.note),
  approval_commented: (e, say) => say(`对审批 ${e.approval} 的意见`, `on approval ${e.approval}`) + because(e.text),
  child_started: (e, say) => say(`开始关联案件 ${e.child}，负责人 ${e.owner}`, `starts ${e.child}, owner ${e.owner}`),
  child_changed: (e, say) => {
    const { stage, status, finished, owner } = e.news;
    const over = finished ? say('，已结束', ', finished') : '';
    return say(
      `关联案件 ${e.child}：阶段 ${stage}，${status}${over}，负责人 ${owner}`,
      `${e.child} stands in ${stage}, ${status}${over}, owner ${owner}`,
    );
  },
  child_refused: (e, say) => {
    const zh = e.because.map(({ message }) => message.zh).join('；');
    const en = e.because.map(({ message }) => message.en).join('; ');
    return say(`关联案件 ${e.child} 没有开起来：${zh}`, `${e.child} could not be started: ${en}`);
  },
  parent_told: (e, say) => say(`已告知来源案件 ${e.parent}`, `told ${e.parent}, which it came from`),
  parent_changed: (e, say) => {
    if (e.change === 'reopened') return say('来源案件重新打开', 'the case it came from was reopened');
    return e.closes
      ? say('来源案件输单，本案随之关闭', 'the case it came from was lost, and this one with it')
      : say('来源案件输单', 'the case it came from was lost');
  },
  won: (e, say) => say('赢', 'won') + because(e.note),
  lost: (e, say) => say(`输（${e.reason}）`, `lost (${e.reason})`) + because(e.note),
  finished: (_, say) => say('结束', 'finished'),
  reopened: (e, say) => say('重开', 'reopened') + because(e.reason),
};

export function eventLine(event: CaseEvent, lang: Lang, clock: ClockFace): string {
  // The table has exactly the line of this event's name, which TypeScript cannot follow through the index.
  const line = LINES[event.event] as LineOf<CaseEventName> | undefined;
  return line === undefined ? String(event.event) : line(event, sayIn(lang), clock);
}

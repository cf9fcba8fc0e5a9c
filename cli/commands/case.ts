/** `playrail case ID`: one case with its stage, clocks, evidence, decisions, debts and tasks. */

import type { Command } from 'commander';
import type { CaseDetail } from '../../api/views/case-detail.ts';
import type { FileValue, Value } from '../../engine/playbook/value.ts';
import { approvalLines } from '../approval-lines.ts';
import { type CaseContext, clockLines } from '../case-clock-lines.ts';
import { oneDecision } from '../case-decision-lines.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { findingLines } from '../finding-lines.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { clockIn } from '../show-time.ts';
import { standingWord } from '../standing-word.ts';
import { printable } from '../text-width.ts';

function headLines(view: CaseDetail, { lang, say }: ClientContext): string[] {
  const status = { open: say('进行中', 'open'), won: say('赢', 'won'), lost: say('输', 'lost') }[view.status];
  const marks = [
    status,
    ...(view.finished ? [say('已结束', 'finished')] : []),
    ...(view.ungated ? [say('未经把关', 'ungated')] : []),
    ...view.flags,
  ].join(', ');
  const manager =
    view.manager === undefined ? '' : say(`，经理 ${view.manager.name}`, `, manager ${view.manager.name}`);
  const rate = `${Math.round(view.success_rate * 100)}%`;
  return [
    `${view.case}  ${view.title}`,
    `${view.pipeline_title[lang]} › ${view.stage_title[lang]} (${view.position}/${view.of}, ${rate})  [${marks}]`,
    say(`负责人 ${view.owner.name}${manager}`, `owner ${view.owner.name}${manager}`),
    ...(view.parent === undefined ? [] : [say(`来自 ${view.parent}`, `started by ${view.parent}`)]),
    ...heldLine(view, say),
    ...(view.rules_current
      ? []
      : [
          say(
            '按旧版规则运行（新版规则只用于新案件）',
            'runs under earlier rules (newer ones hold for new cases only)',
          ),
        ]),
  ];
}

function heldLine({ case: id, held }: CaseDetail, say: ClientContext['say']): string[] {
  if (held === undefined) return [];
  const crm = held.crm.closed?.as ?? held.crm.stage ?? '';
  const who = held.asked.map((person) => person.name).join(', ');
  return [
    say(
      `冻结：CRM 里是 ${crm}，等 ${who} 决定：playrail do ${id} settle_change ours | crm`,
      `held: the CRM says ${crm}; ${who} decides: playrail do ${id} settle_change ours | crm`,
    ),
  ];
}

function factLines(view: CaseDetail, { lang, say }: ClientContext): string[] {
  const known = view.facts.filter((fact) => fact.shown !== undefined);
  if (known.length === 0) return [];
  const lines = known.map((fact) => {
    const mark = fact.mark === undefined ? '' : ` (${fact.mark})`;
    return `  ${fact.title[lang]}  ${fact.shown?.[lang] ?? ''}${mark}  [${fact.fact}]`;
  });
  return ['', say('事实', 'Facts'), ...lines];
}

function milestoneLines(view: CaseDetail, { lang, say }: ClientContext): string[] {
  if (view.milestones.length === 0) return [];
  const marks = new Map<unknown, string>([
    [true, '✓'],
    [false, '✗'],
  ]);
  const lines = view.milestones.map((one) => `  ${marks.get(one.truth) ?? '?'} ${one.title[lang]}  [${one.milestone}]`);
  return ['', say('里程碑', 'Milestones'), ...lines];
}

/** Those in rows as well. */
function filesIn(value: Value): readonly FileValue[] {
  if (typeof value !== 'object' || 'minor' in value) return [];
  if ('sha256' in value) return [value];
  return value.flatMap((row) => (typeof row === 'string' ? [] : Object.values(row).flatMap(filesIn)));
}

function evidenceLines(view: CaseDetail, { lang, say, face }: CaseContext): string[] {
  if (view.evidence.length === 0) return [];
  const lines = view.evidence.flatMap((one) => {
    const by =
      one.submitted_by === undefined ? '' : say(`，${one.submitted_by.name} 提交`, `, by ${one.submitted_by.name}`);
    const until =
      one.fresh_until === undefined ? '' : say(`，有效至 `, `, fresh until `) + face.instant(one.fresh_until);
    const who = one.can_accept === undefined ? '' : `: ${one.can_accept.map((person) => person.name).join(', ')}`;
    const files = Object.values(one.fields ?? {}).flatMap(filesIn);
    return [
      `  ${one.title[lang]}  ${standingWord(one.standing, say)}${who}${by}${until}  [${one.evidence}]`,
      ...files.map(({ name, sha256 }) => `    ${say('文件', 'file')} ${name}  ${sha256.slice(0, 12)}`),
    ];
  });
  return ['', say('证据', 'Evidence'), ...lines];
}

function decisionLines(view: CaseDetail, context: CaseContext): string[] {
  if (view.decisions.length === 0) return [];
  return ['', context.say('决策', 'Decisions'), ...view.decisions.flatMap((one) => oneDecision(one, context))];
}

function debtLines(view: CaseDetail, { lang, say }: ClientContext): string[] {
  if (view.debts.length === 0) return [];
  const lines = view.debts.map((debt) => {
    const over = debt.is_over ? say('，已逾期', ', overdue') : '';
    return `  ${debt.title[lang]}  ${say('应于', 'due')} ${debt.due_on}${over}  [${debt.name}]`;
  });
  return ['', say('欠账', 'Owed'), ...lines];
}

function waiverLines(view: CaseDetail, { lang, say }: ClientContext): string[] {
  const lines = view.waivers.map((one) => {
    const until = one.stands ? say(`到 ${one.until}`, `until ${one.until}`) : say('已到期', 'over');
    const who = say(
      `${one.granted_by.name} 批准，${one.owner.name} 补上`,
      `by ${one.granted_by.name}, ${one.owner.name} answers for it`,
    );
    const times = one.times > 1 ? say(`，第 ${one.times} 次`, `, time ${one.times}`) : '';
    return `  ${one.title[lang]}  ${until}, ${who}${times}: ${one.reason}  [${one.kind} ${one.name}]`;
  });
  return lines.length === 0 ? [] : ['', say('豁免', 'Waived'), ...lines];
}

function foundLines(view: CaseDetail, context: CaseContext): string[] {
  if (view.findings.length === 0) return [];
  return ['', context.say('发现', 'Found'), ...view.findings.flatMap((one) => findingLines(view.case, one, context))];
}

function taskLines(view: CaseDetail, { say, face }: CaseContext): string[] {
  const open = view.tasks.filter((task) => task.done_at === undefined);
  if (open.length === 0) return [];
  const lines = open.map((task) => {
    const due = task.due_at === undefined ? say('未定日期', 'no date') : face.lastDay(task.due_at);
    return `  ${task.title}  ${task.owner.name}, ${due}${task.is_overdue ? say('，已逾期', ', overdue') : ''}  [${task.task}]`;
  });
  return ['', say('任务', 'Tasks'), ...lines];
}

function noteLines({ notes }: CaseDetail, { lang, say }: ClientContext): string[] {
  if (notes.length === 0) return [];
  return [
    '',
    say('参考', 'What helps'),
    ...notes.map((one) => `  ${one.title[lang]}  [playrail note ${one.knowledge}]`),
  ];
}

function childLines(view: CaseDetail, { lang, say }: ClientContext): string[] {
  if (view.children.length === 0) return [];
  const statuses = { open: say('进行中', 'open'), won: say('赢', 'won'), lost: say('输', 'lost') };
  const lines = view.children.flatMap((child) => {
    const status = child.status === undefined ? say('正在开始', 'beginning') : statuses[child.status];
    const over = child.finished ? say('，已结束', ', finished') : '';
    const stands = child.stage_title === undefined ? '' : ` › ${child.stage_title[lang]}`;
    const line = `  ${child.case}  ${child.pipeline_title[lang]}${stands}  [${status}${over}]  ${child.owner.name}`;
    if (child.refused === undefined) return [line];
    const why = child.refused.map((message) => message[lang]).join('; ');
    const again = `playrail do ${view.case} start_again ${child.case}`;
    return [
      `  ${child.case}  ${child.pipeline_title[lang]}  ${say('没有开起来', 'could not be started')}: ${why}`,
      `    ${again}`,
    ];
  });
  return ['', say('关联案件', 'Linked cases'), ...lines];
}

export function caseLines(view: CaseDetail, client: ClientContext): string[] {
  const context = { ...client, face: clockIn(view.zone) };
  return [
    ...headLines(view, context),
    ...(view.finished ? [] : ['', ...clockLines(view.clock, context)]),
    ...factLines(view, context),
    ...milestoneLines(view, context),
    ...evidenceLines(view, context),
    ...approvalLines(view.approvals, context),
    ...decisionLines(view, context),
    ...debtLines(view, context),
    ...waiverLines(view, context),
    ...foundLines(view, context),
    ...taskLines(view, context),
    ...noteLines(view, context),
    ...childLines(view, context),
  ].map(printable);
}

export function registerCase(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('case'), 'playrail case c-k3v7q2mzx4pa')
    .description(say('查看一个案件及其时钟', 'show one case with its clocks'))
    .argument('<id>', say('案件编号', 'the case'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = clientContext(command);
      const view = await context.api.get<CaseDetail>(`/v1/cases/${encodeURIComponent(id)}`);
      if (context.json) context.printJson(view);
      else context.print(...caseLines(view, context));
    });
}

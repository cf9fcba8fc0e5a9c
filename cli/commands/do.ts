/** `playrail do ID COMMAND`: one command to one case, and what came of it. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { AcceptedAnswer } from '../../api/views/accepted-answer.ts';
import type { CaseDetail } from '../../api/views/case-detail.ts';
import { approvalLines } from '../approval-lines.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { DO_COMMANDS, type DoOptions, doCommandBody } from '../do-command-body.ts';
import { eventLine } from '../event-line.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { withUploads } from '../local-file.ts';
import { clockIn } from '../show-time.ts';
import { printable } from '../text-width.ts';

interface DoCommandOptions extends DoOptions {
  readonly idempotencyKey?: string;
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function printAccepted(answer: AcceptedAnswer, context: ClientContext): void {
  const { say, lang } = context;
  const face = clockIn(answer.zone);
  context.print(say(`已接受（日志第 ${answer.entry} 条）`, `accepted (journal entry ${answer.entry})`));
  for (const event of answer.events) context.print(`  ${printable(eventLine(event, lang, face))}`);
  for (const warning of answer.warnings)
    context.print(`  ${say('提醒', 'warning')}: ${printable(warning.message[lang])}`);
}

/** A yes is to something that was read: shows it with its digest. @throws CliExit when there is something to read */
async function showWhatToRead(id: string, approval: string | undefined, context: ClientContext): Promise<void> {
  const view = await context.api.get<CaseDetail>(`/v1/cases/${encodeURIComponent(id)}`);
  const face = clockIn(view.zone);
  const meant = view.approvals.filter((one) => one.approval === approval && one.standing === 'under_review');
  // Nothing to read: the case says why there is nothing to answer.
  if (meant.length === 0) return;
  if (!context.json) context.print(...approvalLines(meant, { ...context, face }).map(printable));
  throw new CliExit(EXIT.usage, {
    zh: '同意的是看过的内容：用 --digest 写明上面的摘要',
    en: 'a yes is to what you have read: name its digest, shown above, with --digest',
  });
}

const EXAMPLES = `playrail do c-k3v7q2mzx4pa submit_evidence first-visit --with visited_on=2026-10-20 --with people_met="Liu Wei"
playrail do c-k3v7q2mzx4pa set_facts amount="50万 CNY"
playrail do c-k3v7q2mzx4pa log_activity call --note "asked about the budget"
playrail do c-k3v7q2mzx4pa submit_evidence contract-signed --with signed_on=2026-10-20 --with document=@contract.pdf
playrail do c-k3v7q2mzx4pa advance`;

export function registerDo(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('do'), EXAMPLES)
    .description(say('对一个案件执行一个命令', 'send one command to one case'))
    .argument('<id>', say('案件编号', 'the case'))
    .argument('<command>', Object.keys(DO_COMMANDS).join(' | '))
    .argument('[words...]', say('命令的内容', 'what the command is about'))
    .option(
      '--with <name=value>',
      say(
        '证据或决策的内容，可重复；name:=JSON 用于列表，name=@文件 上传',
        'an answer, repeatable; name:=JSON for lists, name=@file uploads',
      ),
      collect,
    )
    .option(
      '--field <name=value>',
      say('resolve 的诊断字段，可重复', 'a field of the diagnosis of resolve, repeatable'),
      collect,
    )
    .option('--note <text>', say('备注', 'a note'))
    .option('--reason <text>', say('原因', 'the reason'))
    .option('--due <yyyy-MM-dd>', say('任务到期日', 'the day a task is due'))
    .option('--owner <person>', say('任务负责人', 'who does the task'))
    .option('--task <id>', say('任务编号', 'id of the task'))
    .option('--on <yyyy-MM-dd>', say('活动发生日', 'the day the activity happened'))
    .option('--digest <digits>', say('所看内容的摘要', 'the digest of what was looked at'))
    .option('--until <date>', say('豁免的最后一天', 'the last day of a waiver'))
    .option('--step <step>', say('审批的步骤', 'the step of the approval'))
    .option(
      '--condition <text>',
      say('同意的条件，可重复，各成一个任务', 'a condition of a yes, repeatable; each becomes a task'),
      collect,
    )
    .option('--idempotency-key <key>', say('重试时使用上次的密钥', 'the key of the attempt that is repeated'))
    .action(async (id: string, name: string, words: string[], options: DoCommandOptions, command: Command) => {
      const context = clientContext(command);
      if (name === 'approve' && options.digest === undefined) await showWhatToRead(id, words[0], context);
      const body = await withUploads(context, id, doCommandBody(name, words, options));
      const key = options.idempotencyKey ?? randomUUID();
      const path = `/v1/cases/${encodeURIComponent(id)}/commands`;
      const answer = await context.api.post<AcceptedAnswer>(path, body, key);
      if (context.json) context.printJson(answer);
      else printAccepted(answer, context);
    });
}

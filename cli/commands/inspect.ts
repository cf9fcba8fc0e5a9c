/** `playrail inspect ID`: what a manager asks about a case and what the record shows, or what came of it. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { AcceptedAnswer } from '../../api/views/accepted-answer.ts';
import type { InspectionView } from '../../api/views/inspection-view.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { inspectionLines } from '../inspection-lines.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { printable } from '../text-width.ts';
import { collect, printAccepted } from './do.ts';

interface InspectOptions {
  readonly accept?: readonly string[];
  readonly reject?: readonly string[];
  readonly sendBack?: boolean;
  readonly next?: string;
  readonly due?: string;
  readonly owner?: string;
  readonly note?: string;
  readonly idempotencyKey?: string;
}

/** `first-visit=nobody was there` @throws CliExit without a reason */
function rejected(pair: string): { evidence: string; reason: string } {
  const [evidence = '', ...rest] = pair.split('=');
  const reason = rest.join('=').trim();
  if (reason !== '') return { evidence, reason };
  throw new CliExit(EXIT.usage, {
    zh: `\`--reject ${pair}\` 没有写原因，写成 \`证据=原因\``,
    en: `\`--reject ${pair}\` gives no reason: write \`evidence=reason\``,
  });
}

async function record(id: string, options: InspectOptions, context: ClientContext): Promise<void> {
  const { accept, reject, sendBack, next, due, owner, note, idempotencyKey } = options;
  if (next === undefined || due === undefined) {
    throw new CliExit(EXIT.usage, {
      zh: '盘问要以下一步结束：写 --next 和 --due',
      en: 'an inspection ends with a next step: give --next and --due',
    });
  }
  const body = {
    command: 'inspect',
    ...(accept && { accept }),
    ...(reject && { reject: reject.map(rejected) }),
    ...(sendBack === true && { send_back: true }),
    ...(note !== undefined && { note }),
    next_step: { title: next, due_on: due, ...(owner !== undefined && { owner }) },
  };
  const path = `/v1/cases/${encodeURIComponent(id)}/commands`;
  const answer = await context.api.post<AcceptedAnswer>(path, body, idempotencyKey ?? randomUUID());
  if (context.json) context.printJson(answer);
  else printAccepted(answer, context);
}

const EXAMPLES = `playrail inspect c-k3v7q2mzx4pa
playrail inspect c-k3v7q2mzx4pa --accept first-visit --reject customer-goals="from their web page" --next "Meet the CFO" --due 2026-12-10`;

export function registerInspect(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('inspect'), EXAMPLES)
    .description(
      say(
        '盘问一个案件：先看问题与记录，再记下结果',
        'inspect a case: the questions with what the record shows, then what came of it',
      ),
    )
    .argument('<id>', say('案件编号', 'the case'))
    .option('--accept <evidence>', say('认可的证据，可重复', 'evidence that is accepted, repeatable'), collect)
    .option(
      '--reject <evidence=reason>',
      say('驳回的证据与原因，可重复', 'evidence that is rejected and why, repeatable'),
      collect,
    )
    .option('--send-back', say('退回证据所支撑的阶段', 'send the case back to the stage that its evidence supports'))
    .option('--next <text>', say('约定的下一步', 'the next step agreed'))
    .option('--due <yyyy-MM-dd>', say('下一步的日期', 'the day of the next step'))
    .option('--owner <person>', say('下一步由谁做；缺省为负责人', 'who takes the next step; the owner when left out'))
    .option('--note <text>', say('备注', 'a note'))
    .option('--idempotency-key <key>', say('重试时用同一个', 'the same one when you try again'))
    .action(async (id: string, options: InspectOptions, command: Command) => {
      const context = clientContext(command);
      const { accept, reject, sendBack, next, due, owner, note } = options;
      const settles = [accept, reject, sendBack, next, due, owner, note].some((one) => one !== undefined);
      if (settles) return record(id, options, context);
      const view = await context.api.get<InspectionView>(`/v1/cases/${encodeURIComponent(id)}/inspection`);
      if (context.json) context.printJson(view);
      else context.print(...inspectionLines(view, context).map(printable));
    });
}

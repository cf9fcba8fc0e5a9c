/** `playrail coach ID FLOW`: begins a flow with somebody, shows where it stands, takes the step whose turn it is. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { RepView, SessionView } from '../../api/views/rep-view.ts';
import type { Reason } from '../../engine/case/outcome.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sessionLines } from '../coaching-lines.ts';
import { parsePairs } from '../do-command-body.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { printable } from '../text-width.ts';
import { collect } from './do.ts';

interface CoachOptions {
  readonly begin?: boolean;
  readonly renews?: string;
  readonly with?: readonly string[];
  readonly take?: boolean;
  readonly agree?: boolean;
  readonly sendBack?: boolean;
  readonly postpone?: string;
  readonly drop?: boolean;
  readonly share?: boolean;
  readonly reason?: string;
}

const EXAMPLES = `playrail coach "Anna Snelling" smart --begin
playrail coach "Anna Snelling" smart --with measure=win-rate
playrail coach "Anna Snelling" smart --take
playrail coach "Anna Snelling" smart --agree
playrail coach "Anna Snelling" smart --send-back --reason "the quarter is half over"`;

function usage(zh: string, en: string): CliExit {
  return new CliExit(EXIT.usage, { zh, en });
}

/** What the options ask for; absent: only to look. @throws CliExit when that is more than one thing, or lacks its reason */
function wanted(flow: string, open: SessionView | undefined, options: CoachOptions): object | undefined {
  const acts = [
    options.begin === true,
    options.with !== undefined || options.take === true,
    options.agree === true,
    options.sendBack === true,
    options.postpone !== undefined,
    options.drop === true,
    options.share === true,
  ].filter(Boolean);
  if (acts.length === 0) return undefined;
  if (acts.length > 1) throw usage('一次只做一件事', 'one thing at a time');
  if (options.begin) {
    return {
      command: 'open_coaching',
      coaching: flow,
      ...(options.renews !== undefined && { renews: options.renews }),
    };
  }
  if (open === undefined) throw usage(`\`${flow}\` 还没有开始：用 --begin`, `\`${flow}\` has not begun: use --begin`);
  const { session } = open;
  if (options.with !== undefined || options.take) {
    return { command: 'answer_step', session, step: open.step, fields: parsePairs(options.with ?? []) };
  }
  if (options.agree) return { command: 'agree', session };
  if (options.share) return { command: 'share_coaching', session };
  const { reason } = options;
  if (reason === undefined) throw usage('用 --reason 说明原因', 'say why with --reason');
  if (options.sendBack) return { command: 'send_back', session, reason };
  if (options.drop) return { command: 'drop_coaching', session, reason };
  return { command: 'postpone', session, until: options.postpone, reason };
}

async function coach(id: string, flow: string, options: CoachOptions, context: ClientContext): Promise<void> {
  const path = `/v1/reps/${encodeURIComponent(id)}`;
  const before = await context.api.get<RepView>(path);
  const openIn = (rep: RepView) => rep.sessions.find(({ coaching }) => coaching === flow);
  const body = wanted(flow, openIn(before), options);
  const answer =
    body === undefined
      ? undefined
      : await context.api.post<{ readonly warnings: readonly Pick<Reason, 'message'>[] }>(
          `${path}/commands`,
          body,
          randomUUID(),
        );
  const rep = body === undefined ? before : await context.api.get<RepView>(path);
  const session = openIn(rep);
  if (context.json) return context.printJson({ ...(answer !== undefined && { answer }), session });
  const { say, lang } = context;
  for (const { message } of answer?.warnings ?? [])
    context.print(`${say('提醒', 'warning')}: ${printable(message[lang])}`);
  if (session === undefined) {
    context.print(
      body === undefined
        ? say(`\`${flow}\` 没有在进行；用 --begin 开始`, `\`${flow}\` is not under way: begin it with --begin`)
        : say('已结束；见 playrail rep', 'it has ended: see playrail rep'),
    );
  } else context.print(...sessionLines(session, context).map(printable));
}

export function registerCoach(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('coach'), EXAMPLES)
    .description(
      say('辅导一位销售人员：开始、看到哪一步、作答', 'coach a rep: begin, see where it stands, take a step'),
    )
    .argument('<person>', say('编号或姓名', 'id or name'))
    .argument('<flow>', say('辅导名', 'the coaching flow'))
    .option('--begin', say('开始', 'begin it'))
    .option('--renews <goal>', say('取代哪个目标', 'the goal it takes the place of'))
    .option('--with <name=value>', say('这一步的回答，可重复', 'an answer of the step, repeatable'), collect)
    .option(
      '--take',
      say('按提议作答（可与 --with 并用）', 'answer as proposed (together with --with, where some differ)'),
    )
    .option('--agree', say('同意', 'agree'))
    .option('--send-back', say('不同意，退回', 'send it back'))
    .option('--postpone <yyyy-MM-dd>', say('推迟到', 'put it off until'))
    .option('--drop', say('放弃', 'drop it'))
    .option('--share', say('让更上级也能看（双方都说了才算）', 'let those further up read it, once both have said so'))
    .option('--reason <text>', say('原因', 'the reason'))
    .action((id: string, flow: string, options: CoachOptions, command: Command) =>
      coach(id, flow, options, clientContext(command)),
    );
}

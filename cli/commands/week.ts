/** `playrail week`: my week, with the most money at risk first; and the way to do, read or excuse a duty. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { WeekView } from '../../api/routes/week.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { parsePairs } from '../do-command-body.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { printable } from '../text-width.ts';
import { weekLines } from '../week-lines.ts';
import { collect } from './do.ts';

interface WeekOptions {
  readonly do?: string;
  readonly with?: readonly string[];
  readonly read?: string;
  readonly excuse?: string;
  readonly for?: string;
  readonly reason?: string;
}

const EXAMPLES = `playrail week
playrail week --do d17 --with all_recorded=true
playrail week --do d3 --with held=true --with 'decisions:=[{"what":"Call back","owner":"anna-snelling","due_on":"2026-12-04"}]'
playrail week --for anna-snelling --read d12
playrail week --for anna-snelling --excuse d13 --reason "at the fair all week"`;

/** What the options ask for; absent: only to look. @throws CliExit when that is more than one thing, or lacks its reason */
function wanted({ do: done, with: pairs = [], read, excuse, reason }: WeekOptions): object | undefined {
  const acts = [done, read, excuse].filter((one) => one !== undefined);
  if (acts.length > 1) throw new CliExit(EXIT.usage, { zh: '一次只做一件事', en: 'one thing at a time' });
  if (done !== undefined) return { command: 'do_duty', duty: done, fields: parsePairs(pairs) };
  if (read !== undefined) return { command: 'read_duty', duty: read };
  if (excuse === undefined) return undefined;
  if (reason === undefined) throw new CliExit(EXIT.usage, { zh: '用 --reason 说明原因', en: 'say why with --reason' });
  return { command: 'excuse_duty', duty: excuse, reason };
}

async function week(options: WeekOptions, context: ClientContext): Promise<void> {
  const body = wanted(options);
  if (body !== undefined) {
    const whose = options.for ?? (await context.api.get<WeekView>('/v1/week')).you.person;
    await context.api.post(`/v1/reps/${encodeURIComponent(whose)}/commands`, body, randomUUID());
  }
  const found = await context.api.get<WeekView>('/v1/week');
  if (context.json) return context.printJson(found);
  context.print(...weekLines(found, context).map(printable));
}

export function registerWeek(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('week'), EXAMPLES)
    .description(
      say(
        '我的一周：例行事项、辅导、发现、案件、要准备的',
        'my week: duties, coaching, findings, cases, what to prepare',
      ),
    )
    .option('--do <duty>', say('做完一件例行事项', 'a duty that is done'))
    .option('--with <name=value>', say('要填的，可重复', 'what it asks for, repeatable'), collect)
    .option('--read <duty>', say('看过了', 'you have read it'))
    .option('--excuse <duty>', say('免去一次', 'let one be'))
    .option('--for <person>', say('在谁的记录里；缺省为本人', 'in whose record it stands; your own when absent'))
    .option('--reason <text>', say('原因', 'the reason'))
    .action((options: WeekOptions, command: Command) => week(options, clientContext(command)));
}

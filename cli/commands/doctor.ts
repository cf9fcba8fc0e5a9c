/** `playrail doctor`: looks at everything a start needs and says what to do where something is not well. */

import type { Command } from 'commander';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { usualPlaybooks } from '../package-root.ts';
import { DEFAULT_DATA } from '../server-address.ts';

interface DoctorOptions {
  readonly data: string;
  readonly playbooks: string;
  readonly json?: boolean;
  readonly lang?: string;
}

const MARKS = { well: '✓', look: '!', ill: '✗' } as const;

async function doctor(options: DoctorOptions): Promise<void> {
  const lang = terminalLang(options.lang);
  // Loaded here: the other commands start faster without what is looked at.
  const { lookAtAll } = await import('../doctor/look-at-all.ts');
  const found = await lookAtAll(options);
  const ill = found.filter((one) => one.state === 'ill').length;
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ ok: ill === 0, checks: found }, undefined, 2)}\n`);
  } else {
    for (const one of found) {
      process.stdout.write(`${MARKS[one.state]} ${one.what.replace('_', ' ')}: ${one.found[lang]}\n`);
      if (one.hint !== undefined) process.stdout.write(`    → ${one.hint[lang]}\n`);
    }
  }
  if (ill > 0) throw new CliExit(EXIT.no, { zh: `${ill} 处不正常`, en: `${ill} not well` });
}

export function registerDoctor(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('doctor')
    .description(say('检查启动所需的一切', 'look at everything a start needs'))
    .option('--data <dir>', say('数据目录', 'data folder'), `./${DEFAULT_DATA}`)
    .option('--playbooks <dir>', say('剧本目录', 'playbook folder'), usualPlaybooks())
    .option('--json', say('输出 JSON', 'print JSON'))
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail doctor`)
    .action((options: DoctorOptions) => doctor(options));
}

/** `playrail draw NAME`: a pipeline, a decision or an approval as a picture in Mermaid text. Needs no server. */

import type { Command } from 'commander';
import { sayIn, terminalLang } from '../lang.ts';

interface DrawFlags {
  readonly playbooks: string;
  readonly kind?: string;
  readonly lang?: string;
}

export function registerDraw(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('draw')
    .argument('<name>', say('流程、决策或审批的标识', 'the id of a pipeline, a decision or an approval'))
    .description(say('把流程、决策或审批画成 Mermaid 图', 'draw a pipeline, a decision or an approval as Mermaid'))
    .option('--playbooks <folder>', say('剧本目录', 'folder of the playbooks'), 'playbooks')
    .option('--kind <kind>', 'pipeline | decision | approval')
    .option('--lang <lang>', say('zh 或 en', 'zh or en'))
    .addHelpText(
      'after',
      `\n${say('例：', 'Example:')}\n  playrail draw win-strategy\n  playrail draw large-deal --lang zh`,
    )
    .action(async (name: string, options: DrawFlags) => {
      const { runDraw } = await import('../run-draw.ts');
      const { playbooks, kind } = options;
      const lang = terminalLang(options.lang);
      process.stdout.write(runDraw(name, { playbooks, ...(kind !== undefined && { kind }), lang }));
    });
}

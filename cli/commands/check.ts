/** `playrail check`: what is wrong with playbooks, at the token to change. Needs no server. */

import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';

interface CheckFlags {
  readonly json?: boolean;
  readonly explain?: string;
  readonly lang?: string;
}

export function registerCheck(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('check')
    .argument('[path...]', say('剧本目录或文件', 'folders or files of playbooks'), ['playbooks'])
    .description(say('检查剧本，指出要改的地方', 'check playbooks and point at what to change'))
    .option('--json', say('以 JSON 输出', 'print JSON'))
    .option('--explain <code>', say('说明一个代码：为何、该怎样写', 'say what a code means, why, and what to write'))
    .option('--lang <lang>', say('zh 或 en', 'zh or en'))
    .addHelpText(
      'after',
      `\n${say('例：', 'Example:')}\n  playrail check playbooks/large-deal.yaml\n  playrail check --explain unknown-key`,
    )
    .action(async (paths: readonly string[], options: CheckFlags) => {
      const lang = terminalLang(options.lang);
      if (options.explain !== undefined) {
        const { explainCode } = await import('../explain-code.ts');
        process.stdout.write(explainCode(options.explain, lang));
        return;
      }
      const { runCheck } = await import('../run-check.ts');
      const chosen = { ...(options.json ? { json: true } : {}), lang };
      process.exitCode = await runCheck(paths, chosen, process.stdout);
      if (process.exitCode === EXIT.no && !options.json) {
        process.stdout.write(`${say('代码的含义', 'what a code means')}: playrail check --explain CODE\n`);
      }
    });
}

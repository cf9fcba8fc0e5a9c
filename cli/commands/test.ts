/** `playrail test`: keeps the promises written beside the playbooks. Needs no server. */

import type { Command } from 'commander';
import { sayIn, terminalLang } from '../lang.ts';

export function registerTest(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('test')
    .argument('[path...]', say('剧本目录或文件', 'folders or files of playbooks'), ['playbooks'])
    .description(say('运行剧本旁的场景，只显示不符之处', 'run the scenarios beside playbooks and show what differs'))
    .option('--trace', say('显示每个场景的时间线', 'show the time line of every scenario'))
    .option('--json', say('以 JSON 输出', 'print JSON'))
    .option('--lang <lang>', say('zh 或 en', 'zh or en'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail test playbooks/large-deal.scenarios.yaml`)
    .action(
      async (
        paths: readonly string[],
        options: { readonly json?: true; readonly trace?: true; readonly lang?: string },
      ) => {
        const { runTests } = await import('../run-tests.ts');
        const chosen = { json: options.json === true, trace: options.trace === true, lang: terminalLang(options.lang) };
        process.exitCode = await runTests(paths, chosen, process.stdout);
      },
    );
}

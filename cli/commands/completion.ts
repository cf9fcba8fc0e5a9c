/** `playrail completion`: the script by which a shell completes commands and options. */

import { Argument, type Command } from 'commander';
import { commandTree } from '../completion/command-tree.ts';
import { completionScript, SHELLS, type Shell } from '../completion/scripts.ts';
import { sayIn, terminalLang } from '../lang.ts';

export function registerCompletion(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('completion')
    .description(say('输出命令行补全脚本', 'print the script that completes commands in a shell'))
    .addArgument(new Argument('<shell>', SHELLS.join(', ')).choices(SHELLS))
    .addHelpText(
      'after',
      `\n${say('例：', 'Example:')}\n  playrail completion fish | source\n  source <(playrail completion bash)\n  source <(playrail completion zsh)`,
    )
    .action((shell: Shell) => {
      process.stdout.write(completionScript(shell, commandTree(program)));
    });
}

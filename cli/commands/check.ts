/** `playrail check`: what is wrong with playbooks, at the token to change. Needs no server, unless it is to look at the people. */

import type { Command } from 'commander';
import type { Person } from '../../engine/who/people.ts';
import { EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';

interface CheckFlags {
  readonly json?: boolean;
  readonly explain?: string;
  readonly lang?: string;
  readonly server?: boolean;
}

export function registerCheck(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('check')
    .argument('[path...]', say('剧本目录或文件', 'folders or files of playbooks'), ['playbooks'])
    .description(say('检查剧本，指出要改的地方', 'check playbooks and point at what to change'))
    .option('--json', say('以 JSON 输出', 'print JSON'))
    .option('--explain <code>', say('说明一个代码：为何、该怎样写', 'say what a code means, why, and what to write'))
    .option(
      '--server',
      say(
        '也对照服务里的人员：所问的职位要有人担任',
        'also against the people of the server: posts that are asked must be held, and plots owned by somebody there',
      ),
    )
    .option('--lang <lang>', say('zh 或 en', 'zh or en'))
    .option('--url <url>', say('服务地址（PLAYRAIL_URL）', 'address of the server (PLAYRAIL_URL)'))
    .option('--data <dir>', say('本机服务的数据目录', 'data folder of the server on this machine'))
    .option('--key <key>', say('API 密钥（PLAYRAIL_KEY）', 'API key (PLAYRAIL_KEY)'))
    .addHelpText(
      'after',
      `\n${say('例：', 'Example:')}\n  playrail check playbooks/large-deal.yaml\n  playrail check --explain unknown-key`,
    )
    .action(async (paths: readonly string[], options: CheckFlags, command: Command) => {
      const lang = terminalLang(options.lang);
      if (options.explain !== undefined) {
        const { explainCode } = await import('../explain-code.ts');
        process.stdout.write(explainCode(options.explain, lang));
        return;
      }
      const { runCheck } = await import('../run-check.ts');
      const people = options.server ? await peopleOfServer(command) : undefined;
      const chosen = { ...(options.json ? { json: true } : {}), lang, ...(people && { people }) };
      process.exitCode = await runCheck(paths, chosen, process.stdout);
      if (process.exitCode === EXIT.no && !options.json) {
        process.stdout.write(`${say('代码的含义', 'what a code means')}: playrail check --explain CODE\n`);
      }
    });
}

/** Loaded only where it is asked for: a plain check needs no server. */
async function peopleOfServer(command: Command) {
  const { clientContext } = await import('../client-command.ts');
  const { items } = await clientContext(command).api.get<{
    readonly items: readonly Pick<Person, 'person' | 'role' | 'active'>[];
  }>('/v1/people');
  return items;
}

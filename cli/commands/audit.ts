/** `playrail audit verify`: whether the journal is as it was written. */

import type { Command } from 'commander';
import type { AuditView } from '../../api/views/audit-view.ts';
import { asClientCommand, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { printable } from '../text-width.ts';

/** A journal of millions of entries is read from end to end. */
const PATIENCE_MS = 30 * 60_000;

export function registerAudit(program: Command): void {
  const say = sayIn(terminalLang());
  const audit = program
    .command('audit')
    .description(say('日志审计', 'the journal'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail audit verify`);
  asClientCommand(audit.command('verify'), 'playrail audit verify')
    .description(say('核对日志的哈希链', 'check the hash chain of every entity'))
    .action(async (_options: unknown, command: Command) => {
      const context = clientContext(command);
      const view = await context.api.get<AuditView>('/v1/audit/verify', {}, PATIENCE_MS);
      if (context.json) context.printJson(view);
      else {
        const count = context.say(
          `${view.entities} 个实体，${view.entries} 条日志`,
          `${view.entities} entities, ${view.entries} entries`,
        );
        for (const one of view.findings)
          context.print(
            printable(
              `- ${one.kind}/${one.id}${one.seq === undefined ? '' : `#${one.seq}`}: ${one.message[context.lang]}`,
            ),
          );
        context.print(view.ok ? context.say(`日志完好：${count}`, `the journal is whole: ${count}`) : count);
      }
      if (!view.ok) {
        const count = view.findings_total;
        throw new CliExit(EXIT.no, { zh: `${count} 处不符`, en: `${count} do not hold` });
      }
    });
}

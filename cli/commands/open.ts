/** `playrail open TITLE`: a new case. */

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { AcceptedAnswer } from '../../api/views/accepted-answer.ts';
import { asClientCommand, clientContext } from '../client-command.ts';
import { parsePairs } from '../do-command-body.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { collect, printAccepted } from './do.ts';

interface OpenOptions {
  readonly pipeline?: string;
  readonly stage?: string;
  readonly owner?: string;
  readonly fact?: readonly string[];
  readonly idempotencyKey?: string;
}

export function registerOpen(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(
    program.command('open'),
    'playrail open "Acme, core system" --pipeline large-deal --fact amount="50万 CNY"',
  )
    .description(say('开一个新案件', 'open a new case'))
    .argument('<title>', say('名称', 'its title'))
    .option('--pipeline <id>', say('流程；缺省为唯一适用的一个', 'the pipeline; if left out, the one that applies'))
    .option('--stage <id>', say('起始阶段', 'the stage to open at'))
    .option('--owner <person>', say('负责人；缺省为自己', 'the owner; if left out, you'))
    .option('--fact <name=value>', say('事实，可重复', 'a fact, repeatable'), collect)
    .option('--idempotency-key <key>', say('重试时使用上次的密钥', 'the key of the attempt that is repeated'))
    .action(async (title: string, options: OpenOptions, command: Command) => {
      const context = clientContext(command);
      const { pipeline, stage, owner, fact = [] } = options;
      const body = {
        title,
        ...(pipeline !== undefined && { pipeline }),
        ...(stage !== undefined && { stage }),
        ...(owner !== undefined && { owner }),
        ...(fact.length > 0 && { facts: parsePairs(fact) }),
      };
      const answer = await context.api.post<AcceptedAnswer>('/v1/cases', body, options.idempotencyKey ?? randomUUID());
      if (context.json) return context.printJson(answer);
      context.print(answer.case);
      printAccepted(answer, context);
    });
}

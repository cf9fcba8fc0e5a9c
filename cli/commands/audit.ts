/** `playrail audit`: whether the journal is as it was written, and the signed checkpoints that vouch for it. */

import type { Command } from 'commander';
import { type AuditView, auditNewsShape, type CheckpointView } from '../../api/views/audit-view.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { openEventStream } from '../event-stream.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { DEFAULT_DATA, serverAddress } from '../server-address.ts';
import { printable } from '../text-width.ts';

interface AuditOptions {
  /** On the database itself, whether or not the server runs. */
  readonly local?: boolean;
  readonly data?: string;
  readonly afterRestore?: boolean;
}

export function registerAudit(program: Command): void {
  const say = sayIn(terminalLang());
  const audit = program
    .command('audit')
    .description(say('日志审计', 'the journal'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail audit verify`);
  const local = say(
    '直接读数据库（DATABASE_URL 或数据目录），无需服务',
    'on the database itself (DATABASE_URL, or the data folder), without the server',
  );
  asClientCommand(audit.command('verify'), 'playrail audit verify\nplayrail audit verify --local')
    .description(say('核对日志的哈希链与检查点', 'check the hash chain of every entity, and the checkpoints'))
    .option('--local', local)
    .action((options: AuditOptions, command: Command) => verify(clientContext(command), options, command));
  asClientCommand(audit.command('checkpoint'), 'playrail audit checkpoint')
    .description(say('立即签署一个检查点', 'sign a checkpoint now, beside that of each night'))
    .option('--local', local)
    .option(
      '--after-restore',
      say(
        '数据库已从备份恢复：由此重新开始（需 --local）',
        'the database was restored: begin anew from here (with --local)',
      ),
    )
    .action((options: AuditOptions, command: Command) => checkpoint(clientContext(command), options));
  asClientCommand(audit.command('key'), 'playrail audit key')
    .description(say('显示验证检查点的公钥', 'show the public keys that checkpoints are verified with'))
    .action(async (options: AuditOptions, command: Command) =>
      (await import('../signing-keys.ts')).showKeys(clientContext(command), options.data ?? DEFAULT_DATA),
    );
  asClientCommand(audit.command('rotate-key'), 'playrail audit rotate-key')
    .description(say('更换签名密钥；旧公钥保留', 'sign with a new key from now on; the old public key stays'))
    .action(async (options: AuditOptions, command: Command) =>
      (await import('../signing-keys.ts')).renewKey(clientContext(command), options.data ?? DEFAULT_DATA),
    );
}

async function verify(context: ClientContext, options: AuditOptions, command: Command): Promise<void> {
  const view = options.local === true ? await verifyLocally(context, options) : await verifyThere(context, command);
  if (context.json) context.printJson(view);
  else printResult(context, view);
  if (!view.ok) {
    const count = view.findings_total;
    throw new CliExit(EXIT.no, { zh: `${count} 处不符`, en: `${count} do not hold` });
  }
}

async function verifyThere(context: ClientContext, command: Command): Promise<AuditView> {
  const address = serverAddress(command.optsWithGlobals());
  const stream = await openEventStream(address, { path: '/v1/audit/verify', lang: context.lang });
  // The answer to the same question without a stream is the problem it has.
  if (stream === undefined) return context.api.get<AuditView>('/v1/audit/verify');
  for await (const { data } of stream) {
    if (data === '') continue;
    const told = auditNewsShape.parse(JSON.parse(data));
    if (told.news === 'result') return told.result;
    showProgress(context, told.entries);
  }
  throw new CliExit(EXIT.fault, { zh: '核对中断，请重试', en: 'verifying was cut off, try again' });
}

async function verifyLocally(context: ClientContext, options: AuditOptions): Promise<AuditView> {
  const { verifyLocal } = await import('../local-audit.ts');
  return verifyLocal(options.data ?? DEFAULT_DATA, context.lang, (entries) => showProgress(context, entries));
}

async function checkpoint(context: ClientContext, options: AuditOptions): Promise<void> {
  if (options.afterRestore === true && options.local !== true) {
    throw new CliExit(EXIT.usage, {
      zh: '--after-restore 需与 --local 同用：只有持有签名密钥者可以这样说',
      en: '--after-restore goes with --local: only who holds the signing key may say so',
    });
  }
  let made: CheckpointView;
  if (options.local === true) {
    const { checkpointLocally } = await import('../local-audit.ts');
    made = await checkpointLocally(options.data ?? DEFAULT_DATA, context.lang, options.afterRestore === true);
  } else {
    made = await context.api.post<CheckpointView>('/v1/audit/checkpoints', {});
  }
  if (context.json) context.printJson(made);
  else
    context.print(
      context.say(
        `检查点 ${made.n}：${made.entities} 个实体，${made.entries} 条日志`,
        `checkpoint ${made.n}: ${made.entities} entities, ${made.entries} entries`,
      ),
    );
}

function showProgress(context: ClientContext, entries: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${context.say(`已核对 ${entries} 条`, `${entries} entries checked`)}`);
}

function printResult(context: ClientContext, view: AuditView): void {
  if (process.stderr.isTTY) process.stderr.write('\n');
  for (const one of view.findings) {
    const place = `${one.kind}/${one.id}${one.seq === undefined ? '' : `#${one.seq}`}`;
    context.print(printable(`- ${place}: ${one.message[context.lang]}`));
  }
  const count = context.say(
    `${view.entities} 个实体，${view.entries} 条日志`,
    `${view.entities} entities, ${view.entries} entries`,
  );
  context.print(view.ok ? context.say(`日志完好：${count}`, `the journal is whole: ${count}`) : count);
  context.print(vouchedFor(context, view));
}

function vouchedFor({ say }: ClientContext, { checkpoint_at, checkpoints }: AuditView): string {
  if (checkpoint_at === undefined)
    return say(
      '尚无检查点：截断的尾部与整条重写的链无从察觉',
      'no checkpoint vouches for it yet: cut tails and chains rewritten whole cannot be told',
    );
  const vouch = checkpoints === 1 ? '1 checkpoint vouches' : `${checkpoints} checkpoints vouch`;
  return say(
    `${checkpoints} 个检查点作证，至 ${checkpoint_at}；其后截断的尾部与整条重写的链无从察觉`,
    `${vouch} for it up to ${checkpoint_at}; tails cut and chains rewritten whole since then cannot be told`,
  );
}

/** `playrail dossier`: all there is of a case in one file, and the check of such a file without any server. */

import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Dossier } from '../../store/dossier/dossier.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { printable } from '../text-width.ts';
import { collect } from './do.ts';

/** Long cases make large files. */
const PATIENCE_MS = 120_000;

async function fetchDossier(id: string, out: string | undefined, context: ClientContext): Promise<void> {
  const path = `/v1/cases/${encodeURIComponent(id)}/dossier`;
  const dossier = await context.api.get<Dossier>(path, undefined, PATIENCE_MS);
  if (context.json) return context.printJson(dossier);
  const file = out ?? `${dossier.case}.dossier.json`;
  await writeFile(file, `${JSON.stringify(dossier, undefined, 1)}\n`);
  const { verdicts, approvals, waivers } = dossier.summary;
  context.print(
    context.say(
      `${file}：${dossier.journal.length} 条日志，${verdicts.length} 次裁决，${approvals.length} 步审批，${waivers.length} 次豁免`,
      `${file}: ${dossier.journal.length} entries, ${verdicts.length} verdicts, ${approvals.length} steps of approvals, ${waivers.length} of waivers`,
    ),
    context.say(`核对：playrail dossier verify ${file}`, `check it: playrail dossier verify ${file}`),
  );
}

async function verifyFile(file: string, keyFiles: readonly string[], context: ClientContext): Promise<void> {
  const { verifyDossier } = await import('../../store/dossier/verify-dossier.ts');
  const keys = await Promise.all(keyFiles.map(read));
  const check = verifyDossier(await read(file), keys);
  if (context.json) context.printJson(check);
  else printCheck(check, keys.length > 0, context);
  const count = check.findings.length;
  if (count > 0) throw new CliExit(EXIT.no, { zh: `${count} 处不符`, en: `${count} do not hold` });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new CliExit(EXIT.usage, { zh: `读不到 \`${file}\``, en: `cannot read \`${file}\`` });
  }
}

type Check = ReturnType<typeof import('../../store/dossier/verify-dossier.ts').verifyDossier>;

function printCheck(
  { findings, entries, vouched, sealed_by: sealed, case: id }: Check,
  isTrusted: boolean,
  { print, say, lang }: ClientContext,
): void {
  for (const { place, message } of findings) print(printable(`- ${place}: ${message[lang]}`));
  if (findings.length > 0 || id === undefined) return;
  print(say(`案卷完好：案件 ${id}，${entries} 条日志`, `the dossier is whole: case ${id}, ${entries} entries`));
  print(
    sealed === undefined
      ? say(
          '没有封签：日志之外的内容只与自身核对',
          'it bears no seal: what lies beside the journal is held only against itself',
        )
      : say(`由密钥 ${sealed} 封签`, `sealed by key ${sealed}`),
    vouched === undefined
      ? say('没有检查点为它作证', 'no checkpoint vouches for it')
      : say(
          `${vouched.at} 的检查点作证到第 ${vouched.entry} 条`,
          `a checkpoint of ${vouched.at} vouches for it up to entry ${vouched.entry}`,
        ),
  );
  if (isTrusted || (sealed === undefined && vouched === undefined)) return;
  print(
    say(
      '密钥取自文件本身：用 --trust 指定从别处得到的公钥',
      'the key is the file’s own: name one that you had from elsewhere with --trust',
    ),
  );
}

export function registerDossier(program: Command): void {
  const say = sayIn(terminalLang());
  const dossier = asClientCommand(
    program.command('dossier'),
    'playrail dossier c-k3v7q2mzx4pa --out deal.json\nplayrail dossier verify deal.json',
  )
    .description(say('导出一个案件的全部案卷，可离线核对', 'all there is of a case in one file that verifies offline'))
    .argument('<id>', say('案件编号', 'the case'))
    .option(
      '--out <file>',
      say('写到哪里；缺省为 编号.dossier.json', 'where to write it; CASE.dossier.json when left out'),
    )
    .action((id: string, { out }: { readonly out?: string }, command: Command) =>
      fetchDossier(id, out, clientContext(command)),
    );
  asClientCommand(dossier.command('verify'), 'playrail dossier verify deal.json --trust audit.pem')
    .description(say('核对案卷文件，无需服务', 'check such a file, without any server'))
    .argument('<file>', say('案卷文件', 'the file'))
    .option(
      '--trust <pem>',
      say('受信任的公钥文件，可重复', 'a file with a public key that you trust, repeatable'),
      collect,
    )
    .action((file: string, { trust }: { readonly trust?: readonly string[] }, command: Command) =>
      verifyFile(file, trust ?? [], clientContext(command)),
    );
}

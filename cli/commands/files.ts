/** `playrail attach` and `playrail file`: files to a case, and back. */

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { Command } from 'commander';
import type { CaseFileView } from '../../api/views/case-file.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { uploadFile } from '../local-file.ts';
import { type Column, tableLines } from '../table.ts';

export function registerFiles(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('attach'), 'playrail attach c-k3v7q2mzx4pa contract.pdf')
    .description(
      say('上传文件到案件，输出可填入表单的值', 'upload a file to a case, and print what a form takes for it'),
    )
    .argument('<id>', say('案件编号', 'the case'))
    .argument('<file>', say('文件', 'the file'))
    .action((id: string, path: string, _options: unknown, command: Command) =>
      attach(clientContext(command), id, path),
    );
  asClientCommand(
    program.command('file'),
    'playrail file c-k3v7q2mzx4pa\nplayrail file c-k3v7q2mzx4pa 4f1c9a --out contract.pdf',
  )
    .description(say('列出案件的文件，或取回其中一个', 'list the files of a case, or fetch one'))
    .argument('<id>', say('案件编号', 'the case'))
    .argument('[sha256]', say('文件的 SHA-256 或其开头', 'SHA-256 of the file, or how it begins'))
    .option('--out <path>', say('写到哪里；缺省为原文件名', 'where to write it; under its own name where left out'))
    .action((id: string, hash: string | undefined, { out }: { readonly out?: string }, command: Command) =>
      hash === undefined ? list(clientContext(command), id) : fetchFile(clientContext(command), id, hash, out),
    );
}

async function attach(context: ClientContext, id: string, path: string): Promise<void> {
  const file = await uploadFile(context.api, id, path);
  if (context.json) return context.printJson(file);
  context.print(
    file.sha256,
    context.say(
      `${file.name}，${file.size} 字节；提交时写 --with 字段=${file.sha256}`,
      `${file.name}, ${file.size} bytes; submit it by --with FIELD=${file.sha256}`,
    ),
  );
}

async function filesOf({ api }: ClientContext, id: string): Promise<readonly CaseFileView[]> {
  const path = `/v1/cases/${encodeURIComponent(id)}/files`;
  return (await api.get<{ readonly items: readonly CaseFileView[] }>(path)).items;
}

async function list(context: ClientContext, id: string): Promise<void> {
  const files = await filesOf(context, id);
  if (context.json) return context.printJson({ items: files });
  const { say } = context;
  const columns: readonly Column<CaseFileView>[] = [
    { head: 'SHA-256', cell: ({ sha256 }) => sha256.slice(0, 12) },
    { head: say('名称', 'NAME'), cell: ({ name }) => name, shrinks: true },
    { head: say('字节', 'BYTES'), cell: ({ size }) => String(size), right: true },
    { head: say('上传者', 'BY'), cell: ({ uploaded_by }) => uploaded_by.name },
    { head: say('时间', 'AT'), cell: ({ uploaded_at }) => uploaded_at.slice(0, 16).replace('T', ' ') },
  ];
  context.print(...tableLines(columns, files, context.room));
}

async function fetchFile(context: ClientContext, id: string, hash: string, out: string | undefined): Promise<void> {
  const found = (await filesOf(context, id)).filter(({ sha256 }) => sha256.startsWith(hash.toLowerCase()));
  const [file] = found;
  if (file === undefined || found.length > 1) {
    throw usage(
      found.length > 1 ? `不止一个文件以 \`${hash}\` 开头` : `案件没有文件 \`${hash}\``,
      found.length > 1 ? `more than one file begins with \`${hash}\`` : `the case has no file \`${hash}\``,
    );
  }
  const path = out ?? file.name;
  const isThere = await stat(path).catch(() => undefined);
  if (isThere !== undefined) throw usage(`\`${path}\` 已存在`, `\`${path}\` is there already`);
  await write(context, `/v1/cases/${encodeURIComponent(id)}/files/${file.sha256}`, file, path);
  if (context.json) context.printJson({ ...file, path });
  else context.print(context.say(`已写入 ${path}`, `written to ${path}`));
}

/** Whole and proven, or not at all. */
async function write({ api }: ClientContext, address: string, file: CaseFileView, path: string): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    // Node's own web streams are those of the platform; its types keep the two apart.
    const bytes = Readable.fromWeb((await api.download(address)) as NodeStream);
    await pipeline(bytes, hashed, createWriteStream(part, { flags: 'wx' }));
    if (hash.digest('hex') !== file.sha256) {
      throw new CliExit(EXIT.fault, {
        zh: '收到的内容与 SHA-256 不符，没有写入',
        en: 'what arrived is not what its SHA-256 says: nothing was written',
      });
    }
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

function usage(zh: string, en: string): CliExit {
  return new CliExit(EXIT.usage, { zh, en });
}

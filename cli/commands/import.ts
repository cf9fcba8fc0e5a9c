/** `playrail import`: the rows of a CRM export become cases. */

import type { Command } from 'commander';
import type { ImportView, MappingView } from '../../api/views/import-view.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { progressText, reportLines } from '../import-report.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { readExport } from '../read-export.ts';

const EXAMPLE = `playrail import samples/crm --mapping crm-sample --dry-run
playrail import samples/crm --mapping crm-sample
playrail import export.csv --suggest --out playbooks/export.yaml`;

/** How often a running import is asked how far it is. */
const ASK_EVERY_MS = 500;
/** A hundred thousand rows are rehearsed in some ten seconds. */
const READ_WITHIN_MS = 5 * 60_000;

interface ImportOptions {
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly suggest?: boolean;
  readonly playbooks: string;
  readonly pipeline?: string;
  readonly out?: string;
}

export function registerImport(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('import'), EXAMPLE)
    .description(say('导入 CRM 导出的数据', 'import an export of a CRM'))
    .argument('<path>', say('文件或文件夹', 'file or folder'))
    .option('--mapping <name>', say('映射剧本', 'the mapping playbook'))
    .option('--dry-run', say('只说会做什么，不写入', 'say what would happen, and write nothing'))
    .option(
      '--suggest',
      say('读文件，写出一个映射剧本；不需要服务器', 'read the file and write a mapping for it; needs no server'),
    )
    .option('--playbooks <folder>', say('推测用的剧本目录', 'the playbooks to suggest for'), 'playbooks')
    .option('--pipeline <name>', say('推测用的流程', 'the pipeline to suggest for'))
    .option('--out <file>', say('把推测的映射写入此文件', 'write the suggested mapping to this file'))
    .action(async (path: string, options: ImportOptions, command: Command) => {
      if (options.suggest === true) return suggest(path, options, command);
      const context = clientContext(command);
      const view = await runImport(context, path, options);
      if (context.json) context.printJson(view);
      else context.print(...reportLines(view, context));
      if (view.status === 'failed' || view.bad > 0) process.exitCode = EXIT.no;
    });
}

/** The playbook goes where it was asked for, what it leaves open to the terminal. */
async function suggest(path: string, options: ImportOptions, command: Command): Promise<void> {
  const { lang, json } = command.optsWithGlobals<{ lang?: Lang; json?: boolean }>();
  const chosen = terminalLang(lang);
  const { writeSuggestion } = await import('../suggest-mapping.ts');
  const { text, questions } = await writeSuggestion(path, options, chosen);
  if (json === true) process.stdout.write(`${JSON.stringify({ mapping: text, questions }, undefined, 2)}\n`);
  else if (options.out === undefined) process.stdout.write(text);
  if (json === true || (options.out === undefined && questions.length === 0)) return;
  const say = sayIn(chosen);
  const head =
    questions.length === 0
      ? say('没有要回答的问题', 'it leaves nothing open')
      : say(
          `${questions.length} 个问题要回答（剧本里的 "?"）：`,
          `${questions.length} questions to answer (each "?" in the playbook):`,
        );
  process.stderr.write(`${[head, ...questions.map((question) => `  ${question}`)].join('\n')}\n`);
}

async function runImport(context: ClientContext, path: string, options: ImportOptions): Promise<ImportView> {
  const { api } = context;
  if (options.mapping === undefined) {
    throw new CliExit(EXIT.usage, {
      zh: '用 --mapping 指定映射，或用 --suggest 为这个文件推测一个',
      en: 'name the mapping with --mapping, or have one written for this file with --suggest',
    });
  }
  const { files: names } = await api.get<MappingView>(`/v1/mappings/${encodeURIComponent(options.mapping)}`);
  const files = await readExport(path, names);
  const sent = Object.entries(files).map(([name, file]) => {
    return [name, typeof file === 'string' ? file : { base64: Buffer.from(file).toString('base64') }];
  });
  const body = { mapping: options.mapping, files: Object.fromEntries(sent), dry_run: options.dryRun === true };
  let view = await api.post<ImportView>('/v1/imports', body, undefined, READ_WITHIN_MS);
  let told = '';
  while (view.status === 'running') {
    const line = progressText(view)[context.lang];
    // Progress goes where it does not mix with what a script reads.
    if (line !== told && !context.json) process.stderr.write(`${line}\n`);
    told = line;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    view = await api.get<ImportView>(`/v1/imports/${view.import}`);
  }
  return view;
}

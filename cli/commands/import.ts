/** `playrail import`: the rows of a CRM export become cases. */

import type { Command } from 'commander';
import type { ImportView, MappingView } from '../../api/views/import-view.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { EXIT } from '../exit-codes.ts';
import { progressText, reportLines } from '../import-report.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { readExport } from '../read-export.ts';

const EXAMPLE = `playrail import samples/crm --mapping crm-sample --dry-run
playrail import samples/crm --mapping crm-sample`;

/** How often a running import is asked how far it is. */
const ASK_EVERY_MS = 500;
/** A hundred thousand rows are rehearsed in some ten seconds. */
const READ_WITHIN_MS = 5 * 60_000;

interface ImportOptions {
  readonly mapping: string;
  readonly dryRun?: boolean;
}

export function registerImport(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('import'), EXAMPLE)
    .description(say('导入 CRM 导出的数据', 'import an export of a CRM'))
    .argument('<path>', say('文件或文件夹', 'file or folder'))
    .requiredOption('--mapping <name>', say('映射剧本', 'the mapping playbook'))
    .option('--dry-run', say('只说会做什么，不写入', 'say what would happen, and write nothing'))
    .action(async (path: string, options: ImportOptions, command: Command) => {
      const context = clientContext(command);
      const view = await runImport(context, path, options);
      if (context.json) context.printJson(view);
      else context.print(...reportLines(view, context));
      if (view.status === 'failed' || view.bad > 0) process.exitCode = EXIT.no;
    });
}

async function runImport(context: ClientContext, path: string, options: ImportOptions): Promise<ImportView> {
  const { api } = context;
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

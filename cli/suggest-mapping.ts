/** `playrail import FILE --suggest`: writes a mapping for an export nobody has seen. Needs no server. */

import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { sampleFile } from '../api/export-files/sample-file.ts';
import { compileSet } from '../engine/language/compile-set.ts';
import { suggestMapping } from '../engine/mapping/suggest/suggest-mapping.ts';
import type { Pipeline } from '../engine/playbook/pipeline.ts';
import type { Lang } from '../engine/playbook/text.ts';
import { sha256 } from '../store/hash.ts';
import { CliExit, EXIT } from './exit-codes.ts';
import { playbookFolders } from './playbook-folder.ts';

export interface SuggestOptions {
  readonly playbooks: string;
  readonly pipeline?: string;
  /** A file to write; absent: to the terminal. */
  readonly out?: string;
}

export interface Written {
  readonly text: string;
  readonly questions: readonly string[];
}

/** @throws CliExit when the file cannot be read, is not what its name says, or the playbooks have no pipeline to lead to */
export async function writeSuggestion(path: string, options: SuggestOptions, lang: Lang): Promise<Written> {
  const file = basename(path);
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) throw new CliExit(EXIT.usage, { zh: `无法读取 ${path}`, en: `cannot read ${path}` });
  const read = await sampleFile(file, bytes);
  if (!read.ok) throw new CliExit(EXIT.no, { zh: `${file}：${read.message.zh}`, en: `${file}: ${read.message.en}` });
  const pipelines = pipelinesIn(options.playbooks);
  if (options.pipeline !== undefined && !pipelines.some((one) => one.pipeline === options.pipeline)) {
    const known = pipelines.map((one) => one.pipeline).join(', ');
    throw new CliExit(EXIT.usage, {
      zh: `没有流程 \`${options.pipeline}\`；有 ${known}`,
      en: `there is no pipeline \`${options.pipeline}\`, only ${known}`,
    });
  }
  const name = idFrom(options.out === undefined ? file : basename(options.out));
  const named = options.pipeline === undefined ? {} : { pipeline: options.pipeline };
  const suggestion = suggestMapping({ name, ...read.sampled, pipelines, ...named, lang });
  if (options.out !== undefined)
    await writeFile(options.out, suggestion.text, { flag: 'wx' }).catch(cannotWrite(options.out));
  return suggestion;
}

function cannotWrite(path: string) {
  return (error: NodeJS.ErrnoException): never => {
    const isThere = error.code === 'EEXIST';
    throw new CliExit(EXIT.usage, {
      zh: isThere ? `${path} 已存在，不覆盖` : `无法写入 ${path}：${error.message}`,
      en: isThere ? `${path} is there already and is left as it is` : `cannot write ${path}: ${error.message}`,
    });
  };
}

function pipelinesIn(folder: string): readonly Pipeline[] {
  let files: ReturnType<typeof playbookFolders>[number]['files'];
  try {
    files = playbookFolders([folder])[0]?.files ?? [];
  } catch {
    throw new CliExit(EXIT.usage, {
      zh: `没有剧本目录 \`${folder}\`；用 --playbooks 指定`,
      en: `there is no playbook folder \`${folder}\`; name it with --playbooks`,
    });
  }
  const { set } = compileSet(files, { sha256 });
  const pipelines = Object.values(set?.rules ?? {}).map((rules) => rules.pipeline);
  if (pipelines.length > 0) return pipelines;
  throw new CliExit(EXIT.no, {
    zh: `\`${folder}\` 里的剧本有错，或没有流程；先运行 playrail check`,
    en: `the playbooks in \`${folder}\` have errors, or no pipeline; run playrail check first`,
  });
}

/** `HubSpot Deals 2026.csv` gives `hubspot-deals-2026`. */
function idFrom(file: string): string {
  const id = file
    .replace(/\.[^.]*$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return id === '' ? 'crm-export' : id;
}

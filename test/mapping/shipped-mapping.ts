/** The shipped playbooks with the mapping of the sample, and the sample's files, as an import reads them. */

import { readdirSync, readFileSync } from 'node:fs';
import { compileSet } from '../../engine/language/compile-set.ts';
import { readTable } from '../../engine/mapping/read-table.ts';
import type { RowProblem, Table } from '../../engine/mapping/tables.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { sha256 } from '../../store/hash.ts';
import { type ReadImportResult, readImport } from '../../store/imports/prepare-import.ts';

const ROOT = new URL('../../', import.meta.url);

export const SHIPPED_PLAYBOOKS = readdirSync(new URL('playbooks/', ROOT))
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => ({ path, text: readFileSync(new URL(`playbooks/${path}`, ROOT), 'utf8') }));

interface Playbook {
  readonly path: string;
  readonly text: string;
}

/** The shipped playbooks and others beside them. */
export function compiledWith(...others: readonly Playbook[]): PlaybookSet {
  return compiled([...SHIPPED_PLAYBOOKS, ...others]);
}

/** The shipped playbooks but for one. */
export function compiledWithout(left: string): PlaybookSet {
  return compiled(SHIPPED_PLAYBOOKS.filter(({ path }) => path !== left));
}

function compiled(playbooks: readonly Playbook[]): PlaybookSet {
  const { set, diagnostics } = compileSet([...playbooks], { sha256 });
  if (set === undefined) throw new Error(`the playbooks do not compile: ${JSON.stringify(diagnostics)}`);
  return set;
}

export const SHIPPED: PlaybookSet = compiledWith();

export function mappingOf(set: PlaybookSet, name = 'crm-sample'): Mapping {
  const mapping = set.mappings[name];
  if (mapping === undefined) throw new Error(`there is no mapping ${name}`);
  return mapping;
}

export const SAMPLE_MAPPING: Mapping = mappingOf(SHIPPED);

/** File name → text. */
export const SAMPLE_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  SAMPLE_MAPPING.tables.map(({ file }) => [file, readFileSync(new URL(`samples/crm/${file}`, ROOT), 'utf8')]),
);

export const SAMPLE_HEADER = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value';

/** The sample with these lines as its opportunities. */
export function exportOf(lines: readonly string[]): Record<string, string> {
  return { ...SAMPLE_FILES, 'sales_pipeline.csv': `${[SAMPLE_HEADER, ...lines].join('\n')}\n` };
}

/** The first so many opportunities of the sample in each of these stages, as lines of its file. */
export function sampleLines(count: number, ...stages: readonly string[]): readonly string[] {
  const lines = (SAMPLE_FILES['sales_pipeline.csv'] ?? '').trimEnd().split('\n').slice(1);
  return stages.flatMap((stage) => lines.filter((line) => line.split(',')[4] === stage).slice(0, count));
}

/** The tables of text files, as a mapping names them. */
export function tablesIn(mapping: Mapping, files: Readonly<Record<string, string>>): Readonly<Record<string, Table>> {
  const read = readAll(mapping, files);
  if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  return read.tables;
}

/** Text files read and joined. */
export function readText(mapping: Mapping, files: Readonly<Record<string, string>>): ReadImportResult {
  const { tables, problems } = readAll(mapping, files);
  return problems.length > 0 ? { ok: false, problems } : readImport(mapping, tables);
}

function readAll(mapping: Mapping, files: Readonly<Record<string, string>>) {
  const tables: Record<string, Table> = {};
  const problems: RowProblem[] = [];
  for (const declared of mapping.tables) {
    const text = files[declared.file];
    if (text === undefined) continue;
    const read = readTable(declared.file, text, declared);
    if (read.ok) tables[declared.table] = read.table;
    else problems.push(read.problem);
  }
  return { tables, problems };
}

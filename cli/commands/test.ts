/** `playrail test`: keeps the promises written beside the playbooks, without any server. */

import { performance } from 'node:perf_hooks';
import type { Command } from 'commander';
import { compileSet } from '../../engine/language/compile-set.ts';
import { renderDiagnostics } from '../../engine/language/diagnostics/render.ts';
import type { ScenarioFile } from '../../engine/playbook/scenario.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import type { ScenarioResult } from '../../engine/rehearse/result.ts';
import { runScenarios } from '../../engine/rehearse/run-scenarios.ts';
import { sha256 } from '../../store/hash.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { type PlaybookFolder, playbookFolders } from '../playbook-folder.ts';
import { scenarioReport, summaryLine } from '../scenario-report.ts';

export interface TestOptions {
  readonly lang: Lang;
  readonly json: boolean;
}

export const DEFAULT_FOLDER = './playbooks';

export function registerTest(program: Command): void {
  const say = sayIn(terminalLang());
  program
    .command('test')
    .description(say('运行剧本旁的场景，只显示不符之处', 'run the scenarios beside playbooks and show what differs'))
    .argument('[path...]', say('文件夹或文件', 'folders or files'), [DEFAULT_FOLDER])
    .option('--json', say('输出 JSON', 'print JSON'))
    .option('--lang <zh|en>', say('输出语言', 'language of the output'))
    .addHelpText('after', `\n${say('例：', 'Example:')}\n  playrail test playbooks/large-deal.scenarios.yaml`)
    .action(async (paths: readonly string[], options: { readonly json?: boolean; readonly lang?: string }) => {
      const settings = { lang: terminalLang(options.lang), json: options.json === true };
      process.exitCode = await runTests(paths, settings, process.stdout);
    });
}

/**
 * Runs the scenarios of folders, or those that single files are about.
 *
 * @returns 0 when all are kept, 1 when some differ or the playbooks have errors, 2 when there is nothing to run
 */
export async function runTests(
  paths: readonly string[],
  { lang, json }: TestOptions,
  out: { write(text: string): unknown },
): Promise<ExitCode> {
  const say = sayIn(lang);
  const started = performance.now();
  let folders: readonly PlaybookFolder[];
  try {
    folders = playbookFolders(paths);
  } catch (error) {
    if (!(error instanceof Error && 'path' in error)) throw error;
    out.write(`${say(`读不到 \`${error.path}\``, `cannot read \`${error.path}\``)}: ${error.message}\n`);
    return EXIT.usage;
  }
  const ran = folders.map(runFolder);
  const results = ran.flatMap((one) => one.results);
  const ms = performance.now() - started;
  const faulty = ran.filter(({ findings }) => findings.length > 0);
  if (json) out.write(`${JSON.stringify(asJson(ran, results, ms), undefined, 2)}\n`);
  else for (const { findings, folder } of faulty) out.write(renderDiagnostics(findings, folder.files, lang));
  if (faulty.length === 0 && results.length === 0) {
    if (!json) out.write(`${say(`${paths.join(' ')} 中没有场景`, `there are no scenarios in ${paths.join(' ')}`)}\n`);
    return EXIT.usage;
  }
  if (!json) {
    for (const result of results) for (const line of scenarioReport(result, lang)) out.write(`${line}\n`);
    if (results.length > 0) out.write(`${summaryLine(results, ms, lang)}\n`);
  }
  return faulty.length > 0 || results.some(({ passed }) => !passed) ? EXIT.no : EXIT.ok;
}

interface RanFolder {
  readonly folder: PlaybookFolder;
  /** Errors that keep the folder from being rehearsed. Warnings are for `playrail check`. */
  readonly findings: ReturnType<typeof compileSet>['diagnostics'];
  readonly results: readonly ScenarioResult[];
}

function runFolder(folder: PlaybookFolder): RanFolder {
  const { set, scenarios, diagnostics } = compileSet(folder.files, { sha256 });
  if (set === undefined) {
    return { folder, findings: diagnostics.filter(({ severity }) => severity === 'error'), results: [] };
  }
  const meant = scenarios.filter((file) => isMeant(file, folder, set));
  return { folder, findings: [], results: runScenarios(set, meant) };
}

/** A pipeline's file means its scenarios; a gate, a ladder and the like may matter to any. */
function isMeant({ at, scenarios }: ScenarioFile, { chosen }: PlaybookFolder, set: PlaybookSet): boolean {
  if (chosen.size === 0 || chosen.has(at.file)) return true;
  const files = Object.values(set.rules).map(({ pipeline }) => pipeline.at.file);
  const own = set.rules[scenarios]?.pipeline.at.file;
  return [...chosen].some((file) => file === own || !(files.includes(file) || file.includes('.scenarios.')));
}

/** The time line is told only where something differs. */
function asJson(ran: readonly RanFolder[], results: readonly ScenarioResult[], ms: number): unknown {
  const kept = results.filter(({ passed }) => passed).length;
  return {
    scenarios: results.length,
    kept,
    differed: results.length - kept,
    ms: Math.round(ms),
    results: results.map(({ trace, ...result }) => (result.passed ? result : { ...result, trace })),
    diagnostics: ran.flatMap(({ findings }) => findings),
  };
}

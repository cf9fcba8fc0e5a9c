/** What `playrail test` does: keeps the promises written beside the playbooks. */

import { performance } from 'node:perf_hooks';
import { compileSet, type SourceFile } from '../engine/language/compile-set.ts';
import type { Diagnostic } from '../engine/language/diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../engine/language/diagnostics/render.ts';
import type { ScenarioFile } from '../engine/playbook/scenario.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Lang } from '../engine/playbook/text.ts';
import type { ScenarioResult } from '../engine/rehearse/result.ts';
import { runScenarios } from '../engine/rehearse/run-scenarios.ts';
import { sha256 } from '../store/hash.ts';
import { CliExit, EXIT, type ExitCode } from './exit-codes.ts';
import { terminalLang } from './lang.ts';
import { type PlaybookFolder, playbookFolders, shownPath } from './playbook-folder.ts';
import { scenarioReport, summaryLine, timelineReport } from './scenario-report.ts';

export interface TestOptions {
  readonly json?: boolean;
  /** The time lines of all scenarios, not only where something differs. */
  readonly trace?: boolean;
  readonly lang?: Lang;
}

/**
 * Runs the scenarios of folders, or those that single files are about.
 *
 * @returns the exit code: 0 all are kept, 1 some differ or the playbooks have errors
 * @throws CliExit with code 2 when a path is not there or holds no scenario
 */
export async function runTests(
  paths: readonly string[],
  options: TestOptions,
  out: { write(text: string): unknown },
): Promise<ExitCode> {
  const lang = terminalLang(options.lang);
  const started = performance.now();
  const ran = foldersAt(paths.length > 0 ? paths : ['playbooks']).map(runFolder);
  const results = ran.flatMap((one) => one.results);
  const findings = ran.flatMap((one) => one.findings);
  const ms = performance.now() - started;
  if (results.length === 0 && findings.length === 0) throw nothingToRun(paths);
  if (options.json)
    out.write(`${JSON.stringify(asJson(results, findings, ms, options.trace === true), undefined, 2)}\n`);
  else {
    for (const one of ran) out.write(renderDiagnostics(one.findings, one.files, lang));
    for (const result of results) {
      const told = options.trace ? timelineReport(result) : [];
      for (const line of [...told, ...scenarioReport(result, lang)]) out.write(`${line}\n`);
    }
    if (results.length > 0) out.write(`${summaryLine(results, ms, lang)}\n`);
  }
  return findings.length > 0 || results.some(({ passed }) => !passed) ? EXIT.no : EXIT.ok;
}

function foldersAt(paths: readonly string[]): readonly PlaybookFolder[] {
  for (const path of paths) {
    try {
      playbookFolders([path]);
    } catch {
      throw new CliExit(EXIT.usage, { zh: `无法读取 \`${path}\``, en: `cannot read \`${path}\`` });
    }
  }
  return playbookFolders(paths);
}

function nothingToRun(paths: readonly string[]): CliExit {
  const where = paths.map((path) => `\`${path}\``).join(' ');
  return new CliExit(EXIT.usage, { zh: `${where} 中没有场景`, en: `there are no scenarios in ${where}` });
}

interface RanFolder {
  readonly files: readonly SourceFile[];
  /** Errors that keep the folder from being rehearsed. Warnings are for `playrail check`. */
  readonly findings: readonly Diagnostic[];
  readonly results: readonly ScenarioResult[];
}

function runFolder({ folder, files: found, chosen }: PlaybookFolder): RanFolder {
  // Compiled under the paths that can be opened from here, so that every place can.
  const files = found.map(({ path, text }) => ({ path: shownPath(folder, path), text }));
  const { set, scenarios, diagnostics } = compileSet(files, { sha256 });
  if (set === undefined) {
    return { files, findings: diagnostics.filter(({ severity }) => severity === 'error'), results: [] };
  }
  const named = new Set([...chosen].map((path) => shownPath(folder, path)));
  const meant = scenarios.filter((file) => isMeant(file, named, set));
  return { files, findings: [], results: runScenarios(set, meant) };
}

/** The file of a pipeline, flow or rhythm means its scenarios; a gate, a ladder and the like may matter to any. */
function isMeant({ at, scenarios }: ScenarioFile, named: ReadonlySet<string>, set: PlaybookSet): boolean {
  if (named.size === 0 || named.has(at.file)) return true;
  const { rules, coaching = {}, rhythms = {} } = set;
  const pipelines = Object.values(rules).map(({ pipeline }) => pipeline);
  const all = [...pipelines, ...Object.values(coaching), ...Object.values(rhythms)].map((one) => one.at.file);
  const own = (rules[scenarios]?.pipeline ?? coaching[scenarios] ?? rhythms[scenarios])?.at.file;
  return [...named].some((file) => file === own || !(all.includes(file) || file.includes('.scenarios.')));
}

/** @param all the time line is told of all, not only where something differs */
function asJson(
  results: readonly ScenarioResult[],
  diagnostics: readonly Diagnostic[],
  ms: number,
  all: boolean,
): unknown {
  const kept = results.filter(({ passed }) => passed).length;
  return {
    scenarios: results.length,
    kept,
    differed: results.length - kept,
    ms: Math.round(ms),
    results: results.map(({ trace, ...result }) => (result.passed && !all ? result : { ...result, trace })),
    diagnostics,
  };
}

/** From the text of a folder of playbooks to a checked, compiled set. */

import type { ScenarioFile } from '../playbook/scenario.ts';
import type { PlaybookSet } from '../playbook/set.ts';
import { compileAll } from './compile/compile-all.ts';
import { byStage } from './diagnostics/by-stage.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { collector } from './diagnostics/report.ts';
import { readFile } from './read-file.ts';
import type { SourceFile } from './syntax/parse-document.ts';

export type { SourceFile };

export interface CompiledSet {
  /** Present when there are no errors; frozen. */
  readonly set?: PlaybookSet;
  readonly scenarios: readonly ScenarioFile[];
  /** Every finding, in the order of files and lines. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileDeps {
  /** Hex digest of a text in UTF-8. */
  readonly sha256: (text: string) => string;
}

/** Checks and compiles a folder. Never throws on what an author wrote: what is wrong is a diagnostic. */
export function compileSet(sources: readonly SourceFile[], deps: CompileDeps): CompiledSet {
  const collected = collector();
  const { report, diagnostics } = collected;
  const sorted = [...sources].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const read = sorted.map((file) => ({ path: file.path, file: readFile(file, report) }));
  const files = read.map((one) => one.file).filter((file) => file !== undefined);
  const unread = read.filter((one) => !one.file).map((one) => one.path);
  const compiled = compileAll(files, unread, collected, deps);
  const kept = byStage(diagnostics, compiled.names);
  const failed = kept.some((one) => one.severity === 'error');
  return {
    ...(failed || !compiled.set ? {} : { set: deepFreeze(compiled.set) }),
    scenarios: failed ? [] : deepFreeze(compiled.scenarios),
    diagnostics: kept,
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

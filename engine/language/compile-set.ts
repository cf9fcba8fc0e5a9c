/** From the text of a folder of playbooks to a checked, compiled set. */

import type { ScenarioFile } from '../playbook/scenario.ts';
import type { PlaybookSet } from '../playbook/set.ts';
import { compileAll } from './compile/compile-all.ts';
import { byStage } from './diagnostics/by-stage.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { collector } from './diagnostics/report.ts';
import { type FileRead, readFile } from './read-file.ts';
import type { SourceFile } from './syntax/source-file.ts';

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
  /** Told each file as its reading begins: whoever runs this against a deadline can say where it was. */
  readonly onFile?: (path: string) => void;
}

/** A file by itself: what it says, and what is wrong with it whatever stands beside it. */
export interface ReadSource {
  readonly path: string;
  /** Absent when it could not be read. */
  readonly file?: FileRead | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reading is nearly all of the work of checking; it depends on nothing but the file. */
export function readSource(source: SourceFile): ReadSource {
  const { report, diagnostics } = collector();
  return { path: source.path, file: readFile(source, report), diagnostics };
}

/** Checks and compiles a folder. Never throws on what an author wrote: what is wrong is a diagnostic. */
export function compileSet(sources: readonly SourceFile[], deps: CompileDeps): CompiledSet {
  const read = sources.map((source) => {
    deps.onFile?.(source.path);
    return readSource(source);
  });
  return compileRead(read, deps);
}

/** The second half of `compileSet`: the files in the light of each other. */
export function compileRead(read: readonly ReadSource[], deps: CompileDeps): CompiledSet {
  const sorted = [...read].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const collected = collector(sorted.flatMap((one) => one.diagnostics));
  const files = sorted.map((one) => one.file).filter((file) => file !== undefined);
  const unread = sorted.filter((one) => !one.file).map((one) => one.path);
  const compiled = compileAll(files, unread, collected, deps);
  const kept = byStage(collected.diagnostics, compiled.names);
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

/** Keeps the findings of a stage of checking only where the stages before found no error in the file or in one it names. */

import { STAGES } from './codes/code-info.ts';
import { codeInfo } from './codes.ts';
import type { Diagnostic } from './diagnostic.ts';

/** @param names file → files it names. @returns the findings to show, in the order of files and lines. */
export function byStage(
  diagnostics: readonly Diagnostic[],
  names: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Diagnostic[] {
  const firstError = new Map<string, number>();
  for (const one of diagnostics) {
    if (one.severity !== 'error') continue;
    const stage = stageOf(one);
    firstError.set(one.at.file, Math.min(stage, firstError.get(one.at.file) ?? stage));
  }
  const limit = (file: string): number => {
    const own = firstError.get(file) ?? STAGES.length;
    const named = [...(names.get(file) ?? [])].map((other) => firstError.get(other) ?? STAGES.length);
    return Math.min(own, ...named);
  };
  const limits = new Map<string, number>();
  const kept = diagnostics.filter((one) => {
    const { file } = one.at;
    const upTo = limits.get(file) ?? limit(file);
    limits.set(file, upTo);
    return stageOf(one) <= upTo;
  });
  return unique([...kept].sort(inOrder));
}

function stageOf(one: Diagnostic): number {
  return STAGES.indexOf(codeInfo(one.code).stage);
}

function inOrder(a: Diagnostic, b: Diagnostic): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  return a.at.line - b.at.line || a.at.col - b.at.col;
}

/** The same finding reached by two ways is one finding. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((one) => {
    const key = `${one.at.file}:${one.at.line}:${one.at.col}:${one.code}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** How long `check` takes over a folder of playbooks, after start. */

import { playbookFolders } from '../cli/playbook-folder.ts';
import { compileSet } from '../engine/language/compile-set.ts';
import { sha256 } from '../store/hash.ts';

export interface CheckFigure {
  readonly name: string;
  /** Milliseconds of the first run in this process, reading files included: what somebody at a terminal waits for. */
  readonly ms: number;
  /** Milliseconds of the fastest of ten more. */
  readonly warm_ms: number;
  readonly files: number;
  readonly aim_ms: number;
}

export async function benchCheck(folder: string): Promise<CheckFigure> {
  const { ms, files } = checkOnce(folder);
  const warm = Array.from({ length: 10 }, () => checkOnce(folder).ms);
  return { name: 'check', ms, warm_ms: Math.min(...warm), files, aim_ms: 300 };
}

function checkOnce(folder: string): { readonly ms: number; readonly files: number } {
  const start = performance.now();
  const files = playbookFolders([folder]).flatMap((one) => one.files);
  const { diagnostics } = compileSet(files, { sha256 });
  const ms = performance.now() - start;
  if (diagnostics.some((one) => one.severity === 'error')) throw new Error(`the playbooks in ${folder} have errors`);
  return { ms, files: files.length };
}

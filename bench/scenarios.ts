/** How long two hundred scenarios take, from the text of the playbooks to the last answer. */

import { performance } from 'node:perf_hooks';
import { playbookFolders } from '../cli/playbook-folder.ts';
import { compileSet } from '../engine/language/compile-set.ts';
import type { ScenarioFile } from '../engine/playbook/scenario.ts';
import { runScenarios } from '../engine/rehearse/run-scenarios.ts';
import { sha256 } from '../store/hash.ts';

export interface ScenarioFigures {
  readonly name: string;
  readonly scenarios: number;
  /** Compiling the folder included. */
  readonly ms: number;
  readonly aim_ms: number;
}

const WANTED = 200;

/** The folder's own scenarios, repeated until there are two hundred. @throws Error where they do not all pass: a wrong run is no figure */
export function benchScenarios(folder = 'playbooks'): ScenarioFigures {
  const started = performance.now();
  const files = playbookFolders([folder]).flatMap((one) => one.files);
  const { set, scenarios } = compileSet(files, { sha256 });
  if (set === undefined) throw new Error(`the playbooks in ${folder} do not compile`);
  const results = runScenarios(set, repeated(scenarios));
  const ms = Math.round(performance.now() - started);
  const differed = results.filter(({ passed }) => !passed).length;
  if (differed > 0) throw new Error(`${differed} scenarios in ${folder} differ`);
  return { name: 'scenarios of the shipped playbooks, without a server', scenarios: results.length, ms, aim_ms: 3000 };
}

/** Each round as files of its own, because scenarios of one file share the starts they have in common. */
function repeated(files: readonly ScenarioFile[]): readonly ScenarioFile[] {
  const rounds: ScenarioFile[] = [];
  let left = WANTED;
  while (left > 0 && files.some(({ list }) => list.length > 0)) {
    for (const file of files) {
      const list = file.list.slice(0, left);
      left -= list.length;
      rounds.push({ ...file, list });
    }
  }
  return rounds;
}

/** How long two hundred scenarios take, from the text of the playbooks to the last answer. */

import type { ScenarioFile } from '../engine/playbook/scenario.ts';
import { runScenarios } from '../engine/rehearse/run-scenarios.ts';
import type { Bench } from './bench.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';
import { spread } from './statistics.ts';

const WANTED = 200;

export const scenarios: Bench = {
  name: 'scenarios',
  about: `test: ${WANTED} scenarios of the shipped playbooks`,
  minutes: 3,
  run: async ({ quick }) => {
    const first = runOnce();
    const again = Array.from({ length: quick ? 1 : 4 }, runOnce);
    return [{ figure: 'scenarios.ms', ...spread([first, ...again]), beside: `the first ${Math.round(first)} ms` }];
  },
};

/** @returns milliseconds @throws Error where they do not all pass: a wrong run is no figure */
function runOnce(): number {
  const started = performance.now();
  const { set, scenarios: files } = shippedPlaybooks();
  const results = runScenarios(set, repeated(files));
  const ms = performance.now() - started;
  const differed = results.filter(({ passed }) => !passed).length;
  if (differed > 0) throw new Error(`${differed} of the shipped scenarios differ`);
  return ms;
}

/** Each round as files of its own, because scenarios of one file share the starts they have in common. */
function repeated(files: readonly ScenarioFile[]): readonly ScenarioFile[] {
  const rounds: ScenarioFile[] = [];
  let left = WANTED;
  while (left > 0 && files.some(({ list }) => list.length > 0)) {
    for (const file of files) {
      const cut =
        file.of === 'case' ? { ...file, list: file.list.slice(0, left) } : { ...file, list: file.list.slice(0, left) };
      left -= cut.list.length;
      rounds.push(cut);
    }
  }
  return rounds;
}

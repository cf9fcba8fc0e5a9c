/** The workflow as one file of code that the sandbox loads: made once for each version of its sources, then kept. */

import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where TypeScript runs as it is (in tests), the built files are bundled all the same. */
const BUILT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/workers/' : './', import.meta.url));
const WORKFLOWS = join(BUILT, 'workflows.js');
const PRELOAD = join(BUILT, 'workflow-preload.js');
const KEPT = join(BUILT, 'workflow-bundle.cjs');

/** The path of the bundle, for the worker's `workflowBundle`. Takes a few seconds when there is none yet. */
export async function workflowBundle(): Promise<{ readonly codePath: string }> {
  const sources = ['workflows.js', 'workflow-preload.js', 'import-workflow.js', 'contract.js', 'workflow-bundle.js'];
  const mark = `// ${await digestOf(sources.map((name) => join(BUILT, name)))}\n`;
  const kept = await readFile(KEPT, 'utf8').catch(() => '');
  if (!kept.startsWith(mark)) await bundle(mark);
  return { codePath: KEPT };
}

async function digestOf(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(createRequire(import.meta.url)('@temporalio/workflow/package.json').version);
  for (const source of sources) hash.update(await readFile(source));
  return hash.digest('hex');
}

async function bundle(mark: string): Promise<void> {
  // Only here: the bundler takes long to load and a started worker does without it.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: WORKFLOWS,
    // The workflow as well: its modules keep nothing between calls, so all runs share one copy of them.
    preloadModules: [PRELOAD, WORKFLOWS],
    logger: new DefaultLogger('WARN'),
  });
  const part = `${KEPT}.${process.pid}`;
  await writeFile(part, mark + code);
  await rename(part, KEPT);
}

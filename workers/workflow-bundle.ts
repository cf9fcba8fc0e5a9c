/** The workflow as one file of code that the sandbox loads: made once for each version of its sources, then kept. */

import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');
const extension = isSource ? 'ts' : 'js';
/** Where TypeScript runs as it is (in tests), the bundle still lies with the built files. */
const KEPT = fileURLToPath(
  new URL(isSource ? '../dist/workers/workflow-bundle.cjs' : './workflow-bundle.cjs', import.meta.url),
);

/** The path of the bundle, for the worker's `workflowBundle`. Takes a few seconds when there is none yet. */
export async function workflowBundle(): Promise<{ readonly codePath: string }> {
  const workflows = fileURLToPath(new URL(`./workflows.${extension}`, import.meta.url));
  const mark = `// ${await digestOf([workflows, join(dirname(workflows), `contract.${extension}`)])}\n`;
  const kept = await readFile(KEPT, 'utf8').catch(() => '');
  if (!kept.startsWith(mark)) await bundle(workflows, mark);
  return { codePath: KEPT };
}

async function digestOf(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(createRequire(import.meta.url)('@temporalio/workflow/package.json').version);
  for (const source of sources) hash.update(await readFile(source));
  return hash.digest('hex');
}

async function bundle(workflowsPath: string, mark: string): Promise<void> {
  // Only here: the bundler takes long to load and a started worker does without it.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  await mkdir(dirname(KEPT), { recursive: true });
  const part = `${KEPT}.${process.pid}`;
  await writeFile(part, mark + code);
  await rename(part, KEPT);
}

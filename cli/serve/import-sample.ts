/** Loads the sample that Playrail comes with, for `serve --sample`. */

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beginImport, filesNamedBy, readExportFiles } from '../../api/begin-import.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { findImport, finishedImport, type ImportFiles, type ImportJob } from '../../store/imports/import-job.ts';
import type { ImportProgress } from '../../store/imports/import-progress.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';
import { progressText } from '../import-report.ts';
import { packageRoot } from '../package-root.ts';
import { readExport } from '../read-export.ts';
import { ADMIN } from './first-start.ts';
import type { Serving } from './run-serve.ts';

const MAPPING = 'crm-sample';
const ASK_EVERY_MS = 300;
/** A new phase is told at once, progress within one this often. */
const TELL_EVERY_MS = 5_000;

/**
 * Imports the sample and waits until all of it is in, saying how far it is. Does nothing where this very sample came in
 * before; goes on with an import that is under way. `stop` ends the waiting, not the import.
 */
export async function importSample(
  { store, entities, set }: Pick<Serving, 'store' | 'entities' | 'set'>,
  say: Say,
  stop: AbortSignal,
): Promise<void> {
  const mapping = Object.hasOwn(set.mappings, MAPPING) ? set.mappings[MAPPING] : undefined;
  if (mapping === undefined) {
    say({
      zh: `剧本里没有映射 \`${MAPPING}\`，不导入样例`,
      en: `no sample: the playbooks have no mapping \`${MAPPING}\``,
    });
    return;
  }
  const names = mapping.tables.map((table) => table.file);
  const files = filesNamedBy(mapping, await readExport(join(packageRoot(), 'samples', 'crm'), names));
  if ((await finishedImport(store, MAPPING, files)) !== undefined) {
    say({ zh: '样例数据已在', en: 'the sample data is there already' });
    return;
  }
  const job = await begun({ store, entities }, mapping, files, say);
  if (job === undefined) return;
  const { rows, phase } = job.progress;
  say(
    phase === 'people'
      ? {
          zh: `正在导入样例：${rows} 个商机（约一分钟）`,
          en: `importing the sample: ${rows} opportunities (about a minute)`,
        }
      : { zh: '继续导入样例', en: 'going on with the import of the sample' },
  );
  const over = await untilOver({ store }, job, say, stop);
  if (over !== undefined) for (const line of outcome(over)) say(line);
}

/** Undefined where it cannot be begun now; what keeps it is told, and `serve` goes on without. */
async function begun(
  deps: Pick<Serving, 'store' | 'entities'>,
  mapping: Mapping,
  files: ImportFiles,
  say: Say,
): Promise<ImportJob | undefined> {
  try {
    return await beginImport(deps, await readExportFiles(deps.store, mapping, files), files, ADMIN);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    say({ zh: `没有导入样例：${error.detail.zh}`, en: `the sample is not imported: ${error.detail.en}` });
    return undefined;
  }
}

/** Undefined when it was told to stop waiting. */
async function untilOver(
  { store }: Pick<Serving, 'store'>,
  first: ImportJob,
  say: Say,
  stop: AbortSignal,
): Promise<ImportJob | undefined> {
  let job = first;
  let phase: ImportProgress['phase'] | undefined;
  let told = '';
  let toldAt = 0;
  while (job.status === 'running') {
    const { zh, en } = progressText(job.progress);
    const isDue = job.progress.phase !== phase || performance.now() - toldAt >= TELL_EVERY_MS;
    if (isDue && en !== told) {
      say({ zh: `  ${zh}`, en: `  ${en}` });
      phase = job.progress.phase;
      told = en;
      toldAt = performance.now();
    }
    await delay(ASK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return undefined;
    job = (await findImport(store, job.import)) ?? job;
  }
  return job;
}

function outcome({ status, progress }: ImportJob): readonly Text[] {
  const { opened, closed, people, late, failure, digests } = progress;
  if (status === 'failed') {
    const { zh, en } = failure ?? { zh: '原因不明', en: 'nobody knows why' };
    return [{ zh: `样例没有全部导入：${zh}`, en: `the sample did not come in whole: ${en}` }];
  }
  const stalled = Object.values(late).reduce((sum, count) => sum + count, 0);
  return [
    {
      zh: `样例已导入：${opened} 个进行中的案件，${closed} 个已结束，${people} 人`,
      en: `the sample is in: ${opened} running cases, ${closed} finished ones, ${people} people`,
    },
    {
      zh: `  其中 ${stalled} 个已停滞，${digests} 人各收到一份摘要`,
      en: `  ${stalled} of them are stalled already; ${digests} people got one digest each`,
    },
  ];
}

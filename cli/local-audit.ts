/** Audits the database itself, whether or not the server runs. */

import type { AuditView, CheckpointView } from '../api/views/audit-view.ts';
import type { Lang } from '../engine/playbook/text.ts';
import { auditPlace } from '../store/audit/copies.ts';
import type { Finding } from '../store/audit/finding.ts';
import { CheckpointRefused, makeCheckpoint } from '../store/audit/make-checkpoint.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { verifyJournal } from '../store/verify-journal.ts';
import { reachDatabase } from '../workers/embedded/reach-database.ts';
import { CliExit, EXIT } from './exit-codes.ts';

export function verifyLocal(dataDir: string, lang: Lang, progress: (entries: number) => void): Promise<AuditView> {
  return onStore(dataDir, lang, async (store) => {
    const findings: Finding[] = [];
    const counts = await verifyJournal(store, {
      checkpoints: auditPlace(dataDir).folder,
      report: (one) => findings.push(one),
      progress: ({ entries }) => progress(entries),
    });
    const { findings: findings_total, ...rest } = counts;
    return { ok: findings_total === 0, ...rest, findings_total, findings };
  });
}

/** @throws CliExit when the journal does not fit the checkpoint before. */
export function checkpointLocally(dataDir: string, lang: Lang, afterRestore: boolean): Promise<CheckpointView> {
  return onStore(dataDir, lang, async (store) => {
    try {
      const wish = { at: new Date().toISOString(), afterRestore };
      const made = await makeCheckpoint(store, auditPlace(dataDir), wish);
      if (made !== undefined) return made;
    } catch (error) {
      if (!(error instanceof CheckpointRefused)) throw error;
      const count = error.findings.length;
      throw new CliExit(EXIT.no, {
        zh: `日志与上一检查点有 ${count} 处不符，不予签名；用 playrail audit verify --local 查看；若是从备份恢复，加 --after-restore`,
        en: `the journal differs from the checkpoint before in ${count} places and is not signed; see \`playrail audit verify --local\`; after a restore add --after-restore`,
      });
    }
    throw new CliExit(EXIT.fault, { zh: '另一个检查点正在生成', en: 'another checkpoint is being made' });
  });
}

async function onStore<T>(dataDir: string, lang: Lang, work: (store: Store) => Promise<T>): Promise<T> {
  const reached = await reachDatabase(dataDir, (line) => process.stderr.write(`${line[lang]}\n`), { mayMake: false });
  const store = openStore({ databaseUrl: reached.databaseUrl, max: 3 });
  try {
    return await work(store);
  } finally {
    await store.close();
    await reached.close();
  }
}

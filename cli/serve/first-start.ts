/** Makes sure that somebody can administer: the administrator, and at the first start a key. */

import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityClient } from '../../api/entity-client.ts';
import { personOf } from '../../engine/who/reporting-line.ts';
import { createKey, findKey, listKeys } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { listPeople } from '../../store/people.ts';
import { SetupError } from '../../workers/embedded/setup-error.ts';
import { CLIENT_FILE, readClientFile } from '../server-address.ts';

export const ADMIN = 'admin';

/** @throws SetupError when the worker gives no answer. */
async function ensureAdmin(store: Store, entities: EntityClient): Promise<void> {
  if (personOf(await listPeople(store), ADMIN) !== undefined) return;
  const body = { command: 'join', name: 'Administrator', role: 'admin', lang: 'en' };
  const reply = await entities.send('person', ADMIN, { id: 'first-start', actor: 'system', body }, { isNew: true });
  if (reply.outcome === 'accepted') return;
  throw new SetupError(
    { zh: `无法建立管理员：${JSON.stringify(reply)}`, en: `cannot make the administrator: ${JSON.stringify(reply)}` },
    { zh: '查看数据目录中的日志后重试', en: 'see the log in the data folder and try again' },
  );
}

/** @returns the key that was made, when this is the first start. */
export async function ensureAdministrator(store: Store, entities: EntityClient): Promise<string | undefined> {
  await ensureAdmin(store, entities);
  const keys = await listKeys(store, ADMIN);
  return keys.length === 0 ? createKey(store, ADMIN, 'first start') : undefined;
}

/** Leaves address and key for the client commands in this folder; a key that no longer opens anything is dropped. */
export async function leaveClientFile(
  store: Store,
  dataDir: string,
  url: string,
  made: string | undefined,
): Promise<void> {
  const before = readClientFile(dataDir)?.key;
  const key = made ?? (before !== undefined && (await findKey(store, before)) !== undefined ? before : undefined);
  const path = join(dataDir, CLIENT_FILE);
  await writeFile(path, `${JSON.stringify({ url, ...(key !== undefined && { key }) })}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

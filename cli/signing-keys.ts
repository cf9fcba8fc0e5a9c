/** What `playrail audit key` and `audit rotate-key` do, in the data folder of whoever signs. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signingKeyOf } from '../store/audit/checkpoint.ts';
import { auditPlace, renewSigningKey } from '../store/audit/copies.ts';
import type { ClientContext } from './client-command.ts';
import { CliExit, EXIT } from './exit-codes.ts';

/** Signs with a new key from now on. */
export async function renewKey(context: ClientContext, dataDir: string): Promise<void> {
  const { id } = await renewSigningKey(auditPlace(dataDir));
  if (context.json) context.printJson({ key: id });
  else context.print(context.say(`新密钥 ${id}`, `the new key is ${id}`));
}

/** The public keys that checkpoints are verified with. @throws CliExit where there is none */
export async function showKeys(context: ClientContext, dataDir: string): Promise<void> {
  const place = auditPlace(dataDir);
  const id = await readFile(place.keyFile, 'utf8').then(
    (pem) => signingKeyOf(pem).id,
    () => undefined,
  );
  const names = (await readdir(join(place.folder, 'keys')).catch(() => []))
    .filter((name) => name.endsWith('.pem'))
    .sort();
  const keys = await Promise.all(
    names.map(async (name) => ({
      id: name.replace(/\.pem$/, ''),
      signs: id !== undefined && name === `${id}.pem`,
      pem: await readFile(join(place.folder, 'keys', name), 'utf8'),
    })),
  );
  if (keys.length === 0) {
    throw new CliExit(EXIT.no, {
      zh: `\`${place.folder}\` 中没有公钥；用 --data 指出数据目录`,
      en: `there are no keys in \`${place.folder}\`; name the data folder with --data`,
    });
  }
  if (context.json) return context.printJson({ keys });
  for (const key of keys) {
    context.print(`${key.id}${key.signs ? context.say('（当前）', ' (signs now)') : ''}`, key.pem.trimEnd());
  }
}

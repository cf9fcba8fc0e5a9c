/** The folder outside PostgreSQL: copies of all checkpoints, and the public keys that they are signed with. */

import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keyId, type SigningKey, signingKeyOf } from './checkpoint.ts';

export interface AuditPlace {
  /** PEM of the private key, readable by us alone. */
  readonly keyFile: string;
  /** Copies of the checkpoints; the public keys lie in `keys/` below. */
  readonly folder: string;
}

/** `PLAYRAIL_AUDIT_KEY` and `PLAYRAIL_CHECKPOINTS`, or beside the data. */
export function auditPlace(dataDir: string, env: NodeJS.ProcessEnv = process.env): AuditPlace {
  return {
    keyFile: env['PLAYRAIL_AUDIT_KEY'] || join(dataDir, 'audit-key.pem'),
    folder: env['PLAYRAIL_CHECKPOINTS'] || join(dataDir, 'checkpoints'),
  };
}

export interface Copy {
  readonly n: number;
  readonly document: string;
  /** Absent: the file is gone. */
  readonly changes: string | undefined;
}

/** In order. An absent folder has none. */
export async function readCopies(folder: string): Promise<readonly Copy[]> {
  const names = await readdir(folder).catch(() => []);
  const numbers = names.flatMap((name) => /^(\d{6,})\.json$/u.exec(name)?.[1] ?? []).sort();
  return Promise.all(
    numbers.map(async (name) => ({
      n: Number(name),
      document: (await readFile(join(folder, `${name}.json`), 'utf8')).trimEnd(),
      changes: await readFile(join(folder, `${name}.heads`), 'utf8').catch(() => undefined),
    })),
  );
}

/** The changes first: a document never lies there without them. */
export async function writeCopy(folder: string, { n, document, changes }: Copy & { changes: string }): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = join(folder, String(n).padStart(6, '0'));
  await writeWhole(`${name}.heads`, changes, 0o600);
  await writeWhole(`${name}.json`, `${document}\n`, 0o600);
}

/** Key id → public key, of every key ever used here. */
export async function readPublicKeys(folder: string): Promise<ReadonlyMap<string, KeyObject>> {
  const names = await readdir(join(folder, 'keys')).catch(() => []);
  const keys = await Promise.all(
    names
      .filter((name) => name.endsWith('.pem'))
      .map(async (name) => createPublicKey(await readFile(join(folder, 'keys', name)))),
  );
  return new Map(keys.map((key) => [keyId(key), key]));
}

/** The key to sign with, made when there is none. @throws Error when the file holds something else. */
export async function openSigningKey({ keyFile, folder }: AuditPlace): Promise<SigningKey> {
  const pem = await readFile(keyFile, 'utf8').catch(() => undefined);
  if (pem === undefined) return renewSigningKey({ keyFile, folder });
  const key = signingKeyOf(pem);
  await publish(folder, key);
  return key;
}

/** Signs with another key from now on; the old public key stays, so that what it signed can be checked. */
export async function renewSigningKey({ keyFile, folder }: AuditPlace): Promise<SigningKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const key = signingKeyOf(pem);
  await publish(folder, key);
  await mkdir(dirname(keyFile), { recursive: true });
  await writeWhole(keyFile, pem, 0o600);
  return key;
}

async function publish(folder: string, { id, key }: SigningKey): Promise<void> {
  await mkdir(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  await writeWhole(join(folder, 'keys', `${id}.pem`), pem, 0o644);
}

/** Whole or not at all, and on the disk before anything relies on it. */
async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  const file = await open(part, 'w', mode);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(part, path);
}

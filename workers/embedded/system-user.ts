/** PostgreSQL refuses to run as root: the user it runs as instead, and whether that user can reach a path. */

import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runCommand } from './run-command.ts';
import { codeOf, SetupError } from './setup-error.ts';

/** A user of the system by numbers. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** It passes folders that are closed to it (`pass-closed-folders.ts`): the way to the data folder leads through one. */
  readonly passes?: boolean;
}

/**
 * The user PostgreSQL runs as: nobody else (undefined) when we are not root; else the owner of the data that is already
 * there, a user named `playrail` or `postgres`, or a new one named `playrail`.
 *
 * @throws SetupError when none can be had.
 */
export async function postgresUser(existingData: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(existingData).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of ['playrail', 'postgres']) {
    const found = await lookUp(name);
    if (found !== undefined) return found;
  }
  await runCommand('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'playrail'], {
    deadlineMs: 10_000,
  });
  const made = (await lookUp('playrail')) ?? (await lookUp('nobody'));
  if (made !== undefined) return made;
  throw new SetupError(
    {
      en: 'PostgreSQL does not run as root, and no user could be made for it',
      zh: 'PostgreSQL 不能以 root 运行，也无法为它创建用户',
    },
    {
      en: 'run as another user than root, or add a system user named `playrail`',
      zh: '请用非 root 用户运行，或添加名为 `playrail` 的系统用户',
    },
  );
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  const uid = await runCommand('id', ['-u', name], { deadlineMs: 10_000 });
  const gid = await runCommand('id', ['-g', name], { deadlineMs: 10_000 });
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { name, uid: Number(uid.out), gid: Number(gid.out) };
}

/** The first folder on the way to `path` (itself included) that `user` may not pass; undefined when it can reach it. */
export async function barrierFor(user: SystemUser, path: string): Promise<string | undefined> {
  const folders: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  for (const folder of folders) {
    const found = await stat(folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return folder;
  }
  return undefined;
}

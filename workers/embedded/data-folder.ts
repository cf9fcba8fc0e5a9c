/** The layout of a data folder, and making one that both we and PostgreSQL's user can use. */

import { access, chmod, chown, constants, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { canPass } from './pass-closed-folders.ts';
import { codeOf, messageOf, SetupError } from './setup-error.ts';
import { barrierFor, postgresUser, type SystemUser } from './system-user.ts';

export interface DataFolder {
  /** Absolute and free of symbolic links. */
  readonly dir: string;
  /** PostgreSQL's files; made by `initdb`. */
  readonly postgres: string;
  /** The password of the database's only role, one line, readable by us alone. */
  readonly password: string;
  /** Temporal's SQLite file. */
  readonly temporal: string;
  readonly logs: string;
  /** Process ids of the servers that were last started here. */
  readonly servers: string;
  /** Whom PostgreSQL runs as; absent: as ourselves. */
  readonly user?: SystemUser;
}

/** Makes what is missing. @throws SetupError when the folder cannot be written, or not be reached by PostgreSQL's user. */
export async function openDataFolder(path: string, env: NodeJS.ProcessEnv = process.env): Promise<DataFolder> {
  const dir = await makeFolder(path);
  const postgres = join(dir, 'postgres');
  const user = await userFor(dir, await postgresUser(postgres), env);
  const folder = {
    dir,
    postgres,
    password: join(dir, 'postgres-password'),
    temporal: join(dir, 'temporal.db'),
    logs: join(dir, 'logs'),
    servers: join(dir, 'servers.json'),
  };
  await mkdir(folder.logs, { recursive: true, mode: 0o700 });
  return user === undefined ? folder : { ...folder, user };
}

/** @throws SetupError when the user can neither reach the folder nor be let through. */
async function userFor(
  dir: string,
  user: SystemUser | undefined,
  env: NodeJS.ProcessEnv,
): Promise<SystemUser | undefined> {
  const barrier = user && (await barrierFor(user, dir));
  if (user === undefined || barrier === undefined) return user;
  if (await canPass(user, dir, env)) return { ...user, passes: true };
  throw unreachable(dir, barrier, user);
}

async function makeFolder(path: string): Promise<string> {
  try {
    const made = await mkdir(path, { recursive: true });
    const dir = await realpath(path);
    // Others must pass through ours on PostgreSQL's behalf, not look into it.
    if (made !== undefined) await chmod(dir, process.getuid?.() === 0 ? 0o711 : 0o700);
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return dir;
  } catch (error) {
    const why = {
      ENOTDIR: 'it is not a folder',
      EEXIST: 'it is not a folder',
      EACCES: 'no right to write there',
      EROFS: 'the file system is read-only',
    };
    const whyZh = { ENOTDIR: '它不是目录', EEXIST: '它不是目录', EACCES: '没有写入权限', EROFS: '文件系统为只读' };
    const code = codeOf(error) ?? '';
    throw new SetupError(
      {
        en: `cannot use \`${path}\` as the data folder: ${new Map(Object.entries(why)).get(code) ?? messageOf(error)}`,
        zh: `无法将 \`${path}\` 用作数据目录：${new Map(Object.entries(whyZh)).get(code) ?? messageOf(error)}`,
      },
      { en: 'choose a folder you may write to with `--data`', zh: '请用 `--data` 选择一个可写的目录' },
    );
  }
}

function unreachable(dir: string, barrier: string, user: SystemUser): SetupError {
  return new SetupError(
    {
      en: `the data folder \`${dir}\` cannot be reached by \`${user.name}\`, as which PostgreSQL runs because it refuses to run as root: \`${barrier}\` is closed to it`,
      zh: `PostgreSQL 不能以 root 运行，改以 \`${user.name}\` 运行，但它无法进入数据目录 \`${dir}\`：\`${barrier}\` 对它不开放`,
    },
    {
      en: `use a data folder elsewhere, such as \`--data /var/lib/playrail\`, run as a user other than root, or open the way with \`chmod o+x ${barrier}\``,
      zh: `请改用别处的数据目录，例如 \`--data /var/lib/playrail\`；或用非 root 用户运行；或用 \`chmod o+x ${barrier}\` 开放通路`,
    },
  );
}

/** Gives `path` to PostgreSQL's user, where there is one. */
export async function giveToPostgres(folder: DataFolder, path: string): Promise<void> {
  if (folder.user !== undefined) await chown(path, folder.user.uid, folder.user.gid);
}

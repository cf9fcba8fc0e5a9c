/** What `doctor` looks at on the machine: Node, the data folder, the disk. */

import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FAULT_CAUSES } from '../../engine/fault.ts';
import { openFileStore } from '../../store/files/file-store.ts';
import { codeOf, messageOf } from '../../workers/embedded/setup-error.ts';
import { filesPlace } from '../files-place.ts';
import { hasRoom } from '../serve/watch-disk.ts';
import { type CheckUp, unwell, well } from './check-up.ts';

/** As `engines` in package.json says. */
const OLDEST_NODE = [20, 19] as const;
const LITTLE_SPACE_GB = 1;
const NO_SPACE_GB = 0.1;

export function checkNode(version: string = process.versions.node): CheckUp {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) {
    return well('node', `Node ${version}`, `Node ${version}`);
  }
  const wanted = OLDEST_NODE.join('.');
  return unwell(
    'node',
    'ill',
    { zh: `Node ${version} 太旧`, en: `Node ${version} is too old` },
    { zh: `请安装 Node ${wanted} 或更新版本`, en: `install Node ${wanted} or newer` },
  );
}

/** The folder itself, or the nearest one above it that is there. */
async function nearestExisting(path: string): Promise<string> {
  for (let at = resolve(path); ; at = dirname(at)) {
    if ((await stat(at).catch(() => undefined)) !== undefined || at === dirname(at)) return at;
  }
}

export async function checkDataFolder(dataDir: string): Promise<CheckUp> {
  const at = await nearestExisting(dataDir);
  const isThere = at === resolve(dataDir);
  try {
    if (!(await stat(at)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    await access(at, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = codeOf(error) ?? messageOf(error);
    return unwell(
      'data_folder',
      'ill',
      { zh: `无法写入 \`${at}\`（${why}）`, en: `cannot write to \`${at}\` (${why})` },
      { zh: '修改权限，或用 --data 另选目录', en: 'change its rights, or choose another folder with --data' },
    );
  }
  return isThere
    ? well('data_folder', `\`${dataDir}\` 可写`, `\`${dataDir}\` can be written`)
    : well('data_folder', `\`${dataDir}\` 将在首次启动时建立`, `\`${dataDir}\` is made at the first start`);
}

/** Where uploaded files are kept. */
export async function checkFiles(env: NodeJS.ProcessEnv, dataDir: string): Promise<CheckUp> {
  try {
    const place = filesPlace(env, dataDir);
    const where = place.kind === 's3' ? `${place.endpoint}/${place.bucket}` : place.folder;
    const at = place.kind === 's3' ? undefined : await nearestExisting(place.folder);
    if (place.kind === 'folder' && at !== undefined && at !== resolve(place.folder)) {
      await access(at, constants.W_OK | constants.X_OK);
      return well('files', `\`${where}\` 将在首次上传时建立`, `\`${where}\` is made at the first upload`);
    }
    await openFileStore(place).check();
    return well('files', `文件存于 \`${where}\``, `files are kept in \`${where}\``);
  } catch (error) {
    const why = messageOf(error);
    return unwell(
      'files',
      'ill',
      { zh: `无法存放文件：${why}`, en: `files cannot be kept: ${why}` },
      {
        zh: '检查 PLAYRAIL_FILES 所指的目录或存储及其权限',
        en: 'look at the folder or store that PLAYRAIL_FILES names, and at its rights',
      },
    );
  }
}

/** What `statfs` tells of the disk below a path. */
export type DiskSpace = (path: string) => Promise<{ readonly bavail: number; readonly bsize: number }>;

/** Full is where nothing can be written, or what PostgreSQL can no longer write a checkpoint to. */
export async function checkDisk(dataDir: string, space: DiskSpace = statfs): Promise<CheckUp> {
  const folder = await nearestExisting(dataDir);
  const { title, hint } = FAULT_CAUSES['disk-full'];
  if (!(await hasRoom(folder))) return unwell('disk', 'ill', title, hint);
  const { bavail, bsize } = await space(folder);
  const gb = Math.round((bavail * bsize) / 1e8) / 10;
  if (gb >= LITTLE_SPACE_GB) return well('disk', `可用 ${gb} GB`, `${gb} GB free`);
  if (gb < NO_SPACE_GB) return unwell('disk', 'ill', title, hint);
  return unwell(
    'disk',
    'look',
    { zh: `磁盘仅剩 ${gb} GB`, en: `only ${gb} GB free` },
    { zh: `清理出至少 ${LITTLE_SPACE_GB} GB`, en: `make room: ${LITTLE_SPACE_GB} GB or more` },
  );
}

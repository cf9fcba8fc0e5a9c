/** The settings about files: where they are kept, which are taken. */

import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Text } from '../engine/playbook/text.ts';
import { type FileStore, type FilesPlace, openFileStore } from '../store/files/file-store.ts';
import { FILE_TYPES } from '../store/files/file-types.ts';
import type { FileLimits } from '../store/files/receive-file.ts';
import { SetupError } from '../workers/embedded/setup-error.ts';
import { type SettingName, settingNumber, settingText } from './settings.ts';

const USUAL_MEGABYTES = 50;
const MEGABYTE = 1024 * 1024;

/**
 * `PLAYRAIL_FILES`, else `files/` in the data folder; absent: neither is known.
 * @throws SetupError naming the setting that cannot be used
 */
export function filesPlace(env: NodeJS.ProcessEnv, dataDir: string): FilesPlace;
export function filesPlace(env: NodeJS.ProcessEnv, dataDir?: string): FilesPlace | undefined;
export function filesPlace(env: NodeJS.ProcessEnv, dataDir?: string): FilesPlace | undefined {
  const text = settingText(env, 'PLAYRAIL_FILES');
  if (text === undefined) return dataDir === undefined ? undefined : { kind: 'folder', folder: join(dataDir, 'files') };
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { kind: 'folder', folder: text };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [bucket = '', ...prefix] = url?.pathname.split('/').filter((part) => part !== '') ?? [];
  if (url === undefined || !/^https?:$/.test(url.protocol) || bucket === '' || url.search + url.username !== '') {
    throw unusable('PLAYRAIL_FILES', {
      zh: '应为目录，或 `https://主机/桶`',
      en: 'it must be a folder, or `https://host/bucket`',
    });
  }
  const [, keyId = '', secret = ''] = /^([^:]+):(.+)$/.exec(settingText(env, 'PLAYRAIL_FILES_KEY') ?? '') ?? [];
  if (keyId === '') {
    throw unusable('PLAYRAIL_FILES_KEY', { zh: '桶需要 `ID:SECRET`', en: 'a bucket needs `ID:SECRET`' });
  }
  return {
    kind: 's3',
    endpoint: url.origin,
    bucket,
    prefix: prefix.map((part) => `${part}/`).join(''),
    region: settingText(env, 'PLAYRAIL_FILES_REGION') ?? 'us-east-1',
    keyId,
    secret,
    incoming: dataDir === undefined ? join(tmpdir(), `playrail-${userInfo().uid}`) : join(dataDir, 'incoming'),
  };
}

/** @throws SetupError naming the setting that cannot be used */
export function fileLimits(env: NodeJS.ProcessEnv): FileLimits {
  const maxBytes = (settingNumber(env, 'PLAYRAIL_FILE_MB', 1) ?? USUAL_MEGABYTES) * MEGABYTE;
  const known = Object.keys(FILE_TYPES);
  const endings = settingText(env, 'PLAYRAIL_FILE_TYPES')
    ?.split(',')
    .map((one) => one.trim().toLowerCase().replace(/^\./, ''));
  const strange = endings?.find((one) => !known.includes(one));
  if (strange !== undefined) {
    throw unusable('PLAYRAIL_FILE_TYPES', {
      zh: `不认识 \`${strange}\`，可用：${known.join(', ')}`,
      en: `\`${strange}\` is not known; these are: ${known.join(', ')}`,
    });
  }
  return { maxBytes, endings: endings ?? known };
}

/** What the API is given; nothing where there is no place. @throws SetupError */
export function openFiles(
  env: NodeJS.ProcessEnv,
  dataDir?: string,
): { readonly store: FileStore; readonly limits: FileLimits } | undefined {
  const place = filesPlace(env, dataDir);
  const limits = fileLimits(env);
  return place && { store: openFileStore(place), limits };
}

function unusable(name: SettingName, why: Text): SetupError {
  return new SetupError(
    { zh: `设置 ${name} 无法使用：${why.zh}`, en: `the setting ${name} cannot be used: ${why.en}` },
    { zh: `请更正或移除 ${name}`, en: `correct ${name} or remove it` },
  );
}

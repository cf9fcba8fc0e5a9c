/** Every environment variable that Playrail reads, in one table: the code reads through it, the operations guide shows it. */

import type { Text } from '../engine/playbook/text.ts';
import { FILE_TYPES } from '../store/files/file-types.ts';
import { SetupError } from '../workers/embedded/setup-error.ts';

export type SettingOf = 'serve' | 'worker' | 'api' | 'client';

export interface Setting {
  readonly of: readonly SettingOf[];
  /** Where it is not set. */
  readonly usual: string;
  readonly about: Text;
}

const PROCESSES = ['serve', 'worker', 'api'] as const;

export const SETTINGS = {
  DATABASE_URL: {
    of: PROCESSES,
    usual: 'embedded; `worker` and `api` need it',
    about: { zh: '自备的 PostgreSQL', en: 'a PostgreSQL of your own: `postgres://user:password@host:port/database`' },
  },
  TEMPORAL_ADDRESS: {
    of: PROCESSES,
    usual: 'embedded; `worker` and `api` need it',
    about: { zh: '自备的 Temporal 服务器', en: 'a Temporal server of your own: `host:port`' },
  },
  TEMPORAL_NAMESPACE: {
    of: PROCESSES,
    usual: '`default`',
    about: { zh: 'Temporal 命名空间', en: 'namespace of that server; made where it is missing' },
  },
  PLAYRAIL_TASK_QUEUE: {
    of: PROCESSES,
    usual: '`playrail`',
    about: { zh: '任务队列', en: 'task queue: the same for all processes of one installation' },
  },
  PLAYRAIL_DB_CONNECTIONS: {
    of: PROCESSES,
    usual: '10',
    about: { zh: '每个进程的数据库连接数上限', en: 'connections to PostgreSQL of each process, at most' },
  },
  PLAYRAIL_LOG_LEVEL: {
    of: PROCESSES,
    usual: '`info`',
    about: { zh: '日志级别', en: '`debug`, `info`, `warn`, `error`' },
  },
  PLAYRAIL_METRICS_TOKEN: {
    of: PROCESSES,
    usual: 'none: this machine only',
    about: { zh: '读取 /metrics 的令牌', en: 'who reads `/metrics` sends it as `Authorization: Bearer …`' },
  },
  PLAYRAIL_PROXIES: {
    of: ['serve', 'api'],
    usual: '0',
    about: {
      zh: '前面有几层代理会写 X-Forwarded-For',
      en: 'how many proxies stand before the API and say in `X-Forwarded-For` who asks',
    },
  },
  PLAYRAIL_REQUESTS_PER_MINUTE: {
    of: ['serve', 'api'],
    usual: '3000',
    about: { zh: '每人每分钟的请求数', en: 'requests a minute of one person; more get 429' },
  },
  PLAYRAIL_ADDRESS_REQUESTS_PER_MINUTE: {
    of: ['serve', 'api'],
    usual: '30000',
    about: { zh: '每个地址每分钟的请求数', en: 'requests a minute from one address; more get 429' },
  },
  PLAYRAIL_CONCURRENT_REQUESTS: {
    of: ['serve', 'api'],
    usual: '1000',
    about: { zh: '同时处理的请求数', en: 'requests under way at once in one process; more get 503' },
  },
  SMTP_URL: {
    of: ['serve', 'worker'],
    usual: 'none: mails are recorded, not sent',
    about: { zh: '邮件服务器', en: 'the mail server: `smtp://user:password@host:port` or `smtps://…`' },
  },
  MAIL_FROM: {
    of: ['serve', 'worker'],
    usual: 'none; needed with `SMTP_URL`',
    about: { zh: '发件人地址', en: 'the address that mails come from' },
  },
  PLAYRAIL_WEBHOOKS: {
    of: ['serve', 'worker'],
    usual: 'none',
    about: {
      zh: 'webhook 目的地（JSON）',
      en: 'JSON: `{"crm": {"url": "https://…", "secret": "whsec_…"}}`; `send: crm` in a ladder goes there, signed by [Standard Webhooks](https://www.standardwebhooks.com). Private addresses are refused unless `"allow_private": true`',
    },
  },
  PLAYRAIL_AUDIT_KEY: {
    of: ['serve', 'worker', 'client'],
    usual: '`audit-key.pem` in the data folder',
    about: { zh: '检查点的签名密钥', en: 'file of the key that checkpoints are signed with; all workers share it' },
  },
  PLAYRAIL_CHECKPOINTS: {
    of: ['serve', 'worker', 'client'],
    usual: '`checkpoints/` in the data folder',
    about: { zh: '检查点副本的目录', en: 'folder of the copies of checkpoints; all workers share it' },
  },
  PLAYRAIL_FILES: {
    of: ['serve', 'api', 'client'],
    usual: '`files/` in the data folder; `api` has no place for files',
    about: {
      zh: '文件存放处：目录，或 S3 存储的桶',
      en: 'where uploaded files are kept: a folder, or a bucket of a store that speaks S3: `https://host/bucket` or `https://host/bucket/prefix`; all processes share it',
    },
  },
  PLAYRAIL_FILES_KEY: {
    of: ['serve', 'api', 'client'],
    usual: 'none; needed for a bucket',
    about: { zh: 'S3 存储的访问密钥', en: 'the key to the bucket: `ID:SECRET`' },
  },
  PLAYRAIL_FILES_REGION: {
    of: ['serve', 'api', 'client'],
    usual: '`us-east-1`',
    about: { zh: 'S3 存储的区域', en: 'region that the bucket’s requests are signed for' },
  },
  PLAYRAIL_FILE_MB: {
    of: ['serve', 'api'],
    usual: '50',
    about: { zh: '单个文件的大小上限（MB）', en: 'megabytes that a file may have, at most' },
  },
  PLAYRAIL_FILE_TYPES: {
    of: ['serve', 'api'],
    usual: 'all that are known',
    about: {
      zh: '接受的文件类型',
      en: `kinds of file that are taken, such as \`pdf,docx\`; known are ${Object.keys(FILE_TYPES).join(', ')}`,
    },
  },
  PLAYRAIL_CACHE: {
    of: ['serve'],
    usual: 'the user’s cache folder',
    about: { zh: 'Temporal 程序的缓存目录', en: 'where the Temporal program is kept' },
  },
  PLAYRAIL_URL: {
    of: ['client'],
    usual: 'what `serve` left in the data folder',
    about: { zh: '客户端命令连接的服务器', en: 'which server client commands talk to' },
  },
  PLAYRAIL_KEY: {
    of: ['client'],
    usual: 'what `serve` left in the data folder',
    about: { zh: '客户端命令的 API 密钥', en: 'the API key of client commands: as whom they act' },
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** Undefined where it is not set, or set to nothing. */
export function settingText(env: NodeJS.ProcessEnv, name: SettingName): string | undefined {
  const text = env[name];
  return text === undefined || text === '' ? undefined : text;
}

/** @throws SetupError naming the variable, when it is no whole number from `least` on. */
export function settingNumber(env: NodeJS.ProcessEnv, name: SettingName, least: number): number | undefined {
  const text = settingText(env, name);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new SetupError(
    {
      zh: `设置 ${name} 无法使用：\`${text}\` 不是不小于 ${least} 的整数`,
      en: `the setting ${name} cannot be used: \`${text}\` is no whole number from ${least} on`,
    },
    { zh: `请更正或移除 ${name}`, en: `correct ${name} or remove it` },
  );
}

/** @throws SetupError naming the variable, when it is not set. */
export function neededSetting(env: NodeJS.ProcessEnv, name: SettingName): string {
  const text = settingText(env, name);
  if (text !== undefined) return text;
  throw new SetupError(
    { zh: `缺少设置 ${name}`, en: `the setting ${name} is missing` },
    {
      zh: `设置 ${name}（${SETTINGS[name].about.zh}），或用 playrail serve 在一台机器上启动一切`,
      en: `set ${name} (${SETTINGS[name].about.en}), or use \`playrail serve\`, which brings everything on one machine`,
    },
  );
}

/** The table of the operations guide. */
export function settingsTable(): string {
  const rows = Object.entries<Setting>(SETTINGS).map(
    ([name, { of, usual, about }]) => `| \`${name}\` | ${of.join(', ')} | ${usual} | ${about.en} |`,
  );
  return ['| variable | read by | where not set | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

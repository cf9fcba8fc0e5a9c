/** The parent's side of the guardian: starts it, hears its reports, stops it, and kills the servers when it dies. */

import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { GuardianPlan, GuardianReport, ServerRecord } from './guardian-plan.ts';
import { endProcess, isRunning, waitUntilGone } from './processes.ts';
import { type Say, SetupError } from './setup-error.ts';

/** Where TypeScript runs as it is (in tests), the guardian still needs the built file. */
const GUARDIAN = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/workers/embedded/guardian.js' : './guardian.js',
    import.meta.url,
  ),
);

export interface Guardian {
  /** How often this server has ended since the start. */
  endsOf(server: string): number;
  /** Resolves when the guardian died without being asked; its servers are gone by then. */
  readonly lost: Promise<SetupError>;
  /** Ends the servers in good order, then the guardian. */
  stop(): Promise<void>;
}

/** @throws nothing: a server that cannot start shows in `endsOf` and in its log. */
export function startGuardian(plan: GuardianPlan, say: Say): Guardian {
  const child = spawn(process.execPath, [GUARDIAN, plan.record], {
    detached: true,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ends = new Map<string, number>();
  let ready = false;
  let stopping = false;
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(plan)}\n`);
  createInterface({ input: child.stdout }).on('line', (line) => {
    // The one cast: the guardian is our own code and sends GuardianReports.
    const report = JSON.parse(line) as GuardianReport;
    const count = ends.get(report.server) ?? 0;
    const isNews = report.report === 'ended' || count > 0;
    if (report.report === 'ended') ends.set(report.server, count + 1);
    else ready = true;
    if (isNews && !stopping) say(wordsOf(report));
  });
  const lost = exited.then(async () => {
    if (!stopping) await endServers(plan.record);
    return guardianLost(ready);
  });
  return {
    endsOf: (server) => ends.get(server) ?? 0,
    lost: new Promise((resolve) => {
      lost.then((error) => (stopping ? undefined : resolve(error)));
    }),
    stop: async () => {
      stopping = true;
      child.stdin.end('stop\n');
      await exited;
      await endServers(plan.record);
    },
  };
}

function wordsOf(report: GuardianReport): { en: string; zh: string } {
  return report.report === 'started'
    ? { en: `${report.server} runs again`, zh: `${report.server} 已重新运行` }
    : {
        en: `${report.server} has ended (${report.how}); starting it again`,
        zh: `${report.server} 已退出（${report.how}），正在重新启动`,
      };
}

function guardianLost(ready: boolean): SetupError {
  return ready
    ? new SetupError(
        {
          en: 'the process that guards the embedded servers has died; its servers were ended',
          zh: '守护内嵌服务器的进程已退出，其服务器已被结束',
        },
        { en: 'start again: nothing that was accepted is lost', zh: '请重新启动：已接受的内容不会丢失' },
      )
    : new SetupError(
        {
          en: `cannot start the guardian of the embedded servers: \`${GUARDIAN}\``,
          zh: `无法启动内嵌服务器的守护进程：\`${GUARDIAN}\``,
        },
        { en: 'run `npm run build` and start again', zh: '请先运行 `npm run build` 再启动' },
      );
}

/**
 * Waits for what the last start on this folder left running and ends what does not end by itself: its guardian stops the
 * servers by itself once its parent is gone.
 */
export async function clearRemains(record: string, say: Say): Promise<void> {
  const left = await readRecord(record);
  if (left === undefined) return;
  if (await isRunning(left.guardian, record)) {
    say({ en: 'waiting for the servers of the last run to end', zh: '正在等待上次运行的服务器结束' });
    await waitUntilGone(left.guardian, record, 20_000);
  }
  await endServers(record);
}

async function endServers(record: string): Promise<void> {
  const left = await readRecord(record);
  if (left === undefined) return;
  await endProcess(left.guardian, record, 'SIGKILL', 0);
  await Promise.all(left.servers.map((server) => endProcess(server.pid, server.mark, server.stop, 10_000)));
  await rm(record, { force: true });
}

async function readRecord(record: string): Promise<ServerRecord | undefined> {
  const text = await readFile(record, 'utf8').catch(() => undefined);
  // The one cast: written whole by our own guardian.
  return text === undefined ? undefined : (JSON.parse(text) as ServerRecord);
}

/**
 * A small process that owns the embedded servers: starts them, starts them again when they die, and stops them when its
 * parent says so or is gone. It runs in a session of its own, so that a terminal's Ctrl-C reaches only the parent.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { createInterface } from 'node:readline';
import type { GuardianPlan, GuardianReport, ServerPlan, ServerRecord } from './guardian-plan.ts';

const FIRST_RESTART_DELAY_MS = 250;
const LONGEST_RESTART_DELAY_MS = 10_000;
/** A server that ran this long has recovered: its next restart is quick again. */
const SETTLED_MS = 60_000;
const KEEP_AGAIN_MS = 5_000;
const LARGEST_LOG_BYTES = 20_000_000;

const running = new Map<ServerPlan, ChildProcess>();
let plan: GuardianPlan | undefined;
let stopping = false;

/** The parent may be gone; then nobody reads, and that is no reason to fail. */
function tell(report: GuardianReport): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

function keepRecord(): void {
  if (plan === undefined) return;
  const servers = [...running].flatMap(([server, child]) =>
    child.pid === undefined ? [] : [{ pid: child.pid, mark: server.mark, stop: server.stop }],
  );
  const record: ServerRecord = { guardian: process.pid, servers };
  try {
    writeFileSync(`${plan.record}.new`, JSON.stringify(record));
    renameSync(`${plan.record}.new`, plan.record);
  } catch {
    // A full disk: to keep the servers running counts more than to keep a note of them.
    setTimeout(keepRecord, KEEP_AGAIN_MS).unref();
  }
}

/** Where no log can be made, the server runs without. */
function openLog(path: string): number {
  try {
    if (statSync(path).size > LARGEST_LOG_BYTES) renameSync(path, `${path}.old`);
  } catch {
    // No log yet.
  }
  try {
    return openSync(path, 'a', 0o600);
  } catch {
    return openSync(devNull, 'a');
  }
}

function start(server: ServerPlan, delayMs: number): void {
  if (stopping) return;
  const log = openLog(server.log);
  const { file, args, env, cwd, uid, gid } = server;
  const user = uid === undefined || gid === undefined ? {} : { uid, gid };
  const startedAt = Date.now();
  const child = spawn(file, args, { env, cwd, stdio: ['ignore', log, log], ...user });
  closeSync(log);
  running.set(server, child);
  let over = false;
  const ended = (how: string): void => {
    if (over) return;
    over = true;
    running.delete(server);
    tell({ report: 'ended', server: server.name, how });
    if (stopping) {
      finishWhenEmpty();
      return;
    }
    keepRecord();
    const nextMs = Date.now() - startedAt > SETTLED_MS ? FIRST_RESTART_DELAY_MS : delayMs;
    setTimeout(() => start(server, Math.min(nextMs * 2, LONGEST_RESTART_DELAY_MS)), nextMs);
  };
  child.on('error', (error) => ended(error.message));
  child.on('exit', (code, signal) => ended(signal === null ? `exit ${code}` : signal));
  if (child.pid !== undefined) tell({ report: 'started', server: server.name, pid: child.pid });
  keepRecord();
}

function stopAll(): void {
  if (stopping) return;
  stopping = true;
  for (const [server, child] of running) child.kill(server.stop);
  setTimeout(() => {
    for (const child of running.values()) child.kill('SIGKILL');
  }, plan?.stop_deadline_ms ?? 0);
  finishWhenEmpty();
}

function finishWhenEmpty(): void {
  if (running.size > 0) return;
  if (plan !== undefined) rmSync(plan.record, { force: true });
  process.exit(0);
}

/** The one cast: the parent is our own code and sends a GuardianPlan. */
function begin(line: string): void {
  plan = JSON.parse(line) as GuardianPlan;
  for (const server of plan.servers) start(server, FIRST_RESTART_DELAY_MS);
}

process.stdout.on('error', () => undefined);
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('SIGTERM', stopAll);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => (plan === undefined ? begin(line) : stopAll()));
lines.on('close', stopAll);

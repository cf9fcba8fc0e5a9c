/** Looking at and ending processes by id, sure that the id still names the process that was meant. */

import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from './run-command.ts';

/** The command line of a running process; absent when there is none. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    // A process that has ended but is not yet collected has an empty command line.
    return line === '' ? undefined : line.replaceAll('\0', ' ');
  }
  const ps = await runCommand('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { deadlineMs: 5000 });
  const line = ps.out.trim();
  return line === '' || line.includes('<defunct>') ? undefined : line;
}

/** True while process `pid` runs and its command line names `mark`, such as its data folder: ids are used again. */
export async function isRunning(pid: number, mark: string): Promise<boolean> {
  return (await commandLineOf(pid))?.includes(mark) ?? false;
}

/** Waits until the process is gone. @returns false when it still runs after `deadlineMs`. */
export async function waitUntilGone(pid: number, mark: string, deadlineMs: number): Promise<boolean> {
  const end = Date.now() + deadlineMs;
  while (await isRunning(pid, mark)) {
    if (Date.now() > end) return false;
    await delay(50);
  }
  return true;
}

/** Sends the signal, if the process is still there. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Asks the process to end, and after `deadlineMs` makes it. */
export async function endProcess(pid: number, mark: string, ask: NodeJS.Signals, deadlineMs: number): Promise<void> {
  if (!(await isRunning(pid, mark))) return;
  signalProcess(pid, ask);
  if (await waitUntilGone(pid, mark, deadlineMs)) return;
  signalProcess(pid, 'SIGKILL');
  await waitUntilGone(pid, mark, 5000);
}

/** The log of `serve`: JSON lines in the data folder, so that the terminal stays readable. */

import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { settingText } from '../settings.ts';

export interface OpenLog {
  readonly log: Logger;
  readonly path: string;
  close(): void;
}

/** PLAYRAIL_LOG_LEVEL: `debug`, `info` (if left out), `warn`, `error`. */
export function openLog(dataDir: string): OpenLog {
  const path = join(dataDir, 'logs', 'playrail.log');
  const destination = pino.destination({ dest: path, mkdir: true, sync: false });
  // A log that cannot be written (a full disk) is no reason to end; it goes on when it can.
  destination.on('error', () => undefined);
  const level = settingText(process.env, 'PLAYRAIL_LOG_LEVEL') ?? 'info';
  return { log: pino({ level }, destination), path, close: () => flush(destination) };
}

function flush(destination: { flushSync(): void }): void {
  try {
    destination.flushSync();
  } catch {
    // The disk is full: the last lines are lost, and stopping goes on.
  }
}

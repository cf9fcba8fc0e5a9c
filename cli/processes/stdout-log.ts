/** The log of `worker` and `api`: JSON lines on standard output, where whatever runs them collects it. */

import { type Logger, pino } from 'pino';
import { settingText } from '../settings.ts';

export function stdoutLog(env: NodeJS.ProcessEnv): Logger {
  const level = settingText(env, 'PLAYRAIL_LOG_LEVEL') ?? 'info';
  // Written at once: what is said last before an end is what one wants to read.
  return pino({ level }, pino.destination({ dest: 1, sync: true }));
}

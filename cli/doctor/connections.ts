/** Where the servers of an installation are: the settings, else what a running `serve` left in its data folder. */

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { settingText } from '../settings.ts';

/** Holds the password of the embedded database, as `postgres-password` beside it does. */
const CONNECTIONS_FILE = 'connections.json';

const shape = z.object({ databaseUrl: z.string(), temporalAddress: z.string() });

export type Connections = z.output<typeof shape>;

export function leaveConnections(dataDir: string, { databaseUrl, temporalAddress }: Connections): void {
  const path = join(dataDir, CONNECTIONS_FILE);
  writeFileSync(path, `${JSON.stringify({ databaseUrl, temporalAddress })}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

function left(dataDir: string): Partial<Connections> {
  try {
    return shape.parse(JSON.parse(readFileSync(join(dataDir, CONNECTIONS_FILE), 'utf8')));
  } catch {
    return {};
  }
}

export function findConnections(dataDir: string, env: NodeJS.ProcessEnv): Partial<Connections> {
  const databaseUrl = settingText(env, 'DATABASE_URL') ?? left(dataDir).databaseUrl;
  const temporalAddress = settingText(env, 'TEMPORAL_ADDRESS') ?? left(dataDir).temporalAddress;
  return {
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(temporalAddress !== undefined && { temporalAddress }),
  };
}

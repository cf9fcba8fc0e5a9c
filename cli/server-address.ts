/** Where the server is and which key opens it: flags, else the environment, else what `serve` left in this folder. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliExit, EXIT } from './exit-codes.ts';

/** Written by `serve` into its data folder, readable by its user alone. */
export const CLIENT_FILE = 'client.json';

export const DEFAULT_DATA = '.playrail';
export const DEFAULT_PORT = 7420;

const clientFile = z.object({ url: z.string(), key: z.string().optional() });

export type ClientFile = z.infer<typeof clientFile>;

export interface ServerAddress {
  readonly url: string;
  readonly key: string | undefined;
}

/** @returns `undefined` when there is none or it cannot be read. */
export function readClientFile(dataDir: string): ClientFile | undefined {
  try {
    const parsed = clientFile.safeParse(JSON.parse(readFileSync(join(dataDir, CLIENT_FILE), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export interface AddressOptions {
  readonly url?: string;
  readonly key?: string;
  /** The data folder of the `serve` that is meant. */
  readonly data?: string;
}

/** @throws CliExit when the address is not an http(s) URL. */
export function serverAddress(options: AddressOptions): ServerAddress {
  const left = readClientFile(options.data ?? DEFAULT_DATA);
  const named = options.data === undefined ? process.env['PLAYRAIL_URL'] : undefined;
  const url = options.url ?? named ?? left?.url ?? `http://127.0.0.1:${DEFAULT_PORT}`;
  if (!/^https?:\/\/\S+$/.test(url)) {
    throw new CliExit(EXIT.usage, { zh: `\`${url}\` 不是 http 地址`, en: `\`${url}\` is not an http address` });
  }
  // A key that was left for one server is not sent to another.
  const leftKey = url === left?.url ? left.key : undefined;
  return {
    url: url.replace(/\/+$/, ''),
    key: options.key ?? (options.data === undefined ? process.env['PLAYRAIL_KEY'] : undefined) ?? leftKey,
  };
}

/** An empty database for one test file, on the PostgreSQL server that the run shares. */

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Makes a new empty database. @returns its url; it goes with the server at the end of the run. */
export async function freshDatabase(): Promise<string> {
  const url = new URL(inject('databaseUrl'));
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

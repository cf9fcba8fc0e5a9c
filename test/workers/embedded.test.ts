import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from '../fresh-database.ts';

it('a fresh database is empty, sorts text the same everywhere, and keeps what it is told', async () => {
  const client = new pg.Client({ connectionString: await freshDatabase() });
  await client.connect();
  const { rows } = await client.query(
    `select current_setting('fsync') as fsync, current_setting('timezone') as zone, (select count(*)::int from pg_tables where schemaname = 'public') as tables`,
  );
  await client.end();
  expect(rows).toEqual([{ fsync: 'on', zone: 'UTC', tables: 0 }]);
});

/** A database of before debts and customers were listed learns them from the states of its cases. */

import pg from 'pg';
import { expect, it } from 'vitest';
import { plainName } from '../../engine/plain-name.ts';
import { migrate, migrateTo } from '../../store/migrate.ts';
import { freshDatabase } from '../fresh-database.ts';

const AT = '2026-01-05T09:00:00Z';
const debts = [
  { stage: 'one', evidence: 'visit', due_on: '2026-02-01' },
  { stage: 'one', evidence: 'goals', due_on: '2026-02-01' },
  { stage: 'two', decision: 'win', due_on: '2026-03-01' },
];

it('owes what nobody accepted or decided, and nothing once it is finished; customers are known by their plain names', async () => {
  const url = await freshDatabase();
  await migrateTo(url, '0008-parents');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const put = async (id: string, state: object, finished = false) => {
    const entity = `insert into entities (kind, id, seq, head_hash, state, last_at) values ('case', $1, 1, '', $2, $3)`;
    await client.query(entity, [id, JSON.stringify(state), AT]);
    await client.query(
      `insert into cases (id, title, pipeline, rules, status, finished, ungated, stage, owner, opened_at, entered_at,
         last_activity_at, demanded, flags, to_accept, debts, updated_at)
       values ($1, '', 'deal', '', 'open', $2, false, 'two', 'ann', $3, $3, $3, false, '{}', 0, 0, $3)`,
      [id, finished, AT],
    );
  };
  await put('owing', { debts, evidence: { visit: { status: 'accepted' }, goals: { status: 'rejected' } } });
  await put('free', { debts: [], evidence: {}, facts: { customer: { value: ' ＡＣＭＥ \n Works ' } } });
  await put('over', { debts, evidence: {} }, true);
  await migrate(url);
  const { rows } = await client.query('select id, owes, customer from cases order by id');
  await client.end();
  expect(rows).toEqual([
    { id: 'free', owes: [], customer: plainName(' ＡＣＭＥ \n Works ') },
    { id: 'over', owes: [], customer: null },
    {
      id: 'owing',
      owes: [
        { kind: 'evidence', name: 'goals', due_on: '2026-02-01', stage: 'one' },
        { kind: 'decision', name: 'win', due_on: '2026-03-01', stage: 'two' },
      ],
      customer: null,
    },
  ]);
  expect(plainName(' ＡＣＭＥ \n Works ')).toBe('acme works');
});

/** Lists know whose case it is: cases of the same customer can be found. Names are compared as `plainName` writes them. */

import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  'alter table cases add column customer text',
  `update cases c set customer =
     lower(btrim(regexp_replace(normalize(e.state #>> '{facts,customer,value}', nfkc), '\\s+', ' ', 'g')))
   from entities e where e.kind = 'case' and e.id = c.id and json_typeof(e.state #> '{facts,customer,value}') = 'string'`,
  'create index cases_customer on cases (customer, opened_at) where customer is not null and not finished',
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

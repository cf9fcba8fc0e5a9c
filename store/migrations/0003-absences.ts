/** Absences and substitutes of people, dates of effect, and inbox items that settle themselves. */

import { type Kysely, sql } from 'kysely';

const PEOPLE = [
  `alter table people
    add column absences jsonb not null default '[]',
    add column since timestamptz`,
  // The entry that made a row is the newest of its person that had seen the version before.
  `update people p set since = (
    select max(j.recorded_at) from journal j
    where j.kind = 'person' and j.entity = p.person and (j.text::json->>'people_version')::integer < p.version)`,
  `update people p set since = e.last_at from entities e where p.since is null and e.kind = 'person' and e.id = p.person`,
  `update people set since = now() where since is null`,
  `alter table people alter column since set not null`,
];

const INBOX = [
  `alter table inbox_items
    add column subject text,
    add column on_behalf_of text,
    add column settled_at timestamptz,
    add column settled_how text`,
  // What older messages were about, as far as they say.
  `update inbox_items set subject = case_id || case
      when kind in ('reminder', 'notice', 'demand') then '/stall'
      else '/evidence ' || substring(message->'text'->>'en' from 'evidence \`([^\`]+)\`') end
    where case_id is not null and kind in ('reminder', 'notice', 'demand', 'evidence_to_accept')`,
  `create index inbox_open on inbox_items (person, subject) where settled_at is null`,
  `create index inbox_on_behalf on inbox_items (on_behalf_of) where settled_at is null and on_behalf_of is not null`,
];

const CASES = [
  `alter table cases
    add column task_owners text[] not null default '{}',
    add column asked text[] not null default '{}'`,
  `update cases c set task_owners = coalesce((
    select array_agg(distinct task.value->>'owner')
    from entities e, json_each(e.state->'tasks') task
    where e.kind = 'case' and e.id = c.id and task.value->>'done_at' is null), '{}')`,
  // Cases did not remember whom they asked; the inboxes of those people do.
  `update cases c set asked = coalesce((
    select array_agg(distinct i.person) from inbox_items i where i.case_id = c.id and i.subject is not null), '{}')
    where not c.finished and (c.demanded or c.to_accept > 0)`,
];

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [...PEOPLE, ...INBOX, ...CASES]) await sql.raw(statement).execute(db);
}

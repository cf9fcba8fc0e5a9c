/** Which texts an erasure reaches: those about the person, those they wrote, those that name them. */

import { sql } from 'kysely';
import type { EntityKind } from '../../engine/entity.ts';
import { ERASED } from '../../engine/personal.ts';
import type { Store, Tx } from '../open-store.ts';
import type { KeptText } from '../personal-text.ts';

/** How a text concerns the person. `named`: Playrail worded it and it names them; `quoted`: somebody else wrote it and names them. */
export type Reach = 'about' | 'written' | 'named' | 'quoted';

export interface TextRow {
  readonly kind: EntityKind;
  readonly entity: string;
  readonly seq: number;
  readonly person: string;
  readonly role: 'about' | 'written';
  readonly texts: readonly KeptText[];
}

/** Every name and mail address they ever had here. */
export async function namesOf(db: Store['db'] | Tx, person: string): Promise<readonly string[]> {
  const { rows } = await sql<{ word: string }>`
    select distinct word from people, lateral (values (name), (email)) as words (word)
    where person = ${person} and word is not null and word <> ${ERASED}`.execute(db);
  return rows.map(({ word }) => word);
}

/** Tells whether a text has one of the names, as a word of its own where it is written in letters that are parted by spaces. */
export function namer(names: readonly string[]): (text: string) => boolean {
  const patterns = names
    .filter((name) => name.length > 1)
    .map((name) => {
      const word = name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
      return new RegExp(`(?<![\\p{Script=Latin}\\p{N}])${word}(?![\\p{Script=Latin}\\p{N}])`, 'u');
    });
  return (text) => patterns.some((pattern) => pattern.test(text));
}

/** Rows that may hold something to erase, a page in order of entity. */
export async function textRows(
  db: Store['db'] | Tx,
  person: string,
  names: readonly string[],
  after: Pick<TextRow, 'kind' | 'entity' | 'seq'>,
  limit: number,
): Promise<readonly TextRow[]> {
  const patterns = names.map(
    (name) =>
      `%${JSON.stringify(name)
        .slice(1, -1)
        .replace(/[\\%_]/gu, '\\$&')}%`,
  );
  const { rows } = await sql<TextRow>`
    select kind, entity, seq, person, role, texts from personal_texts
    where (person = ${person} or texts::text like any(${patterns}::text[]))
      and (kind, entity, seq) > (${after.kind}, ${after.entity}, ${after.seq})
    order by kind, entity, seq limit ${limit}`.execute(db);
  return rows;
}

/** Absent: the text does not concern them, or is erased already. */
export function reachOf(
  row: TextRow,
  text: KeptText,
  person: string,
  names: (text: string) => boolean,
): Reach | undefined {
  if (!('text' in text)) return undefined;
  if (row.person === person && row.role === 'about') return 'about';
  if (row.person === person && text.generated !== true) return 'written';
  if (!names(text.text)) return undefined;
  return text.generated === true ? 'named' : 'quoted';
}

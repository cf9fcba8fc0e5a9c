/** Names of uploaded files are texts too: erased with those that their uploader wrote, or that name somebody. What the files hold stays. */

import { sql } from 'kysely';
import type { Store } from '../open-store.ts';
import { namer } from './found-texts.ts';

/** Keeps the end of the name, by which programs know what to open the file with. */
const ERASED_NAME = '已删除-erased';

interface NamedFile {
  readonly case_id: string;
  readonly sha256: string;
  readonly name: string;
  readonly uploaded_by: string;
}

export interface FileNames {
  /** Of files that the person uploaded. */
  readonly written: readonly NamedFile[];
  /** Of files of others, with the person's name in theirs. */
  readonly quoted: readonly NamedFile[];
}

export async function fileNamesOf(store: Store, person: string, names: readonly string[]): Promise<FileNames> {
  const { rows } = await sql<NamedFile>`
    select case_id, sha256, name, uploaded_by from case_files
    where name not like ${`${ERASED_NAME}%`} and (uploaded_by = ${person}
      or exists (select from unnest(${[...names]}::text[]) as word where position(word in case_files.name) > 0))`.execute(
    store.db,
  );
  const isNamed = namer(names);
  return {
    written: rows.filter((row) => row.uploaded_by === person),
    quoted: rows.filter((row) => row.uploaded_by !== person && isNamed(row.name)),
  };
}

export async function eraseFileNames({ db }: Store, files: readonly NamedFile[]): Promise<void> {
  for (const { case_id, sha256, name } of files) {
    const ending = /\.[^.]+$/u.exec(name)?.[0] ?? '';
    await db
      .updateTable('case_files')
      .set({ name: ERASED_NAME + ending })
      .where('case_id', '=', case_id)
      .where('sha256', '=', sha256)
      .execute();
  }
}

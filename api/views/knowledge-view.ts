/** Notes as the API shows them: by name where they help, whole where they are asked for. */

import { z } from 'zod';
import { CATEGORIES, type Note } from '../../engine/playbook/knowledge.ts';
import { byId, list, text } from '../wire/shapes.ts';

export const noteRef = z
  .strictObject({ knowledge: z.string(), title: text })
  .meta({ id: 'NoteRef', description: 'A note that helps here: `GET /v1/knowledge/{id}`.' });

export type NoteRef = z.output<typeof noteRef>;

export const noteRow = z.strictObject({
  ...noteRef.shape,
  category: z.enum(CATEGORIES),
  tags: list(z.string()),
  attached_to: byId(list(z.string())).meta({ description: 'Pipeline → what in it, as `milestone pain-found`.' }),
  attached_to_people: list(z.string())
    .exactOptional()
    .meta({ description: 'About people, as `finding win-rate-low` or `coaching smart`.' }),
});

export type NoteRow = z.output<typeof noteRow>;

export const noteShape = z
  .strictObject({ ...noteRow.shape, text: text.meta({ description: 'Markdown.' }) })
  .meta({ id: 'Note' });

export type NoteView = z.output<typeof noteShape>;

export function refOf({ knowledge, title }: Note): NoteRef {
  return { knowledge, title };
}

export function rowOf(note: Note): NoteRow {
  const { category, tags, attached_to, attached_to_people: people } = note;
  return { ...refOf(note), category, tags, attached_to, ...(people !== undefined && { attached_to_people: people }) };
}

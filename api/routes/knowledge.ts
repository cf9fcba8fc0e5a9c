/** `/v1/knowledge`: the notes of the published playbooks, as they are now. */

import { z } from 'zod';
import { lookUp } from '../../engine/case/look-up.ts';
import { CATEGORIES } from '../../engine/playbook/knowledge.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { currentSet } from '../published-set.ts';
import { route } from '../route.ts';
import { noteRow, noteShape, rowOf } from '../views/knowledge-view.ts';
import { idOf, word } from '../wire/query.ts';
import { list as listOf } from '../wire/shapes.ts';

const listQuery = z.strictObject({
  pipeline: word.exactOptional().meta({ description: 'Only notes shown in this pipeline.' }),
  category: z.enum(CATEGORIES).exactOptional(),
  tag: word.exactOptional(),
});

async function list({ store }: ApiDeps, { query }: { readonly query: z.output<typeof listQuery> }) {
  const { pipeline, category, tag } = query;
  const notes = Object.values((await currentSet(store))?.knowledge ?? {});
  const items = notes
    .filter((note) => pipeline === undefined || lookUp(note.attached_to, pipeline) !== undefined)
    .filter((note) => category === undefined || note.category === category)
    .filter((note) => tag === undefined || note.tags.includes(tag))
    .map(rowOf);
  return { status: 200, body: { items } } as const;
}

const params = z.strictObject({ id: idOf('the note') });

async function show({ store }: ApiDeps, { params: { id } }: { readonly params: z.output<typeof params> }) {
  const note = lookUp((await currentSet(store))?.knowledge ?? {}, id);
  if (note !== undefined) return { status: 200, body: { ...rowOf(note), text: note.text } } as const;
  const message = { zh: `没有知识 \`${id}\``, en: `there is no note \`${id}\`` };
  throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-note', path: '', message }] });
}

export const knowledgeRoutes = [
  route({
    method: 'get',
    path: '/v1/knowledge',
    name: 'listKnowledge',
    summary: 'The notes there are',
    query: listQuery,
    answers: {
      200: { description: 'All that fit, without their texts.', body: z.strictObject({ items: listOf(noteRow) }) },
    },
    handle: list,
  }),
  route({
    method: 'get',
    path: '/v1/knowledge/{id}',
    name: 'showKnowledge',
    summary: 'One note',
    params,
    answers: { 200: { description: 'The note, whole.', body: noteShape } },
    handle: show,
  }),
];

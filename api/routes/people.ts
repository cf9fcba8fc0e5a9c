/** `/v1/people`: who is who, and letting somebody join. */

import { z } from 'zod';
import { listPeople } from '../../store/people.ts';
import { acceptedOrProblem } from '../answer-reply.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { entryNumber } from '../views/accepted-answer.ts';
import { personShape } from '../views/person-view.ts';
import { day, word, yesNo } from '../wire/query.ts';
import { list as listOf } from '../wire/shapes.ts';

const listQuery = z.strictObject({ role: word.exactOptional(), active: yesNo.default(true) });

async function list({ store }: ApiDeps, { query: { role, active } }: { readonly query: z.output<typeof listQuery> }) {
  const people = await listPeople(store);
  const items = Object.values(people.by_id)
    .filter((person) => person.active === active && (role === undefined || person.role === role))
    .sort((a, b) => (a.person < b.person ? -1 : 1));
  return { status: 200, body: { items, version: people.version } } as const;
}

/** `system` is the actor of timers. */
const personId = z
  .string()
  .max(100)
  .regex(/^(?!system$)[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u);

const text = z.string().min(1).max(200);

/** What holds of names and posts beyond their form is judged by the person's decider. */
const joinBody = z.strictObject({
  person: personId,
  name: text,
  role: text,
  manager: text.exactOptional(),
  region: text.exactOptional(),
  email: text.exactOptional(),
  lang: z.enum(['zh', 'en']).exactOptional(),
  active: z.boolean().exactOptional(),
  in_post_since: day.exactOptional().meta({ description: 'The day on which they came into their post.' }),
});

interface Sent {
  readonly body: z.output<typeof joinBody>;
  readonly key: string;
  readonly caller: Caller;
}

async function join({ entities, log }: ApiDeps, { body, key, caller }: Sent) {
  const { person: id, ...profile } = body;
  const { person, people } = caller;
  const command = {
    id: key,
    actor: person.person,
    body: { command: 'join', ...profile },
    sent_at: new Date().toISOString(),
  };
  const reply = await entities.send('person', id, command, { isNew: true });
  const { outcome, entry } = acceptedOrProblem(reply, { id: key, wording: { people, titles: undefined }, log });
  return { status: 201, body: { outcome, person: id, entry } } as const;
}

export const peopleRoutes = [
  route({
    method: 'get',
    path: '/v1/people',
    name: 'listPeople',
    summary: 'Who is who',
    query: listQuery,
    answers: {
      200: {
        description: 'The people, by id.',
        body: z.strictObject({
          items: listOf(personShape),
          version: z.int().meta({ description: 'Grows with every change of anybody.' }),
        }),
      },
    },
    handle: list,
  }),
  route({
    method: 'post',
    path: '/v1/people',
    name: 'joinPerson',
    summary: 'Let somebody join',
    body: joinBody,
    isCommand: true,
    answers: {
      201: {
        description: 'They have joined.',
        body: z.strictObject({ outcome: z.literal('accepted'), person: z.string(), entry: entryNumber }),
      },
    },
    handle: join,
  }),
];

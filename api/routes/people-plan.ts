/** `/v1/people/plan`: what a table of people would come to, before anything is done. */

import { z } from 'zod';
import { planRoster } from '../../engine/person/plan-roster.ts';
import { sha256 } from '../../store/hash.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import { list, text } from '../wire/shapes.ts';

const MOST_ROWS = 20_000;
/** As many rows of some hundred bytes. */
const PLAN_LIMIT = 8 * 1024 * 1024;

const cell = z.string().min(1).max(500);
const removable = cell.nullable().exactOptional();

const planBody = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        line: z.int().min(1),
        person: cell.exactOptional(),
        name: cell.exactOptional(),
        role: cell.exactOptional(),
        manager: removable,
        region: removable,
        email: removable,
        lang: z.enum(['zh', 'en']).exactOptional(),
        active: z.boolean().exactOptional(),
      }),
    )
    .max(MOST_ROWS),
});

/** Of the commands that `/v1/people` and `/v1/people/{id}/commands` take. */
const command = z.looseObject({ command: z.enum(['join', 'change', 'leave', 'return']) });

interface Asked {
  readonly body: z.output<typeof planBody>;
  readonly caller: Caller;
}

async function plan({ store }: ApiDeps, { body, caller }: Asked) {
  const { roles, calendars } = await publishedSet(store);
  const { steps, problems } = planRoster({ roles, calendars, people: caller.people }, body.rows, sha256);
  const named = steps.map((step) => ({ ...step, commands: step.commands.map((one) => command.parse(one)) }));
  return { status: 200, body: { steps: named, problems } } as const;
}

export const peoplePlanRoutes = [
  route({
    method: 'post',
    path: '/v1/people/plan',
    name: 'planPeople',
    summary: 'What a table of people would come to',
    description:
      'Each row becomes the commands it needs, those above before those below; nothing is done. A member that is left out stays as it is, `null` takes a value away.',
    right: 'import',
    body: planBody,
    bodyLimit: PLAN_LIMIT,
    problems: ['unavailable'],
    answers: {
      200: {
        description: 'The steps in order, and the rows that cannot be used.',
        body: z.strictObject({
          steps: list(
            z.strictObject({
              line: z.int(),
              person: z.string(),
              name: z.string(),
              commands: list(command).meta({ description: 'In order; empty: all is as the row says.' }),
            }),
          ),
          problems: list(z.strictObject({ line: z.int(), column: z.string().exactOptional(), message: text })),
        }),
      },
    },
    handle: plan,
  }),
];

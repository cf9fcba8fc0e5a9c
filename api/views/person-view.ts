/** A person as the API shows them. */

import { z } from 'zod';
import { instant, list } from '../wire/shapes.ts';

const absence = z.strictObject({
  absence: z.string().meta({ description: 'Its name among the absences of this person.' }),
  first_day: z.string().meta({ format: 'date' }),
  last_day: z.string().meta({ format: 'date' }),
  from: instant,
  until: instant.meta({ description: 'From then on they are back.' }),
  substitutes: list(z.string()).meta({ description: 'Who steps in: the first of them who is there.' }),
});

const members = {
  person: z.string(),
  name: z.string(),
  role: z.string(),
  manager: z.string().exactOptional().meta({ description: 'Whom this person reports to.' }),
  region: z.string().exactOptional(),
  email: z.string().exactOptional(),
  lang: z.enum(['zh', 'en']),
  active: z.boolean(),
  absences: list(absence).exactOptional().meta({ description: 'Those that are not over.' }),
};

export const personShape = z.strictObject(members).meta({ id: 'Person' });

/** One version of somebody: what held from `since` on. */
export const personVersionShape = z
  .strictObject({ ...members, version: z.int(), since: instant })
  .meta({ id: 'PersonVersion' });

/** Somebody with all that the caller may know of their presence. */
export const personDetailShape = z
  .strictObject({
    ...members,
    absences: list(
      absence.extend({
        reason: z
          .string()
          .exactOptional()
          .meta({ description: 'Told to the person, those above them, and administrators.' }),
      }),
    ).exactOptional(),
    version: z.int(),
    since: instant,
    away: z.boolean().meta({ description: 'An absence holds now.' }),
    stand_ins: list(z.string()).meta({ description: 'Who steps in now, in the order in which they are asked.' }),
    stands_in_for: list(z.string()).meta({ description: 'In whose place this person is asked now.' }),
    leaves: z
      .strictObject({ on: z.string().meta({ format: 'date' }), successor: z.string().exactOptional() })
      .exactOptional(),
    open_cases: z.int().meta({ description: 'Cases of theirs that are not finished.' }),
    open_items: z.int().meta({ description: 'Messages that still ask something of them.' }),
  })
  .meta({ id: 'PersonDetail' });

export type PersonDetail = z.output<typeof personDetailShape>;
export type PersonVersion = z.output<typeof personVersionShape>;

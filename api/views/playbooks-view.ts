/** The published playbooks as the API shows them. */

import { z } from 'zod';
import { RIGHTS } from '../../engine/playbook/roles.ts';
import { byId, instant, list, text } from '../wire/shapes.ts';

const set = z.strictObject({
  hash: z.string(),
  published_at: instant,
  published_by: z.string(),
  current: z.boolean(),
});

const gate = z.strictObject({
  gate: z.string(),
  title: text,
  at: z.enum(['open', 'advance', 'win', 'finish']),
  mode: z.enum(['shadow', 'warn', 'enforce']),
});

const pipeline = z.strictObject({
  pipeline: z.string(),
  title: text,
  rules: z.string().meta({ description: 'Hash of its rules.' }),
  stages: list(z.strictObject({ stage: z.string(), title: text, success_rate: z.number() })),
  gates: list(gate),
  ladders: list(z.strictObject({ ladder: z.string(), title: text })),
  lost_reasons: byId(text),
});

const post = z.strictObject({
  role: z.string(),
  title: text,
  over: z.enum(['own', 'team', 'all']),
  manages: z.string().optional(),
  may: list(z.enum(RIGHTS)),
  layer: text.optional(),
  duties: list(text),
  process: list(text).meta({ description: 'How its work goes, step by step.' }),
  authority: list(z.strictObject({ dimension: z.string(), title: text, limit: text })).meta({
    description: 'How far it may approve; a dimension that is not among them is one it may not approve in.',
  }),
});

export const playbooksShape = z
  .strictObject({
    sets: list(set).meta({ description: 'Every set ever published, newest first; one of them is current.' }),
    pipelines: list(pipeline).meta({ description: 'Of the current set, as is all that follows.' }),
    calendars: list(z.strictObject({ calendar: z.string(), zone: z.string(), valid_through: z.string() })),
    posts: list(post),
    mappings: list(z.string()),
  })
  .meta({ id: 'Playbooks' });

export type PostView = z.output<typeof post>;
export type PlaybooksView = z.output<typeof playbooksShape>;

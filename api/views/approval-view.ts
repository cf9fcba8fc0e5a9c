/** An approval as one sees it on its case: each step with who is asked, what it reviews, and what has changed since. */

import { z } from 'zod';
import { at, instant, list, personRef, text, value } from '../wire/shapes.ts';
import { changeShape } from './change-view.ts';

const answer = z.strictObject({
  by: personRef,
  on_behalf_of: personRef.exactOptional(),
  answer: z.enum(['approved', 'rejected']),
  at: instant,
});

const bound = z.strictObject({ name: z.string(), title: text, value, shown: text });

const step = z.strictObject({
  step: z.string(),
  title: text,
  turn: z.int().meta({ description: 'Counted from 1; steps of one turn are asked beside each other.' }),
  status: z
    .enum(['left_out', 'waits', 'asked', 'nobody_can', 'passed'])
    .meta({ description: '`waits`: its turn has not come. `nobody_can`: somebody is told that nobody can answer.' }),
  asked: list(personRef),
  answers: list(answer),
  digest: z.string().exactOptional().meta({ description: 'Of what is reviewed; an answer names it.' }),
  content: list(bound).exactOptional(),
  changes: list(changeShape)
    .exactOptional()
    .meta({ description: 'Since this step was last asked, where it was asked before.' }),
  due_at: instant.exactOptional(),
  is_late: z.boolean(),
  rule: at,
});

export const approvalView = z
  .strictObject({
    approval: z.string(),
    title: text,
    standing: z.enum([
      'approved',
      'stale',
      'under_review',
      'rejected',
      'sent_back',
      'recalled',
      'void',
      'lapsed',
      'missing',
    ]),
    round: z.int().exactOptional(),
    submitted_by: personRef.exactOptional(),
    submitted_at: instant.exactOptional(),
    ended_at: instant.exactOptional(),
    fresh_until: instant.exactOptional(),
    steps: list(step),
    rule: at,
  })
  .meta({ id: 'Approval' });

export type ApprovalView = z.output<typeof approvalView>;
export type ApprovalStepView = z.output<typeof step>;

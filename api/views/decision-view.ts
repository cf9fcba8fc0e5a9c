/** A decision of a case as the API tells it: what it came to and how, until when, and what must be answered. */

import { z } from 'zod';
import { at, instant, list, personRef, text } from '../wire/shapes.ts';
import { unmetLeaf } from './reason-view.ts';

const named = z.strictObject({ outcome: z.string(), title: text, advice: text.exactOptional() });

const questionView = z.strictObject({
  question: z.string(),
  title: text,
  help: text.exactOptional(),
  answers: list(z.strictObject({ answer: z.string(), title: text })),
});

const stepView = z.strictObject({
  question: z.string(),
  title: text,
  answer: z.string(),
  answer_title: text,
  by: z.enum(['people', 'facts']),
  person: personRef.exactOptional(),
  at: instant.exactOptional(),
});

/** What every telling of a decision has. */
const told = {
  decision: z.string(),
  title: text,
  why: text.exactOptional(),
  kind: z.enum(['tree', 'table']),
  standing: z
    .enum(['current', 'missing', 'asked_again', 'stale', 'open', 'cycle'])
    .meta({ description: 'Conditions on it are unknown unless it is `current`.' }),
  outcomes: list(named).meta({ description: 'What it comes to now; none where it is not current.' }),
  last: list(named).meta({ description: 'What it last came to, where that no longer stands.' }),
  decided_at: instant.exactOptional(),
  fresh_until: instant.exactOptional().meta({ description: 'Then the oldest of its answers is asked for again.' }),
  path: list(stepView).meta({ description: 'Of a tree: the questions on the way, as far as it leads.' }),
  rules: list(at).meta({ description: 'Of a table: the rules that hold.' }),
  asked_again: z
    .strictObject({
      since: instant,
      because: z.enum(['facts', 'time']),
      questions: list(z.string()),
      facts: list(z.strictObject({ fact: z.string(), title: text })).meta({ description: 'Those that changed.' }),
    })
    .exactOptional(),
  next: questionView.exactOptional().meta({ description: 'What must be answered next.' }),
  can_answer: list(personRef).meta({ description: 'Those asked; whoever stands above them may answer too.' }),
  rule: at,
};

export const decisionView = z.strictObject(told).meta({ id: 'Decision' });
export type DecisionView = z.output<typeof decisionView>;

const whyNot = z.strictObject({
  outcome: z.string(),
  title: text,
  text: text.meta({ description: 'The nearest reason why not.' }),
  unmet: list(unmetLeaf).exactOptional(),
  rule: at.exactOptional(),
});

const ruleWhyNot = z.strictObject({
  rule: at,
  outcome: z.string(),
  text,
  unmet: list(unmetLeaf).exactOptional(),
});

export const decisionExplanation = z
  .strictObject({
    case: z.string(),
    ...told,
    others: list(whyNot).meta({ description: 'Every outcome that it did not come to.' }),
    rules_against: list(ruleWhyNot).meta({ description: 'Of a table: every rule that does not count, and why.' }),
  })
  .meta({ id: 'DecisionExplanation' });
export type DecisionExplanationView = z.output<typeof decisionExplanation>;

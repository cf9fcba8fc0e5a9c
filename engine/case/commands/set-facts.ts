/** `set_facts`: puts down what is known about the case; null takes a fact away. */

import { invalid, misfit } from '../no.ts';
import { readFacts } from '../read-facts.ts';
import type { FactEntry } from '../state.ts';
import { draftOf, type Handler } from './handler.ts';

export const setFacts: Handler<'set_facts'> = (context, command) => {
  const read = readFacts(context, command.facts, '/facts');
  if (!read.ok) return invalid(...read.problems);
  const { values, cleared } = read;
  if (Object.keys(values).length + cleared.length === 0) return invalid(misfit('facts-missing', '/facts'));
  const facts = Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, FactEntry] => [
      name,
      { value, set_at: context.at, by: context.actor },
    ]),
  );
  return draftOf(context).add({ event: 'facts_set', facts, cleared }).accepted();
};

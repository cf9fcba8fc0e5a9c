/** Reads facts as they come over the wire into values of the types the pipeline declares. */

import { parseValue } from '../form/parse-value.ts';
import { pointer, shown } from '../form/problems.ts';
import type { Value } from '../playbook/value.ts';
import { answerContext } from './answer-context.ts';
import type { CaseView } from './case-view.ts';
import type { RawValues } from './command.ts';
import { lookUp } from './look-up.ts';
import { misfit } from './no.ts';
import type { Problem } from './outcome.ts';

export type ReadFacts =
  | { readonly ok: true; readonly values: Readonly<Record<string, Value>>; readonly cleared: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Null clears a fact. @param path JSON pointer of the facts in the command */
export function readFacts(
  view: Pick<CaseView, 'rules' | 'calendar' | 'world' | 'at'>,
  raw: RawValues,
  path: string,
): ReadFacts {
  const { rules } = view;
  const values: Record<string, Value> = {};
  const cleared: string[] = [];
  const problems: Problem[] = [];
  for (const [name, sent] of Object.entries(raw)) {
    const here = pointer(path, name);
    const spec = lookUp(rules.pipeline.facts, name);
    if (spec === undefined) problems.push(misfit('fact-unknown', here, shown(name)));
    else if (spec.from !== undefined) problems.push(misfit('fact-derived', here, shown(name)));
    else if (sent === null) cleared.push(name);
    else {
      const parsed = parseValue(spec, sent, answerContext(view, here));
      if (parsed.ok) values[name] = parsed.value;
      else problems.push(...parsed.problems);
    }
  }
  return problems.length === 0 ? { ok: true, values, cleared } : { ok: false, problems };
}

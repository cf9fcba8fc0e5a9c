/** Has json-rules-engine judge which findings hold, of a case or of a person. */

import { Engine } from 'json-rules-engine';
import type { CaseView } from '../engine/case/case-view.ts';
import { seenByWatch } from '../engine/case/findings/seen-by-watch.ts';
import { watchedIn } from '../engine/case/findings/watch.ts';
import { toCertainRules } from '../engine/condition/certain-rules.ts';
import { addOperators, rulesEngineFacts } from '../engine/condition/rules-engine-run.ts';
import type { Seen } from '../engine/condition/seen.ts';
import type { FindingQuestion } from '../engine/playbook/diagnosis.ts';

/** Ids of the findings that certainly hold, whether or not the case knows of them. */
export function judgeFindings(view: CaseView): Promise<ReadonlySet<string>> {
  const rules = watchedIn(view.world.playbook, view.state.pipeline).map(({ rule }) => rule);
  return judge(rules, seenByWatch(view));
}

/** The same of any rules, by what is seen. */
export async function judge(rules: readonly FindingQuestion[], seen: Seen): Promise<ReadonlySet<string>> {
  if (rules.length === 0) return new Set();
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: memberOf });
  addOperators(engine, seen);
  for (const { finding, when } of rules) engine.addRule({ conditions: toCertainRules(when), event: { type: finding } });
  const facts = rulesEngineFacts(
    rules.map(({ when }) => when),
    seen,
  );
  const { events } = await engine.run(facts);
  return new Set(events.map(({ type }) => type));
}

/** Exported paths name one member, `$.CNY`: a whole JSONPath would read the same, many times slower. */
function memberOf(value: object, path: string): unknown {
  return Reflect.get(value, path.slice('$.'.length));
}

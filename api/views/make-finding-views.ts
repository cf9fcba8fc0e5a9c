/** Makes findings ready to show: titles, people, what was seen, what to ask and to do. */

import type { CaseView } from '../../engine/case/case-view.ts';
import { childKeyOf } from '../../engine/case/findings/child-key.ts';
import { type FindingEntry, isOpen } from '../../engine/case/findings/finding.ts';
import { ruleFor } from '../../engine/case/findings/watch.ts';
import { lookUp } from '../../engine/case/look-up.ts';
import { CLASS_TITLES } from '../../engine/playbook/diagnosis.ts';
import { GIVEN_FACTS, isGivenFact } from '../../engine/playbook/given-facts.ts';
import { same, valueText } from '../../engine/playbook/value-text.ts';
import type { FindingView } from './finding-view.ts';
import { personRef } from './person-ref.ts';

/** Those that stand, in the order they were found first. */
export function makeFindingViews(view: CaseView): FindingView[] {
  const standing = Object.entries(view.state.findings ?? {}).filter(([, entry]) => entry.gone_at === undefined);
  return standing.map(([finding, entry]) => makeFindingView(view, finding, entry));
}

export function makeFindingView(view: CaseView, finding: string, entry: FindingEntry): FindingView {
  const { world, state, at } = view;
  const rule = ruleFor(view, finding);
  const { answer, due_at } = entry;
  const key = childKeyOf(finding, entry.n);
  const children = Object.entries(state.children ?? {});
  return {
    finding,
    diagnosis: entry.diagnosis,
    class: entry.class,
    class_title: CLASS_TITLES[entry.class],
    title: rule?.title ?? same(finding),
    standing: answer === undefined ? 'open' : answer.as === 'respond' ? 'in_hand' : 'declined',
    found_at: entry.found_at,
    times: entry.n,
    ...(due_at !== undefined && { due_at }),
    is_overdue: isOpen(entry) && due_at !== undefined && due_at <= at,
    asked: entry.asked.map((person) => personRef(world.people, person)),
    seen: seenViews(view, entry),
    causes: rule?.causes ?? [],
    ...(rule !== undefined && { prescription: rule.prescription }),
    ...(answer !== undefined && {
      answered: { as: answer.as, by: personRef(world.people, answer.by), at: answer.at },
    }),
    responses: children.filter(([, child]) => child.key === key).map(([id]) => id),
    rule: entry.rule,
  };
}

function seenViews({ rules }: CaseView, { facts, things }: FindingEntry): FindingView['seen'] {
  const ofFacts = Object.entries(facts).map(([name, value]) => {
    const fact = isGivenFact(name) ? GIVEN_FACTS[name] : lookUp(rules.pipeline.facts, name);
    return {
      name: `fact ${name}`,
      title: fact?.title ?? same(name),
      shown: fact ? valueText(value, fact) : same(String(value)),
    };
  });
  const ofThings = Object.entries(things).map(([name, value]) => ({
    name,
    title: same(name),
    shown: same(String(value)),
  }));
  return [...ofFacts, ...ofThings];
}

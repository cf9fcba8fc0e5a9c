/** The titles of everything a pipeline's rules name, for showing. */

import type { Decision } from '../../engine/playbook/decision.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { Fact } from '../../engine/playbook/value.ts';
import { same } from '../../engine/playbook/value-text.ts';

export interface Titles {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly evidence: ReadonlyMap<string, Text>;
  readonly approvals: ReadonlyMap<string, Text>;
  /** Fields of evidence, as approvals bind them: `evidence id.field`. */
  readonly bound: ReadonlyMap<string, Text>;
  readonly milestones: ReadonlyMap<string, Text>;
  readonly stages: ReadonlyMap<string, Text>;
  readonly activities: ReadonlyMap<string, Text>;
  readonly decisions: ReadonlyMap<string, DecisionTitles>;
}

export interface DecisionTitles {
  readonly title: Text;
  readonly outcomes: ReadonlyMap<string, Text>;
}

/** The kinds of activity every pipeline has. */
const ACTIVITIES: Readonly<Record<string, Text>> = {
  any: { zh: '任何活动', en: 'any activity' },
  call: { zh: '电话', en: 'call' },
  visit: { zh: '拜访', en: 'visit' },
  meeting: { zh: '会议', en: 'meeting' },
  mail: { zh: '邮件', en: 'mail' },
  other: { zh: '其他', en: 'other' },
};

const cache = new WeakMap<Rules, Titles>();

/** Laid out once for each rules object. */
export function titlesOf(rules: Rules): Titles {
  const cached = cache.get(rules);
  if (cached !== undefined) return cached;
  const { stages, facts, activities } = rules.pipeline;
  const evidence = [...stages.flatMap((stage) => stage.evidence), ...rules.gates.flatMap((gate) => gate.evidence)];
  const titles: Titles = {
    facts: new Map(Object.entries(facts)),
    evidence: new Map(evidence.map((rule) => [rule.evidence, rule.title])),
    approvals: new Map(Object.values(rules.approvals ?? {}).map((rule) => [rule.approval, rule.title])),
    bound: new Map(
      evidence.flatMap((rule) =>
        rule.fields.map(({ field, title }) => [`evidence ${rule.evidence}.${field}`, title] as const),
      ),
    ),
    milestones: new Map(stages.flatMap((stage) => stage.milestones).map((one) => [one.milestone, one.title])),
    stages: new Map(stages.map((stage) => [stage.stage, stage.title])),
    activities: new Map(Object.entries({ ...ACTIVITIES, ...activities })),
    decisions: new Map((rules.decisions ?? []).map((one) => [one.decision, decisionTitles(one)])),
  };
  cache.set(rules, titles);
  return titles;
}

function decisionTitles({ title, outcomes }: Decision): DecisionTitles {
  return { title, outcomes: new Map(outcomes.map((one) => [one.outcome, one.title])) };
}

/** The id itself where there is no title. */
export function titleIn(titles: ReadonlyMap<string, Text>, id: string): Text {
  return titles.get(id) ?? same(id);
}

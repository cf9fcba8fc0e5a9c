/** Draws a pipeline: its stages, and what stands between one and the next. */

import { type Titles, titlesOf } from '../../api/views/titles.ts';
import type { Gate } from '../../engine/playbook/gate.ts';
import type { Pipeline, Stage } from '../../engine/playbook/pipeline.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { conditionText } from './condition-text.ts';
import { Flowchart } from './mermaid.ts';

const WORDS = {
  won: { zh: '赢单', en: 'Won' },
  finished: { zh: '结束', en: 'Finished' },
} as const;

/** Absent where the set has no pipeline of that name. */
export function drawPipeline(set: PlaybookSet, name: string, lang: Lang): string | undefined {
  const rules = Object.hasOwn(set.rules, name) ? set.rules[name] : undefined;
  if (rules === undefined) return undefined;
  const { pipeline, gates } = rules;
  const titles = titlesOf(rules);
  const gatesAt = (point: Gate['at_point']) =>
    gates.filter((gate) => gate.at_point === point).map(({ title }) => `◇ ${title[lang]}`);
  const chart = new Flowchart();
  chart.node('start', 'start', pipeline.title[lang]);
  for (const { stage, when } of pipeline.open_at) {
    const condition = when === undefined ? [] : [conditionText(when, titles, lang)];
    chart.arrow('start', `stage ${stage}`, ...condition, ...gatesAt('open'));
  }
  const winning = winningIndex(pipeline);
  pipeline.stages.forEach((stage, index) => {
    chart.node(`stage ${stage.stage}`, 'box', `${stage.title[lang]} ${Math.round(stage.success_rate * 100)}%`);
    const next = pipeline.stages[index + 1];
    const end = index === winning ? 'won' : 'finished';
    if (next === undefined) chart.node('over', 'end', WORDS[end][lang]);
    const won = index === winning && next !== undefined ? [`★ ${WORDS.won[lang]}`] : [];
    chart.arrow(
      `stage ${stage.stage}`,
      next === undefined ? 'over' : `stage ${next.stage}`,
      ...asked(stage, next, titles, lang),
      ...gatesAt(next === undefined ? 'finish' : 'advance'),
      ...(index === winning ? gatesAt('win') : []),
      ...won,
    );
  });
  return chart.toString();
}

function winningIndex({ won_on_leaving, stages }: Pipeline): number {
  return won_on_leaving === undefined ? stages.length - 1 : stages.findIndex(({ stage }) => stage === won_on_leaving);
}

/** Milestones by their names, conditions in their words. */
function asked(stage: Stage, next: Stage | undefined, titles: Titles, lang: Lang): readonly string[] {
  const conditions = [stage.leave_when, next?.enter_when].filter((one) => one !== undefined);
  return [
    ...stage.milestones.map(({ title }) => `✓ ${title[lang]}`),
    ...conditions.map((condition) => conditionText(condition, titles, lang)),
  ];
}

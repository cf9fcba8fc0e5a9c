/** `playrail explain ID`: what stands in the way of the next stage, and a shortest way there. */

import type { Command } from 'commander';
import type { CaseDetail } from '../../api/views/case-detail.ts';
import type { DecisionExplanationView } from '../../api/views/decision-view.ts';
import type { ExplainView } from '../../api/views/explain-view.ts';
import { reasonOf } from '../api-client.ts';
import { decisionLines } from '../case-decision-lines.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { reasonLines } from '../print-problem.ts';
import { clockIn } from '../show-time.ts';
import { printable } from '../text-width.ts';

function explainLines(view: ExplainView, { lang, say }: ClientContext): string[] {
  const goal = view.goal_text[lang];
  if (view.is_open) return [say(`${goal}：没有阻碍，可以 advance`, `${goal}: nothing stands in the way; advance`)];
  const lines = [say(`${goal}：还有 ${view.unmet.length} 项未满足`, `${goal}: ${view.unmet.length} unmet`)];
  for (const reason of view.unmet) lines.push(...reasonLines(reasonOf(reason), lang));
  if (view.acts === undefined) {
    return [...lines, '', say('目前没有任何做法可以达到', 'as things stand, no acts reach it')];
  }
  lines.push('', say('最省力的做法', 'Shortest way'));
  view.acts.forEach((act, index) => {
    const can = act.people.length === 0 ? '' : `  (${act.people.map((person) => person.name).join(', ')})`;
    lines.push(`  ${index + 1}. ${act.text[lang]}${can}  [${act.command}]`);
  });
  return lines;
}

async function showDecision(id: string, decision: string, context: ClientContext): Promise<void> {
  const path = `/v1/cases/${encodeURIComponent(id)}`;
  const explained = await context.api.get<DecisionExplanationView>(`${path}/decisions/${encodeURIComponent(decision)}`);
  if (context.json) return context.printJson(explained);
  const { zone } = await context.api.get<CaseDetail>(path);
  context.print(...decisionLines(explained, { ...context, face: clockIn(zone) }).map(printable));
}

export function registerExplain(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('explain'), 'playrail explain c-k3v7q2mzx4pa')
    .description(
      say('说明差什么、怎样最省力地进入下一阶段', 'tell what is missing for the next stage and a shortest way there'),
    )
    .argument('<id>', say('案件编号', 'the case'))
    .option(
      '--decision <name>',
      say('说明一个决策：怎样得出，为什么不是别的', 'a decision instead: how it came about, and why not otherwise'),
    )
    .action(async (id: string, options: { readonly decision?: string }, command: Command) => {
      const context = clientContext(command);
      if (options.decision !== undefined) return showDecision(id, options.decision, context);
      const view = await context.api.get<ExplainView>(`/v1/cases/${encodeURIComponent(id)}/explain`);
      if (context.json) context.printJson(view);
      else context.print(...explainLines(view, context).map(printable));
    });
}

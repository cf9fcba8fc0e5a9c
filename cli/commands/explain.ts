/** `playrail explain ID`: what stands in the way of the next stage, and a shortest way there. */

import type { Command } from 'commander';
import type { ExplainView } from '../../api/views/explain-view.ts';
import { reasonOf } from '../api-client.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { reasonLines } from '../print-problem.ts';
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

export function registerExplain(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('explain'), 'playrail explain c-k3v7q2mzx4pa')
    .description(
      say('说明差什么、怎样最省力地进入下一阶段', 'tell what is missing for the next stage and a shortest way there'),
    )
    .argument('<id>', say('案件编号', 'the case'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = clientContext(command);
      const view = await context.api.get<ExplainView>(`/v1/cases/${encodeURIComponent(id)}/explain`);
      if (context.json) context.printJson(view);
      else context.print(...explainLines(view, context).map(printable));
    });
}

/** `playrail posts`: what each post answers for, how its work goes, what it may do and how far it may approve. */

import type { Command } from 'commander';
import type { PlaybooksView, PostView } from '../../api/views/playbooks-view.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { postLines } from '../post-lines.ts';
import { tableLines } from '../table.ts';

export function registerPosts(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('posts'), 'playrail posts manager')
    .description(say('职位：职责、流程、权利、审批权限', 'the posts: duties, process, rights, authority'))
    .argument('[role]', say('职位；缺省为全部', 'the post; all of them when absent'))
    .action(async (role: string | undefined, _options: unknown, command: Command) => {
      const context = clientContext(command);
      const { posts } = await context.api.get<PlaybooksView>('/v1/playbooks');
      const shown = role === undefined ? posts : posts.filter((post) => post.role === role);
      if (role !== undefined && shown.length === 0) {
        command.error(context.say(`没有职位 ${role}`, `there is no post ${role}`), { exitCode: 2 });
      }
      if (context.json) context.printJson(role === undefined ? { items: shown } : shown[0]);
      else if (role === undefined) context.print(...listLines(shown, context));
      else context.print(...shown.flatMap((post) => postLines(post, context.lang)));
    });
}

function listLines(posts: readonly PostView[], context: ClientContext): readonly string[] {
  const { lang } = context;
  const columns = [
    { head: context.say('编号', 'POST'), cell: (row: PostView) => row.role },
    { head: context.say('名称', 'TITLE'), cell: (row: PostView) => row.title[lang] },
    { head: context.say('层级', 'LAYER'), cell: (row: PostView) => row.layer?.[lang] ?? '' },
    { head: context.say('下属', 'MANAGES'), cell: (row: PostView) => row.manages ?? '' },
    {
      head: context.say('审批权限', 'MAY APPROVE'),
      cell: (row: PostView) => row.authority.map(({ title, limit }) => `${title[lang]} ${limit[lang]}`).join(', '),
      shrinks: true,
    },
  ];
  return tableLines(columns, posts, context.room);
}

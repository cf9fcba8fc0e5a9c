/** `playrail note [NAME]`: one note to read, or which there are. */

import type { Command } from 'commander';
import type { NoteRow, NoteView } from '../../api/views/knowledge-view.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { type Column, tableLines } from '../table.ts';
import { printable } from '../text-width.ts';

export function registerNote(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('note'), 'playrail note\nplayrail note first-visit-guide')
    .description(say('阅读一则知识；不写名称则列出', 'read a note, or list them'))
    .argument('[name]', say('知识的标识', 'id of the note'))
    .option('--pipeline <id>', say('只列此流程的', 'list those of this pipeline only'))
    .option('--tag <tag>', say('只列有此标签的', 'list those with this tag only'))
    .action((name: string | undefined, options: ListOptions, command: Command) => {
      const context = clientContext(command);
      return name === undefined ? list(context, options) : show(context, name);
    });
}

interface ListOptions {
  readonly pipeline?: string;
  readonly tag?: string;
}

async function list(context: ClientContext, { pipeline, tag }: ListOptions): Promise<void> {
  const page = await context.api.get<{ readonly items: readonly NoteRow[] }>('/v1/knowledge', { pipeline, tag });
  if (context.json) return context.printJson(page);
  const { say, lang } = context;
  const columns: readonly Column<NoteRow>[] = [
    { head: say('标识', 'NAME'), cell: ({ knowledge }) => knowledge },
    { head: say('名称', 'TITLE'), cell: ({ title }) => title[lang], shrinks: true },
    { head: say('类别', 'CATEGORY'), cell: ({ category }) => category },
    { head: say('标签', 'TAGS'), cell: ({ tags }) => tags.join(', '), shrinks: true },
  ];
  context.print(...tableLines(columns, page.items, context.room));
}

async function show(context: ClientContext, name: string): Promise<void> {
  const note = await context.api.get<NoteView>(`/v1/knowledge/${encodeURIComponent(name)}`);
  if (context.json) return context.printJson(note);
  const { lang } = context;
  context.print(...[note.title[lang], '', ...note.text[lang].split('\n')].map(printable));
}

/** `playrail events`: everything that happens, as it happens or from the beginning. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { FeedItemView, FeedPageView } from '../../api/views/feed-view.ts';
import { ProblemAnswer } from '../api-client.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { openEventStream } from '../event-stream.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { serverAddress } from '../server-address.ts';
import { clockIn } from '../show-time.ts';
import { printable } from '../text-width.ts';

interface EventsOptions {
  readonly follow?: boolean;
  readonly after?: string;
  readonly case?: string;
  readonly person?: string;
  readonly kind?: string;
  readonly event?: string;
  readonly limit: string;
}

const AGAIN_AFTER_MS = 1_000;

export function registerEvents(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('events'), 'playrail events --follow --json\nplayrail events --case HIVUC1C4')
    .description(say('列出或跟随发生的一切', 'list or follow everything that happens'))
    .option('--follow', say('持续输出新的条目', 'stay, and print what comes'))
    .option(
      '--after <cursor>',
      say('从此游标之后；end 表示只要新的', 'go on after this cursor; `end`: only what is to come'),
    )
    .option('--case <id>', say('只看此案件', 'of this case only'))
    .option('--person <id>', say('只看此人所为', 'done by this person only'))
    .option('--kind <case|person>', say('只看案件或人员', 'of cases or of people only'))
    .option(
      '--event <names>',
      say('只看含这些事件的条目，逗号分隔', 'entries with any of these events, commas between'),
    )
    .option('--limit <n>', say('条数', 'how many'), '50')
    .action(async (options: EventsOptions, command: Command) => {
      const context = clientContext(command);
      if (options.follow === true) await follow(context, options, command);
      else await list(context, options);
    });
}

function queryOf({ after, case: id, person, kind, event: events }: EventsOptions) {
  return { after, case: id, person, kind, events };
}

async function list(context: ClientContext, options: EventsOptions): Promise<void> {
  const query = { ...queryOf(options), limit: options.limit };
  const page = await context.api.get<FeedPageView>('/v1/events', query);
  if (context.json) return context.printJson(page);
  for (const item of page.items) print(context, item);
  context.print(context.say(`下一页：--after ${page.next}`, `go on with: --after ${page.next}`));
}

/** Comes again by itself wherever the connection ends or the server is away, once it was there, and misses nothing. */
async function follow(context: ClientContext, options: EventsOptions, command: Command): Promise<void> {
  const address = serverAddress(command.optsWithGlobals());
  const asked = { ...queryOf(options), after: options.after ?? 'end' };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
  let last: string | undefined;
  for (;;) {
    const position = last === undefined ? {} : { lastEventId: last };
    try {
      const stream = await openEventStream(address, { path: `/v1/events?${query}`, lang: context.lang, ...position });
      // The answer to the same question without a stream is the problem it has.
      if (stream === undefined)
        await context.api.get('/v1/events', { ...asked, after: last ?? asked.after, limit: '1' });
      for await (const { id, data } of stream ?? []) {
        last = id;
        if (data !== '') print(context, JSON.parse(data));
      }
    } catch (error) {
      if (last === undefined || !isFault(error)) throw error;
    }
    await delay(AGAIN_AFTER_MS);
  }
}

/** What passes by itself, as when the server is started anew. */
function isFault(error: unknown): boolean {
  return error instanceof ProblemAnswer
    ? error.problem.kind === 'fault'
    : error instanceof CliExit && error.exitCode === EXIT.fault;
}

/** With `--json` one line for each entry, as other programs read them. */
function print(context: ClientContext, item: FeedItemView): void {
  if (context.json) {
    context.print(JSON.stringify(item));
    return;
  }
  const { entry } = item;
  const names = (entry.events ?? []).flatMap((event) =>
    typeof event === 'object' && event !== null && 'event' in event ? [String(event.event)] : [],
  );
  const what = names.length > 0 ? names.join(', ') : entry.outcome;
  const line = `${clockIn().instant(entry.at)}  ${entry.entity.kind}/${entry.entity.id}#${entry.seq}  ${entry.actor}  ${what}`;
  context.print(printable(line));
}

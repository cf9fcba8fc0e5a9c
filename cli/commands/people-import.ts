/** `playrail people import`: people from a table, by the same commands as one by one. */

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { PersonCommand } from '../../engine/person/command.ts';
import type { RosterPlan, RosterStep } from '../../engine/person/plan-roster.ts';
import { type Roster, type RosterProblem, readRoster } from '../../engine/person/read-roster.ts';
import { ENCODINGS, type Encoding } from '../../engine/playbook/mapping.ts';
import { ProblemAnswer } from '../api-client.ts';
import { asClientCommand, type ClientContext, clientContext } from '../client-command.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { printable } from '../text-width.ts';

interface ImportOptions {
  readonly dryRun?: boolean;
  readonly encoding?: Encoding;
}

export function registerPeopleImport(people: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(
    people.command('import'),
    'playrail people import team.csv --dry-run\nplayrail people import team.csv',
  )
    .description(say('从表格导入人员；可重复运行', 'bring people in from a table; may be run again'))
    .argument('<file>', say('CSV 或 Excel，首行为列名', 'CSV or Excel; the first row names the columns'))
    .option('--dry-run', say('只说会做什么', 'only say what would be done'))
    .addOption(
      new Option('--encoding <name>', say('CSV 的编码，缺省 UTF-8', 'encoding of a CSV; UTF-8 when absent')).choices(
        ENCODINGS,
      ),
    )
    .action(async (file: string, options: ImportOptions, command: Command) => {
      await importPeople(clientContext(command), file, options);
    });
}

/** Good rows are carried out whatever is wrong with others; bad ones make the exit code 1. */
async function importPeople(
  context: ClientContext,
  file: string,
  { dryRun: isDry = false, encoding }: ImportOptions,
): Promise<void> {
  const { readPeopleTable } = await import('../read-people-table.ts');
  const roster = readRoster(await readPeopleTable(file, encoding));
  const plan = await context.api.post<RosterPlan>('/v1/people/plan', { rows: roster.rows });
  const due = plan.steps.filter((step) => step.commands.length > 0);
  const failed = isDry ? [] : await carryOut(context, due);
  const problems = [...roster.problems, ...plan.problems, ...failed].sort((a, b) => a.line - b.line);
  const done = due.filter((step) => !failed.some((problem) => problem.line === step.line));
  if (context.json)
    context.printJson({
      dry_run: isDry,
      steps: done,
      unchanged: plan.steps.length - due.length,
      problems,
      ignored: roster.ignored,
    });
  else report(context, file, { roster, plan, done, problems, isDry });
  if (problems.length > 0) {
    throw new CliExit(EXIT.no, { zh: `${problems.length} 处有误`, en: `${problems.length} problems` });
  }
}

/** One after another, as those below need those above. A row that is refused is told in its place. */
async function carryOut(context: ClientContext, steps: readonly RosterStep[]): Promise<readonly RosterProblem[]> {
  const problems: RosterProblem[] = [];
  for (const [index, { line, person, commands }] of steps.entries()) {
    if (!context.json && process.stderr.isTTY) process.stderr.write(`\r${index + 1}/${steps.length}`);
    try {
      for (const command of commands) await give(context, person, command);
    } catch (error) {
      if (!(error instanceof ProblemAnswer) || error.problem.kind === 'fault') throw error;
      problems.push({ line, message: { zh: error.problem.detail, en: error.problem.detail } });
    }
  }
  if (!context.json && process.stderr.isTTY) process.stderr.write('\r');
  return problems;
}

async function give(context: ClientContext, person: string, command: PersonCommand): Promise<void> {
  const { command: name, ...profile } = command;
  const key = `people:${createHash('sha256')
    .update(JSON.stringify([person, command, Date.now()]))
    .digest('hex')
    .slice(0, 32)}`;
  if (name === 'join') await context.api.post('/v1/people', { person, ...profile }, key);
  else await context.api.post(`/v1/people/${encodeURIComponent(person)}/commands`, command, key);
}

interface Outcome {
  readonly roster: Roster;
  readonly plan: RosterPlan;
  readonly done: readonly RosterStep[];
  readonly problems: readonly RosterProblem[];
  readonly isDry: boolean;
}

function report(context: ClientContext, path: string, { roster, plan, done, problems, isDry }: Outcome): void {
  const { say } = context;
  const file = basename(path);
  const words: Readonly<Record<string, string>> = {
    join: say('加入', 'join'),
    change: say('更改', 'change'),
    leave: say('离职', 'leave'),
    return: say('返回', 'return'),
  };
  for (const { line, person, name, commands } of done) {
    const what = commands.map(({ command }) => words[command] ?? command).join(', ');
    context.print(printable(`${file}:${line}: ${what}  ${person}  ${name}`));
  }
  for (const { line, column, message } of problems) {
    const place = column === undefined ? `${file}:${line}` : `${file}:${line} ${column}`;
    context.print(printable(`${place}: ${context.read(message)}`));
  }
  if (roster.ignored.length > 0) {
    context.print(
      printable(say(`未用的列：${roster.ignored.join('、')}`, `columns not used: ${roster.ignored.join(', ')}`)),
    );
  }
  const unchanged = plan.steps.filter((step) => step.commands.length === 0).length;
  context.print(
    isDry
      ? say(
          `试运行：${done.length} 人会变，${unchanged} 人不变，${problems.length} 处有误`,
          `dry run: ${done.length} would change, ${unchanged} stay as they are, ${problems.length} problems`,
        )
      : say(
          `${done.length} 人已变，${unchanged} 人不变，${problems.length} 处有误`,
          `${done.length} changed, ${unchanged} stayed as they are, ${problems.length} problems`,
        ),
  );
}

/** All commands of `playrail`, each registered by its own file. */

import { Command } from 'commander';
import { registerAudit } from './commands/audit.ts';
import { registerBackup } from './commands/backup.ts';
import { registerCase } from './commands/case.ts';
import { registerCases } from './commands/cases.ts';
import { registerCheck } from './commands/check.ts';
import { registerCoach } from './commands/coach.ts';
import { registerCompletion } from './commands/completion.ts';
import { registerDebt } from './commands/debt.ts';
import { registerDifferences } from './commands/differences.ts';
import { registerDo } from './commands/do.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerDossier } from './commands/dossier.ts';
import { registerDraw } from './commands/draw.ts';
import { registerEvents } from './commands/events.ts';
import { registerExplain } from './commands/explain.ts';
import { registerFiles } from './commands/files.ts';
import { registerFindings } from './commands/findings.ts';
import { registerGates } from './commands/gates.ts';
import { registerImport } from './commands/import.ts';
import { registerInbox } from './commands/inbox.ts';
import { registerInspect } from './commands/inspect.ts';
import { registerKeys } from './commands/keys.ts';
import { registerMeasures } from './commands/measures.ts';
import { registerNote } from './commands/note.ts';
import { registerOpen } from './commands/open.ts';
import { registerPeople } from './commands/people.ts';
import { registerPosts } from './commands/posts.ts';
import { registerProcesses } from './commands/processes.ts';
import { registerRecover } from './commands/recover.ts';
import { registerReps } from './commands/reps.ts';
import { registerScorecard } from './commands/scorecard.ts';
import { registerServe } from './commands/serve.ts';
import { registerTest } from './commands/test.ts';
import { registerWeek } from './commands/week.ts';
import { sayIn, terminalLang } from './lang.ts';

/** In the order the help lists them: the installation, the playbooks, the work. */
const REGISTER: readonly ((program: Command) => void)[] = [
  registerServe,
  registerProcesses,
  registerDoctor,
  registerRecover,
  registerDifferences,
  registerCheck,
  registerTest,
  registerDraw,
  registerImport,
  registerCases,
  registerCase,
  registerDebt,
  registerMeasures,
  registerReps,
  registerCoach,
  registerFindings,
  registerScorecard,
  registerWeek,
  registerGates,
  registerOpen,
  registerDo,
  registerFiles,
  registerDossier,
  registerExplain,
  registerInspect,
  registerNote,
  registerInbox,
  registerPeople,
  registerPosts,
  registerKeys,
  registerAudit,
  registerEvents,
  registerBackup,
  registerCompletion,
];

/** Throws instead of exiting, so that `main` alone decides the exit code. */
export function createProgram(): Command {
  const say = sayIn(terminalLang());
  const program = new Command('playrail')
    .description(say('让销售剧本得到执行', 'holds sales to their playbooks'))
    .showHelpAfterError(say('（用 --help 查看用法）', '(see --help)'))
    .addHelpText(
      'after',
      `\n${say('退出码', 'Exit codes')}: 0 ${say('成功', 'ok')}, 1 ${say('被拒绝或剧本有错', 'no: refused, forbidden, playbooks with errors')}, 2 ${say('用法或输入有误', 'wrong usage or input')}, 3 ${say('故障或连不上', 'fault or not reachable')}`,
    );
  for (const register of REGISTER) register(program);
  settle(program);
  return program;
}

/** For every command below too; an option after the name of a subcommand is the subcommand's. */
function settle(command: Command): void {
  command.exitOverride().enablePositionalOptions();
  for (const child of command.commands) settle(child);
}

/** Brings in the people that an export names, those above before those below. */

import { heartbeat } from '@temporalio/activity';
import type { MappedPerson } from '../engine/mapping/map-people.ts';
import type { RowProblem } from '../engine/mapping/tables.ts';
import type { ImportJob } from '../store/imports/import-job.ts';
import { joinCommand } from '../store/imports/join-command.ts';
import { newcomersOf, type ReadImport } from '../store/imports/prepare-import.ts';
import { personProblems } from '../store/imports/problems-of-reply.ts';
import type { Store } from '../store/open-store.ts';
import { listPeople } from '../store/people.ts';
import type { Reply } from './contract.ts';
import { inParallel } from './in-parallel.ts';
import { type Sender, sendCommand } from './send-to-entity.ts';

export interface JoinedTeam {
  /** How many joined by this import, in this attempt or one before. */
  readonly people: number;
  /** Who could not join, and what is contradictory about the team, by place in the file. */
  readonly problems: readonly RowProblem[];
}

/** @throws Error when somebody's workflow does not answer: the whole is done again, and nobody joins twice. */
export async function joinTeam(
  deps: Sender & { readonly store: Store },
  job: ImportJob,
  read: ReadImport,
): Promise<JoinedTeam> {
  const commandId = `import:${job.import}:join`;
  const team = newcomersOf(read, await listPeople(deps.store));
  const problems: RowProblem[] = [...team.problems];
  const join = async (newcomer: MappedPerson): Promise<void> => {
    const { person } = newcomer;
    const command = { id: commandId, actor: job.started_by, body: joinCommand(newcomer) };
    const reply: Reply = await sendCommand(deps, { kind: 'person', id: person }, command);
    if (reply.outcome === 'fault') throw new Error(`${person} could not join: ${reply.cause} (${reply.detail})`);
    problems.push(...personProblems(read, newcomer, reply));
    heartbeat();
  };
  for (const rank of team.ranks) await inParallel(rank, join);
  problems.sort((a, b) => a.line - b.line);
  return { people: await countJoined(deps.store, commandId), problems };
}

async function countJoined({ db }: Store, commandId: string): Promise<number> {
  const row = await db
    .selectFrom('journal')
    .innerJoin('people', (join) =>
      join.onRef('people.person', '=', 'journal.entity').on('people.until_version', 'is', null),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('journal.kind', '=', 'person')
    .where('journal.command_id', '=', commandId)
    .executeTakeFirstOrThrow();
  return row.count;
}

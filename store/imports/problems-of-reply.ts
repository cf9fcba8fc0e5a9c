/** What the engine said to somebody or something that came with an import, told at its place in the file. */

import type { Reply } from '../../engine/entity.ts';
import { FAULT_CAUSES, faultCauseOf } from '../../engine/fault.ts';
import type { MappedPerson } from '../../engine/mapping/map-people.ts';
import { columnBehind, type GoodRow } from '../../engine/mapping/map-row.ts';
import type { RowProblem } from '../../engine/mapping/tables.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { ReadImport } from './prepare-import.ts';

/** What the replies `no` carry: problems and reasons alike have a message, and a path where there is one. */
interface Said {
  readonly message: Text;
  readonly path?: string;
}

/** Nothing for an accepted row. */
export function rowProblems({ mapping, tables }: ReadImport, row: GoodRow, reply: Reply): readonly RowProblem[] {
  return saidBy(reply).map(({ message, path = '' }) => ({
    file: tables.main.file,
    line: row.line,
    column: columnBehind(mapping, path),
    message,
  }));
}

/** Nothing for somebody who joined. */
export function personProblems(
  { mapping, tables }: ReadImport,
  { line, column, name }: MappedPerson,
  reply: Reply,
): readonly RowProblem[] {
  const file = tables.table(mapping.people?.table ?? '')?.file ?? tables.main.file;
  return saidBy(reply).map(({ message: { zh, en } }) => ({
    file,
    line,
    column,
    message: { zh: `\`${name}\` 未能加入：${zh}`, en: `\`${name}\` could not join: ${en}` },
  }));
}

function saidBy(reply: Reply): readonly Said[] {
  switch (reply.outcome) {
    case 'accepted':
      return [];
    case 'invalid':
      return reply.problems as readonly Said[];
    case 'refused':
      return reply.reasons as readonly Said[];
    case 'forbidden':
      return [reply.reason as Said];
    case 'fault':
      return [{ message: FAULT_CAUSES[faultCauseOf(reply.cause)].title }];
    default:
      return reply satisfies never;
  }
}

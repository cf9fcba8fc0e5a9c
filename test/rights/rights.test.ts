/** Rights by role: the whole matrix of role, command and state against what the roles were given, written down apart from the engine. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Bench, ROWS, type Row, rightsSet, STANDS, STATES, said } from './cases.ts';
import { type Cell, cellsOf, holds, isAsked, pageOf, seenBy } from './page.ts';

const set = rightsSet();
const cells = cellsOf(set);

const file = z.object({
  posts: z.array(
    z.object({
      role: z.string(),
      may: z.array(z.string()),
      over: z.enum(['own', 'team', 'all']),
      authority: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});
/** As the file says, without our compiler. */
const POSTS = file.parse(parse(readFileSync('playbooks/sales.yaml', 'utf8'))).posts;

/** The right that a command asks for where it is not named like it; null: nobody's. */
const OTHER_RIGHTS: Readonly<Record<string, string | null>> = {
  note_change: 'import',
  settle_change: 'see',
  resubmit: 'request_approval',
  recall: 'request_approval',
  cancel_approval: 'request_approval',
  reject: 'approve',
  send_back: 'approve',
  comment: 'see',
  record_findings: null,
  answer_finding: 'see',
  add_signer: 'approve',
  remove_signer: 'approve',
  transfer: 'approve',
  delegate: 'approve',
  copy_to: 'see',
  remind: 'request_approval',
  wake: null,
  people_changed: null,
  child_changed: null,
  child_refused: null,
  parent_changed: null,
  start_again: 'open',
  withdraw_waiver: 'waive',
};
/** What the test case is worth, in CNY. */
const AMOUNT = 150_000;

/** What the roles were meant to allow. */
function isMeant({ row, role, stand, state }: Cell): boolean {
  const post = POSTS.find((one) => one.role === role);
  const right = row.command in OTHER_RIGHTS ? OTHER_RIGHTS[row.command] : row.command;
  if (post === undefined || right === null || right === undefined) return false;
  // Whose task it is says that it is done, whatever their post; the other task is the owner's.
  if (row.row === 'complete_task (given to them)') return true;
  if (row.command === 'complete_task') return stand === 'own';
  const reaches = { own: ['own'], team: ['own', 'below'], all: ['own', 'below', 'elsewhere'] }[post.over];
  if (!post.may.includes(right) || !reaches.includes(stand)) return false;
  if (row.row.includes('who submitted it')) return isSubmitter(post.may, reaches, stand) ? false : isAboveOwner(stand);
  if (row.row.includes('asked of the owner')) return stand === 'own' || isAboveOwner(stand);
  if (row.row.includes('asks for authority')) return isAboveOwner(stand) && reach(post.authority) >= AMOUNT;
  // Whose case it is does not inspect it.
  if (row.command === 'inspect' && stand === 'own') return false;
  if (row.command === 'waive' || row.command === 'withdraw_waiver') return isAboveOwner(stand);
  if (row.command === 'accept_evidence' || row.command === 'reject_evidence') return isAboveOwner(stand);
  if (row.command === 'resolve' && state === 'demanded') return isAboveOwner(stand);
  if (row.command === 'settle_change' && state === 'held') return isAboveOwner(stand);
  return true;
}

/** Evidence, demands and changes of the test case are asked of the owner's manager. */
function isAboveOwner(stand: Cell['stand']): boolean {
  return stand === 'below';
}

function isSubmitter(may: readonly string[], reaches: readonly string[], stand: string): boolean {
  return may.includes('submit_evidence') && reaches.includes(stand);
}

function reach(authority: Readonly<Record<string, unknown>> | undefined): number {
  const limit = String(authority?.['amount'] ?? '0万 CNY');
  return limit === 'no limit' ? Number.POSITIVE_INFINITY : Number(limit.replace('万 CNY', '')) * 10_000;
}

const nameOf = ({ row, role, stand, state }: Cell) => `${role}, ${stand}, ${state}: ${row.row}`;

describe('the matrix of role, command and state', () => {
  test('is whole', () => {
    expect(cells).toHaveLength(POSTS.length * STANDS.length * STATES.length * ROWS.length);
    expect(new Set(cells.map(nameOf)).size).toBe(cells.length);
  });

  test('allows what the roles were given, nothing else and nothing less', () => {
    const asked = cells.filter(isAsked);
    const allowed = asked.filter((cell) => cell.said !== 'case-finished' && cell.isAllowed);
    expect(allowed.filter((cell) => !isMeant(cell)).map(nameOf)).toEqual([]);
    expect(asked.filter((cell) => !cell.isAllowed && isMeant(cell)).map(nameOf)).toEqual([]);
  });

  test('changes nothing in cases that are not there, and opens none twice', () => {
    const rest = cells.filter((cell) => !isAsked(cell));
    for (const cell of rest) expect(`${nameOf(cell)} ${cell.said}`).toMatch(/ (no-such-case|case-exists)$/);
  });

  test('says one thing to all who may, whatever their post: the state answers, not the person', () => {
    for (const row of ROWS) {
      for (const state of STATES) {
        const met = cells.filter((cell) => cell.row === row && cell.state === state && cell.isAllowed);
        const answers = new Set(met.map((cell) => cell.said));
        expect(`${row.row}, ${state}: ${[...answers].join(' | ')}`).not.toContain('|');
      }
    }
  });

  test('is joined by what posts may without a command', () => {
    for (const { role, may, over } of POSTS) {
      expect([role, seenBy(set, role)]).toEqual([role, may.includes('see') ? over : '·']);
      for (const right of ['import', 'administer'] as const)
        expect([role, right, holds(set, role, right)]).toEqual([role, right, may.includes(right)]);
    }
  });

  test('is written down', () => expect(pageOf(cells, set)).toMatchFileSnapshot(resolve('docs/rights.md')));
});

describe('whoever holds no post', () => {
  const commands = ROWS.filter(({ command }) => !(command in OTHER_RIGHTS) || OTHER_RIGHTS[command] !== null);
  const answers = (actor: string, rows: readonly Row[] = commands) => {
    const bench = new Bench(set, 'manager', 'below');
    return STATES.slice(1).flatMap((state) => {
      bench.bringTo(state);
      return rows.filter(({ command }) => command !== 'open').map((row) => said(bench.answer(row, actor)));
    });
  };

  test('may nothing: strangers, and the system beyond its own', () => {
    expect(new Set(answers('stranger'))).toEqual(new Set(['no-right']));
    expect(new Set(answers('system'))).toEqual(new Set(['no-right']));
  });
});

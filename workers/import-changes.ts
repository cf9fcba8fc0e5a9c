/** Does what a mapping says about changes in the CRM, by commands to the cases through their own workflows. */

import { heartbeat } from '@temporalio/activity';
import type { CaseCommand } from '../engine/case/command.ts';
import type { Text } from '../engine/playbook/text.ts';
import { sha256 } from '../store/hash.ts';
import { outcomeOf, withOutcome } from '../store/imports/change-outcome.ts';
import { type ImportJob, saveProgress } from '../store/imports/import-job.ts';
import type { ChangeOutcome } from '../store/imports/import-progress.ts';
import { type PendingChange, pendingChanges, settleChanges } from '../store/imports/pending-changes.ts';
import type { ReadImport } from '../store/imports/prepare-import.ts';
import { withVanished } from '../store/imports/vanished-rows.ts';
import type { Store } from '../store/open-store.ts';
import type { Reply } from './contract.ts';
import { inParallel } from './in-parallel.ts';
import { type Sender, sendCommand } from './send-to-entity.ts';

const CHANGES_A_PAGE = 40;

type Deps = Sender & { readonly store: Store };

interface Settled {
  readonly outcome: ChangeOutcome;
  /** Of what failed. */
  readonly why?: Text;
}

/**
 * One page of them; what was cut off is done again, and each command counts once.
 * @returns whether there are more
 * @throws Error when a case does not answer
 */
export async function importChanges(deps: Deps, job: ImportJob, read: ReadImport): Promise<[ImportJob, boolean]> {
  const { store } = deps;
  const page = await pendingChanges(store, job.import, CHANGES_A_PAGE);
  if (page.length === 0) {
    const progress = await withVanished(store, job, read.tables.main.file);
    return [await saveProgress(store.db, job, { ...progress, phase: 'workflows' }), false];
  }
  const settled = new Map<string, Settled>();
  await inParallel(page, async (one) => {
    settled.set(one.external_id, await settle(deps, job, read, one));
    heartbeat();
  });
  const { file } = read.tables.main;
  const progress = page.reduce((before, row) => {
    const { outcome, why } = settled.get(row.external_id) ?? { outcome: 'failed' };
    return withOutcome(before, { ...row, file }, outcome, why);
  }, job.progress);
  const outcomes = new Map([...settled].map(([id, { outcome }]) => [id, outcome]));
  const after = await store.db.transaction().execute(async (tx) => {
    await settleChanges(tx, job, outcomes);
    return saveProgress(tx, job, progress);
  });
  return [after, true];
}

async function settle(deps: Deps, job: ImportJob, read: ReadImport, row: PendingChange): Promise<Settled> {
  const { standing, facts, owner } = row.change;
  const move = moveCommand(read, job, row);
  const others: readonly CaseCommand[] = [
    ...(facts === undefined ? [] : [{ command: 'set_facts', facts } as const]),
    ...(owner === undefined ? [] : [{ command: 'hand_over', to: owner } as const]),
  ];
  // A finished case takes facts only once it has been opened again; one that is closed takes them before.
  const commands = standing.finished ? [...move, ...others] : [...others, ...move];
  const outcome = outcomeOf(row.change);
  for (const body of commands) {
    const id = `import:${job.import}:${sha256(row.external_id).slice(0, 24)}:${body.command}`;
    const command = { id, actor: job.started_by, body };
    const reply: Reply = await sendCommand(deps, { kind: 'case', id: standing.case }, command);
    if (reply.outcome === 'accepted' || isNothingNew(reply)) continue;
    if (reply.outcome === 'fault') throw new Error(`${standing.case} did not take ${body.command}: ${reply.cause}`);
    return { outcome: 'failed', why: textOf(reply, body.command) };
  }
  return { outcome };
}

/** The CRM has come to where the case stands meanwhile, or the case is theirs already. */
function isNothingNew(reply: Reply): boolean {
  if (reply.outcome !== 'refused') return false;
  const codes: readonly string[] = ['crm-agrees', 'owner-same'];
  return (reply.reasons as readonly { readonly code: string }[]).every(({ code }) => codes.includes(code));
}

function moveCommand({ mapping }: ReadImport, job: ImportJob, { change }: PendingChange): readonly CaseCommand[] {
  const { position, debt_due_on: due } = change;
  const rule = mapping.if_changed_outside;
  if (position === undefined || position.verdict === 'agreed' || rule === undefined) return [];
  const { was, now, verdict: policy } = position;
  const debt = due === undefined ? {} : { debt_due_on: due };
  return [{ command: 'note_change', policy, source: job.mapping, was, now, asks: rule.asks, ...debt }];
}

function textOf(reply: Exclude<Reply, { outcome: 'accepted' | 'fault' }>, command: string): Text {
  const said = {
    refused: () => (reply.outcome === 'refused' ? reply.reasons : []),
    invalid: () => (reply.outcome === 'invalid' ? reply.problems : []),
    forbidden: () => (reply.outcome === 'forbidden' ? [reply.reason] : []),
  }[reply.outcome]();
  const messages = (said as readonly { readonly message: Text }[]).map(({ message }) => message);
  return {
    zh: `没有更新（${command}）：${messages.map(({ zh }) => zh).join('；')}`,
    en: `is not updated (${command}): ${messages.map(({ en }) => en).join('; ')}`,
  };
}

/** The nightly look for cases that wait for somebody who has left, or for nobody: each is told, and an administrator hears of it. */

import type { Client } from '@temporalio/client';
import type { Message } from '../engine/person/message.ts';
import { administrators } from '../engine/who/resolve-who.ts';
import { SYSTEM } from '../engine/who/rights.ts';
import { sha256 } from '../store/hash.ts';
import { type LeftBehind, leftBehind } from '../store/left-behind.ts';
import type { Store } from '../store/open-store.ts';
import { listPeople } from '../store/people.ts';
import { type StuckApproval, stuckApprovals } from '../store/stuck-approvals.ts';
import { messageOf } from './embedded/setup-error.ts';
import type { Log } from './log.ts';
import { signalCommand } from './send-to-entity.ts';

export interface PeopleCheckDeps {
  readonly store: Store;
  readonly client: Client;
  readonly taskQueue: string;
  readonly log: Log;
}

/** More than this are found the next night, when these have gone to others. */
const MOST_A_NIGHT = 5_000;
/** Longer lists are not read. */
const MOST_LINES = 20;

/** Call it as often as you like: it looks once a day, the first time at the start. */
export function nightlyPeopleCheck(deps: PeopleCheckDeps): () => Promise<void> {
  let last = '';
  return async () => {
    const today = new Date().toISOString().slice(0, 10);
    if (today === last) return;
    try {
      await checkPeople(deps, today);
      last = today;
    } catch (error) {
      // The next sweep tries again; what else a sweep does must not wait for it.
      deps.log.warn({ error: messageOf(error) }, 'nobody could look for cases left behind');
    }
  };
}

/** @param day part of the commands' ids: however many workers look, each case is told once */
async function checkPeople({ store, client, taskQueue, log }: PeopleCheckDeps, day: string): Promise<void> {
  const found = await leftBehind(store, MOST_A_NIGHT);
  const stuck = await stuckApprovals(store, MOST_A_NIGHT);
  if (found.length + stuck.length === 0) return;
  if (found.length > 0) log.warn({ cases: found.length }, 'cases waited for people who have left, and go to others');
  const told = new Set<string>();
  for (const { case: id, person } of found) {
    const command = { id: `people-check:${day}:${person}`, actor: SYSTEM, body: { command: 'people_changed', person } };
    if (!told.has(`${id} ${person}`)) await signalCommand({ client, taskQueue }, { kind: 'case', id }, command);
    told.add(`${id} ${person}`);
  }
  if (stuck.length > 0) log.warn({ approvals: stuck.length }, 'approvals wait for nobody');
  // Somebody may hold the post by now: then the case asks them.
  for (const id of new Set(stuck.map((one) => one.case))) {
    const command = { id: `people-check:${day}:stuck`, actor: SYSTEM, body: { command: 'wake' } };
    await signalCommand({ client, taskQueue }, { kind: 'case', id }, command);
  }
  // A later look on the same day that finds others is another message.
  const id = `people-check:${day}:${sha256(JSON.stringify([found, stuck])).slice(0, 16)}`;
  const now = new Date().toISOString();
  for (const admin of administrators(await listPeople(store), now)) {
    const command = { id, actor: SYSTEM, body: { command: 'receive', message: report(found, stuck) } };
    await signalCommand({ client, taskQueue }, { kind: 'person', id: admin }, command);
  }
}

const WHY: Readonly<Record<LeftBehind['why'], { readonly zh: string; readonly en: string }>> = {
  owner: { zh: '负责人已离职', en: 'its owner has left' },
  task: { zh: '任务的负责人已离职', en: 'somebody with a task has left' },
  asked: { zh: '被问的人已离职', en: 'somebody who was asked has left' },
};

function report(found: readonly LeftBehind[], stuck: readonly StuckApproval[]): Message {
  const items = [...found.map(leftItem), ...stuck.map(stuckItem)];
  const count = new Set(items.map((one) => one.case)).size;
  return {
    kind: 'digest',
    title: {
      zh: `${count} 个案件在等已离职的人，或没有人可等`,
      en: `${count} cases waited for people who have left, or wait for nobody`,
    },
    text: {
      zh: '夜间检查的结果。等已离职的人的，已转给接手的人或上级；审批没有人可答的，请安排人担任职位，或给步骤写后备',
      en: 'Found by the nightly check. What stood with somebody who has left went to whoever stands above; where nobody can answer an approval, see that somebody holds the post, or give the step a fallback',
    },
    items: items.slice(0, MOST_LINES),
  };
}

function leftItem({ case: id, title, person, why }: LeftBehind) {
  return { case: id, case_title: title, text: { zh: `${WHY[why].zh}：${person}`, en: `${WHY[why].en}: ${person}` } };
}

function stuckItem({ case: id, title, approval, step }: StuckApproval) {
  const text = {
    zh: `审批 ${approval} 的 ${step} 没有人可答`,
    en: `nobody can answer ${step} of approval ${approval}`,
  };
  return { case: id, case_title: title, text };
}

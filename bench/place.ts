/** Servers, a store, a worker and clients for one bench, on a small set of playbooks; all new, all stopped at the end. */

import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import { openClient } from '../api/open-client.ts';
import type { SourceFile } from '../engine/language/compile-set.ts';
import { compileSet } from '../engine/language/compile-set.ts';
import { sha256 } from '../store/hash.ts';
import { migrate } from '../store/migrate.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { publish } from '../store/publish.ts';
import {
  COMMAND_UPDATE,
  type EntityKind,
  entityRun,
  type Reply,
  type SentCommand,
  WORKFLOW_TYPES,
  workflowIdOf,
} from '../workers/contract.ts';
import { type Embedded, startEmbedded } from '../workers/embedded/start-embedded.ts';
import { startWorker } from '../workers/worker.ts';

export const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An administrator who may do everything, and reps who are told things. */
export const ADMIN = 'admin';
export const REPS = ['rep-0', 'rep-1', 'rep-2', 'rep-3', 'rep-4', 'rep-5', 'rep-6', 'rep-7'];

const RIGHTS = 'see, open, set_facts, log_activity, submit_evidence, advance, hand_over, close, import, administer';

export const PLAYBOOKS: readonly SourceFile[] = [
  {
    path: 'deal.yaml',
    text: `pipeline: deal
title: { zh: 商机, en: Deal }
subject: opportunity
calendar: always
facts: { count: { type: number, title: { zh: 次数, en: Count } } }
open_at: [ lead ]
lost_reasons: { price: { zh: 价格, en: Price } }
stages:
  - stage: lead
    title: { zh: 线索, en: Lead }
    success_rate: 10%
    ladder: quiet
    leave_when: { fact: count, is_known: true }
`,
  },
  {
    path: 'quiet.yaml',
    text: `ladder: quiet
title: { zh: 停滞, en: Gone quiet }
starts: [ { no_activity: 10 days } ]
ends_when: [ activity, advance ]
rungs: [ { after: 0 days, do: [ { remind: owner } ] } ]
`,
  },
  {
    path: 'always.yaml',
    text: `calendar: always
zone: UTC
hours: { monday-sunday: [ 00:00-24:00 ] }
valid_through: 2099-12-31
`,
  },
  {
    path: 'sales.yaml',
    text: `roles: sales
posts:
  - { role: admin, title: { zh: 管理员, en: Administrator }, over: all, may: [ ${RIGHTS} ] }
  - { role: rep, title: { zh: 销售, en: Rep }, over: own, may: [ see, open ] }
`,
  },
];

export interface Servers extends Pick<Embedded, 'databaseUrl' | 'temporalAddress' | 'stop'> {}

/** @param name of the folder below the bench's own */
export async function startServers(dir: string, name = 'servers'): Promise<Servers> {
  const dataDir = join(dir, name);
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  return startEmbedded({ dataDir, env: process.env, say: () => undefined });
}

export async function openFilledStore(databaseUrl: string, files: readonly SourceFile[] = PLAYBOOKS): Promise<Store> {
  await migrate(databaseUrl);
  const store = openStore({ databaseUrl });
  const { set, diagnostics } = compileSet([...files], { sha256 });
  if (set === undefined) throw new Error(`the bench's playbooks do not compile: ${JSON.stringify(diagnostics)}`);
  await publish(store, set, Object.fromEntries(files.map(({ path, text }) => [path, text])), ADMIN);
  return store;
}

export interface Place {
  readonly servers: Servers;
  readonly store: Store;
  readonly client: Client;
  readonly taskQueue: string;
  stop(): Promise<void>;
}

/** Everything up, with its people. */
export async function startPlace(dir: string, files: readonly SourceFile[] = PLAYBOOKS): Promise<Place> {
  const servers = await startServers(dir);
  const store = await openFilledStore(servers.databaseUrl, files);
  const taskQueue = 'bench';
  const { temporalAddress } = servers;
  const worker = await startWorker({ store, temporalAddress, taskQueue, destinations: { webhooks: {} }, log: QUIET });
  const client = openClient(temporalAddress);
  const place: Place = {
    servers,
    store,
    client,
    taskQueue,
    stop: async () => {
      await worker.stop();
      await client.connection.close();
      await store.close();
      await servers.stop();
    },
  };
  await begin(place, 'person', ADMIN, { command: 'join', name: 'Admin', role: 'admin' }, 'system');
  return place;
}

export async function joinReps(place: Place): Promise<void> {
  for (const rep of REPS) await begin(place, 'person', rep, { command: 'join', name: rep, role: 'rep' }, 'system');
}

/** The first command of an entity, which starts its workflow. @throws Error when it is not accepted */
export async function begin(place: Place, kind: EntityKind, id: string, body: object, actor = ADMIN): Promise<void> {
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES[kind], {
    ...entityRun({ kind, id }, place.taskQueue),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  const args: [SentCommand] = [{ id: randomUUID(), actor, body }];
  mustBeAccepted(
    await place.client.workflow.executeUpdateWithStart<() => Promise<void>, Reply, [SentCommand]>(COMMAND_UPDATE, {
      args,
      startWorkflowOperation,
    }),
  );
}

/** A busy machine makes steps late now and then. */
export const MOST_FAULTS = 5;

export const OPEN = { command: 'open', title: 'Benchmark', pipeline: 'deal' };

/** One command to a case that runs already, sent again after a fault as a caller would. @throws Error when it is not accepted */
export async function give(
  { client }: Pick<Place, 'client'>,
  caseId: string,
  body: object,
  actor = ADMIN,
): Promise<void> {
  const command: SentCommand = { id: randomUUID(), actor, body };
  const handle = client.workflow.getHandle(workflowIdOf('case', caseId));
  const send = () => handle.executeUpdate<Reply, [SentCommand]>(COMMAND_UPDATE, { args: [command] });
  let reply = await send();
  for (let again = 0; reply.outcome === 'fault' && again < MOST_FAULTS; again += 1) reply = await send();
  mustBeAccepted(reply);
}

function mustBeAccepted(reply: Reply): void {
  if (reply.outcome !== 'accepted') throw new Error(`a command was not accepted: ${JSON.stringify(reply)}`);
}

/** Asks again until it says yes; what it throws on a busy machine is no answer. @throws Error when that takes longer than `forMs` */
export async function until(isSo: () => Promise<boolean>, forMs: number, everyMs = 200): Promise<void> {
  const end = performance.now() + forMs;
  let last: unknown;
  const ask = async () => {
    try {
      return await isSo();
    } catch (error) {
      last = error;
      return false;
    }
  };
  while (!(await ask())) {
    const why = last instanceof Error ? `: ${last.message}` : '';
    if (performance.now() > end) throw new Error(`it did not come about within ${Math.round(forMs / 1000)} s${why}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Starts the whole path for one test file: a database of its own, a worker, the API on a free port, five people with keys. */

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';
import { type Logger, pino } from 'pino';
import { inject } from 'vitest';
import { createApp } from '../../api/create-app.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { createEntityClient } from '../../api/entity-client.ts';
import { createHttpServer } from '../../api/http-server.ts';
import type { ApiLimits } from '../../api/limits.ts';
import { openClient } from '../../api/open-client.ts';
import { openapiDocument } from '../../api/openapi.ts';
import { ROUTES } from '../../api/routes.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import { sha256 } from '../../store/hash.ts';
import { createKey } from '../../store/keys.ts';
import { migrate } from '../../store/migrate.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { publish } from '../../store/publish.ts';
import { startWorker } from '../../workers/worker.ts';
import { freshDatabase } from '../fresh-database.ts';
import { freshNamespace } from '../fresh-namespace.ts';
import { createAnswerChecker } from '../openapi/check-answer.ts';
import { PLAYBOOKS } from './playbooks.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Tests look into bodies freely; what they claim of them they check. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is being tested
  readonly body: any;
}

export interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is instead of `body`. */
  readonly raw?: string;
  readonly as?: Who | 'nobody';
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const PEOPLE = {
  admin: { name: 'Administrator', role: 'admin' },
  zhang: { name: '张敏', role: 'manager' },
  liu: { name: '刘伟', role: 'rep', manager: 'zhang' },
  dustin: { name: 'Dustin Brinkmann', role: 'manager' },
  anna: { name: 'Anna Snelling', role: 'rep', manager: 'dustin' },
} as const;

export type Who = keyof typeof PEOPLE;

export interface TestApi {
  readonly url: string;
  readonly store: Store;
  readonly databaseUrl: string;
  readonly client: Client;
  /** The secret of somebody's key. */
  keyOf(who: Who): string;
  /** Requests that are being answered. */
  underWay(): number;
  /** As the process does when it is told to stop: what is under way is answered. */
  drain(): Promise<void>;
  /** POSTs with a body get a new Idempotency-Key unless `key` names one, or is null for none. */
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** Opens a case of `as` (liu) and returns its id. */
  open(as?: Who): Promise<string>;
  command(id: string, body: object, as?: Who, key?: string): Promise<Answer>;
  /** Nobody takes commands any more. */
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartApi {
  readonly limits?: Partial<ApiLimits>;
  /** The API's and the worker's way to PostgreSQL; made of its own url. */
  readonly databaseBy?: (url: URL) => Promise<string>;
  /** The API's own way to Temporal. */
  readonly temporalAddress?: string;
  readonly deadlineMs?: number;
  readonly proxies?: number;
  /** Where the log goes; nowhere where absent. */
  readonly log?: Logger;
  /** Workflows' clocks may be moved ahead. */
  readonly allowTimeTravel?: boolean;
  /** Where files are kept, and which; nowhere where absent. */
  readonly files?: ApiDeps['files'];
  /** Where checkpoints are signed and copied to. */
  readonly audit?: ApiDeps['audit'];
  /** Published instead of the small set. */
  readonly playbooks?: typeof PLAYBOOKS;
}

/** Every answer that any test gets is held to the OpenAPI document. */
const checkAnswer = createAnswerChecker(openapiDocument(ROUTES));

export async function startApi(options: StartApi = {}): Promise<TestApi> {
  const databaseUrl = await freshDatabase();
  await migrate(databaseUrl);
  const store = openStore({
    databaseUrl: (await options.databaseBy?.(new URL(databaseUrl))) ?? databaseUrl,
    allowTimeTravel: options.allowTimeTravel === true,
  });
  const { playbooks = PLAYBOOKS } = options;
  const { set, diagnostics } = compileSet([...playbooks], { sha256 });
  if (set === undefined) throw new Error(`the test's playbooks do not compile: ${JSON.stringify(diagnostics)}`);
  await publish(store, set, Object.fromEntries(playbooks.map((file) => [file.path, file.text])), 'admin');

  const log = options.log ?? pino({ level: 'silent' });
  const temporalAddress = inject('temporalAddress');
  const namespace = await freshNamespace();
  const worker = await startWorker({ store, temporalAddress, namespace, destinations: { webhooks: {} }, log });
  const client = openClient(options.temporalAddress ?? temporalAddress, namespace);
  const deadline = options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs };
  const entities = createEntityClient({ client, ...deadline });
  const limits = options.limits === undefined ? {} : { limits: options.limits };
  const { server, handle, underWay, drain } = createHttpServer();
  handle(
    createApp({
      store,
      entities,
      log,
      ...limits,
      ...(options.files !== undefined && { files: options.files }),
      ...(options.audit !== undefined && { audit: options.audit }),
      ...(options.proxies !== undefined && { proxies: options.proxies }),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const keys = new Map<string, string>();
  for (const [id, profile] of Object.entries(PEOPLE)) {
    const command = { id: `join-${id}`, actor: 'system', body: { command: 'join', ...profile } };
    const reply = await entities.send('person', id, command, { isNew: true });
    if (reply.outcome !== 'accepted') throw new Error(`${id} cannot join: ${JSON.stringify(reply)}`);
    keys.set(id, await createKey(store, id, 'test'));
  }

  const ask = async (
    path: string,
    { method, body, raw, as = 'liu', key, headers, signal }: Ask = {},
  ): Promise<Answer> => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const secret = keys.get(as);
    const verb = method ?? (sent === undefined ? 'GET' : 'POST');
    const response = await fetch(url + path, {
      method: verb,
      ...(signal !== undefined && { signal }),
      ...(sent !== undefined && { body: sent }),
      headers: {
        ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...(sent !== undefined && key !== null && { 'idempotency-key': key ?? randomUUID() }),
        ...headers,
      },
    });
    const text = await response.text();
    const { status, headers: got } = response;
    const faults = checkAnswer({ method: verb, path, status, headers: got, text });
    if (faults.length > 0) {
      throw new Error(
        `${verb} ${path}: not as the OpenAPI document says:\n${faults.join('\n')}\n${text.slice(0, 2_000)}`,
      );
    }
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };

  return {
    url,
    store,
    databaseUrl,
    client,
    ask,
    keyOf: (who) => keys.get(who) ?? '',
    underWay,
    drain,
    open: async (as = 'liu') => {
      const facts = { amount: '50万 CNY' };
      const answer = await ask('/v1/cases', { as, body: { title: '东方公司', pipeline: 'deal', facts } });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body.case;
    },
    command: (id, body, as = 'liu', key) =>
      ask(`/v1/cases/${id}/commands`, { as, body, ...(key !== undefined && { key }) }),
    stopWorker: worker.stop,
    stop: async () => {
      server.closeAllConnections();
      await drain();
      await worker.stop();
      await client.connection.close();
      await store.close();
    },
  };
}

/** A webhook that takes connections and never answers, or does not even take them, delays only its own messages. */

import { type ChildProcess, spawn } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { step } from '../../store/step.ts';
import { destinationsFromEnv } from '../../workers/destinations.ts';
import { eventually } from '../workers/eventually.ts';
import { mailSink } from '../workers/mail-sink.ts';
import { makePlace, type Place } from '../workers/place.ts';

const DAY_MS = 86_400_000;
const secret = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

/** Takes every connection and says nothing. @returns its url, and how many connections it holds. */
async function blackHole(): Promise<{ url: string; held: () => number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('close', () => sockets.delete(socket))
      .resume();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hook`,
    held: () => sockets.size,
  };
}

/** A process that listens and was stopped, its queue full: connections to it are never made. @returns its url. */
async function stoppedListener(): Promise<string> {
  const program = `const server = require('node:net').createServer().listen(0, '127.0.0.1', 1, () => console.log(server.address().port))`;
  const child: ChildProcess = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { stdout } = child;
  if (stdout === null) throw new Error('no output');
  const port = Number(await new Promise((resolve) => createInterface({ input: stdout }).once('line', resolve)));
  child.kill('SIGSTOP');
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  onTestFinished(() => {
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
  });
  return `http://127.0.0.1:${port}/hook`;
}

/** Opens a case whose second rung is due in `ms`: seventeen days after its opening. */
async function openBefore({ store }: Place, id: string, ms: number): Promise<void> {
  const now = new Date(Date.now() - 17 * DAY_MS + ms).toISOString();
  const body = { command: 'open', title: `Deal ${id}`, pipeline: 'deal' };
  await step(store, { kind: 'case', id, now, commands: [{ id: `open-${id}`, actor: 'ann', body }] });
}

async function inboxOf(place: Place, person: string): Promise<number> {
  const rows = await place.store.db.selectFrom('inbox_items').select('item').where('person', '=', person).execute();
  return rows.length;
}

it.each(['takes connections and never answers', 'does not even take connections'])('one that %s', async (how) => {
  const hole = await blackHole();
  const url = how.startsWith('takes') ? hole.url : await stoppedListener();
  const mail = await mailSink();
  const place = await makePlace();
  onTestFinished(place.close);
  await place.startWorker(
    destinationsFromEnv({
      SMTP_URL: mail.url,
      MAIL_FROM: 'rail@example.org',
      PLAYRAIL_WEBHOOKS: JSON.stringify({ crm: { url, secret, allow_private: true } }),
    }),
  );
  const waiting = async (): Promise<number> => {
    const rows = await place.store.db
      .selectFrom('outbox')
      .select('id')
      .where('target', '=', 'webhook/crm')
      .where('delivered_at', 'is', null)
      .execute();
    return rows.length;
  };
  // In seconds each tells bob, and the webhook: it has been quiet for seventeen days.
  const cases = ['c-1', 'c-2', 'c-3'];
  for (const id of cases) await openBefore(place, id, 3000);
  for (const id of cases) await place.send('case', id, 'ann', { command: 'set_facts', facts: { count: 1 } });
  await eventually('bob has all three, in inbox and mail', async () => (await inboxOf(place, 'bob')) === 3);
  await eventually(
    'bob has all three mails',
    () => mail.mails.filter((one) => one.to[0] === 'bob@example.org').length === 3,
  );
  expect(await waiting()).toBe(3);
  // While the call hangs: messages of the very same case go their way.
  await place.send('case', 'c-1', 'bob', { command: 'hand_over', to: 'bob' });
  await eventually('what c-1 has to say afterwards has arrived', async () => (await inboxOf(place, 'ann')) >= 3);
  expect(await waiting()).toBe(3);
});

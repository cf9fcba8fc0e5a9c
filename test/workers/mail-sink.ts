/** A mail server for tests: speaks just enough SMTP to take mails and keeps them. */

import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text as they came, lines ended by `\n`. */
  readonly raw: string;
}

/** Closed at the end of the test. Addresses at `nobody.example` are refused for good. */
export async function mailSink(): Promise<{ url: string; mails: Mail[] }> {
  const mails: Mail[] = [];
  const server = createServer((socket) => converse(socket, mails));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { url: `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, mails };
}

function converse(socket: Socket, mails: Mail[]): void {
  let from = '';
  let to: string[] = [];
  let text: string[] | undefined;
  const say = (line: string): boolean => socket.write(`${line}\r\n`);
  socket.on('error', () => undefined);
  say('220 sink');
  createInterface({ input: socket }).on('line', (line) => {
    if (text !== undefined) {
      if (line !== '.') {
        text.push(line.replace(/^\./, ''));
        return;
      }
      mails.push({ from, to, raw: text.join('\n') });
      text = undefined;
      to = [];
      say('250 taken');
      return;
    }
    const address = /<(.*)>/.exec(line)?.[1] ?? '';
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'MAIL') from = address;
    if (word === 'RCPT' && address.endsWith('@nobody.example')) {
      say('550 nobody of that name');
      return;
    }
    if (word === 'RCPT') to.push(address);
    if (word === 'DATA') text = [];
    say(word === 'DATA' ? '354 go on' : word === 'QUIT' ? '221 bye' : '250 ok');
  });
}

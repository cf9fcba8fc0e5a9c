/** Ports on the loopback address: a free one, and whether a given one is. */

import { createServer } from 'node:net';
import { codeOf, SetupError } from './setup-error.ts';

/** `wanted` itself, or when absent a port that is free now. @throws SetupError when `wanted` is in use or not allowed. */
export function freePort(wanted?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error) => reject(portError(wanted ?? 0, error)));
    server.listen({ host: '127.0.0.1', port: wanted ?? 0, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : (wanted ?? 0);
      server.close(() => resolve(port));
    });
  });
}

function portError(port: number, error: Error): Error {
  if (codeOf(error) === 'EADDRINUSE') {
    return new SetupError(
      { en: `port ${port} on 127.0.0.1 is in use`, zh: `127.0.0.1 的端口 ${port} 已被占用` },
      { en: 'stop the program that uses it, or choose another port', zh: '请停止占用它的程序，或换一个端口' },
    );
  }
  if (codeOf(error) === 'EACCES') {
    return new SetupError(
      { en: `no right to open port ${port} on 127.0.0.1`, zh: `没有打开 127.0.0.1 端口 ${port} 的权限` },
      { en: 'choose a port of 1024 or above', zh: '请选择 1024 或以上的端口' },
    );
  }
  return error;
}

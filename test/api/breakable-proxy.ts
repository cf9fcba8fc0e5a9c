/** A TCP proxy that can be cut and mended: a server that goes away and comes back. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface BreakableProxy {
  /** `host:port`. */
  readonly address: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Passes nothing on any more and ends nothing: old and new connections hang. */
  hang(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function breakableProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<BreakableProxy> {
  const sockets = new Set<Socket>();
  let isHanging = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (isHanging) return;
    const far = connect(target.port, target.host);
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    address: `127.0.0.1:${port}`,
    cut,
    hang: async () => {
      isHanging = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend: async () => {
      isHanging = false;
      if (!server.listening) await listen(port);
      else for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}

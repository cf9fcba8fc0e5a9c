/** The API's client of Temporal: connects when it is first needed, and again soon after the server was away. */

import { Client, Connection } from '@temporalio/client';

/** gRPC would wait up to two minutes between attempts after a longer absence. */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2_000 };

/** `address` is `host:port`. Closed by closing its connection. */
export function openClient(address: string, namespace = 'default'): Client {
  const connection = Connection.lazy({ address, channelArgs: RECONNECT });
  return new Client({ connection, namespace });
}

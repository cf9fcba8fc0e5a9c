/** Everything `doctor` looks at, in the order a start needs it. */

import type { CheckUp } from './check-up.ts';
import { checkDataFolder, checkDisk, checkNode } from './machine.ts';
import { checkPlaybooks } from './playbooks.ts';
import { checkPostgres, checkServer, checkTemporal } from './servers.ts';

export async function lookAtAll(where: { readonly data: string; readonly playbooks: string }): Promise<CheckUp[]> {
  const server = await checkServer(where.data);
  return [
    checkNode(),
    await checkDataFolder(where.data),
    await checkDisk(where.data),
    ...(await checkPostgres(process.env)),
    await checkTemporal(process.env),
    server.checkUp,
    await checkPlaybooks(where.playbooks, server),
  ];
}

/** Everything `doctor` looks at, in the order a start needs it; then what goes on inside, where the servers can be asked. */

import { openStore, type Store } from '../../store/open-store.ts';
import { messageOf } from '../../workers/embedded/setup-error.ts';
import { temporalPlace } from '../processes/openings.ts';
import type { CheckUp } from './check-up.ts';
import { unwell } from './check-up.ts';
import { findConnections } from './connections.ts';
import { checkEnforcer } from './enforcer.ts';
import { checkDataFolder, checkDisk, checkFiles, checkNode } from './machine.ts';
import { checkPlaybooks } from './playbooks.ts';
import { checkFaults, checkLoad, checkPeople, checkSchema } from './record.ts';
import { checkPostgres, checkServer, checkTemporal } from './servers.ts';

export interface Where {
  readonly data: string;
  readonly playbooks: string;
}

/** What cannot be looked at is itself a finding, and keeps nothing else from being looked at. */
async function attempt(what: CheckUp['what'], look: () => Promise<readonly CheckUp[]>): Promise<readonly CheckUp[]> {
  try {
    return await look();
  } catch (error) {
    const why = messageOf(error);
    const hint = { zh: '查看日志', en: 'see the logs' };
    return [unwell(what, 'ill', { zh: `无法检查：${why}`, en: `cannot be looked at: ${why}` }, hint)];
  }
}

async function lookInside(store: Store): Promise<{ checks: readonly CheckUp[]; isOurs: boolean }> {
  const { checkUp, isOurs } = await checkSchema(store);
  if (!isOurs) return { checks: [checkUp], isOurs };
  const inside = [
    await attempt('outbox', () => checkLoad(store)),
    await attempt('faults', () => checkFaults(store)),
    await attempt('people', async () => [await checkPeople(store)]),
  ];
  return { checks: [checkUp, ...inside.flat()], isOurs };
}

/** Nothing where the servers are not known, or do not answer: that is told already. */
async function lookAtServers(
  where: Where,
  isUp: { database: boolean; temporal: boolean },
): Promise<readonly CheckUp[]> {
  const { databaseUrl, temporalAddress } = findConnections(where.data, process.env);
  const store = databaseUrl !== undefined && isUp.database ? openStore({ databaseUrl, max: 2 }) : undefined;
  try {
    const inside = store === undefined ? undefined : await lookInside(store);
    if (temporalAddress === undefined || !isUp.temporal) return inside?.checks ?? [];
    const place = temporalPlace(process.env, temporalAddress);
    const readable = inside?.isOurs === true ? store : undefined;
    return [...(inside?.checks ?? []), ...(await attempt('temporal', () => checkEnforcer(place, readable)))];
  } finally {
    await store?.close();
  }
}

export async function lookAtAll(where: Where): Promise<CheckUp[]> {
  const { databaseUrl, temporalAddress } = findConnections(where.data, process.env);
  const server = await checkServer(where.data);
  const isServing = server.url !== undefined;
  const postgres = await checkPostgres(process.env);
  const temporal = await checkTemporal(process.env);
  const isKnown = { database: databaseUrl !== undefined, temporal: temporalAddress !== undefined };
  const isUp = {
    // The embedded ones are up while somebody serves; their own settings' are looked at by themselves.
    database: isKnown.database && (process.env['DATABASE_URL'] ? postgres.state === 'well' : isServing),
    temporal: isKnown.temporal && (process.env['TEMPORAL_ADDRESS'] ? temporal.state === 'well' : isServing),
  };
  return [
    checkNode(),
    await checkDataFolder(where.data),
    await checkDisk(where.data),
    await checkFiles(process.env, where.data),
    postgres,
    temporal,
    server.checkUp,
    ...(await lookAtServers(where, isUp)),
    await checkPlaybooks(where.playbooks, server),
  ];
}

/** Runs `recover` on the servers of a data folder, or on those, the namespace and the queue that the environment names. */

import { openClient } from '../../api/open-client.ts';
import { migrate } from '../../store/migrate.ts';
import { openStore } from '../../store/open-store.ts';
import { messageOf, type Say, SetupError } from '../../workers/embedded/setup-error.ts';
import { startEmbedded } from '../../workers/embedded/start-embedded.ts';
import { type Recovered, recover } from '../../workers/recover.ts';
import { openNamespace, temporalPlace } from '../processes/openings.ts';
import { createStops } from './stops.ts';

export interface RecoverOptions {
  readonly data: string;
  readonly isAfterRestore: boolean;
}

/** Nothing is left running. @throws SetupError when a server cannot be had, or a worker still runs. */
export async function runRecover({ data, isAfterRestore }: RecoverOptions, say: Say): Promise<Recovered> {
  const stops = createStops((error) => say({ zh: messageOf(error), en: messageOf(error) }));
  try {
    const embedded = await startEmbedded({ dataDir: data, say });
    stops.add(embedded.stop);
    await migrate(embedded.databaseUrl).catch((error: unknown) => {
      throw unusable(messageOf(error));
    });
    const store = openStore({ databaseUrl: embedded.databaseUrl });
    stops.add(store.close);
    const place = temporalPlace(process.env, embedded.temporalAddress);
    await openNamespace(place, say);
    const { address, namespace, taskQueue } = place;
    const client = openClient(address, namespace);
    stops.add(() => client.connection.close());
    const deps = { store, client, namespace, taskQueue };
    return await recover(deps, isAfterRestore, {
      waiting: () =>
        say({
          zh: '刚才还有 worker 在运行，正在确认它们已停止（最多 75 秒）',
          en: 'a worker ran a moment ago; making sure that it is gone (75 s at most)',
        }),
      ended: (runs) => say({ zh: `已结束旧的运行：${runs}`, en: `old runs ended: ${runs}` }),
      started: (workflows) => say({ zh: `已启动工作流：${workflows}`, en: `workflows started: ${workflows}` }),
    });
  } finally {
    await stops.run();
  }
}

function unusable(why: string): SetupError {
  return new SetupError(
    { zh: `数据库无法使用：${why}`, en: `the database cannot be used: ${why}` },
    { zh: '检查 DATABASE_URL，或数据目录中的日志', en: 'check DATABASE_URL, or the logs in the data folder' },
  );
}

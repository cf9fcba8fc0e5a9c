/** What `doctor` looks at in the playbook folder: whether it compiles, and whether it is what the server has published. */

import { z } from 'zod';
import { canonicalText } from '../../engine/canonical-text.ts';
import { sha256 } from '../../store/hash.ts';
import { SetupError } from '../../workers/embedded/setup-error.ts';
import { createApiClient } from '../api-client.ts';
import { readPlaybooks } from '../read-playbooks.ts';
import { checkFolder } from '../serve/publish-playbooks.ts';
import { type CheckUp, unwell, well } from './check-up.ts';

const playbooksAnswer = z.object({ sets: z.array(z.object({ hash: z.string(), current: z.boolean() })) });

/** Hash of the server's current set; absent when it cannot be asked. */
async function publishedHash(server: { url?: string; key?: string }): Promise<string | undefined> {
  if (server.url === undefined || server.key === undefined) return undefined;
  try {
    const api = createApiClient({ url: server.url, key: server.key }, 'en');
    const answer = playbooksAnswer.parse(await api.get('/v1/playbooks'));
    return answer.sets.find((set) => set.current)?.hash;
  } catch {
    return undefined;
  }
}

export async function checkPlaybooks(folder: string, server: { url?: string; key?: string }): Promise<CheckUp> {
  try {
    const { set, diagnostics } = await checkFolder(readPlaybooks(folder));
    if (set === undefined) {
      const count = diagnostics.filter((one) => one.severity === 'error').length;
      return unwell(
        'playbooks',
        'ill',
        { zh: `\`${folder}\` 有 ${count} 个错误`, en: `\`${folder}\` has ${count} errors` },
        { zh: `运行 playrail check ${folder}`, en: `run \`playrail check ${folder}\`` },
      );
    }
    const count = Object.keys(set.rules).length;
    const published = await publishedHash(server);
    if (published === undefined) return well('playbooks', `${count} 个流程，没有错误`, `${count} pipelines, no errors`);
    if (published === sha256(canonicalText(set)))
      return well('playbooks', '已发布，没有改动', 'published, unchanged since');
    return unwell(
      'playbooks',
      'look',
      { zh: '发布之后有改动', en: 'edited since they were published' },
      { zh: '重新启动即发布，只用于新案件', en: 'a new start publishes them, for new cases only' },
    );
  } catch (error) {
    if (error instanceof SetupError) return unwell('playbooks', 'ill', error.text, error.hint);
    throw error;
  }
}

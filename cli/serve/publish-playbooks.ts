/** Compiles the playbook folder and makes it the current set, telling what that does to running cases. */

import { compileInThread } from '../../api/compile-in-thread.ts';
import type { SourceFile } from '../../engine/language/compile-set.ts';
import type { Diagnostic } from '../../engine/language/diagnostics/diagnostic.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { countCases } from '../../store/list-cases.ts';
import type { Store } from '../../store/open-store.ts';
import { type Published, publish } from '../../store/publish.ts';
import type { Say } from '../../workers/embedded/setup-error.ts';

export interface CheckedFolder {
  readonly files: readonly SourceFile[];
  /** Absent when there are errors. */
  readonly set: PlaybookSet | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function checkFolder(files: readonly SourceFile[]): Promise<CheckedFolder> {
  const { set, diagnostics } = await compileInThread(files);
  return { files, set, diagnostics };
}

function listed(names: readonly string[], lang: 'zh' | 'en'): string {
  return names.join(lang === 'zh' ? '、' : ', ');
}

function sayWhatChanged(say: Say, { pipelines }: Published): void {
  const { changed, added, removed } = pipelines;
  if (added.length > 0)
    say({ zh: `  新增流程：${listed(added, 'zh')}`, en: `  new pipelines: ${listed(added, 'en')}` });
  if (changed.length > 0)
    say({ zh: `  规则有变：${listed(changed, 'zh')}`, en: `  changed rules: ${listed(changed, 'en')}` });
  if (removed.length > 0)
    say({ zh: `  已撤下：${listed(removed, 'zh')}`, en: `  no longer there: ${listed(removed, 'en')}` });
}

export async function publishPlaybooks(
  store: Store,
  set: PlaybookSet,
  files: readonly SourceFile[],
  say: Say,
): Promise<void> {
  const sources = Object.fromEntries(files.map((file) => [file.path, file.text]));
  const published = await publish(store, set, sources, 'admin');
  const count = Object.keys(set.rules).length;
  if (!published.changed) {
    say({ zh: `剧本没有变化（${count} 个流程）`, en: `playbooks unchanged (${count} pipelines)` });
    return;
  }
  const running = await countCases(store, { finished: false });
  if (running === 0) {
    say({ zh: `已发布剧本（${count} 个流程）`, en: `published the playbooks (${count} pipelines)` });
  } else {
    say({
      zh: `已发布新版剧本，只用于新案件；${running} 个进行中的案件仍按原来的规则`,
      en: `published a new set of playbooks for new cases only; ${running} running cases keep their rules`,
    });
  }
  sayWhatChanged(say, published);
}

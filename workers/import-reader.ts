/** Reads the files of an import once for its many batches. */

import type { PlaybookSet } from '../engine/playbook/set.ts';
import type { Text } from '../engine/playbook/text.ts';
import type { ImportJob } from '../store/imports/import-job.ts';
import { tablesOf } from '../store/imports/import-tables.ts';
import { type ReadImport, readImport } from '../store/imports/prepare-import.ts';
import type { Store } from '../store/open-store.ts';
import { currentPlaybook } from '../store/publish.ts';

/** An import that cannot be read any more, however often it is tried. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

export class ImportReader {
  private last: { readonly import: number; readonly read: ReadImport } | undefined;
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** By the mapping as it is published now. @throws Unreadable when it is gone, or no longer fits the files. */
  async read(job: ImportJob): Promise<{ readonly read: ReadImport; readonly playbook: PlaybookSet }> {
    const current = await currentPlaybook(this.store);
    const mappings = current?.set.mappings ?? {};
    const mapping = Object.hasOwn(mappings, job.mapping) ? mappings[job.mapping] : undefined;
    if (current === undefined || mapping === undefined) {
      throw new Unreadable({
        zh: `映射 \`${job.mapping}\` 已不在发布的剧本里`,
        en: `the mapping \`${job.mapping}\` is no longer among the published playbooks`,
      });
    }
    if (this.last?.import !== job.import || this.last.read.mapping !== mapping) {
      const result = readImport(mapping, await tablesOf(this.store, job.import));
      if (!result.ok) throw new Unreadable(textOf(result.problems));
      this.last = { import: job.import, read: result.read };
    }
    return { read: this.last.read, playbook: current.set };
  }

  /** Frees the memory of an import that is over. */
  forget(id: number): void {
    if (this.last?.import === id) this.last = undefined;
  }
}

function textOf(problems: Extract<ReturnType<typeof readImport>, { ok: false }>['problems']): Text {
  const places = problems.map(({ file, line, column, message }) => {
    const place = column === undefined ? `${file}:${line}` : `${file}:${line} ${column}`;
    return { zh: `${place}：${message.zh}`, en: `${place}: ${message.en}` };
  });
  return {
    zh: `文件与映射对不上了：${places.map((one) => one.zh).join('；')}`,
    en: `the files no longer fit the mapping: ${places.map((one) => one.en).join('; ')}`,
  };
}

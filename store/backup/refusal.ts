/** Why a backup or a restore does not happen, and what to do: a refusal of its own for each. */

import type { Text } from '../../engine/playbook/text.ts';

interface Words {
  readonly text: (what: string) => Text;
  readonly hint: Text;
}

const REFUSALS = {
  'folder-not-empty': {
    text: (what) => ({ zh: `\`${what}\` 不是空目录`, en: `\`${what}\` is not empty` }),
    hint: { zh: '每次备份用一个新目录', en: 'give each backup a folder of its own' },
  },
  'nothing-to-back-up': {
    text: (what) => ({
      zh: `数据库 \`${what}\` 中没有 Playrail 的数据`,
      en: `the database \`${what}\` holds nothing of Playrail`,
    }),
    hint: { zh: '检查 DATABASE_URL 或 --data', en: 'check DATABASE_URL, or --data' },
  },
  'not-a-backup': {
    text: (what) => ({ zh: `\`${what}\` 不是完整的备份`, en: `\`${what}\` is not a whole backup` }),
    hint: {
      zh: '应给出 `playrail backup` 写出的目录；中断的备份没有 manifest.json，请用另一份',
      en: 'name the folder that `playrail backup` wrote; one that was cut off has no manifest.json: use another',
    },
  },
  'newer-version': {
    text: (what) => ({
      zh: `此备份由更新版本的 Playrail 写成（${what}）`,
      en: `a newer Playrail wrote this backup (${what})`,
    }),
    hint: {
      zh: '请用写成它的版本或更新的版本恢复；什么都没有改动',
      en: 'restore it with the version that wrote it, or a later one; nothing was changed',
    },
  },
  'damaged-file': {
    text: (what) => ({ zh: `备份文件 \`${what}\` 已损坏`, en: `the file \`${what}\` of the backup is damaged` }),
    hint: {
      zh: '请用另一份备份，或重新复制此文件；什么都没有改动',
      en: 'use another backup, or copy the file again from where it is whole; nothing was changed',
    },
  },
  'target-not-empty': {
    text: (what) => ({ zh: `目标数据库 \`${what}\` 已有数据`, en: `the database \`${what}\` holds data already` }),
    hint: {
      zh: '恢复到新目录（--data NEW）或空数据库；确要覆盖其中全部数据时加 --replace',
      en: 'restore into a new folder (`--data NEW`) or an empty database; to give up all that is there, add `--replace`',
    },
  },
  'target-in-use': {
    text: (what) => ({
      zh: `目标数据库 \`${what}\` 正被 Playrail 使用`,
      en: `Playrail is at work on the database \`${what}\``,
    }),
    hint: { zh: '先停止所有使用它的 Playrail 进程', en: 'stop every process of Playrail that uses it first' },
  },
} as const satisfies Record<string, Words>;

export type RefusalCode = keyof typeof REFUSALS;

export class BackupRefusal extends Error {
  override readonly name = 'BackupRefusal';
  readonly code: RefusalCode;
  readonly text: Text;
  readonly hint: Text;

  constructor(code: RefusalCode, what: string) {
    const text = REFUSALS[code].text(what);
    super(text.en);
    this.code = code;
    this.text = text;
    this.hint = REFUSALS[code].hint;
  }
}

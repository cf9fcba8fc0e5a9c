/** Why a file is not taken, in both languages, with what to do. */

import type { Text } from '../../engine/playbook/text.ts';

const MESSAGES = {
  'file-name-unfit': (longest: string) => ({
    zh: `文件名须为 1 到 ${longest} 个字符，首尾无空格，不含 /、\\ 或控制字符`,
    en: `the name of a file must be 1 to ${longest} characters, without spaces at its ends, slashes or control characters`,
  }),
  'file-type-not-taken': (name: string, endings: string) => ({
    zh: `不接受 \`${name}\` 这种文件，可用：${endings}`,
    en: `a file of the kind of \`${name}\` is not taken, only: ${endings}`,
  }),
  'file-not-as-announced': (announced: string, name: string, type: string) => ({
    zh: `Content-Type 是 \`${announced}\`，而 \`${name}\` 应为 \`${type}\``,
    en: `the Content-Type is \`${announced}\`, but \`${name}\` would be \`${type}\``,
  }),
  'file-not-as-named': (name: string, type: string) => ({
    zh: `\`${name}\` 的内容不是 ${type}；请用原来的文件名，或重新导出`,
    en: `what \`${name}\` holds is not ${type}; send it under its own name, or export it again`,
  }),
  'file-too-large': (megabytes: string) => ({
    zh: `文件最大 ${megabytes} MB`,
    en: `a file may have at most ${megabytes} MB`,
  }),
  'file-empty': (name: string) => ({ zh: `\`${name}\` 是空文件`, en: `\`${name}\` is empty` }),
  'file-digest-differs': (announced: string, found: string) => ({
    zh: `到达的内容不是所声明的：SHA-256 为 ${found}，而非 ${announced}；没有保存，请重新上传`,
    en: `what arrived is not what was announced: its SHA-256 is ${found}, not ${announced}; nothing was kept, send it again`,
  }),
} as const satisfies Record<string, (...args: string[]) => Text>;

export type FileRefusalCode = keyof typeof MESSAGES;

export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly code: FileRefusalCode;
  readonly text: Text;

  constructor(code: FileRefusalCode, ...args: readonly string[]) {
    // The table is typed by code; each caller above gives what its code asks for.
    const text = (MESSAGES[code] as (...given: readonly string[]) => Text)(...args);
    super(text.en);
    this.code = code;
    this.text = text;
  }
}

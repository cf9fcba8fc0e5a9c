/** What the bytes of a file really are, whatever its name says. */

import type { Text } from '../../engine/playbook/text.ts';

export type FileKind =
  | 'text'
  | 'utf-16le'
  | 'utf-16be'
  | 'excel'
  | 'old-excel'
  | 'locked-excel'
  | 'zip'
  | 'pdf'
  | 'html'
  | 'xml'
  | 'image'
  | 'compressed'
  | 'binary'
  | 'empty';

const LOOKED_AT = 4_096;

const STARTS: readonly (readonly [readonly number[], FileKind])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], 'old-excel'],
  [[0x25, 0x50, 0x44, 0x46], 'pdf'],
  [[0x89, 0x50, 0x4e, 0x47], 'image'],
  [[0xff, 0xd8, 0xff], 'image'],
  [[0x47, 0x49, 0x46, 0x38], 'image'],
  [[0x1f, 0x8b], 'compressed'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'compressed'],
  [[0x52, 0x61, 0x72, 0x21], 'compressed'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** A workbook with a password lies, encrypted, in a container of the old form, under this name. */
const LOCKED = Buffer.from('EncryptedPackage', 'utf16le');

export function whatItIs(bytes: Uint8Array): FileKind {
  if (bytes.byteLength === 0) return 'empty';
  const head = bytes.subarray(0, LOOKED_AT);
  if (startsWith(head, [0x50, 0x4b]))
    return hasName(bytes, '[Content_Types].xml') && hasName(bytes, 'xl/') ? 'excel' : 'zip';
  const known = STARTS.find(([start]) => startsWith(head, start));
  if (known?.[1] === 'old-excel' && hasName(bytes, LOCKED)) return 'locked-excel';
  if (known !== undefined) return known[1];
  const wide = utf16Of(head);
  if (wide !== undefined) return wide;
  // A NUL or two is a spoilt cell; a file full of them is none of text.
  if (head.filter((byte) => byte === 0).length > head.byteLength / 20) return 'binary';
  const words = new TextDecoder('latin1')
    .decode(head.subarray(0, 1_024))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (/^<(?:!doctype html|html|table|head|body|meta)\b/i.test(words)) return 'html';
  return /^<\?xml\b/i.test(words) ? (/<html\b/i.test(words) ? 'html' : 'xml') : 'text';
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Text in UTF-16 without a mark: every second byte of its Latin letters, digits and separators is NUL. */
function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = Math.floor(head.byteLength / 2);
  if (pairs < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs; index += 1) {
    if (head[2 * index] === 0) even += 1;
    if (head[2 * index + 1] === 0) odd += 1;
  }
  if (odd > pairs / 4 && even < odd / 20) return 'utf-16le';
  return even > pairs / 4 && odd < even / 20 ? 'utf-16be' : undefined;
}

/** Names in an archive stand in it uncompressed. */
function hasName(bytes: Uint8Array, name: string | Buffer): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name);
}

/** What a file is, and how its author gets one that can be read. */
export const KIND_TEXTS: Readonly<Record<FileKind, { readonly is: Text; readonly todo: Text }>> = {
  text: {
    is: { zh: '文本（CSV），不是 Excel 工作簿', en: 'text (CSV), not an Excel workbook' },
    todo: {
      zh: '在映射里把 file 写成 .csv，或从 CRM 导出 Excel',
      en: 'let the mapping name a .csv file, or export it as Excel',
    },
  },
  'utf-16le': { is: { zh: 'UTF-16 文本', en: 'text in UTF-16' }, todo: utf16Hint() },
  'utf-16be': { is: { zh: 'UTF-16 文本', en: 'text in UTF-16' }, todo: utf16Hint() },
  excel: {
    is: { zh: 'Excel 工作簿，不是文本', en: 'an Excel workbook, not text' },
    todo: {
      zh: '在映射里把 file 写成 .xlsx，或另存为 CSV',
      en: 'let the mapping name an .xlsx file, or save it as CSV',
    },
  },
  'old-excel': {
    is: { zh: '旧版 Excel 文件（.xls）', en: 'a file of an old Excel (.xls)' },
    todo: { zh: '在 Excel 里另存为 .xlsx', en: 'save it as .xlsx in Excel' },
  },
  'locked-excel': {
    is: { zh: '有密码的 Excel 工作簿', en: 'an Excel workbook with a password' },
    todo: { zh: '在 Excel 里打开，去掉密码并另存为 .xlsx', en: 'open it in Excel and save it as .xlsx without one' },
  },
  zip: {
    is: { zh: '压缩包，里面没有工作簿', en: 'a zip archive without a workbook in it' },
    todo: { zh: '解压后导入其中的文件', en: 'unpack it and import the files in it' },
  },
  pdf: {
    is: { zh: 'PDF', en: 'a PDF' },
    todo: { zh: '从 CRM 导出 CSV 或 Excel', en: 'export it from the CRM as CSV or Excel' },
  },
  html: {
    is: { zh: '网页（HTML）', en: 'a web page (HTML)' },
    todo: {
      zh: '在 Excel 里打开并另存为 .xlsx；若是登录页，请重新导出',
      en: 'open it in Excel and save it as .xlsx; if it is a login page, export it again',
    },
  },
  xml: {
    is: { zh: 'XML', en: 'XML' },
    todo: { zh: '在 Excel 里打开并另存为 .xlsx', en: 'open it in Excel and save it as .xlsx' },
  },
  image: {
    is: { zh: '图片', en: 'a picture' },
    todo: { zh: '从 CRM 导出 CSV 或 Excel', en: 'export it from the CRM as CSV or Excel' },
  },
  compressed: { is: { zh: '压缩文件', en: 'a compressed file' }, todo: { zh: '先解压', en: 'unpack it first' } },
  binary: {
    is: { zh: '二进制文件', en: 'no text' },
    todo: { zh: '从 CRM 导出 CSV 或 Excel', en: 'export it from the CRM as CSV or Excel' },
  },
  empty: { is: { zh: '空文件', en: 'an empty file' }, todo: { zh: '重新导出', en: 'export it again' } },
};

function utf16Hint(): Text {
  return { zh: '在映射的表里写 encoding: utf-16', en: 'say encoding: utf-16 in the table of the mapping' };
}

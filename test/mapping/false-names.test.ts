/** A file that is not what its name says is told as what it is, with what to do, whichever way it comes; and none exhausts the memory. */

import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readTables } from '../../api/export-files/read-tables.ts';
import { sampleFile } from '../../api/export-files/sample-file.ts';
import type { Mapping, MappingTable } from '../../engine/playbook/mapping.ts';
import { utf16 } from './exports/bytes.ts';
import { workbook, zip } from './exports/workbook.ts';

const CSV = 'Id,Stage,Owner\n1,Open,ann\n2,Won,bob\n';
const BOOK = workbook([
  {
    name: 'Deals',
    rows: [
      ['Id', 'Stage'],
      ['1', 'Open'],
    ],
  },
]);
const text = (words: string): Uint8Array => Buffer.from(words);
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];
const PDF = text('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n');
const HTML = text('<html><head><title>Log in</title></head><body><table><tr><td>Id</td></tr></table></body></html>');

const isReally = (what: string, todo: string): string => `the file is really ${what}; ${todo}`;
const EXPORT_AGAIN = 'export it from the CRM as CSV or Excel';

const BROKEN = 'the workbook is broken or has a password; open it in Excel and save it again as .xlsx without one';

const CASES: readonly (readonly [string, string, Uint8Array, string])[] = [
  [
    'text',
    'deals.xlsx',
    text(CSV),
    isReally('text (CSV), not an Excel workbook', 'let the mapping name a .csv file, or export it as Excel'),
  ],
  ['a PDF', 'deals.xlsx', PDF, isReally('a PDF', EXPORT_AGAIN)],
  [
    'a zip archive',
    'deals.xlsx',
    zip([['deals.csv', text(CSV)]]),
    isReally('a zip archive without a workbook in it', 'unpack it and import the files in it'),
  ],
  ['a picture', 'deals.xlsx', Uint8Array.from(PNG), isReally('a picture', EXPORT_AGAIN)],
  [
    'an old workbook',
    'deals.xlsx',
    Buffer.concat([Uint8Array.from(OLE), utf16('Workbook', false)]),
    isReally('a file of an old Excel (.xls)', 'save it as .xlsx in Excel'),
  ],
  [
    'a workbook with a password',
    'deals.xlsx',
    Buffer.concat([Uint8Array.from(OLE), utf16('EncryptedPackage', false)]),
    isReally('an Excel workbook with a password', 'open it in Excel and save it as .xlsx without one'),
  ],
  [
    'a web page',
    'deals.xls',
    HTML,
    isReally('a web page (HTML)', 'open it in Excel and save it as .xlsx; if it is a login page, export it again'),
  ],
  ['nothing', 'deals.xlsx', Uint8Array.of(), isReally('an empty file', 'export it again')],
  ['half a workbook', 'deals.xlsx', BOOK.subarray(0, BOOK.byteLength - 40), BROKEN],
  [
    'a workbook',
    'deals.csv',
    BOOK,
    isReally('an Excel workbook, not text', 'let the mapping name an .xlsx file, or save it as CSV'),
  ],
  [
    'a zip archive',
    'deals.csv',
    zip([['deals.csv', text(CSV)]]),
    isReally('a zip archive without a workbook in it', 'unpack it and import the files in it'),
  ],
  ['a PDF', 'deals.csv', PDF, isReally('a PDF', EXPORT_AGAIN)],
  ['a picture', 'deals.csv', Uint8Array.from(PNG), isReally('a picture', EXPORT_AGAIN)],
  [
    'a photograph',
    'deals.csv',
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46),
    isReally('a picture', EXPORT_AGAIN),
  ],
  ['a compressed file', 'deals.csv', gzipSync(CSV), isReally('a compressed file', 'unpack it first')],
  [
    'a web page',
    'deals.csv',
    HTML,
    isReally('a web page (HTML)', 'open it in Excel and save it as .xlsx; if it is a login page, export it again'),
  ],
  ['noise', 'deals.csv', Buffer.alloc(4_000), isReally('no text', EXPORT_AGAIN)],
];

function table(file: string, more: Partial<MappingTable> = {}): Pick<Mapping, 'tables'> {
  return { tables: [{ table: 'deals', file, fixes: {}, at: { file: 'export.yaml', line: 1, col: 1 }, ...more }] };
}

/** As the mapping that names the file would have it read. */
async function imported(file: string, sent: Uint8Array | string): Promise<readonly string[]> {
  const read = await readTables(table(file), { [file]: sent });
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message.en}`);
}

it.each(CASES)(
  '%s called %s is told as what it is, when it is imported and when a mapping is suggested',
  async (_what, file, bytes, said) => {
    expect(await imported(file, bytes)).toEqual([`1: ${said}`]);
    const sampled = await sampleFile(file, bytes);
    expect(sampled.ok ? 'read' : sampled.message.en).toBe(said);
    if (!sampled.ok) expect(sampled.message.zh).toMatch(/[\u4e00-\u9fff]/);
  },
);

it('an empty text has no columns: it is said, with what to do', async () => {
  for (const sent of ['', Uint8Array.of(), '\n\n']) {
    expect(await imported('deals.csv', sent)).toEqual(['1: the file is empty; export it again']);
  }
  const sampled = await sampleFile('deals.csv', Uint8Array.of());
  expect(sampled).toMatchObject({ ok: false, message: { en: 'the file is really an empty file; export it again' } });
});

it('UTF-16 without a mark is asked for, read once it is declared, and declared by a suggestion, though its bytes are UTF-8 too', async () => {
  const bytes = utf16(CSV, false);
  const said = '1: the file is really text in UTF-16; say encoding: utf-16 in the table of the mapping';
  // As the terminal sends what decodes as UTF-8, and as it sends what does not.
  for (const sent of [bytes, new TextDecoder('utf-8', { fatal: true }).decode(bytes)]) {
    expect(await imported('deals.csv', sent)).toEqual([said]);
    const read = await readTables(table('deals.csv', { encoding: 'utf-16' }), { 'deals.csv': sent });
    expect(read).toMatchObject({ ok: true, tables: { deals: { columns: ['Id', 'Stage', 'Owner'] } } });
  }
  expect(await sampleFile('deals.csv', bytes)).toMatchObject({
    ok: true,
    sampled: { encoding: 'utf-16', table: { columns: ['Id', 'Stage', 'Owner'] } },
  });
});

const TOO_LARGE = 'the workbook unpacks to too much to be read; save the sheet as CSV and import that';
const MB = 1024 * 1024;

/** A thousand times what a workbook of its size should hold. */
const UNPACKED = 1_600 * MB;
const PORTION = 8 * MB;

/** A workbook whose sheet is made to exhaust memory. */
function bomb(claimed: number, isStreamed: boolean): Uint8Array {
  const portion = deflateRawSync(Buffer.alloc(PORTION, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  const portions = Array.from({ length: UNPACKED / PORTION }, () => portion);
  const packed = Buffer.concat([...portions, deflateRawSync('')]);
  return workbook([{ name: 'Deals', rows: [] }], { name: 'xl/worksheets/sheet1.xml', packed, claimed, isStreamed });
}

it.each([
  ['says so', UNPACKED, false, TOO_LARGE],
  ['says that it is small', 1_000, false, BROKEN],
  ['says that it is small, and it says nothing itself before its content', 1_000, true, TOO_LARGE],
])(
  'a workbook made to exhaust the memory is refused where its directory %s',
  async (_how, claimed, isStreamed, said) => {
    const bytes = bomb(claimed, isStreamed);
    expect(bytes.byteLength).toBeLessThan(2 * MB);
    const before = process.resourceUsage().maxRSS;
    expect(await imported('deals.xlsx', bytes)).toEqual([`1: ${said}`]);
    // In kilobytes, the most that this process has ever held.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(1_200 * 1024);
  },
);

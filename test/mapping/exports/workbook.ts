/** Writes small Excel workbooks: the parts that a reader needs, in an archive without compression. */

import { crc32, deflateRawSync } from 'node:zlib';

/** A cell: text, a number, a day as its serial number with a date's format, a percentage, or a formula with its value. */
export type Cell =
  | string
  | number
  | { readonly day: string }
  | { readonly percent: number }
  | { readonly formula: string; readonly value: number }
  | null;

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

const DAY_MS = 86_400_000;

/** An entry that holds something else than it says: what a hostile archive would have. */
export interface FalseEntry {
  readonly name: string;
  /** Its content as it lies in the archive. */
  readonly packed: Uint8Array;
  /** How many bytes it is said to unpack to. */
  readonly claimed: number;
  /** Written as a stream is: sizes follow the content, and only the directory has them before. */
  readonly isStreamed: boolean;
}

/** @param instead in the place of the entry of that name */
export function workbook(sheets: readonly Sheet[], instead?: FalseEntry): Uint8Array {
  const ids = sheets.map((_sheet, index) => index + 1);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const entries: readonly (readonly [string, string])[] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${ids.map((id) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${relations}">${ids.map((id) => `<Relationship Id="rId${id}" Type="${office}/worksheet" Target="worksheets/sheet${id}.xml"/>`).join('')}<Relationship Id="rId99" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
    ...sheets.map(({ rows }, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(rows, main)] as const),
  ];
  const files = entries.map(([name, text]): [string, Uint8Array] => [
    name,
    Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`),
  ]);
  return zip(files, instead);
}

function sheetXml(rows: readonly (readonly Cell[])[], main: string): string {
  const lines = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((cell, index) => cellXml(cell, `${letter(index)}${row + 1}`)).join('')}</row>`,
  );
  return `<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, place: string): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'string')
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  if ('day' in cell)
    return `<c r="${place}" s="1"><v>${(Date.parse(cell.day) - Date.parse('1899-12-30')) / DAY_MS}</v></c>`;
  if ('percent' in cell) return `<c r="${place}" s="2"><v>${cell.percent}</v></c>`;
  return `<c r="${place}"><f>${escaped(cell.formula)}</f><v>${cell.value}</v></c>`;
}

function letter(index: number): string {
  return String.fromCharCode(65 + index);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** @param instead in the place of the entry of that name */
export function zip(entries: readonly (readonly [string, Uint8Array])[], instead?: FalseEntry): Uint8Array {
  const local: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const own = name === instead?.name ? instead : undefined;
    const packed = own?.packed ?? deflateRawSync(content);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(packed.byteLength, 4);
    sizes.writeUInt32LE(own?.claimed ?? content.byteLength, 8);
    const isStreamed = own?.isStreamed === true;
    const begin = Buffer.from([20, 0, isStreamed ? 8 : 0, 0, 8, 0, 0, 0, 0, 0]);
    const end = Buffer.alloc(4);
    end.writeUInt16LE(Buffer.byteLength(name), 0);
    const descriptor = isStreamed ? [Buffer.from([0x50, 0x4b, 7, 8]), sizes] : [];
    const told = isStreamed ? Buffer.alloc(12) : sizes;
    const file = [Buffer.from([0x50, 0x4b, 3, 4]), begin, told, end, Buffer.from(name), packed, ...descriptor];
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), begin, sizes, end, tail, Buffer.from(name)]));
    local.push(...file);
    offset += file.reduce((sum, part) => sum + part.byteLength, 0);
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, list, end]);
}

/** The kinds of file that are taken: by the end of the name, with the bytes that prove it. */

export interface FileType {
  /** Media type. */
  readonly type: string;
  /** Other media types that senders call it by. */
  readonly also?: readonly string[];
  /** Whether bytes from its beginning, and from its end, are those of such a file. */
  readonly isSo: (head: Buffer, tail: Buffer) => boolean;
}

/** How much of the beginning and of the end is looked at; the list of contents of a zip file is at its end. */
export const HEAD_BYTES = 4_096;
export const TAIL_BYTES = 262_144;

type Proof = FileType['isSo'];

const starts =
  (...beginnings: readonly (string | readonly number[])[]): Proof =>
  (head) =>
    beginnings.some((one) => {
      const bytes = typeof one === 'string' ? Buffer.from(one, 'latin1') : Buffer.from(one);
      return head.subarray(0, bytes.length).equals(bytes);
    });

const isZip = starts('PK\x03\x04');

/** A zip file that holds an entry of this name: the formats of office programs are told apart by nothing else. */
const zipWith =
  (entry: string): Proof =>
  (head, tail) =>
    isZip(head, tail) && (head.includes(entry) || tail.includes(entry));

/** Of a program from before those formats: Word, Excel and PowerPoint look alike from outside. */
const isCompound = starts([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** No control characters but those that end and indent lines; whatever the encoding. UTF-16 has a mark. */
const isText: Proof = (head) => {
  if (starts([0xff, 0xfe], [0xfe, 0xff])(head, head)) return true;
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b);
};

const riff =
  (form: string): Proof =>
  (head) =>
    head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === form;

/** ISO base media: the brand stands after the length and `ftyp`. */
const branded =
  (...brands: readonly string[]): Proof =>
  (head) =>
    head.toString('latin1', 4, 8) === 'ftyp' && brands.includes(head.toString('latin1', 8, 12));

/** PDF readers take what has its mark within the first 1,024 bytes. */
const isPdf: Proof = (head) => head.subarray(0, 1_024).includes('%PDF-');

const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';
const JPEG: FileType = { type: 'image/jpeg', also: ['image/jpg'], isSo: starts([0xff, 0xd8, 0xff]) };
const TIFF: FileType = { type: 'image/tiff', isSo: starts('II*\0', 'MM\0*') };

/** End of the name → what the file must then be. */
export const FILE_TYPES: Readonly<Record<string, FileType>> = {
  pdf: { type: 'application/pdf', isSo: isPdf },
  // The format of electronic invoices in China (GB/T 33190).
  ofd: { type: 'application/ofd', isSo: zipWith('OFD.xml') },
  docx: { type: `${OOXML}.wordprocessingml.document`, isSo: zipWith('word/') },
  xlsx: { type: `${OOXML}.spreadsheetml.sheet`, isSo: zipWith('xl/') },
  pptx: { type: `${OOXML}.presentationml.presentation`, isSo: zipWith('ppt/') },
  odt: { type: `${ODF}.text`, isSo: zipWith(`${ODF}.text`) },
  ods: { type: `${ODF}.spreadsheet`, isSo: zipWith(`${ODF}.spreadsheet`) },
  odp: { type: `${ODF}.presentation`, isSo: zipWith(`${ODF}.presentation`) },
  doc: { type: 'application/msword', isSo: isCompound },
  xls: { type: 'application/vnd.ms-excel', isSo: isCompound },
  ppt: { type: 'application/vnd.ms-powerpoint', isSo: isCompound },
  msg: { type: 'application/vnd.ms-outlook', isSo: isCompound },
  rtf: { type: 'application/rtf', also: ['text/rtf'], isSo: starts('{\\rtf') },
  txt: { type: 'text/plain', isSo: isText },
  md: { type: 'text/markdown', also: ['text/plain'], isSo: isText },
  csv: { type: 'text/csv', also: ['text/plain', 'application/vnd.ms-excel'], isSo: isText },
  eml: { type: 'message/rfc822', also: ['text/plain'], isSo: isText },
  png: { type: 'image/png', isSo: starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  jpg: JPEG,
  jpeg: JPEG,
  gif: { type: 'image/gif', isSo: starts('GIF87a', 'GIF89a') },
  webp: { type: 'image/webp', isSo: riff('WEBP') },
  tif: TIFF,
  tiff: TIFF,
  heic: { type: 'image/heic', also: ['image/heif'], isSo: branded('heic', 'heix', 'mif1', 'msf1', 'heim', 'hevc') },
  zip: { type: 'application/zip', also: ['application/x-zip-compressed'], isSo: isZip },
};

/** Media types that say nothing: programs send them for whatever they do not know. */
const SAYS_NOTHING = ['', 'application/octet-stream', 'application/x-www-form-urlencoded', 'binary/octet-stream'];

/** The end of a name that tells the kind of file, in lower case; absent: it has none. */
export function endingOf(name: string): string | undefined {
  return /[^.]\.([^.]+)$/u.exec(name)?.[1]?.toLowerCase();
}

/** Whether a sender that announces a media type speaks of such a file. */
export function isAnnounced({ type, also = [] }: FileType, announced: string): boolean {
  const [essence = ''] = announced.toLowerCase().split(';');
  return [type, ...also, ...SAYS_NOTHING].includes(essence.trim());
}

/** Text in the encodings that exports come in; Node decodes them all and writes few. */

/** The bytes of every character that one or two bytes of the encoding stand for. */
function tableOf(label: string): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(label);
  const table = new Map<string, readonly number[]>();
  for (let high = 0x80; high <= 0xff; high += 1) {
    const one = decoder.decode(Uint8Array.of(high));
    if (one.length === 1 && one !== '\ufffd' && !table.has(one)) table.set(one, [high]);
    if (label !== 'gbk') continue;
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const two = decoder.decode(Uint8Array.of(high, low));
      if (two.length === 1 && two !== '\ufffd' && !table.has(two)) table.set(two, [high, low]);
    }
  }
  return table;
}

/** Not every Node decodes these. */
const WESTERN: readonly (readonly [string, readonly number[]])[] = [
  ['€', [0x80]],
  ['–', [0x96]],
];

/** @throws Error for a character that the encoding does not have */
export function encoded(text: string, label: 'gbk' | 'windows-1252' | 'windows-1251'): Uint8Array {
  const table = new Map([...tableOf(label), ...(label === 'windows-1252' ? WESTERN : [])]);
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const known = code < 0x80 ? [code] : table.get(character);
    if (known === undefined) throw new Error(`${label} has no ${character}`);
    return known;
  });
  return Uint8Array.from(bytes);
}

/** Little-endian, with the mark in front unless told otherwise. */
export function utf16(text: string, isMarked = true): Uint8Array {
  return Buffer.from(`${isMarked ? '\ufeff' : ''}${text}`, 'utf16le');
}

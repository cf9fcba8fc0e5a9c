/** Names as they are compared: whatever their capitals, blanks and width. */

export function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

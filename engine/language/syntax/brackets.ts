/** Finds the bracket that is missing or wrong: the parser notices only lines later, the author must look here. */

export interface BracketFault {
  readonly code: 'unclosed-bracket' | 'wrong-bracket';
  /** Where something must be changed: the end of the last line before the gap, or the bracket that does not fit. */
  readonly at: number;
  readonly opened: number;
  /** The bracket that belongs there. */
  readonly wanted: string;
}

interface Open {
  readonly at: number;
  readonly wanted: string;
  /** Of the line it stands in. */
  readonly indent: number;
}

const CLOSES: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** The first fault, judging by how far the lines are indented: what stands in brackets is indented more than what follows. */
export function bracketFault(text: string): BracketFault | undefined {
  const open: Open[] = [];
  let [lineStart, endOfWords] = [0, 0];
  for (const line of text.split('\n')) {
    const content = withoutComment(line);
    const indent = content.search(/\S/);
    const top = open.at(-1);
    if (top && indent !== -1 && startsAnew(content, indent, open)) {
      return { code: 'unclosed-bracket', at: endOfWords, opened: top.at, wanted: top.wanted };
    }
    for (const { at, mark } of marksOf(content)) {
      const wanted = CLOSES[mark];
      if (wanted !== undefined) open.push({ at: lineStart + at, wanted, indent });
      else {
        const opening = open.pop();
        if (opening && opening.wanted !== mark) {
          return { code: 'wrong-bracket', at: lineStart + at, opened: opening.at, wanted: opening.wanted };
        }
      }
    }
    if (indent !== -1) endOfWords = lineStart + Math.max(0, content.trimEnd().length - 1);
    lineStart += line.length + 1;
  }
  const top = open.at(-1);
  return top && { code: 'unclosed-bracket', at: endOfWords, opened: top.at, wanted: top.wanted };
}

/** A line no deeper than the one the outermost bracket stands in, that begins a key or an item. */
function startsAnew(content: string, indent: number, open: readonly Open[]): boolean {
  return indent <= (open[0]?.indent ?? -1) && /^(- |[\w-]+:(\s|$))/.test(content.slice(indent));
}

/** `#` begins a comment behind a space; in quotes it does not, and quotes with one are rare enough. */
function withoutComment(line: string): string {
  const at = line.search(/(^|\s)#/);
  return at === -1 || /['"]/.test(line.slice(0, at)) ? line : line.slice(0, at);
}

/** Brackets outside of quoted texts. Where values are not in brackets, those in plain words are text. */
function marksOf(line: string): readonly { readonly at: number; readonly mark: string }[] {
  const marks: { at: number; mark: string }[] = [];
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const mark = line[at] ?? '';
    if (quote !== '') {
      if (mark === quote) quote = '';
    } else if ((mark === "'" || mark === '"') && /(^|[\s[{,:])$/.test(line.slice(0, at))) quote = mark;
    else if ('[]{}'.includes(mark)) marks.push({ at, mark });
  }
  return marks;
}

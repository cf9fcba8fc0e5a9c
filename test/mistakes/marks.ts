/** Mistakes of the pen: indentation, colons, quotes and brackets lost, Chinese marks in place of ASCII. */

import type { Maker } from './mistake.ts';
import type { Site } from './sites.ts';

/** A key of a map written in lines, not its first, below one that has its value on its own line. */
function isShiftable({ isFlow, among, key, file }: Site): boolean {
  const i = among.findIndex((one) => one.key === key);
  const before = among[i - 1];
  if (isFlow || !before || i < 1) return false;
  return !file.text.slice(before.keyAt.from, before.valueAt.to).includes('\n');
}

function shifted(by: number): Maker {
  return ({ sites }, random) => {
    const site = random.pick(sites.filter((one) => isShiftable(one) && indentOf(one) >= (by < 0 ? 2 : 0)));
    if (!site) return undefined;
    const { from } = site.keyAt;
    return by > 0
      ? { file: site.file, from, to: from, put: ' '.repeat(by) }
      : { file: site.file, from: from + by, to: from, put: '' };
  };
}

function indentOf({ file, keyAt }: Site): number {
  const line = file.text.slice(file.text.lastIndexOf('\n', keyAt.from) + 1, keyAt.from);
  return /^ *$/.test(line) ? line.length : 0;
}

/** An item of a list written in lines, not its first. Lists in notes are Markdown, which may stand as it likes. */
const dashShifted: Maker = ({ files }, random) => {
  const lists = files.filter(({ text }) => /\n( *)- .*\n\1- /.test(text) && !/^knowledge:/m.test(text));
  const file = random.pick(lists);
  const places = [...(file?.text.matchAll(/(?<=\n( *)- [^\n]*\n)\1(?=- )/g) ?? [])];
  const place = random.pick(places);
  if (!file || !place) return undefined;
  return { file, from: place.index, to: place.index, put: ' ' };
};

const tabbed: Maker = ({ sites }, random) => {
  const site = random.pick(sites.filter((one) => isShiftable(one) && indentOf(one) >= 2));
  if (!site) return undefined;
  const { from } = site.keyAt;
  return { file: site.file, from: from - indentOf(site), to: from, put: '\t' };
};

/** In lines: `key value`; in braces: `{ zh text`. Not the kind of a file, which is another mistake. */
const colonLost: Maker = ({ sites }, random) => {
  const site = random.pick(
    sites.filter(
      (one) =>
        one.path.includes('/') && isColon(one) && !(one.among[0]?.key === one.key && one.path.split('/').length === 2),
    ),
  );
  return site && { file: site.file, from: site.keyAt.to, to: site.keyAt.to + 1, put: '' };
};

function isColon({ file, keyAt, valueAt }: Site): boolean {
  return file.text.slice(keyAt.to, keyAt.to + 2) === ': ' && valueAt.to > valueAt.from;
}

const spaceLost: Maker = ({ sites }, random) => {
  const site = random.pick(
    sites.filter((one) => isColon(one) && !one.isFlow && /^[\w\d]/.test(one.file.text.slice(one.valueAt.from))),
  );
  return site && { file: site.file, from: site.keyAt.to + 1, to: site.keyAt.to + 2, put: '' };
};

const colonFull: Maker = ({ sites }, random) => {
  const site = random.pick(sites.filter(isColon));
  return site && { file: site.file, from: site.keyAt.to, to: site.keyAt.to + 2, put: '：' };
};

/** The comma between two keys, or between two names of a list: never one inside a text. */
const commaFull: Maker = ({ sites }, random) => {
  const site = random.pick(sites.filter(({ isFlow, among, key }) => isFlow && among.at(-1)?.key !== key));
  const next = site?.among[site.among.findIndex(({ key }) => key === site.key) + 1];
  if (!site || !next || !/^ *, *$/.test(site.file.text.slice(site.valueAt.to, next.keyAt.from))) return undefined;
  return { file: site.file, from: site.valueAt.to, to: next.keyAt.from, put: '，' };
};

const commaLost: Maker = ({ sites }, random) => {
  const site = random.pick(
    sites.filter(({ isFlow, among, key, word }) => isFlow && word !== undefined && among.at(-1)?.key !== key),
  );
  const next = site?.among[site.among.findIndex(({ key }) => key === site.key) + 1];
  if (!site || !next || !/^ *, *$/.test(site.file.text.slice(site.valueAt.to, next.keyAt.from))) return undefined;
  return { file: site.file, from: site.valueAt.to, to: next.keyAt.from, put: ' ' };
};

const nameCommaFull: Maker = ({ words }, random) => {
  const pairs = words.flatMap((word, i) => {
    const next = words[i + 1];
    const isPair =
      next?.file === word.file &&
      next.path === word.path &&
      /^(gate\/applies_to|ladder\/ends_when|roles\/posts\/may)$/.test(word.path);
    return isPair && next.file.text.slice(word.at.to, next.at.from) === ', ' ? [{ word, next }] : [];
  });
  const pair = random.pick(pairs);
  return pair && { file: pair.word.file, from: pair.word.at.to, to: pair.next.at.from, put: '，' };
};

/** A text that must be quoted: it holds a comma or a colon. */
function quoted(put: (text: string) => string): Maker {
  return ({ words }, random) => {
    const word = random.pick(
      words.filter(({ isQuoted, text, path }) => isQuoted && /[,:] /.test(text) && /\/(zh|en)$/.test(path)),
    );
    if (!word) return undefined;
    const { from, to } = word.at;
    return { file: word.file, from, to, put: put(word.file.text.slice(from, to)) };
  };
}

/** Of brackets that stand on one line; the texts of no playbook hold any. */
function bracket(open: boolean, full: boolean): Maker {
  return ({ sites }, random) => {
    const site = random.pick(
      sites.filter(
        ({ file, valueAt }) =>
          /^[[{]/.test(file.text.slice(valueAt.from, valueAt.from + 1)) &&
          !file.text.slice(valueAt.from, valueAt.to).includes('\n'),
      ),
    );
    if (!site) return undefined;
    const at = open ? site.valueAt.from : site.valueAt.to - 1;
    const mark = site.file.text[at] ?? '';
    const put = full ? (FULL[mark] ?? '') : '';
    return { file: site.file, from: at, to: at + 1, put };
  };
}
const FULL: Readonly<Record<string, string>> = { '[': '［', ']': '］', '{': '｛', '}': '｝' };

const otherBracket: Maker = ({ sites }, random) => {
  const site = random.pick(
    sites.filter(
      ({ file, valueAt }) =>
        /^[[{]/.test(file.text.slice(valueAt.from, valueAt.from + 1)) &&
        !file.text.slice(valueAt.from, valueAt.to).includes('\n'),
    ),
  );
  if (!site) return undefined;
  const at = site.valueAt.to - 1;
  return { file: site.file, from: at, to: at + 1, put: site.file.text[at] === ']' ? '}' : ']' };
};

/** The last bracket of a list that runs over several lines. */
const longBracket: Maker = ({ sites }, random) => {
  const site = random.pick(
    sites.filter(
      ({ file, valueAt }) =>
        file.text[valueAt.from] === '[' && file.text.slice(valueAt.from, valueAt.to).includes('\n'),
    ),
  );
  return site && { file: site.file, from: site.valueAt.to - 1, to: site.valueAt.to, put: '' };
};

export const MARK_MISTAKES: Readonly<Record<string, Maker>> = {
  'a line too far in': shifted(1),
  'a line much too far in': shifted(2),
  'a line too far out': shifted(-1),
  'an item too far in': dashShifted,
  'a tab': tabbed,
  'a colon lost': colonLost,
  'the space behind a colon lost': spaceLost,
  'a full-width colon': colonFull,
  'a full-width comma': commaFull,
  'a full-width comma between names': nameCommaFull,
  'a comma lost': commaLost,
  'an opening quote lost': quoted((text) => text.slice(1)),
  'a closing quote lost': quoted((text) => text.slice(0, -1)),
  'full-width quotes': quoted((text) => `“${text.slice(1, -1)}”`),
  'an opening bracket lost': bracket(true, false),
  'a closing bracket lost': bracket(false, false),
  'a full-width opening bracket': bracket(true, true),
  'a full-width closing bracket': bracket(false, true),
  'the other bracket': otherBracket,
  'the bracket of a long list lost': longBracket,
};

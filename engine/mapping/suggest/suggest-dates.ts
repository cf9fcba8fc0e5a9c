/** The dates of a suggested mapping: which columns, and how they are written. */

import type { Text } from '../../playbook/text.ts';
import { ambiguousCell } from '../date-format.ts';
import type { SuggestionDraft } from './draft.ts';
import { sure } from './draft.ts';
import type { ColumnGuesses } from './guess-columns.ts';
import { type DateGuess, guessDates } from './guess-dates.ts';
import type { Column } from './profile.ts';
import { quoted, word } from './yaml-text.ts';

const KEYS = ['opened', 'closed', 'entered', 'last_activity'] as const;

/** @param others columns of dates that facts and the history are taken from */
export function suggestDates(draft: SuggestionDraft, guesses: ColumnGuesses, others: readonly Column[]): void {
  draft.add('dates:');
  const columns: Column[] = [];
  for (const key of KEYS) {
    const guess = guesses[key];
    if (guess === undefined) continue;
    columns.push(guess.column);
    draft.add(`  ${key}: ${word(guess.column.name)}`, sure(guess.confidence, { zh: '列名', en: 'the header' }));
  }
  const read = [...columns, ...others].flatMap((column) => {
    const guess = guessDates(column);
    return guess === undefined ? [] : [{ column, guess }];
  });
  suggestFormats(draft, read);
  const language = read.find(({ guess }) => guess.language !== 'en')?.guess.language;
  if (language !== undefined) draft.add(`  language: ${language}`, { zh: '月份名称', en: 'the names of months' });
  draft.note({
    zh: '  zone: Asia/Shanghai   日期所在的时区；不写即 UTC',
    en: '  zone: Asia/Shanghai   the zone the dates are meant in; UTC when absent',
  });
}

interface ReadColumn {
  readonly column: Column;
  readonly guess: DateGuess;
}

function suggestFormats(draft: SuggestionDraft, read: readonly ReadColumn[]): void {
  const decided = read.flatMap(({ guess }) => (guess.formats.length === 1 ? guess.formats : []));
  const formats: string[] = [];
  for (const { column, guess } of read) {
    // What the values of one column leave open, another column written in the same way may settle.
    const settled = guess.formats.length === 1 ? guess.formats[0] : guess.formats.find((one) => decided.includes(one));
    if (settled === undefined) {
      askFormat(draft, column, guess);
      return;
    }
    if (!formats.includes(settled)) formats.push(settled);
  }
  const reading = { zone: 'UTC', language: read.find(({ guess }) => guess.language !== 'en')?.guess.language ?? 'en' };
  for (const [index, one] of formats.entries()) {
    const other = formats.slice(index + 1).find((later) => ambiguousCell(one, later, reading) !== undefined);
    if (other !== undefined) {
      draft.ask('  format: "?"', {
        zh: `各列写法不同（${one} 与 ${other}），同一格可读成两天：主日期用哪一种？其余写在各事实的 format`,
        en: `columns differ (${one} and ${other}), and a cell can be two days: which is it here? facts may say their own`,
      });
      return;
    }
  }
  const [only = 'iso', ...more] = formats;
  draft.add(`  format: ${more.length === 0 ? word(only) : `[ ${formats.map(word).join(', ')} ]`}`, evidence(read));
}

function askFormat(draft: SuggestionDraft, column: Column, { formats, of }: DateGuess): void {
  const [sample = ''] = column.values.keys();
  draft.ask('  format: "?"', {
    zh: `${quoted(column.name)} 的 ${of} 个值（如 ${quoted(sample)}）都可读成 ${formats.join(' 或 ')}：是哪一种？`,
    en: `all ${of} values of ${quoted(column.name)} (such as ${quoted(sample)}) fit ${formats.join(' and ')}: which is it?`,
  });
}

function evidence(read: readonly ReadColumn[]): Text {
  const fits = read.reduce((sum, { guess }) => sum + guess.fits, 0);
  const of = read.reduce((sum, { guess }) => sum + guess.of, 0);
  if (of === 0) return { zh: '文件里没有日期', en: 'the file has no dates' };
  const proof = read.find(({ guess }) => guess.proof !== undefined)?.guess.proof;
  const because =
    proof === undefined
      ? { zh: '', en: '' }
      : { zh: `；${quoted(proof)} 只能这样读`, en: `; ${quoted(proof)} can be read in no other way` };
  return sure(fits / of, {
    zh: `${of} 个值中 ${fits} 个符合${because.zh}`,
    en: `${fits} of ${of} values fit${because.en}`,
  });
}

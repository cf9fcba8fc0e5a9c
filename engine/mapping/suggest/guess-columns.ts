/** Which column is for what: by its header in the languages of CRMs, held against what its cells hold. */

import { foldWord } from '../words.ts';
import { guessDates } from './guess-dates.ts';
import { HEADERS, type Purpose } from './header-words.ts';
import { bareHeader, type Column } from './profile.ts';

export interface ColumnGuess {
  readonly column: Column;
  /** 0 to 1. */
  readonly confidence: number;
}

const EQUAL = 0.95;
/** Each word further down the list is a little less likely. */
const STEP = 0.01;
const CONTAINED = 0.7;

/** What the cells must hold for a column to serve the purpose: 1 where they do, less where they hardly do. */
const FITNESS: Readonly<Record<Purpose, (column: Column, rows: number) => number>> = {
  id: ({ values, filled }, rows) => (filled >= rows * 0.95 && values.size >= Math.min(filled, 5_000) * 0.8 ? 1 : 0),
  title: ({ filled }) => (filled > 0 ? 1 : 0),
  stage: ({ values, filled }) => (filled > 0 && values.size <= 40 ? 1 : 0),
  status: ({ values, filled }) => (filled > 0 && values.size <= 12 ? 1 : 0),
  pipeline: ({ values, filled }) => (filled > 0 && values.size <= 20 ? 1 : 0),
  owner: ({ filled }) => (filled > 0 ? 1 : 0),
  opened: dates,
  closed: dates,
  entered: dates,
  last_activity: dates,
  currency: ({ values, filled }) => (filled > 0 && values.size <= 20 ? 1 : 0),
  reason: ({ values, filled }) => (filled > 0 && values.size <= 60 ? 1 : 0),
};

function dates(column: Column): number {
  return guessDates(column) === undefined ? 0 : 1;
}

export type ColumnGuesses = { readonly [P in Purpose]?: ColumnGuess };

/** Each column for one purpose at most: the surest guess first. */
export function guessColumns(columns: readonly Column[], rows: number): ColumnGuesses {
  // The keys of a constant table.
  const purposes = Object.keys(HEADERS) as Purpose[];
  const all = purposes.flatMap((purpose) =>
    columns.flatMap((column) => {
      const confidence = headerScore(column.name, HEADERS[purpose]) * FITNESS[purpose](column, rows);
      return confidence > 0.5 ? [{ purpose, column, confidence }] : [];
    }),
  );
  const taken = new Set<Column>();
  const guesses: { [P in Purpose]?: ColumnGuess } = {};
  for (const { purpose, column, confidence } of all.sort((a, b) => b.confidence - a.confidence)) {
    if (guesses[purpose] !== undefined || taken.has(column)) continue;
    guesses[purpose] = { column, confidence };
    taken.add(column);
  }
  return guesses;
}

/** How surely a header means one of the words. */
export function headerScore(name: string, words: readonly string[]): number {
  const forms = [foldWord(name), bareHeader(name), foldWord(name).replace(/[_-]/g, ' ')];
  const place = words.findIndex((word) => forms.includes(word));
  if (place >= 0) return Math.max(0.75, EQUAL - place * STEP);
  const isPart = words.some((word) => word.length >= 5 && forms.some((form) => ` ${form} `.includes(` ${word} `)));
  return isPart ? CONTAINED : 0;
}

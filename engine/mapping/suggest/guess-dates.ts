/** How the dates of a column are written, told from the values alone; where they cannot tell, both readings are named. */

import { readDay } from '../date-format.ts';
import type { Column } from './profile.ts';

export interface DateGuess {
  /** One; or several, where the values fit them all and mean different days. */
  readonly formats: readonly string[];
  readonly language: string;
  readonly fits: number;
  readonly of: number;
  /** A cell that only this format reads, where there is one. */
  readonly proof?: string;
}

const DAYS = [
  'iso',
  'yyyy/M/d',
  'yyyy.M.d',
  'yyyy年M月d日',
  'yyyyMMdd',
  'M/d/yyyy',
  'd/M/yyyy',
  'M-d-yyyy',
  'd-M-yyyy',
  'd.M.yyyy',
  'M.d.yyyy',
  'M/d/yy',
  'd/M/yy',
  'd.M.yy',
  'd MMM yyyy',
  'd MMM, yyyy',
  'd. MMM yyyy',
  'MMM d, yyyy',
  'MMM d yyyy',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'MMMM d, yyyy',
  'd MMMM yyyy',
  'd. MMMM yyyy',
];
const TIMES = ['', ' H:mm', ' H:mm:ss', ' h:mm a', ' h:mm:ss a', ', H:mm', ', h:mm a', "'T'H:mm:ss"];
const LANGUAGES = ['en', 'de', 'es', 'fr', 'ru', 'pt', 'it', 'nl'];
const MOST_TRIED = 150;
/** Some cells of an honest column are spoilt; more are another column. */
const ENOUGH = 0.95;
/** Days of this century, as spreadsheets count them. */
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 62_092;

const guesses = new WeakMap<Column, DateGuess | undefined>();

/** Asked of each column for each purpose, worked out once. */
export function guessDates(column: Column): DateGuess | undefined {
  if (!guesses.has(column)) guesses.set(column, guessNow(column));
  return guesses.get(column);
}

function guessNow(column: Column): DateGuess | undefined {
  const values = [...column.values.keys()].slice(0, MOST_TRIED);
  if (values.length === 0) return undefined;
  if (values.every((value) => isSerial(value))) {
    return { formats: ['excel'], language: 'en', fits: values.length, of: values.length };
  }
  // Neither bare numbers nor long texts are dates, whatever they may be read as.
  if (values.some((value) => value.length > 40) || values.every((value) => !/\d.*\D.*\d/.test(value))) return undefined;
  const hasNames = values.some((value) => /\p{L}{3}/u.test(value) && !/\d[T年]\d/.test(value));
  for (const language of hasNames ? LANGUAGES : ['en']) {
    const guess = bestIn(language, values);
    if (guess !== undefined) return guess;
  }
  return undefined;
}

function bestIn(language: string, values: readonly string[]): DateGuess | undefined {
  const reading = { zone: 'UTC', language };
  const few = values.slice(0, 5);
  const all = DAYS.flatMap((day) => (day === 'iso' ? [day] : TIMES.map((time) => `${day}${time}`)));
  // Names of months are the only thing that differs from language to language.
  const worth = language === 'en' ? all : all.filter((format) => format.includes('MMM'));
  const likely = worth.filter((format) => few.some((value) => readDay(value, format, reading) !== undefined));
  const read = likely.map((format) => {
    const days = values.map((value) => readDay(value, format, reading));
    return { format, days, fits: days.filter((day) => day !== undefined).length };
  });
  const most = Math.max(0, ...read.map(({ fits }) => fits));
  if (most < values.length * ENOUGH) return undefined;
  const best = read.filter(({ fits }) => fits === most);
  const [first, ...others] = best;
  if (first === undefined) return undefined;
  const differing = others.filter(({ days }) => days.some((day, index) => day !== first.days[index]));
  const loser = read.find(
    ({ fits, days }) =>
      fits < most && fits > 0 && days.some((day, index) => day !== undefined && day !== first.days[index]),
  );
  const proof =
    loser === undefined
      ? undefined
      : values[loser.days.findIndex((day, index) => day === undefined && first.days[index] !== undefined)];
  return {
    formats: [first.format, ...differing.map(({ format }) => format)],
    language,
    fits: most,
    of: values.length,
    ...(proof !== undefined && { proof }),
  };
}

function isSerial(value: string): boolean {
  const number = /^\d{5}(?:\.\d+)?$/.test(value) ? Number(value) : 0;
  return number >= FIRST_SERIAL && number <= LAST_SERIAL;
}

/** Formats of dates as a mapping names them: Luxon's letters, `iso`, or the serial numbers of a spreadsheet. */

import { DateTime } from 'luxon';
import type { Text } from '../playbook/text.ts';

/** Formats named by a word. */
export const WORD_FORMATS = ['iso', 'excel', 'excel-1904'] as const;

const TOKENS = /^(y{4}|yy|M{1,4}|d{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|S{1,3}|a|E{3,4}|c{3,4}|Z{1,3}|z)$/;
const PARTS = /'[^']*'|([A-Za-z])\1*/g;
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/;
const SERIAL = /^\d{2,7}(?:\.\d{1,12})?$/;
const SERIAL_MS = 86_400_000;
/** Serials before 1 March 1900 count a day that never was. */
const FIRST_SOUND_SERIAL = 61;
const LAST_SERIAL = 2_958_465;

export interface DateReading {
  readonly zone: string;
  /** Of the names of months. */
  readonly language: string;
}

/** What is wrong with a format, if anything, and what its author will have meant. */
export function formatProblem(format: string): { readonly why: Text; readonly instead?: string } | undefined {
  if (WORD_FORMATS.some((word) => word === format)) return undefined;
  const tokens = [...format.matchAll(PARTS)].map(([part]) => part).filter((part) => !part.startsWith("'"));
  const unknown = tokens.find((token) => !TOKENS.test(token));
  const has = (letter: string): boolean => tokens.some((token) => token.startsWith(letter));
  const why: Text | undefined =
    unknown !== undefined
      ? { zh: `不认识 ${unknown}`, en: `${unknown} means nothing in it` }
      : has('y') && has('M') && has('d')
        ? undefined
        : { zh: '缺年 y、月 M 或日 d', en: 'it lacks the year y, the month M or the day d' };
  if (why === undefined) return undefined;
  const instead = mended(format);
  const isBetter = instead !== format && formatProblem(instead) === undefined;
  return isBetter ? { why, instead } : { why };
}

/** As other programs write it: `YYYY-MM-DD`, `mm/dd/yyyy`. */
function mended(format: string): string {
  const letters = format.replace(/Y/g, 'y').replace(/D/g, 'd');
  return /M/.test(letters) ? letters : letters.replace(/m+/, (month) => month.toUpperCase());
}

/** Days whose day and month can change places, written with one and with two digits. */
const SAMPLES = ['2021-03-04', '2011-12-10', '2003-02-01'];

/** A cell that two formats read as two days; undefined where every cell means one day. */
export function ambiguousCell(one: string, other: string, reading: DateReading): string | undefined {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    if (WORD_FORMATS.some((word) => word === first)) continue;
    for (const sample of SAMPLES) {
      const cell = DateTime.fromISO(sample, { zone: reading.zone, locale: reading.language }).toFormat(first);
      const day = readDay(cell, second, reading);
      if (day !== undefined && day !== readDay(cell, first, reading)) return cell;
    }
  }
  return undefined;
}

/** The day a cell means, `yyyy-MM-dd`; a time with a zone of its own is taken to the mapping's. Undefined: it does not fit. */
export function readDay(text: string, format: string, { zone, language }: DateReading): string | undefined {
  switch (format) {
    case 'iso': {
      const read = ISO.test(text)
        ? DateTime.fromISO(text.replace(' ', 'T').replace(/ (?=[+-]\d)/, ''), { zone })
        : undefined;
      return dayOf(read);
    }
    case 'excel':
      return daySince('1899-12-30', text);
    case 'excel-1904':
      return daySince('1904-01-01', text);
    default:
      return dayOf(DateTime.fromFormatParser(text, parserOf(format, language), { zone, locale: language }));
  }
}

/** Made once: a format is read a hundred thousand times. */
const parsers = new Map<string, ReturnType<typeof DateTime.buildFormatParser>>();

function parserOf(format: string, locale: string): ReturnType<typeof DateTime.buildFormatParser> {
  const key = `${locale} ${format}`;
  let parser = parsers.get(key);
  if (parser === undefined) {
    parser = DateTime.buildFormatParser(format, { locale });
    parsers.set(key, parser);
  }
  return parser;
}

function dayOf(read: DateTime | undefined): string | undefined {
  return read?.isValid === true ? read.toFormat('yyyy-MM-dd') : undefined;
}

function daySince(first: string, text: string): string | undefined {
  if (!SERIAL.test(text)) return undefined;
  const days = Math.floor(Number(text));
  if (days < FIRST_SOUND_SERIAL || days > LAST_SERIAL) return undefined;
  return new Date(Date.parse(first) + days * SERIAL_MS).toISOString().slice(0, 10);
}

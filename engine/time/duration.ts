/** Lengths of time that name their clock. */

import type { Lang, Text } from '../playbook/text.ts';

export type DurationUnit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'business_hours' | 'business_days';

/** `{ amount: 10, unit: 'business_days' }`; amounts are whole and not negative. */
export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

export type ParsedDuration =
  | { readonly ok: true; readonly duration: Duration }
  | { readonly ok: false; readonly message: Text; readonly hint?: Text };

interface UnitName {
  readonly one: string;
  readonly many: string;
  readonly zh: string;
  /** A century or so: longer is a slip of the pen, and would carry clocks past what calendars know. */
  readonly limit: number;
}

const UNITS: Readonly<Record<DurationUnit, UnitName>> = {
  minutes: { one: 'minute', many: 'minutes', zh: '分钟', limit: 52_560_000 },
  hours: { one: 'hour', many: 'hours', zh: '小时', limit: 876_000 },
  days: { one: 'day', many: 'days', zh: '天', limit: 36_500 },
  weeks: { one: 'week', many: 'weeks', zh: '周', limit: 5_200 },
  months: { one: 'month', many: 'months', zh: '个月', limit: 1_200 },
  business_hours: { one: 'business hour', many: 'business hours', zh: '个工作小时', limit: 200_000 },
  business_days: { one: 'business day', many: 'business days', zh: '个工作日', limit: 25_000 },
};

const UNIT_BY_NAME: ReadonlyMap<string, DurationUnit> = new Map(
  Object.entries(UNITS).flatMap(([unit, name]) => {
    // Object.entries forgets the key type; the keys of UNITS are the units.
    const known = unit as DurationUnit;
    return [
      [name.one, known],
      [name.many, known],
    ] as const;
  }),
);

/** What people write for a unit; each leads to a hint, never to a guess that counts. */
const SLIPS: readonly (readonly [RegExp, DurationUnit])[] = [
  [/^(bd|wd|b-?days?|business[-_ ]?days?|working[ -]?days?|work ?days?|week ?days?|个?工作日)$/, 'business_days'],
  [
    /^(bh|wh|business[-_ ]?(hours?|hrs?)|working[ -]?(hours?|hrs?)|work ?hours?|个?工作小时|个?工时)$/,
    'business_hours',
  ],
  [/^(months?|mon|mo|个?月)$/, 'months'],
  [/^(min|mins|minutes?|分|分钟)$/, 'minutes'],
  [/^(h|hr|hrs|hours?|个?小时)$/, 'hours'],
  [/^(d|days?|天|日)$/, 'days'],
  [/^(w|wk|wks|weeks?|周|个?星期)$/, 'weeks'],
];

const ISO_UNITS: Readonly<Record<string, DurationUnit>> = {
  D: 'days',
  W: 'weeks',
  M: 'months',
  TH: 'hours',
  TM: 'minutes',
};

/**
 * Reads `N unit`, such as `2 business hours`, `10 business days`, `90 days`, `1 month`; nothing shorter or cleverer, so
 * that every duration in a playbook says which clock it means. A refusal carries a hint that shows the right form.
 */
export function parseDuration(text: string): ParsedDuration {
  const match = /^(0|[1-9][0-9]*) ([a-z]+(?: [a-z]+)?)$/.exec(text);
  const unit = UNIT_BY_NAME.get(match?.[2] ?? '');
  if (match === null || unit === undefined) return refuse(text);
  const amount = Number(match[1]);
  if (amount > UNITS[unit].limit) {
    const longest = durationText({ amount: UNITS[unit].limit, unit }, 'en');
    return {
      ok: false,
      message: { zh: `\`${text}\` 太长`, en: `\`${text}\` is too long` },
      hint: { zh: `最长 \`${longest}\``, en: `the longest is \`${longest}\`` },
    };
  }
  return { ok: true, duration: { amount, unit } };
}

/** The duration as a person reads it; the English form is the one playbooks are written in. */
export function durationText(duration: Duration, lang: Lang): string {
  const name = UNITS[duration.unit];
  if (lang === 'zh') return `${duration.amount} ${name.zh}`;
  return `${duration.amount} ${duration.amount === 1 ? name.one : name.many}`;
}

/** In both languages. */
export function inWords(duration: Duration): Text {
  return { zh: durationText(duration, 'zh'), en: durationText(duration, 'en') };
}

function refuse(text: string): ParsedDuration {
  return {
    ok: false,
    message: { zh: `\`${text}\` 不是时长`, en: `\`${text}\` is not a duration` },
    hint: hintFor(text.trim()),
  };
}

function hintFor(text: string): Text {
  const iso = /^P(T?)([0-9]{1,6})([DWMH])$/i.exec(text);
  const isoUnit = ISO_UNITS[`${iso?.[1] ?? ''}${iso?.[3] ?? ''}`.toUpperCase()];
  if (iso !== null && isoUnit !== undefined) return writeHint(Number(iso[2]), isoUnit);

  const loose = /^([-+]?)([0-9]{1,9})(?![0-9])([.,][0-9]+)?\s*(.*)$/.exec(text);
  if (loose === null) {
    return {
      zh: '写成数字加单位，如 `20 business days`',
      en: 'write a number and its unit, such as `20 business days`',
    };
  }
  const amount = Number(loose[2]);
  const word = (loose[4] ?? '').trim().toLowerCase().replace(/\s+/g, ' ');
  const unit = SLIPS.find(([pattern]) => pattern.test(word))?.[1];
  if (loose[3] !== undefined) {
    const whole = durationText({ amount: amount + 1, unit: unit ?? 'business_days' }, 'en');
    return {
      zh: `数字须为整数，如 \`${whole}\`；要更细就用更小的单位`,
      en: `use a whole number, such as \`${whole}\`, or a smaller unit`,
    };
  }
  if (unit !== undefined) return writeHint(amount, unit);
  if (/^(y|yrs?|years?|年)$/.test(word)) return writeHint(amount * 12, 'months');
  const days = durationText({ amount, unit: 'days' }, 'en');
  const businessDays = durationText({ amount, unit: 'business_days' }, 'en');
  return {
    zh: `写明单位，如 \`${businessDays}\` 或 \`${days}\``,
    en: `name the unit, such as \`${businessDays}\` or \`${days}\``,
  };
}

function writeHint(amount: number, unit: DurationUnit): Text {
  const form = durationText({ amount, unit }, 'en');
  return { zh: `写成 \`${form}\``, en: `write \`${form}\`` };
}

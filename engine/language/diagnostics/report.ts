/** Collects findings while a playbook is read: the code's template is filled, nothing is thrown. */

import type { Text } from '../../playbook/text.ts';
import { fullWidthHint } from '../syntax/full-width.ts';
import { type Code, codeInfo } from './codes.ts';
import type { Diagnostic, Place } from './diagnostic.ts';

export type Params = Readonly<Record<string, string | number | Text>>;

export interface More {
  readonly hint?: Text | undefined;
  readonly related?: readonly { readonly place: Place; readonly message: Text }[];
}

export type Report = (code: Code, place: Place, params?: Params, more?: More) => void;

export interface Collected {
  readonly report: Report;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether this was reported before: some findings would only be its echo. */
  readonly has: (code: Code) => boolean;
}

/** @param found what was found before */
export function collector(found: readonly Diagnostic[] = []): Collected {
  const diagnostics: Diagnostic[] = [...found];
  const report: Report = (code, place, params = {}, more = {}) => {
    const { severity, message, hint } = codeInfo(code);
    const helps = wideHint(params) ?? more.hint ?? (hint && fill(hint, params));
    diagnostics.push({
      code,
      severity,
      at: place.at,
      ...(place.end_col === undefined ? {} : { end_col: place.end_col }),
      message: fill(message, params),
      ...(helps ? { hint: helps } : {}),
      ...(more.related ? { related: more.related.map((one) => ({ at: one.place.at, message: one.message })) } : {}),
    });
  };
  return { report, diagnostics, has: (code) => diagnostics.some((one) => one.code === code) };
}

/** Of what was written as a name, a key or a value of a fixed form: never of texts people read. */
function wideHint({ written, key }: Params): Text | undefined {
  const words = [written, key].filter((one) => typeof one === 'string');
  return words.map(fullWidthHint).find((one) => one !== undefined);
}

function fill(template: Text, params: Params): Text {
  return { zh: fillOne(template.zh, params, 'zh'), en: fillOne(template.en, params, 'en') };
}

function fillOne(template: string, params: Params, lang: 'zh' | 'en'): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return oneLine(typeof value === 'object' ? value[lang] : String(value));
  });
}

/** What the author wrote, fit for one line. */
function oneLine(text: string): string {
  const flat = text.slice(0, 200).replace(/[\s\p{Cc}]+/gu, ' ');
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
}

/** What a person reads, in both languages of the product, and the place in a playbook that a rule came from. */

export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Lang = 'zh' | 'en';

/** A place in a playbook file; `line` and `col` count from 1. `file` is relative to the playbook folder. */
export interface At {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** `file:line:col`, as editors and terminals link it. */
export function placeOf(at: At): string {
  return `${at.file}:${at.line}:${at.col}`;
}

/** The tables of keys in `docs/language.md`, from the same declarations that playbooks are read by. */

import { action } from './kinds/action.ts';
import { condition } from './kinds/condition.ts';
import { evidence } from './kinds/evidence.ts';
import { field } from './kinds/form.ts';
import { KINDS } from './kinds/kinds.ts';
import type { Keys, RecordShape } from './shape/record.ts';
import type { Shape } from './shape/shape.ts';

/** What stands between the markers of a section; the name of a section is a kind or a small language. */
export function keyTables(): ReadonlyMap<string, string> {
  const small: Readonly<Record<string, Shape<unknown>>> = { condition, field, evidence, action };
  const shared = new Set(Object.values(small).flatMap((shape) => recordsOf(shape)));
  const tables = new Map<string, string>();
  for (const [name, shape] of Object.entries(small))
    tables.set(name, tablesOf(recordsOf(shape).filter(isOf(name, small))));
  for (const [kind, shape] of Object.entries(KINDS)) {
    tables.set(kind, tablesOf(recordsOf(shape).filter((one) => !shared.has(one))));
  }
  return tables;
}

/** A small language lists its own records; those of another small language stand in that one's section. */
function isOf(name: string, small: Readonly<Record<string, Shape<unknown>>>) {
  const names = Object.keys(small);
  return (record: RecordShape<Keys>): boolean =>
    !names.slice(0, names.indexOf(name)).some((other) => recordsOf(small[other]).includes(record));
}

/** Replaces what stands between `<!-- keys NAME -->` and `<!-- end NAME -->`. */
export function withKeyTables(markdown: string): string {
  let text = markdown;
  for (const [name, table] of keyTables()) {
    const begin = `<!-- keys ${name} -->`;
    const end = `<!-- end ${name} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from === -1 || to === -1) continue;
    text = `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
  }
  return text;
}

function recordsOf(shape: Shape<unknown> | undefined): readonly RecordShape<Keys>[] {
  const found: RecordShape<Keys>[] = [];
  const seen = new Set<Shape<unknown>>();
  const walk = (one: Shape<unknown>): void => {
    if (seen.has(one)) return;
    seen.add(one);
    if (isRecord(one) && !found.includes(one)) found.push(one);
    for (const part of one.parts?.() ?? []) walk(part);
  };
  if (shape) walk(shape);
  return found;
}

function isRecord(shape: Shape<unknown>): shape is RecordShape<Keys> {
  return 'keys' in shape;
}

function tablesOf(records: readonly RecordShape<Keys>[]): string {
  return records.map(tableOf).join('\n\n');
}

function tableOf(record: RecordShape<Keys>): string {
  const rows = Object.entries(record.keys).map(
    ([key, { shape, required, doc }]) =>
      `| \`${key}\` | ${cell(shape.name.en)} | ${required ? 'yes' : ''} | ${cell(doc.en)} |`,
  );
  const title = record.name.en.replace(/^an? /, '');
  return [`**${title}**`, '', '| key | takes | needed | what it says |', '|---|---|---|---|', ...rows].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

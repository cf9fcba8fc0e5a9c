/** The stages of a suggested mapping: every word of the file with its count, matched only with what the playbook calls a stage. */

import type { Pipeline } from '../../playbook/pipeline.ts';
import { foldWord } from '../words.ts';
import { type SuggestionDraft, sure } from './draft.ts';
import type { ColumnGuesses } from './guess-columns.ts';
import { guessDates } from './guess-dates.ts';
import { stageWords } from './guess-stages.ts';
import { OPEN_WORDS } from './header-words.ts';
import type { Column } from './profile.ts';
import { quoted, word } from './yaml-text.ts';

const BY: Readonly<Record<string, { zh: string; en: string }>> = {
  id: { zh: '与标识相同', en: 'equals its id' },
  title: { zh: '与名称相同', en: 'equals its title' },
  word: { zh: '意为结束', en: 'means the end' },
};

export function suggestStages(draft: SuggestionDraft, guesses: ColumnGuesses, pipeline: Pipeline | undefined): void {
  const { stage } = guesses;
  draft.add('stage:');
  if (stage === undefined) {
    draft.ask('  column: "?"', { zh: '哪一列是阶段？', en: 'which column holds the stage?' });
    draft.add('  values: {}');
    return;
  }
  const { values, name, filled } = stage.column;
  draft.add(
    `  column: ${word(name)}`,
    sure(stage.confidence, {
      zh: `列名；${filled} 行，${values.size} 种词`,
      en: `the header; ${values.size} words in ${filled} rows`,
    }),
  );
  draft.add('  values:');
  const guess = stageWords(pipeline);
  const known = (pipeline?.stages ?? []).map(({ stage: id }) => id);
  for (const [value, count] of values) {
    const rows = { zh: `${count} 行`, en: `${count} rows` };
    const found = guess(value);
    if (found.is === 'open') {
      const among = [...(found.several ?? known), '{ close: … }', 'skip'].join(', ');
      draft.ask(`    ${word(value)}: "?"`, {
        zh: `${rows.zh}：${quoted(value)} 是哪个阶段？${among}`,
        en: `${rows.en}: which stage is ${quoted(value)}? ${among}`,
      });
      continue;
    }
    const by = BY[found.by] ?? { zh: `与${found.by}相同`, en: `equals its ${found.by}` };
    const why = { zh: `${rows.zh}；${by.zh}`, en: `${rows.en}; ${by.en}` };
    if (found.is === 'stage') draft.add(`    ${word(value)}: ${found.stage}`, why);
    else if (found.is === 'won') draft.add(`    ${word(value)}: { close: won }`, why);
    else suggestLost(draft, `    ${word(value)}`, rows, guesses, pipeline);
  }
}

/** Why it was lost is told by a column where there is one; else it is `other`, where the playbook has that. */
function suggestLost(
  draft: SuggestionDraft,
  head: string,
  rows: { zh: string; en: string },
  { reason }: ColumnGuesses,
  pipeline: Pipeline | undefined,
): void {
  const reasons = Object.entries(pipeline?.lost_reasons ?? {});
  const others = reasons.some(([id]) => id === 'other') ? 'other' : undefined;
  const list = reasons.map(([id]) => id).join(', ');
  if (reason === undefined) {
    if (others !== undefined) draft.add(`${head}: { close: lost, reason: other }`, rows);
    else
      draft.ask(`${head}: { close: lost, reason: "?" }`, {
        zh: `${rows.zh}：输单原因是哪个？${list}`,
        en: `${rows.en}: for which reason? ${list}`,
      });
    return;
  }
  const meant = [...reason.column.values.keys()].map((value) => {
    const [id] = reasons.find(([one, { zh, en }]) => [one, zh, en].map(foldWord).includes(foldWord(value))) ?? [];
    return { value, id };
  });
  const unknown = meant.filter(({ id }) => id === undefined);
  const values = meant.map(({ value, id }) => `${word(value)}: ${id === undefined ? '"?"' : word(id)}`).join(', ');
  const fallback = others === undefined ? '' : ', default: other';
  const line = `${head}: { close: lost, reason: { column: ${word(reason.column.name)}, values: { ${values} }${fallback} } }`;
  if (unknown.length === 0) draft.add(line, rows);
  else {
    const words = unknown.map(({ value }) => quoted(value)).join(', ');
    draft.ask(line, {
      zh: `${rows.zh}：${words} 是哪个输单原因？${list}`,
      en: `${rows.en}: which reason is ${words}? ${list}`,
    });
  }
}

export function suggestStatus(draft: SuggestionDraft, guesses: ColumnGuesses, pipeline: Pipeline | undefined): void {
  const { status } = guesses;
  if (status === undefined) return;
  draft.add('status:');
  draft.add(`  column: ${word(status.column.name)}`, sure(status.confidence, { zh: '列名', en: 'the header' }));
  draft.add('  values:');
  const guess = stageWords(pipeline);
  for (const [value, count] of status.column.values) {
    const rows = { zh: `${count} 行`, en: `${count} rows` };
    const found = guess(value).is;
    if (OPEN_WORDS.has(foldWord(value))) draft.add(`    ${word(value)}: open`, rows);
    else if (found === 'won') draft.add(`    ${word(value)}: { close: won }`, rows);
    else if (found === 'lost') suggestLost(draft, `    ${word(value)}`, rows, guesses, pipeline);
    else
      draft.ask(`    ${word(value)}: "?"`, {
        zh: `${rows.zh}：状态 ${quoted(value)} 是 open、{ close: won }、{ close: lost, … } 还是 skip？`,
        en: `${rows.en}: is the status ${quoted(value)} open, { close: won }, { close: lost, … } or skip?`,
      });
  }
}

/** Columns of dates whose header names a stage: `Date entered "Proposal"`. */
export function historyColumns(
  columns: readonly Column[],
  guesses: ColumnGuesses,
  pipeline: Pipeline | undefined,
): readonly (readonly [Column, string])[] {
  if (pipeline === undefined) return [];
  const guess = stageWords(pipeline);
  const used = new Set(Object.values(guesses).map((one) => one.column));
  const titles = pipeline.stages.flatMap(({ stage, title }) => [stage, title.zh, title.en]);
  const words = [...new Set([...(guesses.stage?.column.values.keys() ?? []), ...titles])].sort(
    (a, b) => b.length - a.length,
  );
  return columns.flatMap((column): (readonly [Column, string])[] => {
    const name = foldWord(column.name);
    if (used.has(column) || !/enter|进入|eintritt|вход|entrada/.test(name) || guessDates(column) === undefined)
      return [];
    const named = words.find((one) => name.includes(foldWord(one)));
    const found = named === undefined ? undefined : guess(named);
    return found?.is === 'stage' ? [[column, found.stage]] : [];
  });
}

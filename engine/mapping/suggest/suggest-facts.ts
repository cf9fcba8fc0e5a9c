/** The facts of a suggested mapping: columns that a pipeline's own titles name, or that many CRMs call so. */

import { minorDigits } from '../../playbook/money.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Fact } from '../../playbook/value.ts';
import { foldWord } from '../words.ts';
import { type SuggestionDraft, sure } from './draft.ts';
import { type ColumnGuesses, headerScore } from './guess-columns.ts';
import { guessDates } from './guess-dates.ts';
import { guessNumbers } from './guess-numbers.ts';
import { FACT_HEADERS } from './header-words.ts';
import { bareHeader, type Column } from './profile.ts';
import { quoted, word } from './yaml-text.ts';

export interface FactGuess {
  readonly fact: string;
  readonly spec: Fact;
  readonly column: Column;
  readonly confidence: number;
}

/** The pipeline's own name for a fact. */
const OWN = 0.97;

/** A column serves one fact; what a formula gives is taken from no column. */
export function guessFacts(
  pipeline: Pipeline,
  columns: readonly Column[],
  taken: ReadonlySet<Column>,
): readonly FactGuess[] {
  const all = Object.entries(pipeline.facts)
    .filter(([, spec]) => spec.from === undefined)
    .flatMap(([fact, spec]) =>
      columns.flatMap((column): FactGuess[] => {
        const confidence = nameScore(fact, spec, column) * (isFit(spec, column) ? 1 : 0);
        return confidence > 0.5 && !taken.has(column) ? [{ fact, spec, column, confidence }] : [];
      }),
    );
  const found: FactGuess[] = [];
  for (const guess of all.sort((a, b) => b.confidence - a.confidence)) {
    if (!found.some((one) => one.fact === guess.fact || one.column === guess.column)) found.push(guess);
  }
  return found;
}

function nameScore(fact: string, { title }: Fact, { name }: Column): number {
  const own = [fact, fact.replaceAll('_', ' '), title.zh, title.en].map(foldWord);
  if (own.includes(foldWord(name)) || own.includes(bareHeader(name))) return OWN;
  return headerScore(name, FACT_HEADERS[fact] ?? []);
}

function isFit({ type }: Fact, column: Column): boolean {
  if (column.filled === 0) return false;
  switch (type) {
    case 'money':
    case 'number':
      return guessNumbers(column)?.isPercent === false;
    case 'percent':
      return guessNumbers(column) !== undefined;
    case 'date':
      return guessDates(column) !== undefined;
    case 'choice':
    case 'yes_no':
      return column.values.size <= 30;
    case 'text':
    case 'link':
      return true;
    default:
      return false;
  }
}

export function suggestFacts(
  draft: SuggestionDraft,
  found: readonly FactGuess[],
  guesses: ColumnGuesses,
  pipeline: Pipeline,
): void {
  const source = pipeline.facts['source'];
  const isFromCrm =
    source?.choices !== undefined &&
    Object.hasOwn(source.choices, 'crm') &&
    !found.some((one) => one.fact === 'source');
  if (found.length === 0 && !isFromCrm) return;
  draft.add('facts:');
  for (const guess of found) {
    const { type } = guess.spec;
    if (type === 'money') suggestMoney(draft, guess, guesses);
    else if (type === 'percent') suggestPercent(draft, guess);
    else if (type === 'choice' || type === 'yes_no') suggestChoice(draft, guess);
    else draft.add(`  ${guess.fact}: { column: ${word(guess.column.name)} }`, evidence(guess));
  }
  if (isFromCrm)
    draft.add('  source: { default: crm }', { zh: '文件里没有来源列', en: 'the file has no column for it' });
}

function evidence({ column, confidence }: FactGuess) {
  return sure(confidence, {
    zh: `列名；${column.filled} 格有值`,
    en: `the header; ${column.filled} cells say something`,
  });
}

function suggestMoney(draft: SuggestionDraft, guess: FactGuess, { currency: byColumn }: ColumnGuesses): void {
  const { fact, column } = guess;
  const numbers = guessNumbers(column);
  const head = `  ${fact}: { column: ${word(column.name)}`;
  const times = /万/.test(column.name) ? ', times: 10000' : '';
  const tail = `${times} }`;
  if (byColumn !== undefined) {
    const values = [...byColumn.column.values.keys()];
    const codes = values.map(
      (value) => `${word(value)}: ${minorDigits(value.toUpperCase()) === undefined ? '"?"' : value.toUpperCase()}`,
    );
    const line = `${head}, currency: { column: ${word(byColumn.column.name)}, values: { ${codes.join(', ')} } }${tail}`;
    if (codes.every((code) => !code.endsWith('"?"'))) draft.add(line, evidence(guess));
    else draft.ask(line, { zh: '这些词是哪种货币？', en: 'which currencies do these words mean?' });
    return;
  }
  const inHeader = /\b([A-Z]{3})\b/.exec(column.name)?.[1];
  const named =
    inHeader !== undefined && minorDigits(inHeader) !== undefined
      ? [inHeader]
      : /[元¥￥]/.test(column.name)
        ? ['CNY']
        : undefined;
  const currencies = named ?? numbers?.currencies ?? [];
  const [only, another] = currencies;
  if (only !== undefined && another === undefined) {
    draft.add(`${head}, currency: ${only}${tail}`, evidence(guess));
    return;
  }
  const few = currencies.length > 0 ? currencies.slice(0, 6).join(', ') : 'CNY, USD, EUR, …';
  draft.ask(`${head}, currency: "?"${tail}`, {
    zh: `${quoted(column.name)} 是哪种货币？${few}`,
    en: `in which currency is ${quoted(column.name)}? ${few}`,
  });
}

function suggestPercent(draft: SuggestionDraft, guess: FactGuess): void {
  const { fact, column } = guess;
  const head = `  ${fact}: { column: ${word(column.name)}`;
  if (guessNumbers(column)?.isPercent === true) draft.add(`${head} }`, evidence(guess));
  else {
    const [sample = ''] = column.values.keys();
    draft.ask(`${head}, percents: "?" }`, {
      zh: `${quoted(column.name)} 没有 %（如 ${quoted(sample)}）：35% 写成 "35" 还是 "0.35"？`,
      en: `${quoted(column.name)} has no % (such as ${quoted(sample)}): is 35 % written "35" or "0.35"?`,
    });
  }
}

const YES_NO = {
  yes: ['yes', 'true', 'y', '1', '是', 'ja', 'sí', 'да'],
  no: ['no', 'false', 'n', '0', '否', 'nein', 'нет'],
};

/** Words are matched with the playbook's own titles; others are asked. */
function suggestChoice(draft: SuggestionDraft, guess: FactGuess): void {
  const { fact, column, spec } = guess;
  const choices: readonly (readonly [string, readonly string[]])[] =
    spec.type === 'yes_no'
      ? Object.entries(YES_NO)
      : Object.entries(spec.choices ?? {}).map(([id, { zh, en }]) => [id, [id, zh, en]] as const);
  draft.add(`  ${fact}:`);
  draft.add(`    column: ${word(column.name)}`, evidence(guess));
  draft.add('    values:');
  for (const [value, count] of column.values) {
    const meant = choices.filter(([, names]) => names.map(foldWord).includes(foldWord(value)));
    const rows = { zh: `${count} 行`, en: `${count} rows` };
    if (meant.length === 1) draft.add(`      ${word(value)}: ${word(meant[0]?.[0] ?? '')}`, rows);
    else {
      const few = choices.map(([id]) => id).join(', ');
      draft.ask(`      ${word(value)}: "?"`, {
        zh: `${rows.zh}：${quoted(column.name)} 的 ${quoted(value)} 是 ${few} 中的哪一个？`,
        en: `${rows.en}: which of ${few} is ${quoted(value)} of ${quoted(column.name)}?`,
      });
    }
  }
}

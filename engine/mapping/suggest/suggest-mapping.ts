/** Reads an export nobody has seen and writes a mapping for it: each guess with its evidence, each doubt as a question. */

import type { Encoding } from '../../playbook/mapping.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Lang } from '../../playbook/text.ts';
import type { Table } from '../tables.ts';
import { SuggestionDraft, sure } from './draft.ts';
import { type ColumnGuess, type ColumnGuesses, guessColumns } from './guess-columns.ts';
import { guessNumbers } from './guess-numbers.ts';
import { likeliestPipeline } from './guess-stages.ts';
import { type Column, profilesOf } from './profile.ts';
import { suggestDates } from './suggest-dates.ts';
import { type FactGuess, guessFacts, suggestFacts } from './suggest-facts.ts';
import { historyColumns, suggestStages, suggestStatus } from './suggest-stages.ts';
import { quoted, word } from './yaml-text.ts';

export interface ExportSample {
  /** The id of the mapping to be. */
  readonly name: string;
  readonly table: Table;
  /** How the file was read, where that must be declared. */
  readonly encoding?: Encoding;
  readonly sheet?: string;
  readonly header_line?: number;
  readonly pipelines: readonly Pipeline[];
  /** The one meant, where somebody has said so. */
  readonly pipeline?: string;
  readonly lang: Lang;
}

export interface Suggestion {
  /** The playbook. */
  readonly text: string;
  /** What it leaves open: nothing is imported until these are answered. */
  readonly questions: readonly string[];
}

export function suggestMapping(sample: ExportSample): Suggestion {
  const { table, pipelines } = sample;
  const columns = profilesOf(table);
  const guesses = guessColumns(columns, table.rows.length);
  const named = pipelines.find((one) => one.pipeline === sample.pipeline);
  const likely = named ?? likeliestPipeline(pipelines, guesses.stage?.column.values ?? new Map())?.pipeline;
  const history = historyColumns(columns, guesses, likely);
  const taken = new Set([...used(guesses), ...history.map(([column]) => column)]);
  const facts = likely === undefined ? [] : guessFacts(likely, columns, taken);

  const draft = new SuggestionDraft(sample.lang);
  suggestFile(draft, sample, columns, facts);
  suggestIds(draft, guesses, table);
  suggestPipeline(draft, likely, sample);
  suggestStages(draft, guesses, likely);
  suggestStatus(draft, guesses, likely);
  if (history.length > 0) {
    draft.add('history:');
    draft.add('  columns:');
    for (const [column, stage] of history)
      draft.add(`    ${word(column.name)}: ${stage}`, {
        zh: `${column.filled} 格有值`,
        en: `${column.filled} cells say something`,
      });
  }
  suggestOwner(draft, guesses.owner);
  if (likely !== undefined) suggestFacts(draft, facts, guesses, likely);
  const dated = [
    ...history.map(([column]) => column),
    ...facts.filter((one) => one.spec.type === 'date').map((one) => one.column),
  ];
  suggestDates(draft, guesses, dated);
  suggestRest(draft, columns, [...taken, ...facts.map((one) => one.column)]);
  return { text: `${[...head(draft, sample), ...draft.lines].join('\n')}\n`, questions: draft.questions };
}

function used(guesses: ColumnGuesses): readonly Column[] {
  return Object.values(guesses).map((one: ColumnGuess) => one.column);
}

function head(draft: SuggestionDraft, { table }: ExportSample): readonly string[] {
  const [rows, columns, open] = [table.rows.length, table.columns.length, draft.questions.length];
  return [
    '# yaml-language-server: $schema=../schemas/mapping.schema.json',
    `# ${draft.say({
      zh: `由 ${quoted(table.file)}（${rows} 行，${columns} 列）推测，% 是把握；${open} 个 "?" 待回答，回答之前不导入任何内容`,
      en: `guessed from ${quoted(table.file)} (${rows} rows, ${columns} columns), with how sure each guess is; ${open} times "?" to answer before anything is imported`,
    })}`,
  ];
}

function suggestFile(
  draft: SuggestionDraft,
  sample: ExportSample,
  columns: readonly Column[],
  facts: readonly FactGuess[],
): void {
  const { name, table, encoding, sheet, header_line: line } = sample;
  draft.add(`mapping: ${name}`);
  const settings = [
    `file: ${word(table.file)}`,
    ...(encoding === undefined ? [] : [`encoding: ${encoding}`]),
    ...(sheet === undefined ? [] : [`sheet: ${word(sheet)}`]),
    ...(line === undefined ? [] : [`header_line: ${line}`]),
  ];
  draft.add(`tables: { export: { ${settings.join(', ')} } }`);
  suggestNumbers(draft, facts);
  const blanks = new Map<string, number>();
  for (const column of columns)
    for (const [value, count] of column.blanks) blanks.set(value, (blanks.get(value) ?? 0) + count);
  if (blanks.size > 0) {
    const cells = [...blanks.values()].reduce((sum, count) => sum + count, 0);
    draft.add(`blank: [ ${[...blanks.keys()].map(word).join(', ')} ]`, { zh: `${cells} 格`, en: `${cells} cells` });
  }
}

/** One style for the file; what columns leave open together is asked. */
function suggestNumbers(draft: SuggestionDraft, facts: readonly FactGuess[]): void {
  const read = facts.flatMap(({ spec, column }) => {
    const guess =
      spec.type === 'money' || spec.type === 'number' || spec.type === 'percent' ? guessNumbers(column) : undefined;
    return guess === undefined ? [] : [{ column, guess }];
  });
  const styles = [...new Set(read.flatMap(({ guess }) => (guess.styles.length === 1 ? guess.styles : [])))];
  const doubtful = read.find(
    ({ guess }) => guess.styles.length > 1 && !guess.styles.some((style) => styles.includes(style)),
  );
  const marked = styles.filter((style) => style !== '1,234.56');
  if (doubtful !== undefined && styles.length === 0) {
    const [sample = ''] = doubtful.column.values.keys();
    draft.ask('numbers: "?"', {
      zh: `${quoted(doubtful.column.name)} 的 ${quoted(sample)} 是哪种写法？${doubtful.guess.styles.map((one) => `"${one}"`).join('、')}`,
      en: `how is ${quoted(sample)} of ${quoted(doubtful.column.name)} written? ${doubtful.guess.styles.map((one) => `"${one}"`).join(' or ')}`,
    });
  } else if (marked[0] !== undefined) {
    const of = read.reduce((sum, { guess }) => sum + guess.of, 0);
    const fits = read.reduce((sum, { guess }) => sum + guess.fits, 0);
    draft.add(
      `numbers: ${JSON.stringify(marked[0])}`,
      sure(fits / of, { zh: `${of} 个值中 ${fits} 个这样写`, en: `${fits} of ${of} values are written so` }),
    );
  }
}

function suggestIds(draft: SuggestionDraft, { id, title }: ColumnGuesses, { rows }: Table): void {
  if (id === undefined)
    draft.ask('id: { column: "?" }', { zh: '哪一列把各行区分开？', en: 'which column tells rows apart?' });
  else {
    draft.add(
      `id: { column: ${word(id.column.name)} }`,
      sure(id.confidence, { zh: '列名；几乎各不相同', en: 'the header; hardly any twice' }),
    );
    const twice = [...id.column.values.values()].filter((count) => count > 1).length;
    if (twice > 0 && rows.length > 0) {
      draft.note({
        zh: `${twice} 个编号不止一次出现：先出现的算，其余会报告；可写 duplicates: first、last 或 { newest_by: 列 }`,
        en: `${twice} ids appear more than once: the first counts and the others are reported, unless you say duplicates: first, last or { newest_by: column }`,
      });
    }
  }
  if (title !== undefined)
    draft.add(`case_title: [ ${word(title.column.name)} ]`, sure(title.confidence, { zh: '列名', en: 'the header' }));
}

function suggestPipeline(
  draft: SuggestionDraft,
  likely: Pipeline | undefined,
  { pipelines, pipeline }: ExportSample,
): void {
  if (likely !== undefined) {
    const why =
      pipeline === likely.pipeline
        ? { zh: '如所指定', en: 'as asked for' }
        : { zh: '最多的行用它的阶段名', en: 'most rows use the names of its stages' };
    draft.add(`pipeline: ${likely.pipeline}`, why);
    return;
  }
  const known = pipelines.map((one) => one.pipeline).join(', ');
  draft.ask('pipeline: "?"', {
    zh: `没有哪个流程用这些阶段名：是哪一个？${known}（可用 --pipeline 再推测一次）`,
    en: `no pipeline calls its stages so: which is it? ${known} (guess again with --pipeline)`,
  });
}

function suggestOwner(draft: SuggestionDraft, owner: ColumnGuess | undefined): void {
  if (owner === undefined) {
    draft.ask('owner: { column: "?", person_by: name }', {
      zh: '哪一列是负责人？',
      en: 'which column names the owner?',
    });
    return;
  }
  const values = [...owner.column.values.keys()];
  const mails = values.filter((value) => value.includes('@')).length;
  const by = mails > values.length * 0.9 ? 'email' : 'name';
  draft.add(
    `owner: { column: ${word(owner.column.name)}, person_by: ${by} }`,
    sure(owner.confidence, { zh: `列名；${values.length} 人`, en: `the header; ${values.length} people` }),
  );
}

function suggestRest(draft: SuggestionDraft, columns: readonly Column[], read: readonly Column[]): void {
  draft.add('debt_due: 20 business days', {
    zh: '进行中的案例多久内补齐证据',
    en: 'how long an open case has to bring the evidence it owes',
  });
  draft.note({
    zh: 'if_changed_outside: quarantine   以后 CRM 里阶段被改动时怎么办：revert、quarantine、accept_with_debt；不写只报告',
    en: 'if_changed_outside: quarantine   when the CRM changes a stage later: revert, quarantine, accept_with_debt; reported only when absent',
  });
  const unused = columns.filter((column) => !read.includes(column)).map((column) => quoted(column.name));
  if (unused.length > 0)
    draft.note({ zh: `没有用到的列：${unused.join('、')}`, en: `columns not used: ${unused.join(', ')}` });
}

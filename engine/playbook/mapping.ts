/** A mapping: how the rows of a CRM export become cases. */

import type { At, Text } from './text.ts';
import type { Who } from './who.ts';

/** Character sets that exports come in, by the names an author writes. */
export const ENCODINGS = ['utf-8', 'utf-16', 'gbk', 'big5', 'windows-1252', 'windows-1251', 'shift-jis'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type DelimiterName = keyof typeof DELIMITERS;

/** How numbers are written, each by an example: thousands and decimals. */
export const NUMBER_STYLES = ['1,234.56', '1.234,56', '1 234,56', "1'234.56"] as const;
export type NumberStyle = (typeof NUMBER_STYLES)[number];

/** What a percentage without its sign means, each by an example: both are 35 %. */
export const PERCENT_STYLES = ['35', '0.35'] as const;
export type PercentStyle = (typeof PERCENT_STYLES)[number];

/** What an author, or a suggestion, writes where something is not settled yet: nothing is imported until it is. */
export const OPEN_QUESTION = '?';

export interface MappingTable {
  readonly table: string;
  readonly file: string;
  /** Absent: UTF-8, or UTF-16 where the file begins with its mark. */
  readonly encoding?: Encoding;
  /** Absent: what the file's `sep=` line says, else what parts the header into the most cells. */
  readonly delimiter?: DelimiterName;
  /** Of an Excel workbook; absent: its only sheet. */
  readonly sheet?: string;
  /** The line that names the columns, counted from 1; absent: the first that is not blank. */
  readonly header_line?: number;
  /** Joins this table to the main one: main column → column here. The first table is the main one. */
  readonly join?: Readonly<Record<string, string>>;
  /** Cell values put right before anything else: column → value in the file → value meant. */
  readonly fixes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly at: At;
}

/** A cell: a column of the main table, or `table.column` of a joined one. */
export interface MappingCell {
  readonly column: string;
  readonly at: At;
}

/** A column whose words stand for others; `default` for all other words and for blank cells. */
export interface MappedWords {
  readonly column: string;
  readonly values: Readonly<Record<string, string>>;
  readonly default?: string;
}

export type MappedStage =
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'won' }
  | { readonly kind: 'lost'; readonly reason: string | MappedWords }
  /** The row is left out on purpose. */
  | { readonly kind: 'skip' };

/** What a second column says: whether the case is over. */
export type MappedStatus = Exclude<MappedStage, { kind: 'stage' }> | { readonly kind: 'open' };

export interface MappedFact {
  readonly fact: string;
  readonly column?: string;
  /** Used when the column is blank. */
  readonly else?: string;
  /** The mark kept with a value that came from `else`. */
  readonly mark_else?: string;
  readonly values?: Readonly<Record<string, string>>;
  /** Words of this column that mean nothing is known, beside the mapping's own. */
  readonly blank?: readonly string[];
  readonly default?: string;
  /** Money: the currency of the cell, the one wanted, and the stated rate between them. */
  readonly currency?: string | MappedWords;
  readonly to?: string;
  readonly rate?: number;
  /** Money in several currencies: currency → how much of `to` one unit is. */
  readonly rates?: Readonly<Record<string, number>>;
  /** How many one unit in the file stands for: 10000 where amounts are in 万. */
  readonly times?: number;
  readonly numbers?: NumberStyle;
  readonly percents?: PercentStyle;
  /** Dates: formats of this column, in the place of the mapping's own. */
  readonly format?: readonly string[];
  readonly at: At;
}

export interface MappedPeople {
  readonly table: string;
  readonly name: string;
  readonly role: string;
  /** A column that names this person's superior, and the role that superior holds. */
  readonly manager?: {
    readonly column: string;
    readonly role: string;
    readonly reports_to?: { readonly column: string; readonly role: string };
  };
  readonly region?: string;
  readonly email?: string;
  readonly at: At;
}

export interface MappedOwner {
  readonly column: string;
  readonly person_by: 'name' | 'email' | 'id';
  /** Names as the file spells them → a person's id. */
  readonly values?: Readonly<Record<string, string>>;
  /** Who gets the cases of owners that nobody knows; absent: such rows are reported. */
  readonly unknown?: string;
  readonly at: At;
}

/** When the case entered its stages: a column for each, or a table with a row for each change. */
export type MappedHistory =
  | { readonly kind: 'columns'; readonly stages: Readonly<Record<string, string>>; readonly at: At }
  | {
      readonly kind: 'table';
      readonly table: string;
      readonly key: string;
      readonly stage: string;
      readonly on: string;
      readonly at: At;
    };

export type DuplicatePolicy = 'error' | 'first' | 'last' | { readonly newest_by: string };

export type ChangedOutside = 'revert' | 'quarantine' | 'accept_with_debt';

export interface Mapping {
  readonly mapping: string;
  readonly title?: Text;
  readonly tables: readonly MappingTable[];
  readonly people?: MappedPeople;
  readonly id: MappingCell;
  /** Written `case_title: [ account, product ]`: the cells that are not blank, joined by ` · `; none: the row's id. */
  readonly case_title?: readonly MappingCell[];
  /** A pipeline's id, or a column with a value map. Overrides `applies_when`. `skip` leaves rows out. */
  readonly pipeline: { readonly pipeline: string } | MappedWords;
  readonly stage: { readonly column: string; readonly values: Readonly<Record<string, MappedStage>>; readonly at: At };
  /** A second column that says whether the case is over, whatever its stage. */
  readonly status?: {
    readonly column: string;
    readonly values: Readonly<Record<string, MappedStatus>>;
    readonly at: At;
  };
  readonly history?: MappedHistory;
  readonly owner: MappedOwner;
  readonly facts: readonly MappedFact[];
  readonly dates: {
    readonly opened?: string;
    readonly closed?: string;
    /** When it entered the stage it is in, and when somebody last did something about it. */
    readonly entered?: string;
    readonly last_activity?: string;
    /** Tried in this order; no two of them read one cell as two days. Sets of before hold a single one. */
    readonly format: string | readonly string[];
    readonly zone: string;
    /** Of the names of months; absent: English. */
    readonly language?: string;
    readonly at: At;
  };
  readonly numbers?: NumberStyle;
  /** Words that stand for nothing in every column: `Select`, `N/A`. */
  readonly blank?: readonly string[];
  readonly duplicates?: DuplicatePolicy;
  readonly re_date: 'newest day is today' | 'no';
  /** Evidence that an open case brings no proof of is owed by this long after the import. */
  readonly debt_due?: { readonly amount: number; readonly unit: 'business_days' | 'days' };
  /** What is done about a stage that was changed in the CRM behind our back; absent: it is reported. */
  readonly if_changed_outside?: { readonly policy: ChangedOutside; readonly asks: Who };
  /** Facts, and `owner`, that follow the CRM at later imports. */
  readonly follow?: readonly string[];
  /** What the mapping leaves open: nothing is imported until it is settled. */
  readonly open_questions?: readonly { readonly key: string; readonly at: At }[];
  readonly at: At;
}

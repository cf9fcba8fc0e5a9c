/** A mapping: how the rows of a CRM export become cases. */

import type { At, Text } from './text.ts';

export interface MappingTable {
  readonly table: string;
  readonly file: string;
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

export type MappedStage =
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'won' }
  | { readonly kind: 'lost'; readonly reason: string };

export interface MappedFact {
  readonly fact: string;
  readonly column?: string;
  /** Used when the column is blank. */
  readonly else?: string;
  /** The mark kept with a value that came from `else`. */
  readonly mark_else?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly default?: string;
  /** Money: the currency of the cell, the one wanted, and the stated rate between them. */
  readonly currency?: string;
  readonly to?: string;
  readonly rate?: number;
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
  readonly at: At;
}

export interface Mapping {
  readonly mapping: string;
  readonly title?: Text;
  readonly tables: readonly MappingTable[];
  readonly people?: MappedPeople;
  readonly id: MappingCell;
  /** Written `case_title: [ account, product ]`: the cells that are not blank, joined by ` · `; none: the row's id. */
  readonly case_title?: readonly MappingCell[];
  /** A pipeline's id, or a column with a value map. Overrides `applies_when`. */
  readonly pipeline:
    | { readonly pipeline: string }
    | { readonly column: string; readonly values: Readonly<Record<string, string>>; readonly default?: string };
  readonly stage: { readonly column: string; readonly values: Readonly<Record<string, MappedStage>>; readonly at: At };
  readonly owner: { readonly column: string; readonly person_by: 'name' | 'email' | 'id'; readonly at: At };
  readonly facts: readonly MappedFact[];
  readonly dates: {
    readonly opened?: string;
    readonly closed?: string;
    readonly format: string;
    readonly zone: string;
    readonly at: At;
  };
  readonly re_date: 'newest day is today' | 'no';
  /** Evidence that an open case brings no proof of is owed by this long after the import. */
  readonly debt_due?: { readonly amount: number; readonly unit: 'business_days' | 'days' };
  readonly at: At;
}

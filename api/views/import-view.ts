/** An import as the API shows it. */

import type { Text } from '../../engine/playbook/text.ts';
import type { ImportProgress } from '../../store/imports/import-progress.ts';

export interface ImportView extends ImportProgress {
  /** Absent in a dry run. */
  readonly import?: number;
  readonly mapping: string;
  readonly status: 'running' | 'done' | 'failed' | 'rehearsed';
  /** Days by which the dates of a sample are moved. */
  readonly shift_days: number;
}

export interface MappingView {
  readonly mapping: string;
  readonly title?: Text;
  /** The files it reads; the first is the main one, by whose rows cases are made. */
  readonly files: readonly string[];
}

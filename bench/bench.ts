/** What a bench is: one file that measures one thing, in a process and a folder of its own. */

import type { FigureName } from './figures.ts';

export interface BenchContext {
  /** A new folder that is removed afterwards; everybody may pass through it. */
  readonly dir: string;
  /** Smaller numbers, to see that it runs; the figures then say little. */
  readonly quick: boolean;
  /** Tells whoever watches how far it is. */
  readonly say: (line: string) => void;
}

export interface Measured {
  readonly figure: FigureName;
  /** In the figure's unit: the median where it was measured several times. */
  readonly value: number;
  /** Smallest and largest of those measured. */
  readonly low?: number;
  readonly high?: number;
  /** What else a reader should see beside the value. */
  readonly beside?: string;
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  /** It is ended after this many minutes, and counts as failed. */
  readonly minutes: number;
  /** For Node, before the program. */
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** @throws when something did not do what it should: a wrong run is no figure */
  readonly run: (context: BenchContext) => Promise<readonly Measured[]>;
}

/** What a bench's own process sends home. */
export type BenchMessage = { readonly measured: readonly Measured[] } | { readonly failed: string };

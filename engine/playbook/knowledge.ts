/** Notes: what people know, shown where it helps. Always the current ones; no rules are pinned to them. */

import type { At, Text } from './text.ts';

export const CATEGORIES = ['case', 'product', 'market', 'customer', 'skill', 'talk_track'] as const;

export type Category = (typeof CATEGORIES)[number];

export interface Note {
  readonly knowledge: string;
  readonly title: Text;
  readonly category: Category;
  readonly tags: readonly string[];
  /** Pipeline → what in it the note is attached to, as refusals name it: `milestone pain-found`, `gate follow-up-kept`. */
  readonly attached_to: Readonly<Record<string, readonly string[]>>;
  /** What it is attached to about people: `finding win-rate-low`, `coaching smart`. Absent: nothing. */
  readonly attached_to_people?: readonly string[];
  /** Markdown. */
  readonly text: Text;
  readonly at: At;
}

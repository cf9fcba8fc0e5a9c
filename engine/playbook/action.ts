/** What a rung does, or entering a stage, or winning, as plain data. */

import type { Duration } from '../time/duration.ts';
import type { StartAction } from './start.ts';
import type { At, Text } from './text.ts';
import type { Who } from './who.ts';

export type Action =
  /** Asks the one whose turn it is. */
  | { readonly kind: 'remind'; readonly who: Who; readonly text?: Text; readonly at: At }
  /** Tells somebody else. */
  | { readonly kind: 'notify'; readonly who: Who; readonly text?: Text; readonly at: At }
  | { readonly kind: 'task'; readonly title: Text; readonly owner: Who; readonly due: Duration; readonly at: At }
  /** Asks for evidence before the next advance, beyond what the stage asks. */
  | { readonly kind: 'require'; readonly evidence: string; readonly at: At }
  | { readonly kind: 'hand_over'; readonly to: Who; readonly at: At }
  /** A mark on the case, shown in lists until the stall ends. */
  | { readonly kind: 'flag'; readonly flag: string; readonly at: At }
  /** A signed webhook to a destination that the installation configures by name. */
  | { readonly kind: 'send'; readonly to: string; readonly at: At }
  | StartAction;

/** What entering a stage and winning may do: nothing there has stalled, so nobody is reminded. */
export type EntryAction = Extract<Action, { readonly kind: 'start' | 'task' }>;

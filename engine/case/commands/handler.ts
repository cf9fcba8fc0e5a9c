/** What a handler of a command is given and gives back. */

import type { CaseView } from '../case-view.ts';
import type { CaseCommand, CommandName } from '../command.ts';
import { Draft } from '../draft.ts';
import type { CaseEvent } from '../event.ts';
import type { Outcome } from '../outcome.ts';

export interface CommandContext extends CaseView {
  /** A person who has the right, or `system`. */
  readonly actor: string;
}

export type CommandOf<N extends CommandName> = Extract<CaseCommand, { readonly command: N }>;

/** Judges a well-formed command of somebody who has the right to give it. */
export type Handler<N extends CommandName> = (context: CommandContext, command: CommandOf<N>) => Outcome<CaseEvent>;

export function draftOf({ actor, ...view }: CommandContext): Draft {
  return new Draft(view, actor);
}

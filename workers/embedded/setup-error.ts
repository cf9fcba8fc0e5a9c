/** The one kind of error the embedded servers end a start with: what is wrong, and what to do about it. */

import type { Text } from '../../engine/playbook/text.ts';

/** A line about progress, for the person who waits. */
export type Say = (line: Text) => void;

/** `text` names the trouble, `hint` says what to do; both are shown to a person, without a stack. */
export class SetupError extends Error {
  readonly text: Text;
  readonly hint: Text;

  constructor(text: Text, hint: Text) {
    super(`${text.en}\n${hint.en}`);
    this.name = 'SetupError';
    this.text = text;
    this.hint = hint;
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replaceAll(/\s*\n\s*/g, '; ');
}

/** The code of a system call's error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What the exit code of `playrail` means. */

import type { Text } from '../engine/playbook/text.ts';

export const EXIT = {
  ok: 0,
  /** No: refused, forbidden, or a playbook with errors. */
  no: 1,
  /** The command line or what it sent was wrong. */
  usage: 2,
  /** A fault: ours, the network's, or the server is not there. */
  fault: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a message on stderr and an exit code; thrown by commands, caught by `main`. */
export class CliExit extends Error {
  override readonly name = 'CliExit';
  readonly exitCode: ExitCode;
  readonly text: Text;

  constructor(exitCode: ExitCode, text: Text) {
    super(text.en);
    this.exitCode = exitCode;
    this.text = text;
  }
}

/** Lets PostgreSQL's user pass folders that are closed to it, where we are root and the kernel lets us hand that on. */

import { runCommand } from './run-command.ts';
import type { SystemUser } from './system-user.ts';

/** How a program is started as a user: by way of `setpriv`, or plainly with the ids `spawn` takes. */
export interface RunAs {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Reading and searching everywhere, and nothing more: writing still needs the rights of the user. */
const PASS = ['--inh-caps=-all,+dac_read_search', '--ambient-caps=-all,+dac_read_search'];

function throughSetpriv({ uid, gid }: SystemUser, file: string, args: readonly string[]): RunAs {
  return {
    file: 'setpriv',
    args: [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...PASS, '--', file, ...args],
  };
}

/** Whether the user could list `dir` that way; not where `setpriv` is missing (macOS) or the right may not be handed on. */
export async function canPass(user: SystemUser, dir: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { file, args } = throughSetpriv(user, 'ls', [dir]);
  return (await runCommand(file, args, { env, deadlineMs: 5_000 })).code === 0;
}

/** The program as the user; absent: as ourselves. */
export function runAs(user: SystemUser | undefined, file: string, args: readonly string[]): RunAs {
  if (user === undefined) return { file, args };
  return user.passes === true ? throughSetpriv(user, file, args) : { file, args, uid: user.uid, gid: user.gid };
}

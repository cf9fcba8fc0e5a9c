/** Has the kernel end a server when its guardian dies, where it can (Linux): both the guardian and its parent may be killed at once. */

import type { ServerPlan } from './guardian-plan.ts';
import { runCommand } from './run-command.ts';

/** The plan, started by way of `setpriv` where that knows death signals; else as it is. */
export async function followTheGuardian(): Promise<(plan: ServerPlan) => ServerPlan> {
  const help = await runCommand('setpriv', ['--help'], { env: process.env, deadlineMs: 5000 });
  if (!help.out.includes('--pdeathsig')) return (plan) => plan;
  return (plan) => ({
    ...plan,
    file: 'setpriv',
    // Changing users forgets the death signal: one `setpriv` does both, the signal last.
    args: ['--pdeathsig', plan.stop, ...(plan.file === 'setpriv' ? plan.args : ['--', plan.file, ...plan.args])],
  });
}

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
    args: ['--pdeathsig', plan.stop, '--', plan.file, ...plan.args],
    // Found on our PATH; PostgreSQL itself needs none.
    env: { PATH: process.env['PATH'] ?? '', ...plan.env },
  });
}

/** What the rules of an inbox come to: whatever waits for a digest gets one, at an hour that is not quiet. */

import type { Inbox, Roles } from '../../playbook/roles.ts';
import type { Pair } from '../compile/compile-all.ts';
import type { Report } from '../diagnostics/report.ts';
import type { InboxSource, RolesSource } from '../kinds/roles.ts';

/** Looks at each inbox that is written, with what it takes over from that of all. */
export function checkInboxes({ source, compiled }: Pair<RolesSource, Roles>, report: Report): void {
  if (source.inbox && compiled.inbox) checkInbox(source.inbox, compiled.inbox, report);
  for (const [index, post] of source.posts.entries()) {
    const inbox = compiled.posts[index]?.inbox;
    if (post.inbox && inbox) checkInbox(post.inbox, inbox, report);
  }
}

function checkInbox(source: InboxSource, { mail, budget, digests, quiet }: Inbox, report: Report): void {
  const kinds = Object.values(mail);
  const isPutOff = kinds.includes('in_budget') && (budget !== undefined || quiet !== undefined);
  if (digests.length === 0 && (isPutOff || kinds.includes('in_digest'))) report('no-digests', source.place);
  if (quiet === undefined) return;
  for (const time of source.digests ?? []) {
    if (isWithin(time.value, quiet)) report('digest-in-quiet-hours', time.place);
  }
  if (source.digests === undefined && source.quiet_hours && digests.some((time) => isWithin(time, quiet))) {
    report('digest-in-quiet-hours', source.quiet_hours.place);
  }
}

function isWithin(minute: number, { from, to }: NonNullable<Inbox['quiet']>): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

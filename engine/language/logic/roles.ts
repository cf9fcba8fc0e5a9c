/** What the posts say as a whole: each once, nobody above themselves, and somebody who may do what every case needs. */

import type { Right } from '../../playbook/roles.ts';
import type { Report } from '../diagnostics/report.ts';
import type { RolesSource } from '../kinds/roles.ts';
import { cyclesOf } from './cycle.ts';

/** Without these no case gets anywhere. */
const NEEDED: readonly Right[] = ['open', 'submit_evidence', 'advance', 'close'];

export function checkRoles(source: RolesSource, report: Report): void {
  const graph = new Map(source.posts.map((post) => [post.role.value, post.manages ? [post.manages.value] : []]));
  for (const cycle of cyclesOf(graph)) {
    const post = source.posts.find((one) => one.role.value === cycle[0]);
    if (post?.manages) report('role-cycle', post.manages.place, { id: cycle[0] ?? '', path: cycle.join(' → ') });
  }
  for (const right of NEEDED) {
    if (source.posts.some((post) => post.may.some((one) => one.value === right))) continue;
    const who = { zh: '没有一个职位有此权', en: 'no post has this right' };
    report('nobody-may', source.keyPlaces.posts ?? source.place, { right, who });
  }
}

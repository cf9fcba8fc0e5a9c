/** Compiles posts and their rights. */

import { type Post, RIGHTS, type Right, type Roles } from '../../playbook/roles.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { RolesSource } from '../kinds/roles.ts';
import type { RoleScope } from './scope.ts';

export function compileRoles(source: RolesSource, report: Report): Roles {
  const names = source.posts.map((post) => post.role.value);
  const posts = source.posts.map((post): Post => {
    if (post.manages && !names.includes(post.manages.value)) {
      const { value, place } = post.manages;
      report('unknown-role', place, { written: value }, { hint: didYouMean(value, names) });
    }
    return {
      role: post.role.value,
      title: post.title,
      ...(post.manages ? { manages: post.manages.value } : {}),
      may: post.may.flatMap((right): Right[] => {
        const known = RIGHTS.find((one) => one === right.value);
        if (!known)
          report('unknown-right', right.place, { written: right.value }, { hint: didYouMean(right.value, RIGHTS) });
        return known ? [known] : [];
      }),
      over: post.over?.value ?? (post.manages ? 'team' : 'own'),
      at: post.place.at,
    };
  });
  return { roles: source.roles.value, ...(source.title ? { title: source.title } : {}), posts, at: source.place.at };
}

/** What other playbooks may ask of the posts. */
export function roleScope(source: RolesSource): RoleScope {
  return {
    posts: new Map(source.posts.map((post) => [post.role.value, new Set(post.may.map((right) => right.value))])),
    managing: new Set(source.posts.filter((post) => post.manages).map((post) => post.role.value)),
  };
}

/** Compiles posts and their rights. */

import { type Inbox, MESSAGE_KINDS, type Post, RIGHTS, type Right, type Roles } from '../../playbook/roles.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { InboxSource, RolesSource } from '../kinds/roles.ts';
import type { Token } from '../shape/shape.ts';
import { DimensionScope, reportEmpty } from './authority.ts';
import { type Index, isDeclared } from './index.ts';
import type { CaseScope, RoleScope } from './scope.ts';

export function compileRoles(
  source: RolesSource,
  index: Index,
  cases: ReadonlyMap<string, CaseScope>,
  report: Report,
): Roles {
  const authority = new DimensionScope(source, cases, index, report);
  const inbox = compileInbox(source.inbox, SILENT);
  const names = source.posts.map((post) => post.role.value);
  const posts = source.posts.map((post, i): Post => {
    const first = source.posts.slice(0, i).find((one) => one.role.value === post.role.value);
    if (first) {
      const related = [{ place: first.role.place, message: { zh: '第一次声明在这里', en: 'first declared here' } }];
      report('duplicate-id', post.role.place, { kind: { zh: '职位', en: 'role' }, id: post.role.value }, { related });
    }
    if (post.authority?.length === 0) reportEmpty(post, report);
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
      ...calendarIn(post.calendar, index, report),
      ...(post.inbox ? { inbox: compileInbox(post.inbox, inbox) } : {}),
      ...(post.layer ? { layer: post.layer } : {}),
      ...(post.duties ? { duties: post.duties } : {}),
      ...(post.process ? { process: post.process } : {}),
      ...(post.authority ? { authority: authority.limits(post.authority) } : {}),
      at: post.place.at,
    };
  });
  return {
    roles: source.roles.value,
    ...(source.title ? { title: source.title } : {}),
    ...calendarIn(source.calendar, index, report),
    ...(source.inbox ? { inbox } : {}),
    ...(source.authority ? { authority: authority.dimensions } : {}),
    posts,
    at: source.place.at,
  };
}

function calendarIn(named: Token<string> | undefined, index: Index, report: Report): { readonly calendar?: string } {
  if (!named) return {};
  if (!isDeclared('calendar', named.value, index)) {
    const hint = didYouMean(named.value, index.calendar.keys());
    report('unknown-calendar', named.place, { written: named.value }, { hint });
  }
  return { calendar: named.value };
}

const SILENT: Inbox = {
  mail: {
    demand: 'never',
    reminder: 'never',
    notice: 'never',
    evidence_to_accept: 'never',
    evidence_settled: 'never',
    approval_to_give: 'never',
    approval_settled: 'never',
    finding_to_answer: 'never',
    coaching: 'never',
    task: 'never',
    handed_over: 'never',
    digest: 'never',
  },
  digests: [],
};

/** @param base what a key that is not written is taken from */
function compileInbox(source: InboxSource | undefined, base: Inbox): Inbox {
  const budget = source?.budget?.value ?? base.budget;
  const night = source?.quiet_hours?.value;
  const quiet = night === undefined ? base.quiet : { from: night[0], to: night[1] };
  const digests = source?.digests?.map((time) => time.value).sort((a, b) => a - b);
  const mail = MESSAGE_KINDS.map((kind) => [kind, source?.mail?.[kind]?.value ?? base.mail[kind]] as const);
  return {
    // Every kind is among the entries.
    mail: { ...base.mail, ...Object.fromEntries(mail) },
    ...(budget !== undefined && { budget }),
    digests: digests ?? base.digests,
    ...(quiet !== undefined && { quiet }),
  };
}

/** What other playbooks may ask of the posts. */
export function roleScope(source: RolesSource): RoleScope {
  return {
    posts: new Map(source.posts.map((post) => [post.role.value, new Set(post.may.map((right) => right.value))])),
    managing: new Set(source.posts.filter((post) => post.manages).map((post) => post.role.value)),
    approving: new Set(source.posts.filter((post) => post.authority).map((post) => post.role.value)),
    measuring: new Set((source.authority ?? []).map(({ key, value }) => (value.fact ?? key).value)),
  };
}

/** Compiles who must act: words first, then posts, then facts of type person. */

import type { Right } from '../../playbook/roles.ts';
import type { Who } from '../../playbook/who.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Token } from '../shape/shape.ts';
import { type Scope, useFact } from './scope.ts';

/** Who is meant; a name that leads nowhere is reported. `right`: what they must be allowed to do. */
export function compileWho(source: Token<string>, scope: Scope, right?: Right): Who | undefined {
  const { value, place } = source;
  if (value === 'anyone_with_authority' && scope.of !== 'person') {
    checkAuthority(source, scope, right);
    return { kind: 'authority' };
  }
  if (value === 'owner') return { kind: 'owner' };
  if (value === 'manager') {
    if (right) managersMay(source, right, scope);
    return { kind: 'manager' };
  }
  const post = scope.roles?.posts.get(value);
  if (post) {
    if (right && !post.has(right)) reportNobody(source, right, scope);
    return { kind: 'role', role: value };
  }
  const isPerson = scope.cases.length > 0 && scope.cases.every((one) => one.facts.get(value)?.type.value === 'person');
  if (isPerson) {
    useFact(value, scope);
    return { kind: 'fact', fact: value };
  }
  if (!scope.roles || (scope.cases.length === 0 && scope.of !== 'person')) return { kind: 'role', role: value };
  const persons = [...(scope.cases[0]?.facts ?? [])]
    .filter(([, fact]) => fact.type.value === 'person')
    .map(([name]) => name);
  const hint = didYouMean(value, [
    'owner',
    'manager',
    ...(scope.of === 'person' ? [] : ['anyone_with_authority']),
    ...scope.roles.posts.keys(),
    ...persons,
  ]);
  scope.report('unknown-who', place, { written: value }, { hint });
  return undefined;
}

/** `manager` is whoever the owner reports to: some post that manages must have the right. */
function managersMay(source: Token<string>, right: Right, scope: Scope): void {
  const managing = scope.roles?.managing;
  if (managing && ![...managing].some((role) => scope.roles?.posts.get(role)?.has(right))) {
    reportNobody(source, right, scope);
  }
}

/** Somebody must have authority, together with the right, and something must measure it in each pipeline. */
function checkAuthority(source: Token<string>, scope: Scope, right?: Right): void {
  const { roles, cases } = scope;
  if (!roles) return;
  const approving = [...roles.approving];
  if (approving.length === 0) scope.report('no-authority', source.place);
  else if (right && !approving.some((role) => roles.posts.get(role)?.has(right))) reportNobody(source, right, scope);
  const blind = cases.find(({ facts }) => ![...roles.measuring].some((fact) => facts.has(fact)));
  if (blind && approving.length > 0) scope.report('not-measured', source.place, { pipeline: blind.pipeline });
}

function reportNobody(source: Token<string>, right: Right, scope: Scope): void {
  const who = { zh: `\`${source.value}\` 没有此权`, en: `\`${source.value}\` has no such right` };
  scope.report('nobody-may', source.place, { right, who });
}

/** Posts that something is of: reported where there are none of the name. */
export function checkPosts(tokens: readonly Token<string>[], { roles, report }: Scope): readonly string[] {
  for (const { value, place } of tokens) {
    if (!roles || roles.posts.has(value)) continue;
    report('unknown-role', place, { written: value }, { hint: didYouMean(value, roles.posts.keys()) });
  }
  return tokens.map((one) => one.value);
}

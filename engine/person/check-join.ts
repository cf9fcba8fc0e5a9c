/** Checks what `join` brings: its shape, the role, and that nobody ends up above themselves. */

import type { Problem } from '../case/outcome.ts';
import type { Text } from '../playbook/text.ts';
import { isAbove, personOf } from '../who/reporting-line.ts';
import { SYSTEM } from '../who/rights.ts';
import type { Profile } from './event.ts';
import type { PersonWorld } from './world.ts';

/** The role that every installation has, whatever its playbooks say: somebody must be able to begin. */
export const BUILT_IN_ROLE = 'admin';
const MAX_LENGTH = 200;
const OPTIONAL_TEXTS = ['manager', 'region', 'email'] as const;

type Checked =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `raw` is the command as it came over the wire. */
export function checkJoin(world: PersonWorld, raw: Readonly<Record<string, unknown>>): Checked {
  const problems = [...idProblems(world), ...shapeProblems(raw)];
  if (problems.length > 0) return { ok: false, problems };
  const profile = profileOf(raw);
  problems.push(...roleProblems(world, profile), ...managerProblems(world, profile));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, profile };
}

function* idProblems({ person }: PersonWorld): Iterable<Problem> {
  if (person !== SYSTEM) return;
  yield problem('reserved-id', '', {
    zh: `\`${SYSTEM}\` 是计时器的名字，不能给人用`,
    en: `\`${SYSTEM}\` is what timers act as, and nobody's id`,
  });
}

function* shapeProblems(raw: Readonly<Record<string, unknown>>): Iterable<Problem> {
  for (const name of ['name', 'role']) if (!isFilled(raw[name])) yield notText(name);
  for (const name of OPTIONAL_TEXTS) if (raw[name] !== undefined && !isFilled(raw[name])) yield notText(name);
  const email = raw['email'];
  if (isFilled(email) && !/^[^\s@<>,;"]+@[^\s@<>,;"]+$/u.test(email)) {
    yield problem('not-an-address', '/email', { zh: '不是邮件地址', en: 'not a mail address' });
  }
  if (raw['lang'] !== undefined && raw['lang'] !== 'zh' && raw['lang'] !== 'en') {
    yield problem('unknown-language', '/lang', {
      zh: '语言须为 `zh` 或 `en`',
      en: 'the language must be `zh` or `en`',
    });
  }
  if (raw['active'] !== undefined && typeof raw['active'] !== 'boolean') {
    yield problem('not-yes-or-no', '/active', { zh: '须为是或否', en: 'must be true or false' });
  }
}

function profileOf(raw: Readonly<Record<string, unknown>>): Profile {
  const texts: Partial<Record<(typeof OPTIONAL_TEXTS)[number], string>> = {};
  for (const name of OPTIONAL_TEXTS) {
    const value = raw[name];
    if (typeof value === 'string') texts[name] = value;
  }
  return {
    name: String(raw['name']),
    role: String(raw['role']),
    ...texts,
    lang: raw['lang'] === 'en' ? 'en' : 'zh',
    active: raw['active'] !== false,
  };
}

function* roleProblems({ roles }: PersonWorld, { role }: Profile): Iterable<Problem> {
  if (roles === undefined || role === BUILT_IN_ROLE || roles.posts.some((post) => post.role === role)) return;
  yield problem('unknown-role', '/role', { zh: `没有岗位 \`${role}\``, en: `there is no post \`${role}\`` });
}

function* managerProblems({ person, people }: PersonWorld, { manager }: Profile): Iterable<Problem> {
  if (manager === undefined) return;
  if (manager !== person && personOf(people, manager) === undefined) {
    const message = { zh: `没有人员 \`${manager}\``, en: `there is no person \`${manager}\`` };
    yield problem('unknown-person', '/manager', message);
  } else if (manager === person || isAbove(people, person, manager)) {
    const message = {
      zh: `\`${manager}\` 汇报给 \`${person}\`，不能做其上级`,
      en: `\`${manager}\` reports to \`${person}\` and cannot stand above them`,
    };
    yield problem('manager-circle', '/manager', message);
  }
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_LENGTH;
}

function notText(name: string): Problem {
  return problem('not-a-text', `/${name}`, {
    zh: `须为 1 到 ${MAX_LENGTH} 个字符的文字`,
    en: `must be a text of 1 to ${MAX_LENGTH} characters`,
  });
}

function problem(code: string, path: string, message: Text): Problem {
  return { code, path, message };
}

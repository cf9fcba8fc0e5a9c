/** Checks a profile that `join` or `change` brings: its shape, the role, the mail address, and that nobody ends up above themselves. */

import type { Problem } from '../case/outcome.ts';
import { isAbove, personOf } from '../who/reporting-line.ts';
import { SYSTEM } from '../who/rights.ts';
import type { Profile } from './event.ts';
import { problem } from './no.ts';
import { BUILT_IN_ROLE } from './rights.ts';
import type { PersonWorld } from './world.ts';

const MAX_LENGTH = 200;
const OPTIONAL_TEXTS = ['manager', 'region', 'email'] as const;

type Checked =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `raw` is the command as it came over the wire. */
export function checkProfile(world: PersonWorld, raw: Readonly<Record<string, unknown>>): Checked {
  const problems = [...idProblems(world), ...shapeProblems(raw)];
  if (problems.length > 0) return { ok: false, problems };
  const profile = profileOf(raw);
  problems.push(...roleProblems(world, profile), ...managerProblems(world, profile), ...emailProblems(world, profile));
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
    const message =
      manager === person
        ? {
            zh: '谁也不能做自己的上级，请填另一个人或留空',
            en: 'nobody reports to themselves: name somebody else, or nobody',
          }
        : {
            zh: `\`${manager}\` 汇报给 \`${person}\`，不能做其上级；请先改 \`${manager}\` 的上级`,
            en: `\`${manager}\` reports to \`${person}\` and cannot stand above them: change whom \`${manager}\` reports to first`,
          };
    yield problem('manager-circle', '/manager', message);
  }
}

/** Where mail goes must say who reads it; who has left reads no more. */
function* emailProblems({ person, people }: PersonWorld, { email, active }: Profile): Iterable<Problem> {
  if (email === undefined || !active) return;
  const folded = email.toLowerCase();
  const other = Object.values(people.by_id).find(
    (one) => one.person !== person && one.active && one.email?.toLowerCase() === folded,
  );
  if (other === undefined) return;
  yield problem('email-taken', '/email', {
    zh: `邮件地址已属于 \`${other.person}\`（${other.name}）；请用另一个地址，或先改掉对方的`,
    en: `this mail address is that of \`${other.person}\` (${other.name}): give another, or change theirs first`,
  });
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

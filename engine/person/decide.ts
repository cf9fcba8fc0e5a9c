/** Decides what a command does to a person: joining, messages, reading them. */

import type { CommandEnvelope } from '../case/command.ts';
import type { Outcome, Problem } from '../case/outcome.ts';
import type { Text } from '../playbook/text.ts';
import { personOf } from '../who/reporting-line.ts';
import { holdsRight, SYSTEM } from '../who/rights.ts';
import { BUILT_IN_ROLE, checkJoin } from './check-join.ts';
import type { PersonCommand } from './command.ts';
import type { PersonEvent, Profile } from './event.ts';
import type { PersonState } from './state.ts';
import type { PersonWorld } from './world.ts';

type Decision = Outcome<PersonEvent>;
type Envelope = CommandEnvelope<PersonCommand>;

/** Total: answers every command in every state, and trusts of the command only that it is an object with a name. */
export function decide(world: PersonWorld, state: PersonState | undefined, envelope: Envelope): Decision {
  const { body } = envelope;
  if (body.command === 'join') return join(world, state, envelope, { ...body });
  if (state === undefined) {
    return invalid({ code: 'no-such-person', path: '', message: { zh: '没有此人', en: 'there is no such person' } });
  }
  switch (body.command) {
    case 'receive':
      return receive(world, state, envelope, body.message);
    case 'read':
      return read(world, state, envelope, body.items);
    case 'wake':
      return envelope.actor === SYSTEM
        ? accepted([])
        : forbidden('not-a-timer', { zh: '只有计时器可以唤醒', en: 'only timers wake' });
    default:
      body satisfies never;
      return invalid({
        code: 'unknown-command',
        path: '/command',
        message: { zh: '没有这个命令', en: 'there is no such command' },
      });
  }
}

/**
 * Joining again with the right to import or administer brings the profile up to date. To import is not to hand out
 * power: neither a post that administers, nor one's own place.
 */
function join(
  world: PersonWorld,
  state: PersonState | undefined,
  envelope: Envelope,
  raw: Readonly<Record<string, unknown>>,
): Decision {
  const isSystem = envelope.actor === SYSTEM;
  if (!isSystem && !mayBring(world, envelope.actor)) {
    return forbidden('may-not-administer', { zh: '无权增改人员', en: 'you may not add or change people' });
  }
  const checked = checkJoin(world, raw);
  if (!checked.ok) return { outcome: 'invalid', problems: checked.problems };
  if (!isSystem && !mayAdminister(world, envelope.actor) && givesPower(world, state, envelope.actor, checked.profile)) {
    return forbidden('may-not-administer', {
      zh: '无权授予或收回管理岗位，也不能改自己的岗位',
      en: 'you may not give or take a post that administers, nor change your own',
    });
  }
  const stamp = { v: 1, at: world.now, by: envelope.actor } as const;
  if (state === undefined) {
    return accepted([{ event: 'person_joined', ...stamp, person: world.person, profile: checked.profile }]);
  }
  if (isSystem) return alreadyJoined(state);
  if (isSame(state, checked.profile)) return accepted([]);
  if (isLastAdministrator(world, checked.profile)) return lastAdministrator(state);
  return accepted([{ event: 'person_changed', ...stamp, profile: checked.profile }]);
}

function mayBring(world: PersonWorld, actor: string): boolean {
  const { roles, people } = world;
  return mayAdminister(world, actor) || (roles !== undefined && holdsRight(roles, people, actor, 'import'));
}

/** The built-in role may always: somebody must be able to repair an installation whatever its playbooks say. */
function mayAdminister({ roles, people }: PersonWorld, actor: string): boolean {
  const person = personOf(people, actor);
  if (person?.active === true && person.role === BUILT_IN_ROLE) return true;
  return roles !== undefined && holdsRight(roles, people, actor, 'administer');
}

function givesPower({ roles }: PersonWorld, state: PersonState | undefined, actor: string, profile: Profile): boolean {
  const administers = (role: string | undefined): boolean =>
    role === BUILT_IN_ROLE ||
    roles?.posts.some((post) => post.role === role && post.may.includes('administer')) === true;
  if (state !== undefined && isSame(state, profile)) return false;
  return state?.person === actor || administers(state?.role) || administers(profile.role);
}

/** Without an administrator nobody could ever bring one back. */
function isLastAdministrator({ people, person }: PersonWorld, profile: Profile): boolean {
  if (profile.active && profile.role === BUILT_IN_ROLE) return false;
  const administrators = Object.values(people.by_id).filter((one) => one.active && one.role === BUILT_IN_ROLE);
  return administrators.length === 1 && administrators[0]?.person === person;
}

function isSame(state: PersonState, profile: Profile): boolean {
  const keys = ['name', 'role', 'manager', 'region', 'email', 'lang', 'active'] as const;
  return keys.every((key) => state[key] === profile[key]);
}

function receive(world: PersonWorld, state: PersonState, { actor }: Envelope, message: unknown): Decision {
  if (actor !== SYSTEM)
    return forbidden('not-for-people', { zh: '消息只由系统投递', en: 'only the system delivers messages' });
  if (!isMessage(message)) {
    return invalid({ code: 'not-a-message', path: '/message', message: { zh: '不是消息', en: 'not a message' } });
  }
  return accepted([{ event: 'message_received', v: 1, at: world.now, by: actor, item: state.received + 1, message }]);
}

/** Reading what was read before is accepted and changes nothing that anybody sees. */
function read(world: PersonWorld, state: PersonState, { actor }: Envelope, raw: unknown): Decision {
  if (actor !== state.person)
    return forbidden('not-your-inbox', { zh: '这不是你的收件箱', en: 'this is not your inbox' });
  const items = Array.isArray(raw) ? raw.map(itemNumber) : [];
  const unknown = items.findIndex((item) => item === undefined || item > state.received);
  if (items.length === 0 || unknown >= 0) {
    const path = items.length === 0 ? '/items' : `/items/${unknown}`;
    return invalid({
      code: 'unknown-item',
      path,
      message: { zh: '收件箱里没有这一条', en: 'there is no such item in the inbox' },
    });
  }
  const known = items.filter((item) => item !== undefined);
  return accepted([
    { event: 'items_read', v: 1, at: world.now, by: actor, items: [...new Set(known)].sort((a, b) => a - b) },
  ]);
}

/** Items are numbered from 1; the wire has their numbers as text. */
function itemNumber(raw: unknown): number | undefined {
  return typeof raw === 'string' && /^[1-9][0-9]{0,8}$/u.test(raw) ? Number(raw) : undefined;
}

/** Deep enough for what we read of a message ourselves; the rest is shown as it came. */
function isMessage(raw: unknown): raw is Extract<PersonCommand, { command: 'receive' }>['message'] {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || typeof raw.kind !== 'string') return false;
  if (!('title' in raw && isText(raw.title) && 'text' in raw && isText(raw.text))) return false;
  return !('items' in raw) || (Array.isArray(raw.items) && raw.items.every((item) => isItem(item)));
}

function isItem(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'case_title' in raw && 'text' in raw && isText(raw.text);
}

function isText(raw: unknown): raw is Text {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'zh' in raw &&
    typeof raw.zh === 'string' &&
    'en' in raw &&
    typeof raw.en === 'string'
  );
}

function alreadyJoined({ person }: PersonState): Decision {
  return refused('already-joined', person, { zh: `\`${person}\` 已经加入`, en: `\`${person}\` has already joined` });
}

function lastAdministrator({ person }: PersonState): Decision {
  return refused('last-administrator', person, {
    zh: `\`${person}\` 是最后一位管理员`,
    en: `\`${person}\` is the last administrator`,
  });
}

function refused(code: string, person: string, message: Text): Decision {
  const reason = { code, message, about: `person ${person}`, unmet: [], can_meet: [], under_way: [] };
  return { outcome: 'refused', reasons: [reason] };
}

function accepted(events: readonly PersonEvent[]): Decision {
  return { outcome: 'accepted', events, warnings: [] };
}

function invalid(problem: Problem): Decision {
  return { outcome: 'invalid', problems: [problem] };
}

function forbidden(code: string, message: Text): Decision {
  return { outcome: 'forbidden', reason: { code, path: '', message } };
}

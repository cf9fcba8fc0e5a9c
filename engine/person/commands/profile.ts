/** `join` and `change`: who somebody is, where they stand, how they are reached. */

import { days } from '../../case/schema-texts.ts';
import { localDate } from '../../time/calendar.ts';
import { SYSTEM } from '../../who/rights.ts';
import { checkProfile } from '../check-profile.ts';
import type { PersonCommandOf } from '../command.ts';
import type { PersonEvent, Profile } from '../event.ts';
import { passFindings } from '../findings/ring-findings.ts';
import { calendarOf } from '../inbox-rules.ts';
import { accepted, type Decision, forbidden, invalid, lastAdministrator, problem, reason, refused } from '../no.ts';
import { passDuties } from '../rhythm/turn-series.ts';
import { givesPower, isLastAdministrator, mayAdminister, mayBring } from '../rights.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { passTurns } from './goals.ts';
import { leaving } from './leave.ts';

const KEYS = ['name', 'role', 'manager', 'region', 'email', 'lang', 'active'] as const;

export type RawCommand = Readonly<Record<string, unknown>>;

/** Joining again with the right to import or administer brings the profile up to date. */
export function join(world: PersonWorld, state: PersonState | undefined, actor: string, raw: RawCommand): Decision {
  const isSystem = actor === SYSTEM;
  if (!isSystem && !mayBring(world, actor)) {
    return forbidden('may-not-administer', { zh: '无权增改人员', en: 'you may not add or change people' });
  }
  const checked = checkProfile(world, raw);
  if (!checked.ok) return invalid(...checked.problems);
  const { profile } = checked;
  if (!isSystem && handsPower(world, state, actor, profile)) return noPower();
  const since = sinceIn(raw);
  if (since === NOT_A_DAY) return notADay();
  if (state === undefined) {
    const stamp = { v: 1, at: world.now, by: actor } as const;
    const joined: PersonEvent = { event: 'person_joined', ...stamp, person: world.person, profile };
    return accepted(since === undefined ? [joined] : [joined, { event: 'post_taken', ...stamp, since }]);
  }
  return isSystem ? alreadyJoined(state) : bringTo(world, state, actor, profile, since);
}

const NOT_A_DAY = Symbol('not a day');

/** The day on which somebody came into their post; absent: it is not said. */
function sinceIn({ in_post_since: written }: RawCommand): string | undefined | typeof NOT_A_DAY {
  if (written === undefined) return undefined;
  const parsed = days.safeParse(written);
  return parsed.success ? parsed.data : NOT_A_DAY;
}

function notADay(): Decision {
  return invalid(problem('not-a-day', '/in_post_since', { zh: '须为 yyyy-MM-dd', en: 'must be a day: yyyy-MM-dd' }));
}

/** People change how they are spoken to and written to themselves; the rest is for those who bring people. */
export function change(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  command: PersonCommandOf<'change'>,
): Decision {
  const { command: _command, in_post_since: since, ...given } = command;
  if (Object.keys(given).length === 0 && since === undefined) {
    return invalid(problem('nothing-to-change', '', { zh: '没有要改的内容', en: 'names nothing to change' }));
  }
  const isOwn =
    since === undefined &&
    actor === state.person &&
    Object.keys(given).every((key) => key === 'lang' || key === 'email');
  if (!isOwn && !mayBring(world, actor)) {
    return forbidden('may-not-administer', { zh: '无权增改人员', en: 'you may not add or change people' });
  }
  const merged = { ...profileOf(state), ...given };
  const checked = checkProfile(
    world,
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined)),
  );
  if (!checked.ok) return invalid(...checked.problems);
  if (!isOwn && handsPower(world, state, actor, checked.profile)) return noPower();
  return bringTo(world, state, actor, checked.profile, since);
}

/** An import that says that somebody is gone has them leave, as if they had been told to. */
function bringTo(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  profile: Profile,
  since: string | undefined,
): Decision {
  const taken = takingPost(world, state, actor, profile, since);
  if (isSame(state, profile)) return accepted(taken);
  if (isLastAdministrator(world, profile)) return lastAdministrator(state.person);
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const events: PersonEvent[] = [];
  const stays = { ...profile, active: state.active };
  if (!isSame(state, stays)) {
    events.push({ event: 'person_changed', ...stamp, profile: stays });
    const after = placed(world, stays);
    events.push(
      ...passTurns(after, state, actor),
      ...passFindings(after, state, actor),
      ...passDuties(after, state, actor),
    );
  }
  if (state.active && !profile.active) events.push(...leaving(world, actor, state.leaves?.successor));
  if (!state.active && profile.active) events.push({ event: 'person_returned', ...stamp });
  return accepted([...events, ...taken]);
}

/** Who changes posts comes into the new one today, where no other day is named. */
function takingPost(
  world: PersonWorld,
  state: PersonState,
  by: string,
  { role }: Profile,
  named: string | undefined,
): readonly PersonEvent[] {
  const today = role === state.role ? undefined : localDate(calendarOf(world, role), world.now);
  const since = named ?? today;
  if (since === undefined || since === state.in_post_since) return [];
  return [{ event: 'post_taken', v: 1, at: world.now, by, since }];
}

/** The world with the person where the profile has them. */
function placed(world: PersonWorld, profile: Profile): PersonWorld {
  const { people, person } = world;
  const by_id = { ...people.by_id, [person]: { ...profile, person } };
  return { ...world, people: { ...people, by_id } };
}

function handsPower(world: PersonWorld, state: PersonState | undefined, actor: string, profile: Profile): boolean {
  if (mayAdminister(world, actor) || (state !== undefined && isSame(state, profile))) return false;
  return givesPower(world, state, actor, profile);
}

function profileOf(state: PersonState): Profile {
  const { name, role, manager, region, email, lang, active } = state;
  return {
    name,
    role,
    ...(manager !== undefined && { manager }),
    ...(region !== undefined && { region }),
    ...(email !== undefined && { email }),
    lang,
    active,
  };
}

function isSame(state: PersonState, profile: Profile): boolean {
  return KEYS.every((key) => state[key] === profile[key]);
}

function noPower(): Decision {
  return forbidden('may-not-administer', {
    zh: '无权授予或收回管理岗位，也不能改自己的岗位',
    en: 'you may not give or take a post that administers, nor change your own',
  });
}

function alreadyJoined({ person }: PersonState): Decision {
  return refused(
    reason('already-joined', person, { zh: `\`${person}\` 已经加入`, en: `\`${person}\` has already joined` }),
  );
}

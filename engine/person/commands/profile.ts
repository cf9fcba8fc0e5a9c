/** `join` and `change`: who somebody is, where they stand, how they are reached. */

import { SYSTEM } from '../../who/rights.ts';
import { checkProfile } from '../check-profile.ts';
import type { PersonCommandOf } from '../command.ts';
import type { PersonEvent, Profile } from '../event.ts';
import { passFindings } from '../findings/ring-findings.ts';
import { accepted, type Decision, forbidden, invalid, lastAdministrator, problem, reason, refused } from '../no.ts';
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
  if (state === undefined) {
    return accepted([{ event: 'person_joined', v: 1, at: world.now, by: actor, person: world.person, profile }]);
  }
  return isSystem ? alreadyJoined(state) : bringTo(world, state, actor, profile);
}

/** People change how they are spoken to and written to themselves; the rest is for those who bring people. */
export function change(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  command: PersonCommandOf<'change'>,
): Decision {
  const { command: _command, ...given } = command;
  if (Object.keys(given).length === 0) {
    return invalid(problem('nothing-to-change', '', { zh: '没有要改的内容', en: 'names nothing to change' }));
  }
  const isOwn = actor === state.person && Object.keys(given).every((key) => key === 'lang' || key === 'email');
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
  return bringTo(world, state, actor, checked.profile);
}

/** An import that says that somebody is gone has them leave, as if they had been told to. */
function bringTo(world: PersonWorld, state: PersonState, actor: string, profile: Profile): Decision {
  if (isSame(state, profile)) return accepted([]);
  if (isLastAdministrator(world, profile)) return lastAdministrator(state.person);
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const events: PersonEvent[] = [];
  const stays = { ...profile, active: state.active };
  if (!isSame(state, stays)) {
    events.push({ event: 'person_changed', ...stamp, profile: stays });
    const after = placed(world, stays);
    events.push(...passTurns(after, state, actor), ...passFindings(after, state, actor));
  }
  if (state.active && !profile.active) events.push(...leaving(world, actor, state.leaves?.successor));
  if (!state.active && profile.active) events.push({ event: 'person_returned', ...stamp });
  return accepted(events);
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

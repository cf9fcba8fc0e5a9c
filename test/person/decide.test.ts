/** People join, are changed by those who may, receive messages and read them. */

import { describe, expect, it } from 'vitest';
import type { CommandEnvelope } from '../../engine/case/command.ts';
import type { PersonCommand } from '../../engine/person/command.ts';
import { decide } from '../../engine/person/decide.ts';
import { effectsOf } from '../../engine/person/effects.ts';
import { evolve } from '../../engine/person/evolve.ts';
import type { Message } from '../../engine/person/message.ts';
import type { PersonState } from '../../engine/person/state.ts';
import { wakeAt } from '../../engine/person/wake-at.ts';
import type { PersonWorld } from '../../engine/person/world.ts';
import type { Roles } from '../../engine/playbook/roles.ts';
import type { Person } from '../../engine/who/people.ts';

const at = { file: 'roles.yaml', line: 1, col: 1 };
const title = { zh: '岗位', en: 'Post' };
const ROLES: Roles = {
  roles: 'sales',
  posts: [
    { role: 'admin', title, may: ['administer', 'import', 'see'], over: 'all', at },
    { role: 'ops', title, may: ['import'], over: 'all', at },
    { role: 'manager', title, manages: 'rep', may: ['see'], over: 'team', at },
    { role: 'rep', title, may: ['open'], over: 'own', at },
  ],
  at,
};

function someone(person: string, role: string, manager?: string): Person {
  return { person, name: person, role, lang: 'en', active: true, ...(manager === undefined ? {} : { manager }) };
}

const PEOPLE = [
  someone('root', 'admin'),
  someone('dan', 'manager'),
  someone('bob', 'manager', 'dan'),
  someone('ann', 'rep', 'bob'),
  someone('olu', 'ops'),
];

function worldOf(person: string): PersonWorld {
  const by_id = Object.fromEntries(PEOPLE.map((one) => [one.person, one]));
  return { person, roles: ROLES, people: { version: 4, by_id }, now: '2026-10-20T01:00:00.000Z' };
}

function sent(actor: string, body: PersonCommand): CommandEnvelope<PersonCommand> {
  return { id: 'k1', actor, body };
}

function joined(person: string, email?: string): PersonState {
  const body = {
    command: 'join',
    name: person,
    role: 'rep',
    lang: 'en',
    ...(email === undefined ? {} : { email }),
  } as const;
  const outcome = decide(worldOf(person), undefined, sent('root', body));
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  const [event] = outcome.events;
  if (event === undefined) throw new Error('no event');
  return evolve(undefined, event);
}

const MESSAGE: Message = {
  kind: 'reminder',
  case: 'c-1',
  case_title: 'Big\ndeal',
  title: { zh: '停滞提醒：Big\ndeal', en: 'stalled: Big\ndeal' },
  text: { zh: '十天没有活动', en: 'no activity for ten days' },
};

describe('join', () => {
  it('makes a person of whoever an administrator names', () => {
    expect(joined('eve', 'eve@example.org')).toEqual({
      state_version: 2,
      person: 'eve',
      name: 'eve',
      role: 'rep',
      email: 'eve@example.org',
      lang: 'en',
      active: true,
      absences: [],
      absences_set: 0,
      received: 0,
      waiting: [],
      last_at: '2026-10-20T01:00:00.000Z',
    });
  });

  it('is forbidden to those who may neither administer nor import', () => {
    const outcome = decide(worldOf('eve'), undefined, sent('bob', { command: 'join', name: 'Eve', role: 'rep' }));
    expect(outcome).toMatchObject({ outcome: 'forbidden', reason: { code: 'may-not-administer' } });
  });

  it('lets a first start bring the administrator before any playbook is published', () => {
    const { roles: _, ...world } = worldOf('admin');
    const outcome = decide(world, undefined, sent('system', { command: 'join', name: 'Admin', role: 'admin' }));
    expect(outcome.outcome).toBe('accepted');
  });

  it('lets the built-in role repair an installation whose playbooks forgot it', () => {
    const roles = { ...ROLES, posts: ROLES.posts.filter((post) => post.role !== 'admin') };
    const body = { command: 'join', name: 'Eve', role: 'rep' } as const;
    expect(decide({ ...worldOf('eve'), roles }, undefined, sent('root', body)).outcome).toBe('accepted');
    const { roles: _, ...unpublished } = worldOf('eve');
    expect(decide(unpublished, undefined, sent('root', body)).outcome).toBe('accepted');
    expect(decide(unpublished, undefined, sent('bob', body)).outcome).toBe('forbidden');
  });

  it('lets who imports bring people, but neither power nor a better place for themselves', () => {
    const join = (person: string, role: string, state?: PersonState) =>
      decide(worldOf(person), state, sent('olu', { command: 'join', name: person, role, lang: 'en' })).outcome;
    expect(join('eve', 'rep')).toBe('accepted');
    expect(join('eve', 'manager', joined('eve'))).toBe('accepted');
    expect(join('eve', 'admin')).toBe('forbidden');
    expect(join('root', 'rep', { ...joined('root'), role: 'admin' })).toBe('forbidden');
    const themselves = { ...joined('olu'), role: 'ops' };
    expect(join('olu', 'manager', themselves)).toBe('forbidden');
    expect(join('olu', 'ops', themselves)).toBe('accepted');
  });

  it.each([
    { role: 'rep', active: true },
    { role: 'admin', active: false },
  ])('keeps the last administrator: $role, active $active', ({ role, active }) => {
    const state = { ...joined('root'), role: 'admin' };
    const outcome = decide(worldOf('root'), state, sent('root', { command: 'join', name: 'root', role, active }));
    expect(outcome).toMatchObject({ outcome: 'refused', reasons: [{ code: 'last-administrator' }] });
  });

  it('makes nobody of the name that timers act under', () => {
    const outcome = decide(worldOf('system'), undefined, sent('root', { command: 'join', name: 'Sy', role: 'rep' }));
    expect(outcome).toMatchObject({ outcome: 'invalid', problems: [{ code: 'reserved-id' }] });
  });

  it('names every member that is wrong', () => {
    const body = { command: 'join', name: ' ', role: 'boss', email: 'a b@c', manager: '' } as const;
    const outcome = decide(worldOf('eve'), undefined, sent('root', body));
    expect(outcome).toMatchObject({
      outcome: 'invalid',
      problems: [{ path: '/name' }, { path: '/manager' }, { path: '/email' }],
    });
  });

  it('refuses a role without a post and a manager who is nobody', () => {
    const body = { command: 'join', name: 'Eve', role: 'boss', manager: 'zoe' } as const;
    const outcome = decide(worldOf('eve'), undefined, sent('root', body));
    expect(outcome).toMatchObject({ problems: [{ code: 'unknown-role' }, { code: 'unknown-person' }] });
  });

  it.each([
    ['dan', 'ann'],
    ['dan', 'dan'],
  ])('lets nobody stand above themselves: %s under %s', (person, manager) => {
    const body = { command: 'join', name: person, role: 'manager', manager } as const;
    const outcome = decide(worldOf(person), joined(person), sent('root', body));
    expect(outcome).toMatchObject({ outcome: 'invalid', problems: [{ code: 'manager-circle', path: '/manager' }] });
  });

  it('brings a profile up to date, and forgets what the new one leaves out', () => {
    const state = joined('eve', 'eve@example.org');
    const outcome = decide(
      worldOf('eve'),
      state,
      sent('root', { command: 'join', name: 'Eva', role: 'rep', lang: 'en' }),
    );
    if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
    const changed = outcome.events.reduce<PersonState>(evolve, state);
    expect(changed.name).toBe('Eva');
    expect(changed).not.toHaveProperty('email');
  });

  it('changes nothing when the profile is the same', () => {
    const outcome = decide(
      worldOf('eve'),
      joined('eve'),
      sent('root', { command: 'join', name: 'eve', role: 'rep', lang: 'en' }),
    );
    expect(outcome).toEqual({ outcome: 'accepted', events: [], warnings: [] });
  });

  it('does not let a later start overwrite the administrator', () => {
    const outcome = decide(
      worldOf('eve'),
      joined('eve'),
      sent('system', { command: 'join', name: 'Admin', role: 'admin' }),
    );
    expect(outcome).toMatchObject({ outcome: 'refused', reasons: [{ code: 'already-joined' }] });
  });
});

describe('messages', () => {
  it('are numbered as they come', () => {
    const first = decide(worldOf('eve'), joined('eve'), sent('system', { command: 'receive', message: MESSAGE }));
    if (first.outcome !== 'accepted') throw new Error(first.outcome);
    const after = first.events.reduce<PersonState>(evolve, joined('eve'));
    const second = decide(worldOf('eve'), after, sent('system', { command: 'receive', message: MESSAGE }));
    expect(first.events).toMatchObject([{ event: 'message_received', item: 1 }]);
    expect(second).toMatchObject({ events: [{ item: 2 }] });
  });

  it('come from the system only', () => {
    const outcome = decide(worldOf('eve'), joined('eve'), sent('root', { command: 'receive', message: MESSAGE }));
    expect(outcome.outcome).toBe('forbidden');
  });

  it('are mailed in the language of the person, on one line of subject', () => {
    const state = joined('eve', 'eve@example.org');
    const event = {
      event: 'message_received',
      v: 1,
      at: state.last_at,
      by: 'system',
      item: 1,
      message: MESSAGE,
      mailed: 'now',
    } as const;
    expect(effectsOf(worldOf('eve'), state, event)).toEqual([
      { effect: 'mail', to: 'eve@example.org', subject: 'stalled: Big deal (c-1)', text: 'no activity for ten days' },
    ]);
    expect(effectsOf(worldOf('eve'), { ...state, lang: 'zh' }, event)).toMatchObject([
      { subject: '停滞提醒：Big deal (c-1)' },
    ]);
  });

  it('are not mailed to who has no address, or has left', () => {
    const state = joined('eve', 'eve@example.org');
    const event = {
      event: 'message_received',
      v: 1,
      at: state.last_at,
      by: 'system',
      item: 1,
      message: MESSAGE,
      mailed: 'now',
    } as const;
    expect(effectsOf(worldOf('eve'), joined('eve'), event)).toEqual([]);
    expect(effectsOf(worldOf('eve'), { ...state, active: false }, event)).toEqual([]);
  });

  it('list the cases of a digest', () => {
    const item = { case: 'c-1', case_title: 'Acme', text: { zh: '停滞', en: 'is stalled' } };
    const message: Message = { ...MESSAGE, kind: 'digest', items: [item, { ...item, case_title: 'Bolt' }] };
    const state = joined('eve', 'eve@example.org');
    const event = {
      event: 'message_received',
      v: 1,
      at: state.last_at,
      by: 'system',
      item: 1,
      message,
      mailed: 'now',
    } as const;
    expect(effectsOf(worldOf('eve'), state, event)).toMatchObject([
      { text: 'no activity for ten days\n- Acme (c-1): is stalled\n- Bolt (c-1): is stalled' },
    ]);
  });
});

describe('read', () => {
  const state: PersonState = { ...joined('ann'), received: 3 };

  it("is the person's own act", () => {
    expect(decide(worldOf('ann'), state, sent('bob', { command: 'read', items: ['1'] })).outcome).toBe('forbidden');
  });

  it('takes each item once', () => {
    const outcome = decide(worldOf('ann'), state, sent('ann', { command: 'read', items: ['3', '1', '3'] }));
    expect(outcome).toMatchObject({ outcome: 'accepted', events: [{ event: 'items_read', items: [1, 3] }] });
  });

  it.each([[[]], [['0']], [['4']], [['1', 'x']]])('knows its items: %j', (items) => {
    const outcome = decide(worldOf('ann'), state, sent('ann', { command: 'read', items }));
    expect(outcome).toMatchObject({ outcome: 'invalid', problems: [{ code: 'unknown-item' }] });
  });
});

describe('totality', () => {
  const bodies: readonly unknown[] = [
    { command: 'join' },
    { command: 'join', name: 1, role: {}, manager: [], lang: 'fr', active: 'no' },
    { command: 'receive' },
    { command: 'receive', message: { kind: 'digest', title: MESSAGE.title, text: MESSAGE.text, items: [null] } },
    { command: 'read', items: 'all' },
    { command: 'read', items: [null, {}] },
    { command: 'wake' },
    { command: 'dance' },
  ];

  it.each(bodies.map((body) => [body]))('answers %j whoever sends it and whether or not the person exists', (body) => {
    for (const actor of ['system', 'root', 'ann', 'nobody']) {
      for (const state of [undefined, joined('ann', 'ann@example.org')]) {
        const outcome = decide(worldOf('ann'), state, sent(actor, body as PersonCommand));
        expect(['accepted', 'refused', 'forbidden', 'invalid']).toContain(outcome.outcome);
      }
    }
  });

  it('never asks to be woken', () => {
    expect(wakeAt(worldOf('ann'), joined('ann'))).toBeUndefined();
  });
});

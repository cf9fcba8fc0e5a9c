/** Absences: who steps in, for how long, and what nobody gains by it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Post, Right, Roles } from '../../engine/playbook/roles.ts';
import type { Who } from '../../engine/playbook/who.ts';
import type { Person } from '../../engine/who/people.ts';
import { mayAnswer, resolveWho, whoToAsk } from '../../engine/who/resolve-who.ts';
import { mayAct } from '../../engine/who/rights.ts';
import { standInsOf, standsInFor } from '../../engine/who/substitutes.ts';
import { force, NO_FACTS, peopleOf, person } from './fixtures.ts';

const BEFORE = '2026-10-19T15:59:59.999Z';
const FROM = '2026-10-19T16:00:00.000Z';
const WITHIN = '2026-10-21T03:00:00.000Z';
const UNTIL = '2026-10-23T16:00:00.000Z';
const MANAGER: Who = { kind: 'manager' };

function away(one: Person, ...substitutes: readonly string[]): Person {
  const days = { first_day: '2026-10-20', last_day: '2026-10-23', from: FROM, until: UNTIL };
  return { ...one, absences: [{ absence: 'a1', ...days, substitutes }] };
}

const with_ = (...changes: readonly Person[]) => peopleOf(...force, ...changes);
const max = person('max', 'manager', 'dana');
const mia = person('mia', 'manager', 'dana');
const ann = person('ann', 'rep', 'max');
const cleo = person('cleo', 'rep', 'mia');

function ask(who: Who, people = with_(), owner = 'ann', now = WITHIN) {
  return whoToAsk(people, who, { owner, now, ...NO_FACTS });
}

describe('who steps in', () => {
  test('a substitute, from the first moment of the absence until its last', () => {
    const people = with_(away(max, 'mia'));
    const asked = [BEFORE, FROM, UNTIL].map((now) => ask(MANAGER, people, 'ann', now));
    expect(asked).toEqual([[{ person: 'max' }], [{ person: 'mia', on_behalf_of: 'max' }], [{ person: 'max' }]]);
  });

  test('the first who is there; one who has left is passed over', () => {
    expect(standInsOf(with_(away(max, 'ben', 'mia', 'cleo')), 'max', WITHIN)).toEqual(['mia', 'cleo']);
  });

  test('for one who is away too, that one’s substitute, through any number of links', () => {
    const people = with_(away(max, 'mia'), away(mia, 'cleo'), away(cleo, 'legal'));
    expect(ask(MANAGER, people)).toEqual([{ person: 'legal', on_behalf_of: 'max' }]);
    expect(standsInFor(people, 'legal', WITHIN)).toEqual(['cleo', 'max', 'mia']);
  });

  test('nobody in a circle: it goes up the line, which stays as it is', () => {
    const people = with_(away(max, 'mia'), away(mia, 'max'));
    expect(ask(MANAGER, people)).toEqual([{ person: 'dana', on_behalf_of: 'max' }]);
  });

  test('nobody where nobody is named: above whoever is away, not above the owner', () => {
    const people = with_(away(person('dana', 'director', 'gail')), person('gail', 'general-manager'));
    expect(ask({ kind: 'role', role: 'director' }, people)).toEqual([{ person: 'gail', on_behalf_of: 'dana' }]);
  });

  test('for a superior who is away on the way up, their substitute', () => {
    const people = with_(away(max), away(person('dana', 'director'), 'legal'));
    expect(ask(MANAGER, people)).toEqual([{ person: 'legal', on_behalf_of: 'max' }]);
  });

  test('never the owner: a case is not judged by its own', () => {
    const people = with_(away(max, 'ann', 'cleo'));
    expect(resolveWho(people, MANAGER, { owner: 'ann', now: WITHIN, ...NO_FACTS })).toEqual(['cleo']);
    expect(ask(MANAGER, with_(away(max, 'ann')))).toEqual([{ person: 'dana', on_behalf_of: 'max' }]);
  });

  test('an administrator who is away, where there is no other and nobody else', () => {
    const people = with_(away(person('admin', 'admin')), person('dana', 'director', undefined, false));
    expect(ask({ kind: 'role', role: 'director' }, people, 'dana')).toEqual([{ person: 'admin' }]);
  });

  test('somebody, whoever is away and whoever stands in for whom, and never the owner while another is there', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const one = fc.record({
      manager: fc.option(fc.constantFrom(...names), { nil: undefined }),
      active: fc.boolean(),
      away: fc.boolean(),
      substitutes: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.tuple(...names.map(() => one)), fc.constantFrom(...names), (all, owner) => {
        const company = names.map((name, index) => {
          const { manager, active, away: isAway, substitutes = [] } = all[index] ?? {};
          const made = person(name, 'rep', manager, active);
          return isAway ? away(made, ...substitutes.filter((id) => id !== name)) : made;
        });
        const people = peopleOf(...company, person('admin', 'admin'));
        const asked = ask(MANAGER, people, owner);
        expect(asked.length).toBeGreaterThan(0);
        expect(asked.every((each) => people.by_id[each.person]?.active)).toBe(true);
        if (people.by_id[owner]?.manager !== owner) expect(asked.map((each) => each.person)).not.toContain(owner);
        for (const name of names) expect(standInsOf(people, name, WITHIN)).not.toContain(name);
      }),
    );
  });
});

describe('what a substitute may', () => {
  const at = { file: 'sales.yaml', line: 1, col: 1 };
  const post = (role: string, over: Post['over'], ...may: readonly Right[]): Post => {
    return { role, title: { zh: role, en: role }, may, over, at };
  };
  const roles: Roles = {
    roles: 'sales',
    at,
    posts: [
      post('rep', 'own', 'see', 'advance'),
      post('manager', 'team', 'see', 'advance', 'accept_evidence', 'resolve'),
      post('admin', 'all', 'see', 'administer', 'import'),
    ],
  };
  const may = (people: ReturnType<typeof with_>, actor: string, right: Right, owner: string, now = WITHIN) =>
    mayAct(roles, people, actor, right, owner, now);

  test('what the one away may, while they are away', () => {
    const people = with_(away(ann, 'cleo'));
    expect([BEFORE, WITHIN, UNTIL].map((now) => may(people, 'cleo', 'advance', 'ann', now))).toEqual([
      false,
      true,
      false,
    ]);
    expect(may(people, 'ann', 'advance', 'ann')).toBe(true);
  });

  test('nothing over their own cases, nor those of an owner whom they step in for as well', () => {
    const people = with_(away(max, 'ann', 'cleo'), away(person('eva', 'rep', 'max'), 'cleo'));
    expect(may(people, 'ann', 'resolve', 'ann')).toBe(false);
    expect(may(people, 'ann', 'resolve', 'eva')).toBe(true);
    expect(may(people, 'cleo', 'resolve', 'eva')).toBe(false);
    expect(may(people, 'cleo', 'advance', 'eva')).toBe(true);
  });

  test('no power over people and imports', () => {
    const people = with_(away(person('admin', 'admin'), 'cleo'));
    expect(may(people, 'cleo', 'see', 'ann')).toBe(true);
    expect(may(people, 'cleo', 'import', 'ann')).toBe(false);
  });

  test('an answer in their place, which those above the one away may give too, and those above the substitute not', () => {
    const people = with_(away(max, 'cleo'));
    const answers = (id: string) => mayAnswer(people, MANAGER, { owner: 'ann', now: WITHIN, ...NO_FACTS }, id);
    expect(['max', 'cleo', 'dana', 'mia', 'ann'].map(answers)).toEqual([true, true, true, false, false]);
  });
});

import { describe, expect, test } from 'vitest';
import type { Value } from '../../engine/playbook/value.ts';
import type { Who } from '../../engine/playbook/who.ts';
import type { Person } from '../../engine/who/people.ts';
import { resolveWho } from '../../engine/who/resolve-who.ts';
import { force, NO_FACTS, peopleOf, person } from './fixtures.ts';

function resolve(
  who: Who,
  owner: string,
  changes: readonly Person[] = [],
  facts: Readonly<Record<string, Value>> = {},
) {
  return resolveWho(peopleOf(...force, ...changes), who, {
    owner,
    now: '2026-10-20T01:00:00.000Z',
    ...NO_FACTS,
    fact: (name) => facts[name],
  });
}

const role = (name: string): Who => ({ kind: 'role', role: name });

describe('who is meant', () => {
  test('the owner and whom the owner reports to', () => {
    expect(resolve({ kind: 'owner' }, 'ann')).toEqual(['ann']);
    expect(resolve({ kind: 'manager' }, 'ann')).toEqual(['max']);
  });

  test('a role is its nearest holder up the line', () => {
    expect(resolve(role('manager'), 'ann')).toEqual(['max']);
    expect(resolve(role('director'), 'ann')).toEqual(['dana']);
  });

  test('an owner who holds the role is the nearest holder', () => {
    expect(resolve(role('manager'), 'max')).toEqual(['max']);
  });

  test('a role outside the line is everybody who holds it', () => {
    expect(resolve(role('counsel'), 'ann', [person('lawrence', 'counsel')])).toEqual(['lawrence', 'legal']);
  });

  test('a fact names a person', () => {
    expect(resolve({ kind: 'fact', fact: 'expert' }, 'ann', [], { expert: 'cleo' })).toEqual(['cleo']);
  });
});

describe('where that is nobody, upward', () => {
  test('an owner who is gone is represented by the next above', () => {
    expect(resolve({ kind: 'owner' }, 'ben')).toEqual(['max']);
    expect(resolve({ kind: 'owner' }, 'ben', [person('max', 'manager', 'dana', false)])).toEqual(['dana']);
  });

  test('a manager who is gone is passed over', () => {
    expect(resolve({ kind: 'manager' }, 'ann', [person('max', 'manager', 'dana', false)])).toEqual(['dana']);
  });

  test('a holder in the line who is gone makes way for one further up, then for others', () => {
    const gone = person('max', 'manager', 'dana', false);
    expect(resolve(role('manager'), 'ann', [gone])).toEqual(['mia']);
    expect(resolve(role('manager'), 'ann', [gone, person('dana', 'manager')])).toEqual(['dana']);
  });

  test('a role nobody holds falls to the next above the owner', () => {
    expect(resolve(role('chief'), 'ann')).toEqual(['max']);
  });

  test('a fact that is missing, names nobody, or somebody gone falls to the next above the owner', () => {
    const expert: Who = { kind: 'fact', fact: 'expert' };
    expect(resolve(expert, 'ann')).toEqual(['max']);
    expect(resolve(expert, 'ann', [], { expert: 'constructor' })).toEqual(['max']);
    expect(resolve(expert, 'ann', [], { expert: 'ben' })).toEqual(['max']);
    expect(resolve(expert, 'ann', [], { expert: 5 })).toEqual(['max']);
  });

  test('at the top it falls to every administrator', () => {
    expect(resolve({ kind: 'manager' }, 'dana', [person('ada', 'admin')])).toEqual(['ada', 'admin']);
    expect(resolve({ kind: 'owner' }, 'unheard-of')).toEqual(['admin']);
  });

  test('only without any administrator is it nobody', () => {
    expect(resolve({ kind: 'manager' }, 'dana', [person('admin', 'admin', undefined, false)])).toEqual([]);
  });

  test('a circle of people who are gone ends at the administrators', () => {
    const circle = [person('x', 'rep', 'y', false), person('y', 'rep', 'x', false)];
    expect(resolve({ kind: 'owner' }, 'x', circle)).toEqual(['admin']);
  });
});

import { describe, expect, test } from 'vitest';
import type { Post, Right, Roles } from '../../engine/playbook/roles.ts';
import { holdsRight, mayAct, SYSTEM, whoMay } from '../../engine/who/rights.ts';
import { force, peopleOf } from './fixtures.ts';

const at = { file: 'sales.yaml', line: 1, col: 1 };

function post(role: string, over: Post['over'], ...may: readonly Right[]): Post {
  return { role, title: { zh: role, en: role }, may, over, at };
}

const roles: Roles = {
  roles: 'sales',
  at,
  posts: [
    post('rep', 'own', 'advance', 'see'),
    post('manager', 'team', 'advance', 'accept_evidence'),
    post('director', 'team', 'advance', 'close'),
    post('director', 'all', 'see'),
    post('admin', 'all', 'administer', 'hand_over'),
  ],
};
const people = peopleOf(...force);
const NOW = '2026-10-20T01:00:00.000Z';
const may = (actor: string, right: Right, owner: string) => mayAct(roles, people, actor, right, owner, NOW);

describe('whose cases a right reaches', () => {
  test('own: one’s own only', () => {
    expect([may('ann', 'advance', 'ann'), may('ann', 'advance', 'cleo')]).toEqual([true, false]);
  });

  test('team: those of everybody below, and one’s own', () => {
    expect([may('max', 'advance', 'ann'), may('max', 'advance', 'max')]).toEqual([true, true]);
    expect([may('max', 'advance', 'cleo'), may('max', 'advance', 'dana')]).toEqual([false, false]);
    expect(may('dana', 'close', 'cleo')).toBe(true);
  });

  test('all: everybody’s', () => {
    expect([may('admin', 'hand_over', 'ann'), may('dana', 'see', 'legal')]).toEqual([true, true]);
  });
});

test('a right that no post of one’s role gives is not had', () => {
  expect([may('ann', 'close', 'ann'), may('legal', 'see', 'legal'), may('max', 'close', 'ann')]).toEqual([
    false,
    false,
    false,
  ]);
});

test('those who are gone, unknown, or no person have no right', () => {
  expect([may('ben', 'advance', 'ben'), may('nobody', 'advance', 'nobody'), may(SYSTEM, 'advance', 'ann')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(may('constructor', 'advance', 'constructor')).toBe(false);
});

test('the cases of somebody gone stay within reach of those above', () => {
  expect(may('max', 'advance', 'ben')).toBe(true);
});

test('rights about no one’s case are held or not', () => {
  expect([holdsRight(roles, people, 'admin', 'administer'), holdsRight(roles, people, 'ann', 'administer')]).toEqual([
    true,
    false,
  ]);
  expect(holdsRight(roles, people, SYSTEM, 'administer')).toBe(false);
});

test('who may is everybody for whom may-act says yes', () => {
  expect(whoMay(roles, people, 'advance', 'ann', NOW)).toEqual(['ann', 'dana', 'max']);
  expect(whoMay(roles, people, 'hand_over', 'ann', NOW)).toEqual(['admin']);
});

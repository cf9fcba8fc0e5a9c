/** Who the people of a scenario are when nobody wrote them down. */

import { describe, expect, it } from 'vitest';
import { peopleOf } from '../../engine/rehearse/made-up-people.ts';
import { compileSample } from './sample-playbooks.ts';

const SCENARIO = '  - scenario: s\n    given: { owner: ann, at: 2026-03-02 09:00 }\n    timeline: [ { at: 1 days } ]\n';
const { set, scenarios } = compileSample(SCENARIO);
const [file] = scenarios;
if (file === undefined) throw new Error('no scenarios');

const line = (people: ReturnType<typeof peopleOf>, person: string): string[] => {
  const { manager, role } = people.by_id[person] ?? {};
  return [`${person} (${role})`, ...(manager === undefined ? [] : line(people, manager))];
};

describe('people made up', () => {
  const people = peopleOf(set.roles, file, ['ann', 'director']);

  it('hold each post once, named like it', () => {
    expect(set.roles.posts.map(({ role }) => people.by_id[role]?.role)).toEqual(
      set.roles.posts.map(({ role }) => role),
    );
  });

  it('report along the line of posts, from the foot of it', () => {
    expect(line(people, 'ann')).toEqual([
      'ann (rep)',
      'manager (manager)',
      'director (director)',
      'general-manager (general-manager)',
    ]);
  });

  it('report to nobody where no post manages theirs', () => {
    expect(people.by_id['finance']?.manager).toBeUndefined();
  });

  it('come from the table where there is one, and from nowhere else', () => {
    const { at } = file;
    const table = { ann: { role: 'rep', manager: 'leo', at }, leo: { role: 'group-leader', at } };
    expect(Object.keys(peopleOf(set.roles, { ...file, people: table }, ['ann', 'bo']).by_id)).toEqual(['ann', 'leo']);
  });
});

describe('posts that manage each other in a circle', () => {
  it('still give everybody somebody above', () => {
    const posts = set.roles.posts.map((post) => (post.role === 'rep' ? { ...post, manages: 'general-manager' } : post));
    const people = peopleOf({ ...set.roles, posts }, file, ['ann']);
    expect(people.by_id['ann']).toBeDefined();
    expect(people.by_id['general-manager']?.manager).toBe('rep');
  });
});

/** People from a table: whatever words and order it has, each bad row told in its place, and nothing done twice. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../engine/mapping/read-table.ts';
import type { PersonCommand } from '../../engine/person/command.ts';
import { planRoster } from '../../engine/person/plan-roster.ts';
import { readRoster } from '../../engine/person/read-roster.ts';
import type { People, Person } from '../../engine/who/people.ts';
import { OFFICE, rolesWith, someone } from './drive-person.ts';

const ROOT = someone('root', 'admin');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function peopleOf(...list: readonly Person[]): People {
  return { version: 1, by_id: Object.fromEntries(list.map((one) => [one.person, one])) };
}

function read(text: string) {
  const table = readTable('team.csv', text);
  if (!table.ok) throw new Error(JSON.stringify(table.problem));
  return readRoster(table.table);
}

function plan(text: string, people = peopleOf(ROOT)) {
  const roster = read(text);
  const planned = planRoster({ roles: rolesWith(), calendars: { office: OFFICE }, people }, roster.rows, sha256);
  const problems = [...roster.problems, ...planned.problems];
  return {
    commands: planned.steps.flatMap(({ person, commands }) => commands.map((one) => `${one.command} ${person}`)),
    steps: planned.steps,
    problems: problems.map(({ line, column, message }) => `${line} ${column ?? '-'} ${message.en}`),
    ignored: roster.ignored,
  };
}

/** The people as they would be after the plan. */
function carriedOut(text: string, before = peopleOf(ROOT)): People {
  const by_id: Record<string, Person> = { ...before.by_id };
  for (const { person, commands } of plan(text, before).steps)
    for (const one of commands) by_id[person] = after(by_id[person], person, one);
  return { version: 2, by_id };
}

function after(before: Person | undefined, person: string, command: PersonCommand): Person {
  const { command: name, ...rest } = command;
  const merged = { ...before, ...rest, person, active: name !== 'leave' };
  const kept = Object.entries(merged).filter(([, value]) => value !== null);
  // What the plan made of a profile that was checked.
  return Object.fromEntries(kept) as unknown as Person;
}

const TEAM = `Full Name,Job Title,Reports To,E-mail,Regional Office,Shoe size
Ann Lee,rep,Bob Fu,ann@example.org,East,38
Bob Fu,manager,,bob@example.org,East,44
`;

describe('a table of people', () => {
  test('is read by the words it has, those above first', () => {
    const { commands, steps, problems, ignored } = plan(TEAM);
    expect([commands, problems, ignored]).toEqual([['join bob-fu', 'join ann-lee'], [], ['Shoe size']]);
    expect(steps[1]?.commands[0]).toMatchObject({ name: 'Ann Lee', role: 'rep', manager: 'bob-fu', region: 'East' });
  });

  test('is read in Chinese', () => {
    const { commands, problems } = plan(
      '工号,姓名,岗位,直属上级,邮箱,在职\nw1,刘伟,rep,张敏,liu@example.org,是\nw2,张敏,manager,,,在职\n',
    );
    expect([commands, problems]).toEqual([['join w2', 'join w1'], []]);
  });

  test('changes nothing when it is run again', () => {
    const people = carriedOut(TEAM);
    expect(Object.keys(people.by_id).sort()).toEqual(['ann-lee', 'bob-fu', 'root']);
    expect(plan(TEAM, people)).toMatchObject({ commands: [], problems: [] });
  });

  test('changes what it says and leaves alone what it has no column for', () => {
    const people = carriedOut(TEAM);
    const { steps } = plan('name,role\nAnn Lee,manager\n', people);
    expect(steps[0]?.commands).toEqual([{ command: 'change', role: 'manager' }]);
    expect(plan('name,region\nAnn Lee,\n', people).steps[0]?.commands).toEqual([{ command: 'change', region: null }]);
  });

  test('has people leave and come back', () => {
    const people = carriedOut(TEAM);
    expect(plan('name,active\nAnn Lee,no\n', people).commands).toEqual(['leave ann-lee']);
    const gone = carriedOut('name,active\nAnn Lee,no\n', people);
    expect(plan('name,active,role\nAnn Lee,yes,manager\n', gone).commands).toEqual([
      'change ann-lee',
      'return ann-lee',
    ]);
  });

  test('finds people by mail address where their name has changed', () => {
    const people = carriedOut(TEAM);
    expect(plan('name,email\nAnn Wu,ANN@example.org\n', people).steps[0]).toMatchObject({
      person: 'ann-lee',
      commands: [{ command: 'change', name: 'Ann Wu', email: 'ANN@example.org' }],
    });
  });

  test.each([
    [
      'two with one address',
      'name,role,email\nAnn,rep,a@example.org\nBen,rep,A@example.org\n',
      '3 email this mail address is that of `ann` (Ann): give another, or change theirs first',
    ],
    [
      'above oneself',
      'name,role,manager\nAnn,rep,Ann\n',
      '2 manager `ann` is above themselves: name somebody else, or nobody',
    ],
    ['nobody above', 'name,role,manager\nAnn,rep,Zoe\n', '2 manager nobody is called `Zoe`, here or in the file'],
    ['no such post', 'name,role\nAnn,pope\n', '2 role there is no post `pope`'],
    ['no post', 'name\nAnn\n', '2 role must be a text of 1 to 200 characters'],
    ['twice', 'id,name,role\nann,Ann,rep\nann,Ann,rep\n', '3 - `ann` is in line 2 already'],
    [
      'neither yes nor no',
      'name,role,active\nAnn,rep,perhaps\n',
      '2 active `perhaps` is neither yes nor no: write one of them',
    ],
    ['a row too short', 'name,role\nAnn\n', '2 - the row has 1 cells, the header names 2 columns'],
    [
      'two columns for one thing',
      'name,full name,role\nAnn,Ann,rep\n',
      '1 full name `full name` means the same as `name`: take one of them away',
    ],
    [
      'no names',
      'shoe,hat\n38,5\n',
      '1 - no column holds names or ids (there are `shoe`, `hat`): call one of them name',
    ],
  ])('tells of %s where it stands', (_what, text, problem) => {
    expect(plan(text).problems).toEqual([problem]);
  });

  test('tells of a circle each of its people once, and brings in the others', () => {
    const { commands, problems } = plan('name,role,manager\nA,manager,B\nB,manager,A\nC,rep,\n');
    expect(commands).toEqual(['join c']);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^2 manager these report to each other in a circle/);
  });

  test('asks for an id where a name means several', () => {
    const people = peopleOf(
      ROOT,
      { ...someone('w1', 'manager'), name: '王伟' },
      { ...someone('w2', 'manager'), name: '王伟' },
    );
    expect(plan('name,role,manager\nAnn,rep,王伟\n', people).problems).toEqual([
      '2 manager several people are called `王伟`: w1, w2; write the id',
    ]);
    expect(plan('name,role,manager\nAnn,rep,w2\n', people).commands).toEqual(['join ann']);
  });
});

/** What a table of people comes to: the command each row needs, those above before those below, or why not. */

import type { Problem } from '../case/outcome.ts';
import { shown } from '../form/problems.ts';
import { foldName, PersonIds } from '../mapping/person-ids.ts';
import type { People, Person } from '../who/people.ts';
import { personOf } from '../who/reporting-line.ts';
import { checkProfile } from './check-profile.ts';
import type { PersonCommand } from './command.ts';
import type { Profile } from './event.ts';
import type { RosterProblem, RosterRow } from './read-roster.ts';
import type { PersonWorld } from './world.ts';

export interface RosterStep {
  readonly line: number;
  readonly person: string;
  readonly name: string;
  /** In order; empty: everything is as the row says already. */
  readonly commands: readonly PersonCommand[];
}

export interface RosterPlan {
  /** In the order in which they can be carried out. */
  readonly steps: readonly RosterStep[];
  readonly problems: readonly RosterProblem[];
}

/** A row whose person is known by id. */
interface Named {
  readonly row: RosterRow;
  readonly person: string;
}

type World = Omit<PersonWorld, 'person' | 'now'>;

/**
 * Carries the rows out on paper, each on top of those before it. Running the same table again plans nothing.
 * @param sha256 hex digest, for names that leave no id in Latin letters
 */
export function planRoster(world: World, rows: readonly RosterRow[], sha256: (text: string) => string): RosterPlan {
  const problems: RosterProblem[] = [];
  const named = nameRows(world.people, rows, sha256, problems);
  const ids = idsOf(world.people, named);
  const ordered = inOrder(named, ids, problems);
  const steps: RosterStep[] = [];
  let { people } = world;
  for (const one of ordered) {
    const result = planRow({ ...world, people, person: one.person, now: '' }, one.row, ids);
    if ('problems' in result) {
      problems.push(...result.problems);
      continue;
    }
    const { profile, commands } = result;
    steps.push({ line: one.row.line, person: one.person, name: profile.name, commands });
    const before = personOf(people, one.person);
    const absences = before?.absences === undefined ? {} : { absences: before.absences };
    people = { ...people, by_id: { ...people.by_id, [one.person]: { person: one.person, ...profile, ...absences } } };
  }
  problems.sort((a, b) => a.line - b.line);
  return { steps, problems };
}

/** By id, else by mail address, else by name; somebody new gets an id made of their name. */
function nameRows(
  people: People,
  rows: readonly RosterRow[],
  sha256: (text: string) => string,
  problems: RosterProblem[],
): readonly Named[] {
  const made = new PersonIds(people, sha256);
  const lines = new Map<string, number>();
  return rows.flatMap((row) => {
    const known = row.person ?? byMail(people, row.email)?.person;
    const person = known ?? made.idOf(row.name ?? '');
    const first = lines.get(person);
    lines.set(person, first ?? row.line);
    if (first === undefined) return [{ row, person }];
    problems.push({
      line: row.line,
      message: { zh: `\`${person}\` 已在第 ${first} 行`, en: `\`${person}\` is in line ${first} already` },
    });
    return [];
  });
}

function byMail(people: People, email: string | null | undefined): Person | undefined {
  if (typeof email !== 'string') return undefined;
  return Object.values(people.by_id).find((one) => one.active && one.email?.toLowerCase() === email.toLowerCase());
}

/** Id, mail address or name → ids, of the people there are and those the table brings. */
function idsOf(people: People, named: readonly Named[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, readonly string[]>();
  const put = (word: string | null | undefined, id: string): void => {
    if (typeof word !== 'string') return;
    const key = foldName(word);
    const all = ids.get(key) ?? [];
    if (!all.includes(id)) ids.set(key, [...all, id]);
  };
  for (const { person, name, email } of Object.values(people.by_id))
    for (const word of [name, email]) put(word, person);
  for (const { person, row } of named) for (const word of [row.name, row.email]) put(word, person);
  for (const person of [...Object.keys(people.by_id), ...named.map((one) => one.person)]) {
    ids.set(foldName(person), [person]);
  }
  return ids;
}

/** Those above first; people who stand above themselves are told and left out. */
function inOrder(
  named: readonly Named[],
  ids: ReadonlyMap<string, readonly string[]>,
  problems: RosterProblem[],
): readonly Named[] {
  const byId = new Map(named.map((one) => [one.person, one]));
  const ordered: Named[] = [];
  const state = new Map<string, 'open' | 'done' | 'bad'>();
  const aboveOf = ({ row }: Named): Named | undefined => {
    const found = typeof row.manager === 'string' ? ids.get(foldName(row.manager)) : undefined;
    return found?.length === 1 ? byId.get(found[0] ?? '') : undefined;
  };
  const place = (one: Named): void => {
    const line: Named[] = [];
    let next: Named | undefined = one;
    while (next !== undefined && state.get(next.person) === undefined) {
      state.set(next.person, 'open');
      line.push(next);
      next = aboveOf(next);
    }
    const circle = next !== undefined && state.get(next.person) === 'open' ? line.slice(line.indexOf(next)) : [];
    for (const each of line.reverse()) {
      if (circle.includes(each)) problems.push(circular(each, circle));
      else ordered.push(each);
      state.set(each.person, circle.includes(each) ? 'bad' : 'done');
    }
  };
  for (const one of named) place(one);
  return ordered;
}

function circular({ row, person }: Named, circle: readonly Named[]): RosterProblem {
  if (circle.length === 1) {
    const message = {
      zh: `${shown(person)} 是自己的上级；请填另一个人或留空`,
      en: `${shown(person)} is above themselves: name somebody else, or nobody`,
    };
    return { line: row.line, column: 'manager', message };
  }
  const names = circle.map((one) => one.person).join(' → ');
  const message = {
    zh: `上级关系成环：${names} → ${circle[0]?.person}`,
    en: `these report to each other in a circle: ${names} → ${circle[0]?.person}`,
  };
  return { line: row.line, column: 'manager', message };
}

type Planned =
  | { readonly profile: Profile; readonly commands: readonly PersonCommand[] }
  | { readonly problems: readonly RosterProblem[] };

function planRow(world: PersonWorld, row: RosterRow, ids: ReadonlyMap<string, readonly string[]>): Planned {
  const manager = managerOf(row, ids);
  if (typeof manager === 'object' && manager !== null) return { problems: [manager] };
  const before = personOf(world.people, world.person);
  const raw = { ...before, ...row, manager: manager === undefined ? before?.manager : manager };
  const given = Object.entries(raw).filter(([key, value]) => value !== null && value !== undefined && KEYS.has(key));
  const checked = checkProfile(world, Object.fromEntries(given));
  if (!checked.ok) return { problems: checked.problems.map((problem) => asRowProblem(row, problem)) };
  return { profile: checked.profile, commands: commandsFor(before, checked.profile) };
}

const KEYS: ReadonlySet<string> = new Set(['name', 'role', 'manager', 'region', 'email', 'lang', 'active']);

function managerOf(
  { line, manager }: RosterRow,
  ids: ReadonlyMap<string, readonly string[]>,
): string | null | undefined | RosterProblem {
  if (typeof manager !== 'string') return manager;
  const [one, ...more] = ids.get(foldName(manager)) ?? [];
  if (one !== undefined && more.length === 0) return one;
  const message =
    one === undefined
      ? {
          zh: `没有人叫 ${shown(manager)}，文件里也没有`,
          en: `nobody is called ${shown(manager)}, here or in the file`,
        }
      : {
          zh: `有多人叫 ${shown(manager)}：${[one, ...more].join('、')}；请写编号`,
          en: `several people are called ${shown(manager)}: ${[one, ...more].join(', ')}; write the id`,
        };
  return { line, column: 'manager', message };
}

function asRowProblem({ line }: RosterRow, { path, message }: Problem): RosterProblem {
  const column = path.slice(1);
  return { line, ...(column !== '' && { column }), message };
}

function commandsFor(before: Person | undefined, profile: Profile): readonly PersonCommand[] {
  if (before === undefined) return [{ command: 'join', ...profile }];
  const commands: PersonCommand[] = [];
  if (profile.active && !before.active) commands.push({ command: 'return' });
  const { name, role, lang } = profile;
  const changed = {
    ...(name !== before.name && { name }),
    ...(role !== before.role && { role }),
    ...(lang !== before.lang && { lang }),
    ...(profile.manager !== before.manager && { manager: profile.manager ?? null }),
    ...(profile.region !== before.region && { region: profile.region ?? null }),
    ...(profile.email !== before.email && { email: profile.email ?? null }),
  };
  // A post that is gone must be replaced before anybody can come back to it.
  if (Object.keys(changed).length > 0) commands.unshift({ command: 'change', ...changed });
  if (!profile.active && before.active) commands.push({ command: 'leave' });
  return commands;
}

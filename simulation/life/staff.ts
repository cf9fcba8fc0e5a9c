/** The people of an installation: who is hired, who leads whom, and how that changes over a year. */

import { DAY_MS, HOUR_MS } from '../parameters.ts';
import type { Year } from '../year.ts';
import { day } from './bodies.ts';

/** Somebody is away, promoted, leaves … this often in the whole installation. */
const BETWEEN_CHANGES_MS = 9 * DAY_MS;

interface Hired {
  readonly role: string;
  readonly manager?: string;
}

export const ROOT = 'root';
const DIRECTORS = ['dan', 'eva'] as const;
const MANAGERS = ['mia', 'moe', 'max'] as const;
const REPS = ['ann', 'ben', 'cyn', 'dov', 'eli', 'fay', 'gus', 'hal'] as const;
const FINANCE = ['fin'] as const;
/** Hired later. */
const LATER = ['ida', 'jon', 'kim'] as const;
export const EVERYBODY: readonly string[] = [ROOT, ...DIRECTORS, ...MANAGERS, ...REPS, ...FINANCE, ...LATER];

/** Everybody who is there from the first day; the administrator by the system, as at a first start. */
export function hire(year: Year): void {
  const { chance } = year;
  const waves: readonly (() => void)[] = [
    () => join(year, 'system', ROOT, { role: 'admin' }),
    () => {
      for (const person of DIRECTORS) join(year, ROOT, person, { role: 'director' });
      for (const person of FINANCE) join(year, ROOT, person, { role: 'finance' });
    },
    () => {
      for (const person of MANAGERS) join(year, ROOT, person, { role: 'manager', manager: chance.pick(DIRECTORS) });
    },
    () => {
      for (const person of REPS) join(year, ROOT, person, { role: 'rep', manager: chance.pick(MANAGERS) });
    },
  ];
  // Whoever is named as a manager must be there first.
  for (const [index, wave] of waves.entries()) year.plan(year.now() + index * HOUR_MS, wave);
  const change = (): void => {
    changeSomebody(year);
    year.after(BETWEEN_CHANGES_MS, change);
  };
  year.after(BETWEEN_CHANGES_MS, change);
}

function join(year: Year, by: string, person: string, { role, manager }: Hired, active = true): void {
  const { chance } = year;
  const rest = {
    lang: chance.pick(['zh', 'en']),
    ...(manager !== undefined && { manager }),
    ...(!active && { active }),
  };
  const body = { command: 'join', name: person, role, email: `${person}@example.com`, ...rest };
  year.give({ kind: 'person', id: person }, by, body);
}

function tell(year: Year, by: string, person: string, body: unknown): void {
  year.give({ kind: 'person', id: person }, by, body);
}

/** Days away, with or without somebody who steps in; sometimes called off, sometimes nonsense. */
function away(year: Year, person: string): void {
  const { chance } = year;
  const first = chance.between(-1, 20);
  const last = first + chance.between(-1, 15);
  const days = { first_day: day(year.now(), first), last_day: day(year.now(), last) };
  const others = chance.shuffled([...REPS, ...MANAGERS, ...DIRECTORS]).slice(0, chance.between(0, 2));
  tell(year, person, person, { command: 'set_absence', ...days, substitutes: others });
  if (chance.happens(0.2)) {
    const cancel = { command: 'cancel_absence', absence: `a${chance.between(1, 3)}` };
    year.after(5 * DAY_MS, () => tell(year, person, person, cancel));
  }
}

/** Now or on a day to come, with or without somebody who takes over; some think better of it. */
function leave(year: Year, person: string): void {
  const { chance } = year;
  const on = chance.happens(0.6) ? { on: day(year.now(), chance.between(0, 15)) } : {};
  const successor = chance.happens(0.5) ? { successor: chance.pick([...REPS, ...MANAGERS]) } : {};
  tell(year, ROOT, person, { command: 'leave', ...on, ...successor });
  if (chance.happens(0.5)) year.after(20 * DAY_MS, () => tell(year, ROOT, person, { command: 'return' }));
}

function changeSomebody(year: Year): void {
  const { chance } = year;
  const lead = (): string => chance.pick([...MANAGERS, ...DIRECTORS]);
  chance.weighted<() => void>([
    [3, () => join(year, ROOT, chance.pick(REPS), { role: 'rep', manager: lead() })],
    [1, () => join(year, ROOT, chance.pick(REPS), { role: 'manager', manager: chance.pick(DIRECTORS) })],
    [2, () => join(year, ROOT, chance.pick(LATER), { role: 'rep', manager: lead() })],
    [2, () => join(year, ROOT, chance.pick([...REPS, ...MANAGERS]), { role: 'rep', manager: lead() }, false)],
    [2, () => join(year, ROOT, chance.pick(MANAGERS), { role: 'manager', manager: lead() })],
    // Somebody above themselves, by somebody who may not, and the last administrator gone: each is to be refused.
    [1, () => join(year, ROOT, chance.pick(DIRECTORS), { role: 'director', manager: chance.pick(REPS) })],
    [1, () => join(year, chance.pick(REPS), chance.pick(REPS), { role: 'admin' })],
    [1, () => join(year, ROOT, ROOT, { role: 'rep' })],
    [12, () => away(year, chance.pick([...REPS, ...MANAGERS, ...DIRECTORS]))],
    [3, () => leave(year, chance.pick([...REPS, ...MANAGERS, ...LATER]))],
    [1, () => tell(year, ROOT, ROOT, { command: 'leave' })],
    [2, () => tell(year, ROOT, chance.pick([...REPS, ...MANAGERS]), { command: 'return' })],
  ])();
}

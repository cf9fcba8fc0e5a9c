/** Drives one person in a test: commands, waiting, and what came of them. */

import type { Effect } from '../../engine/case/effect.ts';
import type { Outcome } from '../../engine/case/outcome.ts';
import type { PersonCommand } from '../../engine/person/command.ts';
import { decide } from '../../engine/person/decide.ts';
import { effectsOf } from '../../engine/person/effects.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import { evolve } from '../../engine/person/evolve.ts';
import type { PersonState } from '../../engine/person/state.ts';
import { wakeAt } from '../../engine/person/wake-at.ts';
import type { Concerned, PersonWorld } from '../../engine/person/world.ts';
import type { Calendar } from '../../engine/playbook/calendar.ts';
import type { Coaching } from '../../engine/playbook/coaching.ts';
import type { RepDiagnosis } from '../../engine/playbook/diagnosis.ts';
import type { Rhythm } from '../../engine/playbook/rhythm.ts';
import type { Inbox, Roles } from '../../engine/playbook/roles.ts';
import { fromMs, type Instant } from '../../engine/time/instant.ts';
import type { People, Person } from '../../engine/who/people.ts';

const at = { file: 'roles.yaml', line: 1, col: 1 };
const title = { zh: '岗位', en: 'Post' };
const WORK = [[540, 1080]] as const;

/** Nine to six, weekdays, in Shanghai; 1 October 2026 is a holiday. */
export const OFFICE: Calendar = {
  calendar: 'office',
  zone: 'Asia/Shanghai',
  hours: [WORK, WORK, WORK, WORK, WORK, [], []],
  holidays: [{ from: '2026-10-01', to: '2026-10-07', at }],
  make_up_days: [],
  valid_through: '2026-12-31',
  at,
};

export function rolesWith(inbox?: Inbox): Roles {
  return {
    roles: 'sales',
    calendar: 'office',
    ...(inbox !== undefined && { inbox }),
    posts: [
      { role: 'admin', title, may: ['administer', 'import', 'see'], over: 'all', at },
      { role: 'ops', title, may: ['import', 'see'], over: 'all', at },
      { role: 'manager', title, manages: 'rep', may: ['see', 'open', 'accept_evidence'], over: 'team', at },
      { role: 'rep', title, may: ['see', 'open'], over: 'own', at },
    ],
    at,
  };
}

export function someone(person: string, role: string, manager?: string): Person {
  return { person, name: person, role, lang: 'en', active: true, ...(manager === undefined ? {} : { manager }) };
}

const STAFF = [
  someone('root', 'admin'),
  someone('ops', 'ops', 'dan'),
  someone('dan', 'manager'),
  someone('bob', 'manager', 'dan'),
  someone('ann', 'rep', 'bob'),
  someone('ben', 'rep', 'bob'),
];

/** A Tuesday, 10:00 in Shanghai. */
export const TUESDAY = '2026-10-20T02:00:00.000Z';

export class DrivePerson {
  now: Instant = TUESDAY;
  concerned: Concerned = { owned: [], asked: [], represented: [] };
  /** What the store would look up. */
  figures: Pick<PersonWorld, 'baselines' | 'owners' | 'outcomes' | 'period_facts'> = {};
  coaching: Readonly<Record<string, Coaching>> = {};
  diagnoses: Readonly<Record<string, RepDiagnosis>> = {};
  rhythms: Readonly<Record<string, Rhythm>> = {};
  office: Calendar = OFFICE;
  effects: readonly Effect[] = [];
  state: PersonState;
  private others: readonly Person[];
  private readonly inbox: Inbox | undefined;
  private readonly id: string;

  constructor(id: string, { inbox, others = STAFF }: { inbox?: Inbox; others?: readonly Person[] } = {}) {
    this.id = id;
    this.inbox = inbox;
    this.others = others;
    const profile = others.find((one) => one.person === id) ?? someone(id, 'rep', 'bob');
    this.state = evolve(undefined, { event: 'person_joined', v: 1, at: this.now, by: 'root', person: id, profile });
  }

  /** As the store would have them: the person as the state says. */
  get people(): People {
    const { person, name, role, manager, region, email, lang, active, absences } = this.state;
    const self: Person = {
      person,
      name,
      role,
      lang,
      active,
      absences,
      ...(manager !== undefined && { manager }),
      ...(region !== undefined && { region }),
      ...(email !== undefined && { email }),
    };
    return { version: 1, by_id: Object.fromEntries([...this.others, self].map((one) => [one.person, one])) };
  }

  get world(): PersonWorld {
    return {
      person: this.id,
      roles: rolesWith(this.inbox),
      calendars: { office: this.office },
      people: this.people,
      now: this.now,
      concerned: this.concerned,
      coaching: this.coaching,
      diagnoses: this.diagnoses,
      rhythms: this.rhythms,
      ...this.figures,
    };
  }

  get wakesAt(): Instant | undefined {
    return wakeAt(this.world, this.state);
  }

  wait(ms: number): this {
    this.now = fromMs(Date.parse(this.now) + ms);
    return this;
  }

  to(instant: Instant): this {
    this.now = instant;
    return this;
  }

  withOthers(change: (others: readonly Person[]) => readonly Person[]): this {
    this.others = change(this.others);
    return this;
  }

  try(actor: string, body: PersonCommand): Outcome<PersonEvent> {
    const outcome = decide(this.world, this.state, { id: 'k', actor, body });
    this.effects = [];
    if (outcome.outcome !== 'accepted') return outcome;
    for (const event of outcome.events) {
      this.state = evolve(this.state, event);
      this.effects = [...this.effects, ...effectsOf(this.world, this.state, event)];
    }
    return outcome;
  }

  /** The names of the events of a command that must be accepted. */
  must(actor: string, body: PersonCommand): readonly string[] {
    const outcome = this.try(actor, body);
    if (outcome.outcome !== 'accepted') throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(outcome, null, 1)}`);
    return outcome.events.map(({ event }) => event);
  }

  /** The kind and codes of a no. */
  no(actor: string, body: PersonCommand): string {
    const outcome = this.try(actor, body);
    switch (outcome.outcome) {
      case 'accepted':
        throw new Error(`accepted: ${JSON.stringify(body)}`);
      case 'refused':
        return `refused: ${outcome.reasons.map(({ code }) => code).join(', ')}`;
      case 'forbidden':
        return `forbidden: ${outcome.reason.code}`;
      case 'invalid':
        return `invalid: ${outcome.problems.map(({ code, path }) => `${code} ${path}`.trim()).join(', ')}`;
    }
  }

  /** What goes out: `mail subject`, `case id`, `message person`. */
  get sent(): readonly string[] {
    return this.effects.map((effect) => {
      if (effect.effect === 'mail') return `mail ${effect.subject}`;
      if (effect.effect === 'tell_case') return `case ${effect.to}`;
      return `${effect.effect} ${effect.effect === 'webhook' ? effect.destination : effect.to}`;
    });
  }
}

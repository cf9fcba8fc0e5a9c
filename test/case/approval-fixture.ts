/** A pipeline that asks for one approval before it is won, and the people who sign. */

import { readFileSync } from 'node:fs';
import { seenIn, viewOf } from '../../engine/case/case-view.ts';
import type { CaseState } from '../../engine/case/state.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import type { Absence, People, Person } from '../../engine/who/people.ts';
import { sha256 } from '../../store/hash.ts';
import { rolesByAmountAndDiscount } from '../shipped-roles.ts';
import { Drive } from './drive.ts';
import { worldAt } from './run-case.ts';

const shipped = (name: string): string => readFileSync(new URL(`../../playbooks/${name}`, import.meta.url), 'utf8');

const DEAL = `pipeline: deal
title: { zh: 单, en: Deal }
subject: opportunity
calendar: cn
facts:
  amount: { type: money }
  discount: { type: percent }
  text: { type: text }
  reviewer: { type: person }
open_at: [ talk ]
won_on_leaving: talk
lost_reasons: { price: { zh: 价格, en: Price } }
stages:
  - stage: talk
    title: { zh: 谈, en: Talk }
    success_rate: 50%
    evidence:
      - evidence: draft
        title: { zh: 草稿, en: Draft }
        fields: { link: { type: text, title: { zh: 链接, en: Link } } }
    leave_when: { any: [ { approval: sign }, { all: [ { approval: sign }, { evidence: draft }, { fact: reviewer, is: mia } ] } ] }
  - stage: done
    title: { zh: 完, en: Done }
    success_rate: 100%
    milestones:
      - { milestone: delivered, title: { zh: 交付, en: Delivered }, when: { fact: text, is: delivered } }
`;

/** The files of the set. @param steps of the approval `sign`, as they stand under `steps:` */
export function filesWith(steps: string, more = '') {
  const sign = `approval: sign\ntitle: { zh: 签, en: Sign }\napplies_to: [ deal ]\n${more}steps:\n${steps}`;
  const files = {
    'cn.yaml': shipped('cn.yaml'),
    'sales.yaml': rolesByAmountAndDiscount(),
    'deal.yaml': DEAL,
    'sign.yaml': sign,
  };
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

export function setWith(steps: string, more = ''): PlaybookSet {
  const { set, diagnostics } = compileSet(filesWith(steps, more), { sha256 });
  const errors = diagnostics.filter((one) => one.severity === 'error');
  if (set === undefined) throw new Error(JSON.stringify(errors, null, 1));
  return set;
}

/** One step, in short: `step('price', 'ask: manager')`. */
export const step = (id: string, ...lines: readonly string[]): string =>
  [`  - step: ${id}`, `title: { zh: ${id}, en: ${id} }`, ...lines].join('\n    ');

const POSTS: readonly (readonly [person: string, role: string, manager?: string])[] = [
  ['ann', 'rep', 'mia'],
  ['bob', 'rep', 'mia'],
  ['mia', 'manager', 'dan'],
  ['dan', 'director', 'gus'],
  ['gus', 'general-manager'],
  ['fay', 'finance', 'gus'],
  ['fox', 'finance', 'gus'],
  ['leo', 'legal', 'gus'],
  ['liz', 'legal', 'gus'],
  ['adm', 'admin'],
];

/** @param change what is different about somebody */
export function peopleWith(change: Readonly<Record<string, Partial<Person>>> = {}): People {
  const entries = POSTS.map(([person, role, manager]): [string, Person] => [
    person,
    {
      person,
      name: person,
      role,
      ...(manager !== undefined && { manager }),
      lang: 'en',
      active: true,
      ...change[person],
    },
  ]);
  return { version: 1, by_id: Object.fromEntries(entries) };
}

/** Away for the whole of the test. */
export const away = (...substitutes: readonly string[]): readonly Absence[] => [
  {
    absence: 'a1',
    first_day: '2026-01-01',
    last_day: '2026-12-31',
    from: '2026-01-01T00:00:00.000Z',
    until: '2027-01-01T00:00:00.000Z',
    substitutes,
  },
];

export class ApprovalDrive extends Drive {
  constructor(set: PlaybookSet, people: People = peopleWith()) {
    super(set);
    this.people = people;
    const facts = { amount: '50万 CNY', discount: '10%', text: 'one\ntwo\nthree' };
    this.must('ann', { command: 'open', title: 'Deal', pipeline: 'deal', facts });
  }

  get record() {
    const record = this.state.approvals?.['sign'];
    if (record === undefined) throw new Error('never asked for');
    return record;
  }

  /** How it stands, and of whom an answer is wanted. */
  get stands(): string {
    const asked = Object.values(this.record.steps).flatMap((one) => one.asked.map(({ person }) => person));
    return `${this.record.outcome ?? 'under review'}: ${[...new Set(asked)].sort().join(', ')}`;
  }

  /** The digest of what a step shows; of the first that asks this person where none is named. */
  digestFor(person: string, named?: string): string {
    const steps = Object.entries(this.record.steps);
    const found = steps.find(([id, one]) => named === id || one.asked.some((ask) => ask.person === person)) ?? steps[0];
    return found?.[1].digest ?? '0'.repeat(64);
  }

  yes(person: string, more: object = {}) {
    return { command: 'approve', approval: 'sign', digest: this.digestFor(person), ...more };
  }

  /** Everybody here says yes, one after another. */
  allYes(...people: readonly string[]): this {
    for (const person of people) this.must(person, this.yes(person));
    return this;
  }

  /** What conditions see of it in a state. */
  leafIn(state: CaseState): string {
    const view = viewOf(worldAt(this.playbook, this.now), state);
    return view === undefined ? 'no rules' : seenIn(view).approval('sign').standing;
  }

  request(): this {
    this.must('ann', REQUEST);
    return this;
  }
}

export const REQUEST = { command: 'request_approval', approval: 'sign' } as const;
export const RECALL = { command: 'recall', approval: 'sign' } as const;
export const reject = { command: 'reject', approval: 'sign', reason: 'no' } as const;
export const sendBack = (to?: string) =>
  ({ command: 'send_back', approval: 'sign', reason: 'again', ...(to !== undefined && { to }) }) as const;
export const resubmit = (how: string) => ({ command: 'resubmit', approval: 'sign', how }) as const;
export const setFacts = (facts: object) => ({ command: 'set_facts', facts }) as const;

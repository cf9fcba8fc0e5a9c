/** A lead belongs to the plot it lies in, or to the owner of the named account; nobody has to say so. */

import { describe, expect, it } from 'vitest';
import { viewOf } from '../../engine/case/case-view.ts';
import { lookAt, sightOf } from '../../engine/case/findings/watch.ts';
import { type CompiledSet, compileSet } from '../../engine/language/compile-set.ts';
import type { Person } from '../../engine/who/people.ts';
import { sha256 } from '../../store/hash.ts';
import { filesIn } from '../language/read-set.ts';
import { peopleWith } from './approval-fixture.ts';
import { Drive } from './drive.ts';
import { worldAt } from './run-case.ts';

const PLOTS = `territory: plots
title: { zh: 井田, en: Plots }
applies_to: [ lead ]
account: customer
named: [ { account: Huadong Machinery, owner: bob } ]
plots:
  - { plot: east, title: { zh: 东, en: East }, when: { fact: place, is: east }, owner: ann }
  - { plot: all-trade, title: { zh: 流通, en: Trade }, when: { fact: industry, is: trade }, owner: bob }
  - { plot: west, title: { zh: 西, en: West }, when: { fact: place, is: west }, owner: nobody-here }
`;
const files = filesIn('playbooks').filter(({ path }) => path !== 'sales-territory.yaml');
const known = new Map<string, CompiledSet>();

/** All playbooks with this territory, each compiled once. */
function compiled(text: string): CompiledSet {
  const found = known.get(text) ?? compileSet([...files, { path: 'plots.yaml', text }], { sha256 });
  known.set(text, found);
  return found;
}

function opened(facts: object, more: object = {}, change: Readonly<Record<string, Partial<Person>>> = {}): Drive {
  const { set } = compiled(PLOTS);
  if (set === undefined) throw new Error('the playbooks do not compile');
  const it = new Drive(set);
  it.people = peopleWith(change);
  it.must('adm', { command: 'open', title: 'Lead', pipeline: 'lead', facts, ...more });
  return it;
}

describe('a lead that nobody is named for', () => {
  it('goes to the owner of its plot, who hears of it, and the first plot that holds has it', () => {
    const it = opened({ place: 'east', industry: 'trade' });
    expect(it.state.owner).toBe('ann');
    expect(it.last('case_opened').plot).toBe('east');
    expect(it.told).toEqual(['handed_over ann']);
    expect(opened({ place: 'central', industry: 'trade' }).state.owner).toBe('bob');
  });

  it('of a named account is taken out of the plots, however its name is written', () => {
    const it = opened({ customer: '  huadong  MACHINERY ', place: 'east' });
    expect([it.state.owner, it.last('case_opened').plot]).toEqual(['bob', 'named']);
  });

  it('stays with who opened it where it lies in no plot, or the plot has nobody', () => {
    expect(opened({ place: 'central' }).state.owner).toBe('adm');
    expect(opened({ place: 'west' }).state.owner).toBe('adm');
    expect(opened({}).state.owner).toBe('adm');
  });

  it('goes to the nearest above an owner who has left; one who is away keeps what is theirs', () => {
    expect(opened({ place: 'east' }, {}, { ann: { active: false } }).state.owner).toBe('mia');
    expect(opened({ place: 'east' }, {}, { ann: { absences: [] } }).state.owner).toBe('ann');
  });

  it('has its tasks with the owner, and its time to be answered from then on', () => {
    const it = opened(
      { place: 'east', industry_fit: 'good', size: 'large', urgency: 'now' },
      { tasks: [{ title: 'Call', due_on: '2026-01-06' }] },
    );
    expect(Object.values(it.state.tasks)).toMatchObject([{ title: 'Call', owner: 'ann' }]);
    expect(it.wakesAt).toBeDefined();
  });
});

describe('a territory', () => {
  // The shipped lead pipeline has a fact for a plot that is not among these.
  const diagnostics = (text: string) => compiled(text).diagnostics.filter(({ code }) => code !== 'unused-fact');
  const codes = (text: string) => diagnostics(text).map(({ code, at }) => `${code} ${at.line}`);

  it('leaves alone what has an owner', () => {
    expect(opened({ place: 'east' }, { owner: 'bob' }).state.owner).toBe('bob');
  });

  it('is told its mistakes: a plot twice, an account twice, names that lead nowhere', () => {
    expect(codes(PLOTS)).toEqual(['plots-leave-out 1']);
    expect(codes(PLOTS.replace('plot: all-trade', 'plot: east'))).toContain('duplicate-id 8');
    const twice = PLOTS.replace('owner: bob } ]', 'owner: bob }, { account: Huadong Machinery, owner: ann } ]');
    expect(codes(twice)).toContain('duplicate-id 5');
    expect(codes(PLOTS.replace('fact: place, is: east', 'fact: plase, is: east'))).toContain('unknown-fact 7');
    expect(codes(PLOTS.replace('[ lead ]', '[ leed ]'))).toContain('unknown-pipeline 3');
  });

  it('is told which plot never counts, and what lies in none', () => {
    const west = '{ plot: west, title: { zh: 西, en: West }, when: { fact: place, is: west }, owner: nobody-here }';
    const hidden = PLOTS.replace(
      west,
      `${west}\n  - { plot: late, title: { zh: 晚, en: Late }, when: { all: [ { fact: place, is: east }, { fact: urgency, is: now } ] }, owner: bob }`,
    );
    expect(codes(hidden)).toContain('rule-unreachable 10');
    const [hole] = diagnostics(PLOTS);
    expect([hole?.code, hole?.hint?.en]).toEqual([
      'plots-leave-out',
      'for example `place` central, `industry` manufacturing; add a plot; such a case stays with whoever opens it',
    ]);
    const whole = PLOTS.replace('is: west }', 'in: [ west, central ] }');
    expect(codes(whole)).toEqual([]);
  });
});

describe('whose a lead is', () => {
  const found = (it: Drive) => {
    const view = viewOf({ ...worldAt(it.playbook, it.now), people: peopleWith({}) }, it.state);
    if (view === undefined) throw new Error('no view');
    return lookAt(view).found.map(({ rule }) => [rule.finding, sightOf(view, rule).facts.belongs_to]);
  };

  it('is asked again where its facts come to say another plot, until it is handed over', () => {
    const it = opened({ place: 'east', customer: 'Acme' });
    expect(found(it)).toEqual([]);
    it.must('ann', { command: 'set_facts', facts: { customer: 'Huadong Machinery' } });
    expect(found(it)).toEqual([['in-anothers-plot', 'bob']]);
    it.must('adm', { command: 'hand_over', to: 'bob' });
    expect(found(it)).toEqual([]);
  });
});

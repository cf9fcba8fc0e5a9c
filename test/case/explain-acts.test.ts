/** Which acts `explain` proposes for evidence, activities and tasks, by whom, and which it never does. */

import { describe, expect, it } from 'vitest';
import { explain, planFor } from '../../engine/case/explain.ts';
import { accept, advance, asking, by, explained, submit } from './explain/explained.ts';
import { follow, unlocks } from './explain/follow-plan.ts';
import {
  activity,
  all,
  any,
  evidence,
  gate,
  hasEvidence,
  lasting,
  milestone,
  not,
  people,
  pipeline,
  reached,
  roles,
  setOf,
  stage,
  task,
} from './playbook-fixture.ts';

const week = lasting(7, 'days');

describe('explain, about evidence', () => {
  it('has the owner submit and the manager accept', () => {
    const { said, acts } = explained(asking(hasEvidence('first')));
    expect(acts).toEqual(['submit_evidence first (ann)', 'accept_evidence first (mia)']);
    expect(said).toMatchObject({ effort: 2, is_open: false, is_cheapest: true, goal: { stage: 's1', wins: false } });
  });

  it('asks only for acceptance of what waits for it, from somebody who did not submit it', () => {
    expect(explained(asking(hasEvidence('first')), [submit('first')]).acts).toEqual(['accept_evidence first (mia)']);
    const byManager = by('mia', { command: 'submit_evidence', evidence: 'first' });
    expect(explained(asking(hasEvidence('first')), [byManager]).acts).toEqual(['accept_evidence first (dan)']);
  });

  it('asks for no acceptance of what is accepted on submission', () => {
    const { accepted_by: _nobody, ...plain } = evidence('first');
    const { acts } = explained(asking(hasEvidence('first'), { evidence: [plain] }));
    expect(acts).toEqual(['submit_evidence first (ann)']);
  });

  it('asks anew for what is stale, and whom it asks to accept is not barred by the old submission', () => {
    const rule = evidence('first', { fresh_for: week });
    const byManager = by('mia', { command: 'submit_evidence', evidence: 'first' });
    const acceptedAbove = by('dan', { command: 'accept_evidence', evidence: 'first' });
    const set = asking(hasEvidence('first'), { evidence: [rule] });
    const { acts } = explained(set, [byManager, acceptedAbove], { now: '2026-02-05T09:00:00.000Z' });
    expect(acts).toEqual(['submit_evidence first (ann)', 'accept_evidence first (mia)']);
  });

  it('takes the alternative that needs fewest commands', () => {
    const when = any(all(hasEvidence('first'), hasEvidence('second')), all(hasEvidence('second'), task('open')));
    expect(explained(asking(when), [submit('first'), accept('first')]).said.effort).toBe(2);
    expect(explained(asking(when), [submit('second'), accept('second')]).acts).toEqual(['plan_task some day (ann)']);
  });

  it('proposes no acceptance that nobody could give', () => {
    const alone = { ...people, by_id: { ann: { ...people.by_id['ann'], manager: 'ann' } } } as typeof people;
    const { said } = explained(asking(hasEvidence('first')), [submit('first')], { people: alone });
    expect(said.unmet).toHaveLength(1);
    expect(said.acts).toBeUndefined();
    expect(said.is_cheapest).toBe(true);
  });

  it('asks the next one up where whoever the rule names may not accept', () => {
    const set = asking(hasEvidence('first'));
    const posts = roles.posts.map((post) =>
      post.role === 'manager' ? { ...post, may: post.may.filter((right) => right !== 'accept_evidence') } : post,
    );
    const { acts } = explained({ ...set, roles: { ...roles, posts } });
    expect(acts).toEqual(['submit_evidence first (ann)', 'accept_evidence first (dan)']);
  });

  it('asks whoever may, where the owner may not or is gone', () => {
    const set = asking(hasEvidence('first'));
    const posts = roles.posts.map((post) =>
      post.role === 'rep' ? { ...post, may: post.may.filter((right) => right !== 'submit_evidence') } : post,
    );
    expect(explained({ ...set, roles: { ...roles, posts } }).acts).toEqual([
      'submit_evidence first (mia)',
      'accept_evidence first (dan)',
    ]);
    const gone = {
      ...people,
      by_id: { ...people.by_id, ann: { ...people.by_id['liv'], person: 'ann' } },
    } as typeof people;
    expect(explained(set, [], { people: gone }).acts?.[0]).toBe('submit_evidence first (mia)');
  });

  it('looks into gates, other milestones and evidence that a rung required', () => {
    const paper = gate('g', all(hasEvidence('paper'), reached('m')), { evidence: [evidence('paper')] });
    const first = stage('s0', { milestones: [milestone('m', hasEvidence('first'))], evidence: [evidence('first')] });
    const extra = stage('s1', { evidence: [evidence('extra')], milestones: [milestone('n', hasEvidence('extra'))] });
    const set = setOf([pipeline('large', [first, extra])], [paper]);
    const { said } = explained(set, [], { adjust: (state) => ({ ...state, required: ['extra'] }) });
    expect(said.unmet.map((reason) => reason.about)).toEqual(['milestone m', 'evidence extra', 'gate g']);
    expect(said.effort).toBe(6);
  });
});

describe('explain, about withdrawing', () => {
  it('proposes it where a condition wants evidence gone', () => {
    const when = not(hasEvidence('first'));
    expect(explained(asking(when), [submit('first'), accept('first')]).acts).toEqual(['withdraw_evidence first (ann)']);
  });

  /** Leaving s0 rests on `support`, and s1 wants `first` gone. */
  const leading = (support: Parameters<typeof milestone>[1]) =>
    setOf([
      pipeline('large', [
        stage('s0', { milestones: [milestone('m', support)], evidence: [evidence('first'), evidence('second')] }),
        stage('s1', { milestones: [milestone('n', not(hasEvidence('first')))] }),
        stage('s2'),
      ]),
    ]);

  it('never proposes it where the case would fall back', () => {
    const { said, plan } = explained(leading(hasEvidence('first')), [submit('first'), accept('first'), advance]);
    expect(said.unmet).toHaveLength(1);
    expect(plan?.map(({ step }) => step)).not.toContain('withdraw');
    // Handing it in anew ends the acceptance, and is no withdrawal.
    expect(plan).toEqual([{ step: 'submit', evidence: 'first' }]);
  });

  it('proposes support by other evidence before it, where nothing else does', () => {
    const { accepted_by: _nobody, ...plain } = evidence('first');
    const set = setOf([
      pipeline('large', [
        stage('s0', {
          milestones: [milestone('m', any(hasEvidence('first'), hasEvidence('second')))],
          evidence: [plain, evidence('second')],
        }),
        stage('s1', { milestones: [milestone('n', not(hasEvidence('first')))] }),
        stage('s2'),
      ]),
    ]);
    expect(explained(set, [submit('first'), advance]).acts).toEqual([
      'submit_evidence second (ann)',
      'accept_evidence second (mia)',
      'withdraw_evidence first (ann)',
    ]);
  });

  it('proposes nothing where every way would make it fall back', () => {
    const { accepted_by: _nobody, ...plain } = evidence('first');
    const set = setOf([
      pipeline('large', [
        stage('s0', { milestones: [milestone('m', hasEvidence('first'))], evidence: [plain] }),
        stage('s1', { milestones: [milestone('n', not(hasEvidence('first')))] }),
        stage('s2'),
      ]),
    ]);
    const { said } = explained(set, [submit('first'), advance]);
    expect(said.acts).toBeUndefined();
    expect(said.is_cheapest).toBe(true);
  });
});

describe('explain, about activities and tasks', () => {
  it('has any activity logged for any, and the kind that is named for a kind', () => {
    expect(explained(asking(activity('any', week))).acts).toEqual(['log_activity any (ann)']);
    expect(explained(asking(activity('call', week))).acts).toEqual(['log_activity call (ann)']);
    expect(explained(asking(all(activity('any', week), activity('call', week)))).acts).toEqual([
      'log_activity call (ann)',
    ]);
  });

  it('logs no kind that must not be', () => {
    const when = all(activity('any', week), not(activity('other', week)));
    const { acts, plan, state, world } = explained(asking(when));
    expect(acts).toEqual(['log_activity mail (ann)']);
    expect(unlocks(world, follow(world, state, plan ?? [], true), state, 's1')).toBe(true);
  });

  it('counts evidence submitted and tasks completed as activities', () => {
    const late = { now: '2026-02-05T09:00:00.000Z' };
    const proven = all(activity('any', week), hasEvidence('first'));
    expect(explained(asking(proven), [], late).said.effort).toBe(2);
    const planned = by('ann', { command: 'plan_task', title: 'call them', due_on: '2026-01-06' });
    const kept = all(activity('any', week), not(task('overdue')));
    expect(explained(asking(kept), [planned], late).acts).toEqual(['complete_task t1 (ann)']);
  });

  it('knows no way to undo an activity, nor to make a task overdue', () => {
    const logged = by('ann', { command: 'log_activity', activity: 'call' });
    expect(explained(asking(not(activity('call', week))), [logged]).acts).toBeUndefined();
    expect(explained(asking(not(activity('any', week))), [logged]).acts).toBeUndefined();
    expect(explained(asking(task('overdue'))).acts).toBeUndefined();
  });

  it('keeps an activity from being a side effect where none is wanted', () => {
    const when = all(not(activity('any', week)), any(hasEvidence('first'), task('open')));
    expect(explained(asking(when)).acts).toEqual(['plan_task some day (ann)']);
    expect(explained(asking(all(not(activity('any', week)), hasEvidence('first')))).acts).toBeUndefined();
  });

  it('has what is overdue completed by whoever may, all of it, and a dated task planned', () => {
    const late = { now: '2026-02-05T09:00:00.000Z' };
    const plan = (title: string, more: object) => by('ann', { command: 'plan_task', title, ...more });
    const tasks = [
      plan('a', { due_on: '2026-01-06' }),
      plan('b', { due_on: '2026-01-07', owner: 'ben' }),
      plan('c', { due_on: '2026-03-01' }),
      plan('d', {}),
    ];
    const done = ['complete_task t1 (ann)', 'complete_task t2 (ben, ann)'];
    expect(explained(asking(not(task('overdue'))), tasks, late).acts).toEqual(done);
    const kept = all(not(task('overdue')), task('dated'));
    expect(explained(asking(kept), tasks.slice(0, 2), late).acts).toEqual([...done, 'plan_task dated (ann)']);
    expect(explained(asking(not(task('dated'))), tasks, late).said.effort).toBe(3);
    expect(explained(asking(not(task('open'))), tasks, late).said.effort).toBe(4);
  });
});

describe('explain', () => {
  it('says nothing about a finished case, or a stage that does not lie ahead', () => {
    const { world, state } = explained(asking(hasEvidence('first')));
    expect(explain(world, { ...state, finished: true })).toBeUndefined();
    expect(explain(world, state, { stage: 's0' })).toBeUndefined();
    expect(explain(world, state, { stage: 'nowhere' })).toBeUndefined();
    expect(planFor(world, { ...state, finished: true })).toBeUndefined();
    expect(explain(world, { ...state, pipeline: 'gone' })).toBeUndefined();
  });

  it('proposes nothing for a case to which nothing stands in the way', () => {
    const { said } = explained(asking(hasEvidence('first')), [submit('first'), accept('first')]);
    expect(said).toMatchObject({ is_open: true, unmet: [], acts: [], effort: 0, is_cheapest: true });
  });

  it('asks for what winning and finishing take, when the next step does both', () => {
    const last = stage('s0', { milestones: [milestone('m', hasEvidence('first'))], evidence: [evidence('first')] });
    const win = gate('offer', task('dated'), { at_point: 'win' });
    const end = gate('end', activity('call', week), { at_point: 'finish' });
    const tried = gate('tried', hasEvidence('second'), { mode: 'shadow', evidence: [evidence('second')] });
    const { said, acts } = explained(setOf([pipeline('large', [last])], [win, end, tried]));
    expect(said.goal).toEqual({ wins: true, finishes: true });
    expect(acts).toEqual([
      'log_activity call (ann)',
      'plan_task dated (ann)',
      'submit_evidence first (ann)',
      'accept_evidence first (mia)',
    ]);
  });

  it('answers even where names lead nowhere and milestones in a circle', () => {
    const stray = all(hasEvidence('nowhere'), reached('nowhere'), activity('nowhere', week));
    expect(explained(asking(stray)).acts).toBeUndefined();
    const circle = setOf([
      pipeline('large', [
        stage('s0', { milestones: [milestone('m', any(reached('n'), task('open'))), milestone('n', reached('m'))] }),
        stage('s1'),
      ]),
    ]);
    const { said } = explained(circle);
    expect(said.unmet).toHaveLength(2);
    expect(said.effort).toBe(1);
    expect(explained(asking(not(reached('nowhere')))).acts).toBeUndefined();
  });
});

/** Which acts `explain` proposes for activities and tasks, and what it says at the ends of the road. */

import { describe, expect, it } from 'vitest';
import { explain, planFor } from '../../engine/case/explain.ts';
import { accept, asking, by, explained, submit } from './explain/explained.ts';
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
  pipeline,
  reached,
  setOf,
  stage,
  task,
} from './playbook-fixture.ts';

const week = lasting(7, 'days');

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

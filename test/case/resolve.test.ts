import { describe, expect, it } from 'vitest';
import type { Ladder } from '../../engine/playbook/ladder.ts';
import { DAY, type Drive, HOUR } from './drive.ts';
import { rungs, watchedCase } from './watched-case.ts';

const resolve = (way: string, named: object, actor = 'dan') =>
  [actor, { command: 'resolve', way, with: named, fields: { cause: 'slow' } }] as const;

describe('a demanded decision', () => {
  const demanded = (more: Partial<Ladder> = {}): Drive => {
    const it = watchedCase(more);
    it.must('ann', { command: 'advance' });
    return it.live(7 * DAY + HOUR);
  };

  it('is taken by whom it is demanded of, or who stands above, and nobody else', () => {
    const it = demanded();
    expect(it.state.clock.stall).toMatchObject({ demanded: true });
    expect(it.no(...resolve('push', { plan: 'p', next_step_on: '2026-02-01' }, 'ann'))).toBe('forbidden: no-right');
    expect(it.no(...resolve('push', { plan: 'p', next_step_on: '2026-02-01' }, 'mia'))).toBe(
      'forbidden: not-your-decision',
    );
    expect(watchedCase().no(...resolve('push', { plan: 'p', next_step_on: '2026-02-01' }))).toBe(
      'refused: nothing-demanded',
    );
  });

  it('is checked: the way, what it needs, and the answers', () => {
    const it = demanded();
    const bad = (way: string, named: object) => it.no(...resolve(way, named));
    expect(bad('push', { plan: 'p' })).toBe('invalid: argument-missing /with/next_step_on');
    expect(bad('push', { next_step_on: '2026-02-01' })).toBe('invalid: key-missing /with/plan');
    expect(bad('push', { plan: 'p', next_step_on: '2026-01-12' })).toBe('invalid: date-not-ahead /with/next_step_on');
    expect(bad('push', { plan: 'p', next_step_on: 'soon' })).toBe('invalid: date-malformed /with/next_step_on');
    expect(bad('fall_back', { stage: 'zero' })).toBe('invalid: stage-unknown /with/stage');
    expect(bad('fall_back', { stage: 'two' })).toBe('refused: stage-not-behind (stage two)');
    expect(bad('hand_over', { to: 'nobody' })).toBe('invalid: person-unknown /with/to');
    expect(bad('hand_over', { to: 'ann' })).toBe('refused: owner-same');
    expect(bad('close_lost', { reason: 'rain' })).toBe('invalid: lost-reason-unknown /with/reason');
    expect(bad('close_lost', { reason: 'price', more: 1 })).toBe('invalid: key-unknown /with/more');
    expect(it.no('dan', { command: 'resolve', way: 'fall_back', with: { stage: 'one' } })).toBe(
      'invalid: field-missing /fields/cause',
    );
    expect(it.no('dan', { command: 'resolve', way: 'give_up' })).toBe('invalid: choice-unknown /way');
  });

  it('offers only the ways of the playbook', () => {
    const [first, second, top] = rungs;
    const demand = top?.demand && { ...top.demand, ways: { push: ['plan'] } };
    const fewer = [first, second, { ...top, demand }].flatMap((rung) => (rung === undefined ? [] : [rung]));
    const it = demanded({ rungs: fewer as Ladder['rungs'] });
    expect(it.no(...resolve('close_lost', { reason: 'price' }))).toBe('invalid: way-not-offered /way');
    it.must(...resolve('push', { plan: 'p' }));
  });

  it('to push plans the step, and the next stall starts when its day passes without activity', () => {
    const it = demanded();
    expect(it.must(...resolve('push', { plan: 'meet the board', next_step_on: '2026-01-14' }))).toEqual([
      'demand_resolved',
      'task_planned',
      'stall_ended',
    ]);
    expect(it.last('demand_resolved')).toMatchObject({
      way: 'push',
      with: { plan: 'meet the board', next_step_on: '2026-01-14' },
      fields: { cause: 'slow' },
    });
    expect(it.state.tasks['t2']).toMatchObject({ title: 'meet the board', owner: 'ann' });
    expect(it.told).toEqual(['task ann']);
    expect(it.wakesAt).toBe('2026-01-15T00:00:00.000Z');
    it.must('ann', { command: 'complete_task', task: 't2' });
    expect(it.wakesAt).toBe('2026-01-17T10:00:00.000Z');
  });

  it('to fall back does so', () => {
    const it = demanded();
    expect(it.must(...resolve('fall_back', { stage: 'one' }))).toEqual([
      'demand_resolved',
      'stall_ended',
      'stage_entered',
    ]);
    expect(it.last('stage_entered')).toMatchObject({ stage: 'one', because: 'resolve' });
  });

  it('to hand over gives the new owner a new clock', () => {
    const it = demanded();
    expect(it.must(...resolve('hand_over', { to: 'ben' }))).toEqual(['demand_resolved', 'handed_over', 'stall_ended']);
    expect(it.told).toEqual(['handed_over ben', 'handed_over ann']);
    expect(it.state).toMatchObject({ owner: 'ben', clock: { last_activity_at: it.now } });
  });

  it('to close as lost respects what the playbook asks of it', () => {
    const it = demanded({ ends_when: ['resolve'] });
    expect(it.no(...resolve('close_lost', { reason: 'price' }))).toBe(
      'refused: close-condition-unmet (pipeline large)',
    );
    it.must('ann', { command: 'complete_task', task: 't1' });
    expect(it.must(...resolve('close_lost', { reason: 'price' }))).toEqual([
      'demand_resolved',
      'stall_ended',
      'lost',
      'finished',
    ]);
    expect(it.state).toMatchObject({ status: 'lost', finish_reason: 'price' });
  });

  it('that the ladder does not end by leaves the stall, and is not asked for again', () => {
    const it = demanded({ ends_when: ['activity', 'advance'] });
    expect(it.must(...resolve('push', { plan: 'p', next_step_on: '2026-02-01' }))).toEqual([
      'demand_resolved',
      'task_planned',
    ]);
    expect(it.state.clock.stall).toMatchObject({ demanded: false, fired: 3 });
    expect(it.no(...resolve('push', { plan: 'p', next_step_on: '2026-02-01' }))).toBe('refused: nothing-demanded');
  });
});

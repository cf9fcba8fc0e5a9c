import { describe, expect, it } from 'vitest';
import { DAY, Drive, HOUR, START } from './drive.ts';
import * as p from './playbook-fixture.ts';

const facts = Object.fromEntries([p.fact('amount', 'number', { max: 100 }), p.fact('buyer', 'text')]);
const stages = [p.stage('one', { leave_when: p.factIs('amount', 'is_known', true) }), p.stage('two')];

function opened(calendar = 'always'): Drive {
  const it = new Drive(
    p.setOf([p.pipeline('large', stages, { facts, calendar, activities: { demo: p.text('demo') } })]),
  );
  it.must('ann', { command: 'open', title: 'ACME', facts: { buyer: 'Liu' } });
  return it;
}

describe('set_facts', () => {
  it('puts facts down with who and when, and takes one away by null', () => {
    const it = opened().wait(HOUR);
    expect(it.must('ann', { command: 'set_facts', facts: { amount: 5, buyer: null } })).toEqual(['facts_set']);
    expect(it.state.facts).toEqual({ amount: { value: 5, set_at: it.now, by: 'ann' } });
  });

  it('sets all or nothing', () => {
    const it = opened();
    expect(it.no('ann', { command: 'set_facts', facts: { buyer: 'Wu', amount: 101 } })).toBe(
      'invalid: too-large /facts/amount',
    );
    expect(it.state.facts['buyer']?.value).toBe('Liu');
    expect(it.no('ann', { command: 'set_facts', facts: {} })).toBe('invalid: facts-missing /facts');
    expect(it.no('ben', { command: 'set_facts', facts: { amount: 1 } })).toBe('forbidden: no-right');
  });
});

describe('log_activity', () => {
  it('takes the kinds every pipeline has and those of its own', () => {
    const it = opened().wait(DAY);
    for (const activity of ['call', 'visit', 'meeting', 'mail', 'other', 'demo']) {
      expect(it.must('ann', { command: 'log_activity', activity })).toEqual(['activity_logged']);
    }
    expect(it.no('ann', { command: 'log_activity', activity: 'golf' })).toBe('invalid: activity-unknown /activity');
    expect(it.no('ann', { command: 'log_activity', activity: 'constructor' })).toBe(
      'invalid: activity-unknown /activity',
    );
    expect(it.no('ben', { command: 'log_activity', activity: 'call' })).toBe('forbidden: no-right');
  });

  it('of an earlier day counts from the end of that day, where the playbook keeps its calendar', () => {
    const it = opened('office').wait(3 * DAY);
    expect(it.no('ann', { command: 'log_activity', activity: 'call', happened_on: '2026-01-09' })).toBe(
      'invalid: date-in-future /happened_on',
    );
    it.must('ann', { command: 'log_activity', activity: 'call', happened_on: '2026-01-06' });
    expect(it.state.clock.last_activity_at).toBe('2026-01-06T16:00:00.000Z');
    it.must('ann', { command: 'log_activity', activity: 'call', happened_on: '2026-01-05' });
    expect(it.state.clock.last_activity_at).toBe('2026-01-06T16:00:00.000Z');
    expect(it.state.activities['call']).toBe('2026-01-06T16:00:00.000Z');
    it.must('ann', { command: 'log_activity', activity: 'visit', happened_on: '2026-01-08' });
    expect(it.state.clock.last_activity_at).toBe(it.now);
  });
});

describe('tasks', () => {
  it('are planned with an id, a day, and somebody to do them', () => {
    const it = opened();
    it.must('ann', { command: 'plan_task', title: 'call', due_on: '2026-01-06' });
    expect(it.told).toEqual([]);
    it.must('ann', { command: 'plan_task', task: 'offer', title: 'write', owner: 'ben' });
    expect(it.told).toEqual(['task ben']);
    it.must('mia', { command: 'plan_task', title: 'visit' });
    expect(it.told).toEqual(['task ann']);
    expect(it.state.tasks).toEqual({
      t1: { title: 'call', owner: 'ann', due_at: '2026-01-07T00:00:00.000Z' },
      offer: { title: 'write', owner: 'ben' },
      t3: { title: 'visit', owner: 'ann' },
    });
  });

  it('are not planned twice, for yesterday, nor for nobody', () => {
    const it = opened();
    it.must('ann', { command: 'plan_task', task: 'a', title: 'x' });
    expect(it.no('ann', { command: 'plan_task', task: 'a', title: 'x' })).toBe('refused: task-exists (task a)');
    expect(it.no('ann', { command: 'plan_task', title: 'x', due_on: '2026-01-04' })).toBe(
      'invalid: date-in-past /due_on',
    );
    expect(it.no('ann', { command: 'plan_task', title: 'x', owner: 'liv' })).toBe('invalid: person-inactive /owner');
    expect(it.no('ben', { command: 'plan_task', title: 'x' })).toBe('forbidden: no-right');
  });

  it('are done by who has them, or by who owns the case, once', () => {
    const it = opened();
    for (const task of ['a', 'b', 'c']) it.must('ann', { command: 'plan_task', task, title: 'x', owner: 'ben' });
    it.must('ben', { command: 'complete_task', task: 'a' });
    it.must('ann', { command: 'complete_task', task: 'b' });
    expect(it.no('mia', { command: 'complete_task', task: 'c' })).toBe('forbidden: not-your-task');
    expect(it.no('cyn', { command: 'complete_task', task: 'c' })).toBe('forbidden: no-right');
    expect(it.no('ben', { command: 'complete_task', task: 'a' })).toBe('refused: task-done (task a)');
    expect(it.no('ann', { command: 'complete_task', task: 'z' })).toBe('invalid: task-unknown /task');
    expect(it.no('ann', { command: 'complete_task', task: 'constructor' })).toBe('invalid: task-unknown /task');
    expect(it.state.tasks['a']).toMatchObject({ done_at: START });
  });
});

describe('hand_over', () => {
  it('gives case and open tasks to somebody active, and tells both', () => {
    const it = opened();
    it.must('ann', { command: 'plan_task', task: 'a', title: 'x' });
    it.must('ann', { command: 'plan_task', task: 'b', title: 'x' });
    it.must('ann', { command: 'complete_task', task: 'a' });
    expect(it.must('mia', { command: 'hand_over', to: 'ben', reason: 'holidays' })).toEqual(['handed_over']);
    expect(it.told).toEqual(['handed_over ben', 'handed_over ann']);
    expect(it.state).toMatchObject({ owner: 'ben', tasks: { a: { owner: 'ann' }, b: { owner: 'ben' } } });
    expect(it.no('ann', { command: 'set_facts', facts: { amount: 1 } })).toBe('forbidden: no-right');
    expect(it.no('mia', { command: 'hand_over', to: 'ben' })).toBe('refused: owner-same');
    expect(it.no('mia', { command: 'hand_over', to: 'liv' })).toBe('invalid: person-inactive /to');
    expect(it.no('mia', { command: 'hand_over', to: '__proto__' })).toBe('invalid: person-unknown /to');
    expect(it.no('ben', { command: 'hand_over', to: 'ann' })).toBe('forbidden: no-right');
  });
});

describe('the shape of a command', () => {
  it('is told field by field', () => {
    const it = opened();
    expect(it.no('ann', { command: 'fly' })).toBe('invalid: command-unknown /command');
    expect(it.no('ann', { commnad: 'advance' })).toBe('invalid: key-missing /command');
    expect(it.no('ann', 'advance')).toBe('invalid: wrong-type');
    expect(it.no('ann', { command: 'advance', too: 'two', to: 5 })).toBe('invalid: wrong-type /to, key-unknown /too');
    expect(it.no('ann', { command: 'plan_task', title: '' })).toBe('invalid: empty /title');
    expect(it.no('ann', { command: 'plan_task', title: ' \n' })).toBe('invalid: empty /title');
    expect(it.no('ann', { command: 'plan_task', title: 'x'.repeat(301) })).toBe('invalid: too-long /title');
    expect(it.no('ann', { command: 'plan_task', title: 'a\u0000b' })).toBe('invalid: unsafe-text /title');
    expect(it.no('ann', { command: 'plan_task', title: 'a\ud800b' })).toBe('invalid: unsafe-text /title');
    expect(it.no('ann', { command: 'plan_task', title: 'x', due_on: '2026-02-30' })).toBe(
      'invalid: date-malformed /due_on',
    );
    expect(it.no('ann', { command: 'plan_task', title: 'x', due_on: '2222-02-20' })).toBe(
      'invalid: date-out-of-range /due_on',
    );
    expect(it.no('ann', { command: 'plan_task', title: 'x', task: 'a b' })).toBe('invalid: id-malformed /task');
    expect(it.no('ann', { command: 'close', as: 'drawn' })).toBe('invalid: choice-unknown /as');
    expect(it.must('ann', { command: 'plan_task', title: '🤝 握手' })).toEqual(['task_planned']);
  });

  it('passes over no name, whatever JavaScript makes of it', () => {
    const sent: unknown = JSON.parse('{ "a": "x", "__proto__": 1 }');
    expect(opened().no('ann', { command: 'set_facts', facts: sent })).toBe('invalid: key-unknown /facts/__proto__');
  });

  it('is answered also where it holds what JSON cannot say', () => {
    const endless: unknown[] = [];
    endless.push(endless);
    for (const value of [endless, 10n]) {
      expect(opened().no('ann', { command: 'set_facts', facts: { a: value } })).toMatch('invalid: ');
    }
  });

  it('says it in both languages', () => {
    const outcome = opened().try('ann', { command: 'advance', to: 5 });
    expect(outcome).toMatchObject({ problems: [{ message: { zh: '应为文字', en: 'must be a text' } }] });
  });

  it('never lets a stranger, somebody who left, or the timer do what people do', () => {
    const it = opened();
    for (const actor of ['nobody', 'liv', 'system', '__proto__', 'constructor']) {
      expect(it.no(actor, { command: 'log_activity', activity: 'call' })).toBe('forbidden: no-right');
    }
  });
});

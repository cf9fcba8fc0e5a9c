import { describe, expect, it } from 'vitest';
import type { Ladder } from '../../engine/playbook/ladder.ts';
import { DAY, Drive, HOUR } from './drive.ts';
import * as p from './playbook-fixture.ts';

const remind = { kind: 'remind', who: { kind: 'owner' }, at: p.place() } as const;
const facts = Object.fromEntries([p.fact('waiting', 'yes_no')]);
const rungs: Ladder['rungs'] = [
  { after: p.lasting(0, 'days'), do: [remind], at: p.place() },
  {
    after: p.lasting(2, 'days'),
    do: [
      { kind: 'notify', who: { kind: 'manager' }, at: p.place() },
      { kind: 'task', title: p.text('call'), owner: { kind: 'owner' }, due: p.lasting(1, 'days'), at: p.place() },
      { kind: 'require', evidence: 'plan', at: p.place() },
      { kind: 'flag', flag: 'cold', at: p.place() },
      { kind: 'send', to: 'crm', at: p.place() },
    ],
    at: p.place(),
  },
  {
    after: p.lasting(4, 'days'),
    do: [],
    demand: {
      of: { kind: 'role', role: 'director' },
      ways: { push: ['plan', 'next_step_on'], fall_back: ['stage'], hand_over: ['to'], close_lost: ['reason'] },
      fields: [{ field: 'cause', type: 'text', title: p.text('cause'), optional: false, at: p.place() }],
      at: p.place(),
    },
    at: p.place(),
  },
];
const base: Partial<Ladder> = {
  starts: [
    { kind: 'no_activity', for: p.lasting(5, 'days'), at: p.place() },
    { kind: 'timebox', at: p.place() },
  ],
  rungs,
  pauses_while: p.factIs('waiting', 'is', true),
  pause_budget: p.lasting(6, 'days'),
};

/** No activity for five days starts the stall; the second stage has the same ladder. */
function opened(more: Partial<Ladder> = {}): Drive {
  const stages = [
    p.stage('one', { ladder: 'stall', evidence: [p.evidence('plan')] }),
    p.stage('two', { ladder: 'stall', timebox: p.lasting(3, 'days') }),
    p.stage('three'),
  ];
  const large = p.pipeline('large', stages, {
    facts,
    won_on_leaving: 'two',
    close_when: { lost: p.not(p.task('overdue')) },
  });
  const it = new Drive(p.setOf([large], [], [p.ladder('stall', { ...base, ...more })]));
  it.must('ann', { command: 'open', title: 'ACME' });
  return it;
}
const call = { command: 'log_activity', activity: 'call' };
const wake = { command: 'wake' };
const resolve = (way: string, named: object, actor = 'dan') =>
  [actor, { command: 'resolve', way, with: named, fields: { cause: 'slow' } }] as const;

describe('a stall', () => {
  it('starts when nothing happens, climbs rung by rung, and tells each its own', () => {
    const it = opened();
    expect(it.wakesAt).toBe('2026-01-10T09:00:00.000Z');
    expect(it.must('system', wake)).toEqual([]);
    it.wait(5 * DAY);
    expect(it.must('system', wake)).toEqual(['stall_started', 'rung_fired']);
    expect(it.told).toEqual(['reminder ann']);
    expect(it.wakesAt).toBe('2026-01-12T09:00:00.000Z');
    it.wait(2 * DAY);
    expect(it.must('system', wake)).toEqual(['rung_fired', 'task_planned', 'evidence_required', 'flagged']);
    expect(it.told).toEqual(['notice mia', 'task ann']);
    expect(it.effects).toContainEqual(
      expect.objectContaining({ effect: 'webhook', destination: 'crm', type: 'rung_fired' }),
    );
    expect(it.state).toMatchObject({ flags: ['cold'], required: ['plan'] });
    it.wait(2 * DAY);
    expect(it.must('system', wake)).toEqual(['rung_fired']);
    expect(it.told).toEqual(['demand dan']);
    expect(it.state.clock.stall).toMatchObject({ fired: 3, demanded: true });
    expect(it.wakesAt).toBeUndefined();
  });

  it('folds rungs missed together into the highest, doing what each does and telling only the highest', () => {
    const it = opened().wait(30 * DAY);
    expect(it.must('system', wake)).toEqual([
      'stall_started',
      'rung_fired',
      'task_planned',
      'evidence_required',
      'flagged',
    ]);
    expect(it.last('rung_fired')).toMatchObject({ rung: 2, folded: [0, 1], demanded: true });
    expect(it.told).toEqual(['demand dan', 'task ann']);
  });

  it('ends by an activity after it began, and its flags with it', () => {
    const it = opened().live(8 * DAY);
    expect(it.state.flags).toEqual(['cold']);
    expect(it.must('ann', { ...call, happened_on: '2026-01-09' })).toEqual(['activity_logged']);
    expect(it.state.clock.stall).toBeDefined();
    expect(it.must('ann', call)).toEqual(['activity_logged', 'stall_ended']);
    expect(it.state.clock.stall).toBeUndefined();
    expect(it.state.flags).toEqual([]);
    expect(it.wakesAt).toBe('2026-01-18T09:00:00.000Z');
  });

  it('goes on through activity where the ladder does not end so', () => {
    const it = opened({ ends_when: ['advance', 'resolve'] }).live(5 * DAY);
    expect(it.must('ann', call)).toEqual(['activity_logged']);
    expect(it.state.clock.stall).toBeDefined();
  });

  it('asks for the evidence a rung required, until the next advance', () => {
    const it = opened().live(7 * DAY);
    expect(it.no('ann', { command: 'advance' })).toBe('refused: evidence-required (evidence plan)');
    it.must('ann', { command: 'submit_evidence', evidence: 'plan' });
    it.must('mia', { command: 'accept_evidence', evidence: 'plan' });
    expect(it.must('ann', { command: 'advance' })).toEqual(['stage_entered']);
    expect(it.state.required).toEqual([]);
  });

  it('ends with the stay, unless the ladder says that advancing is no answer', () => {
    const ends = opened().live(5 * DAY);
    expect(ends.must('ann', { command: 'advance' })).toEqual(['stall_ended', 'stage_entered']);
    const goesOn = opened({ ends_when: ['activity', 'resolve'] }).live(5 * DAY);
    expect(goesOn.must('ann', { command: 'advance' })).toEqual(['stage_entered']);
    expect(goesOn.state.clock).toMatchObject({ stall: { fired: 1 }, entered_at: goesOn.now });
    expect(goesOn.wakesAt).toBe('2026-01-12T09:00:00.000Z');
  });

  it('by a timebox that is over starts no second one in the same stay', () => {
    const it = opened();
    it.must('ann', { command: 'advance' });
    it.live(3 * DAY);
    expect(it.last('stall_started')).toMatchObject({ cause: 'timebox' });
    it.must('ann', call);
    expect(it.wakesAt).toBe('2026-01-13T09:00:00.000Z');
  });

  it('ends with the case', () => {
    const it = opened().live(5 * DAY);
    expect(it.must('ann', { command: 'close', as: 'lost', reason: 'price' })).toEqual([
      'stall_ended',
      'lost',
      'finished',
    ]);
    expect(it.wakesAt).toBeUndefined();
    expect(it.must('system', wake)).toEqual([]);
  });

  it('goes on when the case is handed around', () => {
    const it = opened().live(5 * DAY);
    expect(it.must('mia', { command: 'hand_over', to: 'ben' })).toEqual(['handed_over']);
    expect(it.state.clock.stall).toBeDefined();
    expect(it.live(2 * DAY).state.tasks['t1']).toMatchObject({ owner: 'ben' });
  });

  it('can hand the case over itself', () => {
    const to = { kind: 'manager' } as const;
    const it = opened({
      rungs: [{ after: p.lasting(0, 'days'), do: [{ kind: 'hand_over', to, at: p.place() }], at: p.place() }],
    });
    it.live(5 * DAY);
    expect(it.state.owner).toBe('mia');
    expect(it.last('handed_over')).toMatchObject({ from: 'ann', to: 'mia', by: 'system' });
  });

  it('wakes for the timer alone', () => {
    const it = opened();
    expect(it.no('ann', wake)).toBe('forbidden: timer-only');
    expect(it.no('system', call)).toBe('forbidden: no-right');
  });
});

describe('a pause', () => {
  it('by condition stands as long as the condition holds', () => {
    const it = opened().wait(2 * DAY);
    expect(it.must('ann', { command: 'set_facts', facts: { waiting: true } })).toEqual(['facts_set', 'pause_started']);
    expect(it.must('ann', { command: 'set_facts', facts: { waiting: true } })).toEqual(['facts_set']);
    it.wait(3 * DAY);
    expect(it.must('ann', { command: 'set_facts', facts: { waiting: null } })).toEqual(['facts_set', 'pause_ended']);
    expect(it.wakesAt).toBe('2026-01-13T09:00:00.000Z');
  });

  it('by condition ends for the clock when its budget is used up', () => {
    const it = opened();
    it.must('ann', { command: 'set_facts', facts: { waiting: true } });
    expect(it.wakesAt).toBe('2026-01-16T09:00:00.000Z');
  });

  it('goes on in the next stay, a snooze does not', () => {
    const it = opened();
    it.must('ann', { command: 'set_facts', facts: { waiting: true } });
    it.must('ann', { command: 'snooze', until: '2026-01-06', reason: 'trade fair' });
    expect(it.must('ann', { command: 'advance' })).toEqual(['stage_entered']);
    expect(it.state.clock.pauses).toEqual([{ from: it.now, why: 'condition' }]);
  });

  it('asked for lasts through its last day, within the budget', () => {
    const it = opened();
    expect(it.no('ann', { command: 'snooze', until: '2026-01-12', reason: 'x' })).toBe(
      'refused: pause-budget-exceeded (ladder stall)',
    );
    const [reason] = it.reasons('ann', { command: 'snooze', until: '2026-01-12', reason: 'x' });
    expect(reason?.message.en).toBe(
      'the pause budget does not reach so far: 6 days remain, until 2026-01-11 at the latest',
    );
    expect(it.must('ann', { command: 'snooze', until: '2026-01-07', reason: 'trade fair' })).toEqual(['snoozed']);
    expect(it.last('snoozed').until).toBe('2026-01-08T00:00:00.000Z');
    expect(it.wakesAt).toBe('2026-01-13T00:00:00.000Z');
  });

  it('cannot be asked for yesterday, nor where nothing is counted, nor by others', () => {
    const it = opened();
    expect(it.no('ann', { command: 'snooze', until: '2026-01-04', reason: 'x' })).toBe('invalid: date-in-past /until');
    expect(it.no('ben', { command: 'snooze', until: '2026-01-07', reason: 'x' })).toBe('forbidden: no-right');
    const { pause_budget: _none, ...noBudget } = p.ladder('stall', base);
    const tight = new Drive(
      p.setOf([p.pipeline('large', [p.stage('one', { ladder: 'stall' }), p.stage('two')])], [], [noBudget]),
    );
    tight.must('ann', { command: 'open', title: 'x' });
    expect(tight.no('ann', { command: 'snooze', until: '2026-01-07', reason: 'x' })).toBe(
      'refused: pausing-not-allowed (stage one)',
    );
  });
});

describe('a demanded decision', () => {
  const demanded = (more: Partial<Ladder> = {}): Drive => {
    const it = opened(more);
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
    expect(opened().no(...resolve('push', { plan: 'p', next_step_on: '2026-02-01' }))).toBe(
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

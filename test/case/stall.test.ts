import { describe, expect, it } from 'vitest';
import { DAY } from './drive.ts';
import * as p from './playbook-fixture.ts';
import { watchedCase } from './watched-case.ts';

const call = { command: 'log_activity', activity: 'call' };
const wake = { command: 'wake' };

describe('a stall', () => {
  it('starts when nothing happens, climbs rung by rung, and tells each its own', () => {
    const it = watchedCase();
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
    const it = watchedCase().wait(30 * DAY);
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
    const it = watchedCase().live(8 * DAY);
    expect(it.state.flags).toEqual(['cold']);
    expect(it.must('ann', { ...call, happened_on: '2026-01-09' })).toEqual(['activity_logged']);
    expect(it.state.clock.stall).toBeDefined();
    expect(it.must('ann', call)).toEqual(['activity_logged', 'stall_ended']);
    expect(it.state.clock.stall).toBeUndefined();
    expect(it.state.flags).toEqual([]);
    expect(it.wakesAt).toBe('2026-01-18T09:00:00.000Z');
  });

  it('goes on through activity where the ladder does not end so', () => {
    const it = watchedCase({ ends_when: ['advance', 'resolve'] }).live(5 * DAY);
    expect(it.must('ann', call)).toEqual(['activity_logged']);
    expect(it.state.clock.stall).toBeDefined();
  });

  it('is not ended by an activity once a decision is demanded', () => {
    const it = watchedCase().live(10 * DAY);
    expect(it.must('ann', call)).toEqual(['activity_logged']);
    expect(it.state.clock.stall).toMatchObject({ demanded: true });
    expect(it.state.flags).toEqual(['cold']);
  });

  it('goes with a case that falls back while its decision is owed', () => {
    const it = watchedCase();
    it.must('ann', { command: 'advance' });
    it.live(10 * DAY);
    expect(it.must('ann', { command: 'fall_back', to: 'one', reason: 'start again' })).toEqual(['stage_entered']);
    expect(it.state).toMatchObject({ stage: 'one', clock: { stall: { demanded: true } } });
  });

  it('asks for the evidence a rung required, until the next advance', () => {
    const it = watchedCase().live(7 * DAY);
    expect(it.no('ann', { command: 'advance' })).toBe('refused: evidence-required (evidence plan)');
    it.must('ann', { command: 'submit_evidence', evidence: 'plan' });
    it.must('mia', { command: 'accept_evidence', evidence: 'plan' });
    expect(it.must('ann', { command: 'advance' })).toEqual(['stage_entered']);
    expect(it.state.required).toEqual([]);
  });

  it('ends with the stay, unless the ladder says that advancing is no answer', () => {
    const ends = watchedCase().live(5 * DAY);
    expect(ends.must('ann', { command: 'advance' })).toEqual(['stall_ended', 'stage_entered']);
    const goesOn = watchedCase({ ends_when: ['activity', 'resolve'] }).live(5 * DAY);
    expect(goesOn.must('ann', { command: 'advance' })).toEqual(['stage_entered']);
    expect(goesOn.state.clock).toMatchObject({ stall: { fired: 1 }, entered_at: goesOn.now });
    expect(goesOn.wakesAt).toBe('2026-01-12T09:00:00.000Z');
  });

  it('by a timebox that is over starts no second one in the same stay', () => {
    const it = watchedCase();
    it.must('ann', { command: 'advance' });
    it.live(3 * DAY);
    expect(it.last('stall_started')).toMatchObject({ cause: 'timebox' });
    it.must('ann', call);
    expect(it.wakesAt).toBe('2026-01-13T09:00:00.000Z');
  });

  it('ends with the case', () => {
    const it = watchedCase().live(5 * DAY);
    expect(it.must('ann', { command: 'close', as: 'lost', reason: 'price' })).toEqual([
      'stall_ended',
      'lost',
      'finished',
    ]);
    expect(it.wakesAt).toBeUndefined();
    expect(it.must('system', wake)).toEqual([]);
  });

  it('goes on when the case is handed around', () => {
    const it = watchedCase().live(5 * DAY);
    expect(it.must('mia', { command: 'hand_over', to: 'ben' })).toEqual(['handed_over']);
    expect(it.state.clock.stall).toBeDefined();
    expect(it.live(2 * DAY).state.tasks['t1']).toMatchObject({ owner: 'ben' });
  });

  it('can hand the case over itself', () => {
    const to = { kind: 'manager' } as const;
    const it = watchedCase({
      rungs: [{ after: p.lasting(0, 'days'), do: [{ kind: 'hand_over', to, at: p.place() }], at: p.place() }],
    });
    it.live(5 * DAY);
    expect(it.state.owner).toBe('mia');
    expect(it.last('handed_over')).toMatchObject({ from: 'ann', to: 'mia', by: 'system' });
  });

  it('wakes for the timer alone', () => {
    const it = watchedCase();
    expect(it.no('ann', wake)).toBe('forbidden: timer-only');
    expect(it.no('system', call)).toBe('forbidden: no-right');
  });
});

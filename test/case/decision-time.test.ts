import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import { decisionTime } from '../../engine/case/decision-time.ts';
import { Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

const now = '2026-01-05T09:00:00.000Z';

describe('the time of a decision', () => {
  it('never goes back', () => {
    expect(decisionTime(now, '2026-01-05T09:00:01.000Z', undefined)).toBe('2026-01-05T09:00:01.000Z');
    expect(decisionTime(now, '2026-01-05T08:00:00.000Z', undefined)).toBe(now);
  });

  it('is not before the sender’s, as far as that can be believed', () => {
    expect(decisionTime(now, undefined, '2026-01-05T09:01:00.000Z')).toBe('2026-01-05T09:01:00.000Z');
    expect(decisionTime(now, undefined, '2026-01-05T08:00:00.000Z')).toBe(now);
    expect(decisionTime(now, undefined, '2030-01-01T00:00:00.000Z')).toBe('2026-01-05T09:02:00.000Z');
  });

  it('stands on every event', () => {
    const set = p.setOf([p.pipeline('large', [p.stage('one'), p.stage('two')])]);
    const it = new Drive(set);
    it.must('ann', { command: 'open', title: 'x' });
    const envelope = { id: 'c', actor: 'ann', sent_at: '2026-01-05T09:00:30.000Z', body: { command: 'advance' } };
    const outcome = decide(worldAt(set, now), it.state, envelope);
    if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
    for (const event of outcome.events) expect(event).toMatchObject({ v: 1, at: envelope.sent_at, by: 'ann' });
    expect(decide(worldAt(set, now), it.state, { ...envelope, sent_at: 'soon' })).toMatchObject({
      outcome: 'invalid',
      problems: [{ code: 'instant-malformed', path: '/sent_at' }],
    });
  });

  it('is answered without rules by a refusal, not by a fault', () => {
    const set = p.setOf([p.pipeline('large', [p.stage('one'), p.stage('two')])]);
    const it = new Drive(set);
    it.must('ann', { command: 'open', title: 'x' });
    const bare = worldAt({ ...set, rules: {} }, now);
    const command = { id: 'c', actor: 'ann', body: { command: 'advance' } };
    expect(decide(bare, it.state, command)).toMatchObject({ outcome: 'refused', reasons: [{ code: 'rules-missing' }] });
    expect(decide(worldAt({ ...set, calendars: {} }, now), it.state, command)).toMatchObject({ outcome: 'refused' });
  });

  it('judges by the rules that the case is pinned to, whatever the current set says', () => {
    const before = p.setOf([p.pipeline('large', [p.stage('one'), p.stage('two')])]);
    const strict = p.pipeline('large', [p.stage('one', { leave_when: p.task('open') }), p.stage('two')]);
    const it = new Drive(before);
    it.must('ann', { command: 'open', title: 'x' });
    const after = { ...before, rules: { large: { hash: 'newer', pipeline: strict, gates: [], ladders: {} } } };
    const pinned = before.rules['large'];
    if (pinned === undefined) throw new Error('no rules');
    const command = { id: 'c', actor: 'ann', body: { command: 'advance' } };
    expect(decide({ ...worldAt(after, now), rules: pinned }, it.state, command).outcome).toBe('accepted');
    expect(decide(worldAt(after, now), it.state, command).outcome).toBe('refused');
  });
});

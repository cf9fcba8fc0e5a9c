import { describe, expect, it } from 'vitest';
import { effectsOf } from '../../engine/case/effects.ts';
import { rungMessages } from '../../engine/case/rung-messages.ts';
import type { Rung } from '../../engine/playbook/ladder.ts';
import { DAY, Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

const owner = { kind: 'owner' } as const;
const manager = { kind: 'manager' } as const;
const demand: NonNullable<Rung['demand']> = { of: manager, ways: { push: ['plan'] }, fields: [], at: p.place() };

function stalled(rung: Partial<Rung>): Drive {
  const rungs = [{ after: p.lasting(0, 'days'), do: [], at: p.place(), ...rung }];
  const large = p.pipeline('large', [p.stage('one', { ladder: 'stall' }), p.stage('two')]);
  const it = new Drive(p.setOf([large], [], [p.ladder('stall', { rungs })]));
  it.must('ann', { command: 'open', title: 'ACME' });
  return it.live(5 * DAY);
}

describe('messages of a rung', () => {
  it('say what stands still, since when, and whose it is, in both languages, with the rule that sent them', () => {
    const notify = { kind: 'notify', who: manager, at: p.place() } as const;
    const [effect] = stalled({ do: [notify] }).effects;
    expect(effect).toEqual({
      effect: 'message',
      to: 'mia',
      message: {
        kind: 'notice',
        case: 'case-1',
        case_title: 'ACME',
        subject: 'case-1/stall',
        title: { zh: '停滞通报：ACME', en: 'stalled: ACME' },
        text: {
          zh: '在阶段“中文 one”没有活动，自 2026-01-10 起停滞。负责人：ann',
          en: 'no activity in stage "one", stalled since 2026-01-10; it belongs to ann',
        },
        rule: notify.at,
      },
    });
  });

  it('speak the words of the playbook where it has some', () => {
    const words = p.text('what is next?');
    const [effect] = stalled({ do: [{ kind: 'remind', who: owner, text: words, at: p.place() }] }).effects;
    expect(effect).toMatchObject({ to: 'ann', message: { kind: 'reminder', text: words } });
  });

  it('come once to each person, the demand first', () => {
    const all = [owner, manager, manager].map((who) => ({ kind: 'notify', who, at: p.place() }) as const);
    const it = stalled({ do: [{ kind: 'remind', who: owner, at: p.place() }, ...all], demand });
    expect(it.told).toEqual(['demand mia', 'reminder ann']);
  });

  it('of an import are the lines of a digest, and nothing of their own', () => {
    const rungs = [
      { after: p.lasting(0, 'days'), do: [{ kind: 'remind', who: owner, at: p.place() } as const], at: p.place() },
    ];
    const set = p.setOf(
      [p.pipeline('large', [p.stage('one', { ladder: 'stall' }), p.stage('two')])],
      [],
      [p.ladder('stall', { rungs })],
    );
    const it = new Drive(set);
    const imported = { source: 'crm', opened_at: '2025-12-01T00:00:00.000Z' };
    it.must('root', { command: 'open', title: 'ACME', owner: 'ann', imported });
    const fired = it.last('rung_fired');
    expect(effectsOf(worldAt(set, it.now), it.state, fired)).toEqual([]);
    expect(rungMessages(worldAt(set, it.now), it.state, fired)).toMatchObject([
      { to: 'ann', message: { kind: 'reminder' } },
    ]);
  });
});

describe('messages of people’s acts', () => {
  it('tell who handed evidence in what became of it and why', () => {
    const one = p.stage('one', { evidence: [p.evidence('visit')] });
    const it = new Drive(p.setOf([p.pipeline('large', [one, p.stage('two')])]));
    it.must('ann', { command: 'open', title: 'ACME' });
    it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
    expect(it.effects).toMatchObject([
      { to: 'mia', message: { text: { en: 'ann submitted evidence `visit` (visit), which waits for you' } } },
    ]);
    it.must('mia', { command: 'reject_evidence', evidence: 'visit', reason: 'wrong person' });
    expect(it.effects).toMatchObject([
      { effect: 'settle', to: 'mia', how: 'rejected' },
      { to: 'ann', message: { text: { en: 'mia rejected evidence `visit` (visit): wrong person' } } },
    ]);
  });

  it('tell of a task its last day', () => {
    const it = new Drive(p.setOf([p.pipeline('large', [p.stage('one'), p.stage('two')], { calendar: 'office' })]));
    it.must('ann', { command: 'open', title: 'ACME' });
    it.must('mia', { command: 'plan_task', title: 'call them', due_on: '2026-01-09' });
    expect(it.effects).toMatchObject([{ to: 'ann', message: { text: { en: 'call them, by 2026-01-09' } } }]);
  });
});

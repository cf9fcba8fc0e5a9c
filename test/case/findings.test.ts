/** Findings: recorded only where they hold, asked of whoever owns them, answered once, settled by the facts. */

import { describe, expect, test } from 'vitest';
import { viewOf } from '../../engine/case/case-view.ts';
import type { CaseCommand } from '../../engine/case/command.ts';
import { diagnoseEffects } from '../../engine/case/findings/finding-effects.ts';
import { lookAt, recordOf } from '../../engine/case/findings/watch.ts';
import type { Diagnosis, FindingRule } from '../../engine/playbook/diagnosis.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { DAY, Drive } from './drive.ts';
import { activity, any, fact, factIs, lasting, pipeline, place, setOf, stage, text } from './playbook-fixture.ts';
import { worldAt } from './run-case.ts';

const MANAGER = { kind: 'manager' } as const;

function finding(id: string, more: Partial<FindingRule> = {}): FindingRule {
  return {
    finding: id,
    class: 'market',
    title: text(id),
    when: factIs('score', 'less_than', 30),
    causes: [text('Who has come in?')],
    prescription: text('Visit again'),
    owner: MANAGER,
    rungs: [],
    do: [],
    on_respond: [],
    at: place(),
    ...more,
  };
}

const start = (to: string) => ({
  kind: 'start' as const,
  pipeline: to,
  title: text('Response'),
  owner: { kind: 'owner' as const },
  with: {},
  on_lost: { kind: 'leave' as const },
  on_reopen: 'reopen' as const,
  on_hand_over: 'follow' as const,
  at: place(),
});

const LOW = finding('low', {
  on_respond: [start('response')],
  respond_within: lasting(2, 'days'),
  rungs: [{ after: lasting(4, 'days'), remind: false, notify: [{ kind: 'role', role: 'director' }], at: place() }],
});
const QUIET = finding('quiet', { when: { kind: 'not', of: activity('any', lasting(5, 'days')), at: place() } });

const facts = Object.fromEntries([fact('score', 'number'), fact('pain', 'text')]);

function setWith(...findings: readonly FindingRule[]): PlaybookSet {
  const diagnosis: Diagnosis = {
    diagnosis: 'risks',
    hash: 'hash of risks',
    title: text('Risks'),
    of: 'case',
    applies_to: ['deal'],
    findings,
    at: place(),
  };
  const set = setOf([pipeline('deal', [stage('one'), stage('two')], { facts }), pipeline('response', [stage('do')])]);
  return { ...set, diagnoses: { risks: diagnosis } };
}

/** A case that is looked at after every command, as on a server. */
class Watched {
  readonly drive: Drive;

  constructor(...findings: readonly FindingRule[]) {
    this.drive = new Drive(setWith(...findings));
    this.drive.must('ann', { command: 'open', title: 'ACME', pipeline: 'deal' });
  }

  get view() {
    const view = viewOf(worldAt(this.drive.playbook, this.drive.now), this.drive.state);
    if (view === undefined) throw new Error('no view');
    return view;
  }

  /** The names of what the look brings; none where there is nothing to look for. */
  look(): readonly string[] {
    const command = recordOf(lookAt(this.view));
    return command === undefined ? [] : this.drive.must('system', command);
  }

  set(score: number | null): readonly string[] {
    this.drive.must('ann', { command: 'set_facts', facts: { score } });
    return this.look();
  }

  get told(): readonly string[] {
    return this.drive.effects.flatMap((effect) =>
      effect.effect === 'message'
        ? [`${effect.message.kind} ${effect.to}`]
        : effect.effect === 'settle'
          ? [`settle ${effect.to} ${effect.how}`]
          : [],
    );
  }

  decline(by = 'mia') {
    return this.drive.must(by, { command: 'answer_finding', finding: 'low', answer: 'decline', reason: 'It is known' });
  }
}

const found = (hash = 'hash of risks'): CaseCommand => ({
  command: 'record_findings',
  found: [{ finding: 'low', diagnosis: 'risks', hash }],
  gone: [],
});

describe('what is found', () => {
  test('is asked of its owner, with what was seen', () => {
    const it = new Watched(LOW);
    expect(it.set(20)).toEqual(['finding_found']);
    expect(it.told).toEqual(['finding_to_answer mia']);
    const { low } = it.drive.state.findings ?? {};
    expect(low).toMatchObject({ facts: { score: 20 }, asked: ['mia'], n: 1, due_at: '2026-01-07T09:00:00.000Z' });
    expect(it.look()).toEqual([]);
  });

  test('is nothing where nothing is known', () => {
    const it = new Watched(LOW);
    expect(it.look()).toEqual([]);
    expect(it.set(30)).toEqual([]);
  });

  test('is recorded only while it holds, and under the rules that found it', () => {
    const it = new Watched(LOW);
    it.drive.must('ann', { command: 'set_facts', facts: { score: 20 } });
    expect(it.drive.must('system', found('hash of older risks'))).toEqual([]);
    it.drive.must('ann', { command: 'set_facts', facts: { score: 70 } });
    // The look that said so was taken before.
    expect(it.drive.must('system', found())).toEqual([]);
    it.drive.must('ann', { command: 'set_facts', facts: { score: 20 } });
    expect(it.drive.must('system', found())).toEqual(['finding_found']);
    expect(it.drive.must('system', found())).toEqual([]);
  });

  test('is recorded by nobody but Playrail itself', () => {
    const it = new Watched(LOW);
    it.drive.must('ann', { command: 'set_facts', facts: { score: 20 } });
    for (const person of ['ann', 'mia', 'root']) expect(it.drive.no(person, found())).toBe('forbidden: timer-only');
  });

  test('settles itself when its facts hold no longer, known or not', () => {
    const it = new Watched(LOW);
    it.set(20);
    expect(it.set(null)).toEqual(['finding_gone']);
    expect(it.told).toEqual(['settle mia gone']);
    expect(it.set(20)).toEqual(['finding_found']);
    expect(it.drive.state.findings?.['low']?.n).toBe(2);
  });

  test('comes with time alone', () => {
    const it = new Watched(QUIET);
    it.drive.must('ann', { command: 'log_activity', activity: 'call' });
    it.drive.wait(5 * DAY);
    expect(it.look()).toEqual([]);
    it.drive.wait(1);
    expect(it.look()).toEqual(['finding_found']);
    expect(it.drive.state.findings?.['quiet']?.things).toEqual({ 'activity any': '2026-01-05T09:00:00.000Z' });
  });

  test('goes with the rule that found it', () => {
    const it = new Watched(LOW);
    it.set(20);
    const { state } = it.drive;
    const view = viewOf(worldAt(setWith(QUIET), it.drive.now), state);
    expect(view && recordOf(lookAt(view))).toMatchObject({ gone: ['low'] });
  });
});

describe('a look', () => {
  test('is asked for where a change may have found something, and else not', () => {
    const it = new Watched(LOW);
    const effectsAfter = (body: CaseCommand) => {
      const before = it.drive.events.length;
      it.drive.must('ann', body);
      return diagnoseEffects(it.view, it.drive.events.slice(before));
    };
    expect(effectsAfter({ command: 'set_facts', facts: { pain: 'slow' } })).toEqual([]);
    expect(effectsAfter({ command: 'set_facts', facts: { score: 20 } })).toEqual([
      { effect: 'diagnose', to: 'case-1' },
    ]);
    it.look();
    expect(effectsAfter({ command: 'set_facts', facts: { score: 10 } })).toEqual([]);
    expect(effectsAfter({ command: 'close', as: 'lost', reason: 'price' })).toEqual([]);
  });

  test('is not asked for by an import: what it brings is looked at in the night', () => {
    const drive = new Drive(setWith(LOW));
    const facts = { score: 20 };
    drive.must('root', {
      command: 'open',
      title: 'ACME',
      pipeline: 'deal',
      owner: 'ann',
      facts,
      imported: { source: 'crm' },
    });
    const view = viewOf(worldAt(drive.playbook, drive.now), drive.state);
    if (view === undefined) throw new Error('no view');
    expect(diagnoseEffects(view, drive.events)).toEqual([]);
    expect(recordOf(lookAt(view))).toMatchObject({ found: [{ finding: 'low' }] });
  });

  test('is not asked for again by a look that brought nothing: no case is looked at for ever', () => {
    const it = new Watched(LOW);
    it.drive.must('ann', { command: 'set_facts', facts: { score: 20 } });
    expect(it.drive.must('system', { command: 'record_findings', found: [], gone: ['low'] })).toEqual([]);
    expect(diagnoseEffects(it.view, [])).toEqual([]);
  });
});

describe('an answer', () => {
  test('is given by whoever is asked or stands above, once, and starts what was decided', () => {
    const it = new Watched(LOW);
    it.set(20);
    const respond = { command: 'answer_finding', finding: 'low', answer: 'respond' };
    for (const person of ['ann', 'ben', 'moe']) expect(it.drive.no(person, respond)).toMatch(/^forbidden/);
    expect(it.drive.must('dan', respond)).toEqual(['finding_answered', 'child_started']);
    expect(Object.keys(it.drive.state.children ?? {})).toEqual(['case-1.response.low']);
    expect(it.told).toEqual(['settle mia decided']);
    expect(it.drive.no('mia', respond)).toBe('refused: finding-not-open (finding low)');
  });

  test('names a finding that is there, and a reason where it declines', () => {
    const it = new Watched(LOW);
    it.set(20);
    const answer = { command: 'answer_finding', finding: 'low', answer: 'decline' };
    expect(it.drive.no('mia', { ...answer, finding: 'high' })).toBe('invalid: finding-unknown /finding');
    expect(it.drive.no('mia', answer)).toBe('invalid: argument-missing /reason');
    expect(it.drive.no('mia', { ...answer, reason: '  ' })).toMatch(/^invalid/);
    expect(it.drive.state.findings?.['low']?.answer).toBeUndefined();
  });

  test('that declines holds for the same facts, gone and back; other facts are another question', () => {
    const it = new Watched(LOW);
    it.set(20);
    it.decline();
    expect(it.look()).toEqual([]);
    expect(it.set(50)).toEqual(['finding_gone']);
    expect(it.set(20)).toEqual([]);
    expect(it.set(19)).toEqual(['finding_found']);
  });

  test('that declines holds for what stood there when it was given', () => {
    const it = new Watched(LOW);
    it.set(20);
    expect(it.set(15)).toEqual([]);
    it.decline();
    expect(it.set(20)).toEqual(['finding_found']);
  });

  test('that declines holds no longer than the rule says', () => {
    const it = new Watched({ ...LOW, again_after: lasting(30, 'days') });
    it.set(20);
    it.decline();
    it.drive.wait(30 * DAY - 1);
    expect(it.look()).toEqual([]);
    it.drive.wait(1);
    expect(it.look()).toEqual(['finding_found']);
  });

  test('that takes it up holds until it has gone: then it is found anew, and starts a case of its own', () => {
    const it = new Watched(LOW);
    const respond = { command: 'answer_finding', finding: 'low', answer: 'respond' };
    it.set(20);
    it.drive.must('mia', respond);
    expect(it.set(10)).toEqual([]);
    it.set(50);
    expect(it.set(20)).toEqual(['finding_found']);
    it.drive.must('mia', respond);
    expect(Object.keys(it.drive.state.children ?? {})).toEqual(['case-1.response.low', 'case-1.response.low-2']);
  });

  test('to what has gone is refused with the reason', () => {
    const it = new Watched(LOW);
    it.set(20);
    it.set(50);
    const [reason] = it.drive.reasons('mia', { command: 'answer_finding', finding: 'low', answer: 'respond' });
    expect(reason?.message.en).toBe('finding `low` holds no longer: nothing is left to answer');
  });
});

describe('what nobody answers', () => {
  test('reminds when the time is over, and climbs', () => {
    const it = new Watched(LOW);
    it.set(20);
    it.drive.live(2 * DAY);
    expect(it.told).toEqual(['finding_to_answer mia']);
    it.drive.live(2 * DAY);
    expect(it.told).toEqual(['notice dan']);
    expect(it.drive.wakesAt).toBeUndefined();
    it.set(50);
    expect(it.told).toEqual(['settle mia gone', 'settle dan gone']);
  });

  test('missed together is said once, by the last', () => {
    const it = new Watched(LOW);
    it.set(20);
    it.drive.wait(9 * DAY).must('system', { command: 'wake' });
    expect(it.drive.last('finding_rung_fired')).toMatchObject({ rung: 1, folded: [0], told: ['dan'] });
    expect(it.told).toEqual(['finding_to_answer mia', 'notice dan']);
  });

  test('follows the owner of the case to another manager', () => {
    const it = new Watched(LOW);
    it.set(20);
    it.drive.must('dan', { command: 'hand_over', to: 'cyn' });
    expect(it.drive.state.findings?.['low']?.asked).toEqual(['moe']);
    expect(it.told).toContain('finding_to_answer moe');
    expect(it.told).toContain('settle mia asked_elsewhere');
  });

  test('ends with the case', () => {
    const it = new Watched(LOW);
    it.set(20);
    it.drive.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    expect(it.told).toContain('settle mia finished');
    expect(it.look()).toEqual([]);
    expect(it.drive.must('system', found())).toEqual([]);
  });
});

test('two findings of one case are told apart, with the cases they start', () => {
  const now = finding('deep', { when: any(factIs('score', 'less_than', 10)), do: [start('response')] });
  const it = new Watched(LOW, now);
  expect(it.set(5)).toEqual(['finding_found', 'finding_found', 'child_started']);
  it.drive.must('mia', { command: 'answer_finding', finding: 'low', answer: 'respond' });
  expect(Object.keys(it.drive.state.children ?? {})).toEqual(['case-1.response.deep', 'case-1.response.low']);
});

/** Cases that start others: each once, in order, and each hears what becomes of the other. */

import { beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../../engine/case/explain.ts';
import type { Reason } from '../../engine/case/outcome.ts';
import type { StartAction } from '../../engine/playbook/start.ts';
import { Family } from './family.ts';
import * as p from './playbook-fixture.ts';

const DAY = 86_400_000;

const start = (pipeline: string, more: Partial<StartAction> = {}): StartAction => ({
  kind: 'start',
  pipeline,
  title: p.text(pipeline),
  owner: { kind: 'owner' },
  with: {},
  on_lost: { kind: 'leave' },
  on_reopen: 'reopen',
  on_hand_over: 'follow',
  at: p.place(),
  ...more,
});

const childIn = (pipeline: string, places: readonly string[], which: 'all' | 'any' = 'all') =>
  ({
    kind: 'child',
    pipeline,
    in: places,
    which,
    title: p.text(pipeline),
    in_titles: places.map(p.text),
    at: p.place(),
  }) as const;

const rows = { fields: [], type: 'rows' } as const;
const day = { field: 'due', type: 'date', title: p.text('due'), optional: false, at: p.place() } as const;
const duties = p.fact('duties', 'rows', { ...rows, fields: [day] });

const part = p.pipeline(
  'part',
  [p.stage('due', { evidence: [p.evidence('proof')], leave_when: p.hasEvidence('proof') }), p.stage('done')],
  {
    facts: Object.fromEntries([p.fact('due', 'date'), p.fact('customer', 'text')]),
    lost_reasons: { ended: p.text('ended') },
    subject: 'duty',
  },
);

const deal = (action: StartAction) =>
  p.pipeline(
    'deal',
    [
      p.stage('offer'),
      p.stage('running', { on_enter: [action], leave_when: childIn('part', ['done']) }),
      p.stage('over'),
    ],
    { facts: Object.fromEntries([duties, p.fact('customer', 'text')]) },
  );

const TWO = { duties: [{ due: '2026-02-01' }, { due: '2026-03-01' }], customer: 'Acme' };

function dealWith(more: Partial<StartAction> = {}): Family {
  const each = {
    for_each: 'duties',
    key: 'due',
    with: { due: { kind: 'row', field: 'due' }, customer: { kind: 'fact', fact: 'customer' } },
  } as const;
  const family = new Family(p.setOf([deal(start('part', { ...each, ...more })), part]));
  family.must('D', 'ann', { command: 'open', title: 'Acme deal', pipeline: 'deal', facts: TWO });
  return family;
}

const FIRST = 'D.part.2026-02-01';
const SECOND = 'D.part.2026-03-01';

describe('starting', () => {
  let family: Family;
  beforeEach(() => {
    family = dealWith();
  });

  it('opens a case for each row, with the facts handed down and a title that says what it is about', () => {
    expect(family.must('D', 'ann', { command: 'advance' })).toEqual([
      'stage_entered',
      'child_started',
      'child_started',
    ]);
    expect(family.cases).toEqual(['D', FIRST, SECOND]);
    expect(family.state(FIRST)).toMatchObject({
      title: 'Acme deal · part · 2026-02-01',
      owner: 'ann',
      pipeline: 'part',
      facts: { due: { value: '2026-02-01', by: 'system' }, customer: { value: 'Acme' } },
      parent: { case: 'D', about: 'Acme deal' },
    });
    expect(family.state('D').children?.[FIRST]?.news).toEqual({
      n: 1,
      pipeline: 'part',
      stage: 'due',
      status: 'open',
      finished: false,
      owner: 'ann',
    });
  });

  it('makes none twice, however often the stage is entered', () => {
    family.must('D', 'ann', { command: 'advance' });
    family.must('D', 'ann', { command: 'fall_back', to: 'offer', reason: 'too early' });
    const grown = { duties: [{ due: '2026-01-20' }, ...TWO.duties] };
    family.must('D', 'ann', { command: 'set_facts', facts: grown });
    expect(family.must('D', 'ann', { command: 'advance' })).toEqual(['stage_entered', 'child_started']);
    expect(family.cases).toEqual(['D', 'D.part.2026-01-20', FIRST, SECOND]);
  });

  it('tells two rows of one key apart', () => {
    family.must('D', 'ann', {
      command: 'set_facts',
      facts: { duties: [{ due: '2026-02-01' }, { due: '2026-02-01' }] },
    });
    family.must('D', 'ann', { command: 'advance' });
    expect(family.cases).toEqual(['D', FIRST, `${FIRST}-2`]);
  });

  it('is nobody else’s to give', () => {
    const opening = { command: 'open', title: 'x', pipeline: 'part', parent: { case: 'D', about: 'x' } };
    expect(family.give('mine', 'ann', opening)).toMatchObject({ outcome: 'forbidden', reason: { code: 'timer-only' } });
    const plain = { command: 'open', title: 'x', pipeline: 'part' };
    expect(family.give('mine', 'system', plain)).toMatchObject({ outcome: 'forbidden' });
    const news = { n: 9, pipeline: 'part', stage: 'done', status: 'won', finished: true, owner: 'ann' };
    const told = { command: 'child_changed', child: FIRST, news };
    expect(family.give('D', 'ann', told)).toMatchObject({ outcome: 'forbidden', reason: { code: 'timer-only' } });
    expect(family.give('D', 'root', told)).toMatchObject({ outcome: 'forbidden' });
  });

  it('does nothing where its condition does not hold', () => {
    const careful = dealWith({ when: p.factIs('customer', 'is', 'Other') });
    expect(careful.must('D', 'ann', { command: 'advance' })).toEqual(['stage_entered']);
    expect(careful.cases).toEqual(['D']);
  });

  it('is done by winning too, and by a case that opens; never for what an import brings', () => {
    const single = p.pipeline('single', [p.stage('only', { on_enter: [start('part')] })], {
      on_win: [start('part', { for_each: 'duties', key: 'due' })],
      facts: Object.fromEntries([duties]),
    });
    const both = new Family(p.setOf([single, part]));
    const open = { command: 'open', title: 'x', pipeline: 'single', facts: { duties: TWO.duties } };
    both.must('S', 'ann', open);
    expect(both.cases).toEqual(['S', 'S.part', 'S.part.2026-02-01', 'S.part.2026-03-01']);
    both.must('I', 'root', { ...open, owner: 'ann', imported: { source: 'crm', closed: { as: 'won' } } });
    expect(both.state('I').children).toBeUndefined();
  });
});

describe('what the parent knows', () => {
  let family: Family;
  beforeEach(() => {
    family = dealWith();
    family.must('D', 'ann', { command: 'advance' });
  });

  const meet = (id: string) => {
    family.must(id, 'ann', { command: 'submit_evidence', evidence: 'proof' });
    family.must(id, 'mia', { command: 'accept_evidence', evidence: 'proof' });
    family.must(id, 'ann', { command: 'advance' });
  };

  it('lets it on only when every child stands where it must, and says of each that does not where it stands', () => {
    meet(FIRST);
    const refusal = family.give('D', 'ann', { command: 'advance' });
    expect(refusal).toMatchObject({ outcome: 'refused', reasons: [{ code: 'leave-condition-unmet' }] });
    const [reason] = refusal.outcome === 'refused' ? refusal.reasons : ([] as Reason[]);
    expect(reason?.unmet).toMatchObject([{ truth: false, seen: [SECOND] }]);
    expect(reason?.can_meet).toEqual(['ann']);
    expect(reason?.under_way).toEqual([
      {
        zh: `\`${SECOND}\` 在“中文 due”，负责人 ann`,
        en: `\`${SECOND}\` stands in "due", owner ann`,
      },
    ]);
    meet(SECOND);
    expect(family.must('D', 'ann', { command: 'advance' })).toContain('won');
  });

  it('names who owns a child now, not who was given it', () => {
    family.must(SECOND, 'mia', { command: 'hand_over', to: 'ben' });
    meet(FIRST);
    const explained = explain(family.world('D'), family.state('D'));
    expect(explained?.unmet[0]?.can_meet).toEqual(['ben']);
  });

  it('does not hold without a single child, and with `any` holds for one of them', () => {
    const none = dealWith();
    none.must('D', 'ann', { command: 'set_facts', facts: { duties: null } });
    none.must('D', 'ann', { command: 'advance' });
    const refusal = none.give('D', 'ann', { command: 'advance' });
    expect(refusal).toMatchObject({ reasons: [{ unmet: [{ truth: false, why: 'missing' }], can_meet: ['ann'] }] });
  });

  it('comes once for each decision, numbered, and older news undo nothing', () => {
    family.isHeld = true;
    meet(FIRST);
    expect(family.mail.map(({ to, command }) => [to, command.command])).toEqual([['D', 'child_changed']]);
    family.deliver();
    const { news } = family.state('D').children?.[FIRST] ?? {};
    expect(news).toMatchObject({ n: 2, stage: 'done', status: 'won', finished: true });
    const old = { n: 1, pipeline: 'part', stage: 'due', status: 'open', finished: false, owner: 'ann' };
    expect(family.must('D', 'system', { command: 'child_changed', child: FIRST, news: old })).toEqual([]);
    expect(family.must('D', 'system', { command: 'child_changed', child: 'D.other', news: old })).toEqual([]);
    expect(family.state('D').children?.[FIRST]?.news).toEqual(news);
  });
});

describe('a child that cannot begin', () => {
  const strict = p.gate('customer-known', p.factIs('customer', 'is_known', true), {
    at_point: 'open',
    mode: 'enforce',
  });

  function strictDeal(): Family {
    const set = p.setOf([deal(start('part', { with: { customer: { kind: 'fact', fact: 'customer' } } })), part]);
    const rules = set.rules['part'];
    if (rules === undefined) throw new Error('no such pipeline');
    const family = new Family({ ...set, rules: { ...set.rules, part: { ...rules, gates: [strict] } } });
    family.must('D', 'ann', { command: 'open', title: 'Acme deal', pipeline: 'deal' });
    family.must('D', 'ann', { command: 'advance' });
    return family;
  }

  it('shows on its parent, whose owner is told why and what to do', () => {
    const family = strictDeal();
    expect(family.cases).toEqual(['D']);
    expect(family.state('D').children?.['D.part']).toMatchObject({
      refused: [{ code: 'gate-closed', about: 'gate customer-known' }],
    });
    expect(family.told.at(-1)).toBe(
      'ann: "part" could not be started: gate `customer-known` is closed: customer-known is shut; once that is put right, `start_again D.part`',
    );
    expect(family.give('D', 'ann', { command: 'advance' })).toMatchObject({
      reasons: [{ can_meet: ['ann'], under_way: [{ en: expect.stringContaining('could not be started') }] }],
    });
  });

  it('begins by `start_again` once that is put right, and only then', () => {
    const family = strictDeal();
    const again = { command: 'start_again', child: 'D.part' };
    family.must('D', 'ann', again);
    expect(family.cases).toEqual(['D']);
    family.must('D', 'ann', { command: 'set_facts', facts: { customer: 'Acme' } });
    expect(family.must('D', 'ann', again)).toEqual(['child_started']);
    expect(family.state('D.part').facts['customer']?.value).toBe('Acme');
    expect(family.state('D').children?.['D.part']?.refused).toBeUndefined();
    expect(family.give('D', 'ann', again)).toMatchObject({ reasons: [{ code: 'child-started' }] });
    expect(family.give('D', 'ann', { ...again, child: 'D.other' })).toMatchObject({
      problems: [{ code: 'child-unknown', path: '/child' }],
    });
  });

  it('that was handed what does not fit is refused, never dropped', () => {
    const family = dealWith({ with: { due: { kind: 'fact', fact: 'customer' } } });
    family.must('D', 'ann', { command: 'advance' });
    expect(family.state('D').children?.[FIRST]?.refused).toMatchObject([{ about: 'facts due' }]);
  });

  it('does not come about where somebody else’s case has its id', () => {
    const family = dealWith();
    family.must(FIRST, 'ann', { command: 'open', title: 'mine', pipeline: 'part' });
    family.must('D', 'ann', { command: 'advance' });
    expect(family.state('D').children?.[FIRST]?.refused).toMatchObject([{ code: 'case-exists' }]);
    expect(family.state(FIRST).parent).toBeUndefined();
    expect(family.state(SECOND).parent?.case).toBe('D');
  });

  it('would have an id longer than ids are: it is refused where it stands', () => {
    const family = new Family(p.setOf([deal(start('part')), part]));
    const id = 'D'.repeat(199);
    family.must(id, 'ann', { command: 'open', title: 'x', pipeline: 'deal', facts: TWO });
    family.must(id, 'ann', { command: 'advance' });
    expect(family.state(id).children?.[`${id}.part`]?.refused).toMatchObject([{ code: 'child-id-too-long' }]);
  });
});

describe('what becomes of a child', () => {
  const started = (more: Partial<StartAction> = {}): Family => {
    const family = dealWith(more);
    family.must('D', 'ann', { command: 'advance' });
    return family;
  };
  const lost = { command: 'close', as: 'lost', reason: 'price' };

  it('goes on when its parent is lost, unless the playbook says otherwise, and its owner hears of it', () => {
    const family = started();
    family.must('D', 'ann', lost);
    expect(family.state(FIRST)).toMatchObject({ status: 'open', finished: false });
    expect(family.told.at(-1)).toBe('ann: the case it came from was lost; this one goes on');
  });

  it('is closed with it for the reason that the playbook names, and reopened with it', () => {
    const family = started({ on_lost: { kind: 'close', reason: 'ended' } });
    family.must(SECOND, 'ann', { command: 'submit_evidence', evidence: 'proof' });
    family.must(SECOND, 'mia', { command: 'accept_evidence', evidence: 'proof' });
    family.must(SECOND, 'ann', { command: 'advance' });
    family.must('D', 'ann', lost);
    expect(family.state(FIRST)).toMatchObject({ status: 'lost', finished: true, finish_reason: 'ended' });
    expect(family.state(SECOND)).toMatchObject({ status: 'won', finished: true });
    expect(family.state('D').children?.[FIRST]?.news).toMatchObject({ status: 'lost', finished: true });
    family.must('D', 'mia', { command: 'reopen', reason: 'they called' });
    expect(family.state(FIRST)).toMatchObject({ status: 'open', finished: false });
    expect(family.state('D').children?.[FIRST]?.news).toMatchObject({ status: 'open', finished: false });
    expect(family.state(SECOND)).toMatchObject({ finished: true });
  });

  it('stays closed on reopening where the playbook says so, or where somebody closed it themselves', () => {
    const family = started({ on_lost: { kind: 'close', reason: 'ended' }, on_reopen: 'leave' });
    family.must('D', 'ann', lost);
    family.must('D', 'mia', { command: 'reopen', reason: 'they called' });
    expect(family.state(FIRST).finished).toBe(true);
    const other = started({ on_lost: { kind: 'close', reason: 'ended' } });
    other.must(FIRST, 'ann', { command: 'close', as: 'lost', reason: 'ended' });
    other.must('D', 'ann', lost);
    other.must('D', 'mia', { command: 'reopen', reason: 'they called' });
    expect(other.state(FIRST).finished).toBe(true);
    expect(other.state(SECOND).finished).toBe(false);
  });

  it('goes on where its own pipeline asks something of a loss', () => {
    const asks = { ...part, close_when: { lost: p.factIs('customer', 'is', 'gone') } };
    const family = new Family(p.setOf([deal(start('part', { on_lost: { kind: 'close', reason: 'ended' } })), asks]));
    family.must('D', 'ann', { command: 'open', title: 'x', pipeline: 'deal' });
    family.must('D', 'ann', { command: 'advance' });
    family.must('D', 'ann', lost);
    expect(family.state('D.part')).toMatchObject({ status: 'open', finished: false });
  });

  it('follows its parent to a new owner where the old one had it, or stays', () => {
    const follow = started();
    follow.must(SECOND, 'mia', { command: 'hand_over', to: 'mia' });
    follow.must('D', 'mia', { command: 'hand_over', to: 'ben' });
    expect([FIRST, SECOND].map((id) => follow.state(id).owner)).toEqual(['ben', 'mia']);
    expect(follow.state('D').children?.[FIRST]?.news?.owner).toBe('ben');
    const stay = started({ on_hand_over: 'stay' });
    stay.must('D', 'mia', { command: 'hand_over', to: 'ben' });
    expect(stay.state(FIRST).owner).toBe('ann');
  });

  it('never becomes won by its parent, whatever that does', () => {
    const family = started();
    for (const change of ['lost', 'reopened', 'handed_over'] as const) {
      const told = change === 'handed_over' ? { change, from: 'ann', to: 'ben' } : { change };
      family.must(FIRST, 'system', { command: 'parent_changed', told });
    }
    expect(family.state(FIRST).status).toBe('open');
  });
});

describe('a due date', () => {
  const overdue = p.ladder('overdue', {
    starts: [{ kind: 'due', fact: 'due', at: p.place() }],
    ends_when: ['advance'],
    rungs: [
      { after: p.lasting(0, 'days'), do: [], at: p.place() },
      { after: p.lasting(2, 'days'), do: [start('breach')], at: p.place() },
    ],
  });
  const duty = p.pipeline('duty', [p.stage('due', { ladder: 'overdue' }), p.stage('done')], {
    facts: Object.fromEntries([p.fact('due', 'date')]),
  });
  const breach = p.pipeline('breach', [p.stage('open')]);

  it('starts the ladder when its day is over, and a rung of it starts a case', () => {
    const family = new Family(p.setOf([duty, breach], [], [overdue]));
    family.must('D', 'ann', { command: 'open', title: 'x', pipeline: 'duty', facts: { due: '2026-01-06' } });
    family.wait(DAY);
    expect(family.state('D').clock.stall).toBeUndefined();
    family.wait(DAY);
    expect(family.state('D').clock.stall).toMatchObject({ cause: 'due', started_at: '2026-01-07T00:00:00.000Z' });
    family.must('D', 'ann', { command: 'log_activity', activity: 'call' });
    family.wait(2 * DAY);
    expect(family.cases).toEqual(['D', 'D.breach']);
  });

  it('that was over before the stay counts from its beginning; one put off is not over', () => {
    const family = new Family(p.setOf([duty, breach], [], [overdue]));
    family.must('D', 'ann', { command: 'open', title: 'x', pipeline: 'duty', facts: { due: '2025-12-01' } });
    family.wait(60_000);
    expect(family.state('D').clock.stall?.started_at).toBe('2026-01-05T09:00:00.000Z');
    family.must('E', 'ann', { command: 'open', title: 'x', pipeline: 'duty', facts: { due: '2026-01-06' } });
    family.must('E', 'ann', { command: 'set_facts', facts: { due: '2026-01-20' } });
    family.wait(10 * DAY);
    expect(family.state('E').clock.stall).toBeUndefined();
  });
});

/** Won and signed are reached through the gates alone: every command, by everybody, for every criterion of the shipped playbooks that guards the win. */

import { describe, expect, it, test } from 'vitest';
import type { CommandName } from '../../engine/case/command.ts';
import { routeCriteria } from '../../engine/case/criteria.ts';
import { decide } from '../../engine/case/decide.ts';
import { routeToWin } from '../../engine/case/route.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { sha256 } from '../../store/hash.ts';
import { filesIn } from '../language/read-set.ts';
import { peopleWith } from './approval-fixture.ts';
import { Drive } from './drive.ts';
import { worldAt } from './run-case.ts';

const { set } = compileSet(filesIn('playbooks'), { sha256 });
if (set === undefined) throw new Error('the shipped playbooks do not compile');

const person = (id: string, role: string) => [id, { person: id, name: id, role, lang: 'en', active: true }] as const;
const staff = peopleWith();
const people = {
  ...staff,
  by_id: { ...staff.by_id, ...Object.fromEntries([person('ops', 'sales-ops'), person('deb', 'delivery')]) },
};
const SIGN = { approval: 'contract-countersign' };

function drive(body: object, playbook: PlaybookSet = set as PlaybookSet): Drive {
  const it = new Drive(playbook);
  it.people = people;
  it.must('adm', { command: 'open', title: 'ACME', owner: 'ann', ...body });
  return it;
}

const imported = { source: 'crm', debt_due_on: '2026-12-31' };
const digest = (it: Drive, step: string) => it.state.approvals?.['contract-countersign']?.steps[step]?.digest;

/** Ready to be signed: every criterion is met. */
const READY: Readonly<Record<string, () => Drive>> = {
  'large-deal': () => {
    const facts = { customer: 'ACME', amount: '55万 CNY', list_price: '60万 CNY', signing_on: '2026-01-05' };
    const it = drive({ pipeline: 'large-deal', stage: 'negotiation', facts, imported });
    offer(it);
    const fields = { signed_on: '2026-01-05', contract_no: 'HD-1', amount: '55万 CNY', plan_agreed: true };
    it.must('ann', { command: 'submit_evidence', evidence: 'contract-signed', fields });
    it.must('ops', { command: 'accept_evidence', evidence: 'contract-signed' });
    it.must('ann', { command: 'request_approval', ...SIGN });
    for (const [who, step] of [
      ['mia', 'sales'],
      ['deb', 'delivery'],
      ['fay', 'finance'],
      ['leo', 'legal'],
    ] as const) {
      it.must(who, { command: 'approve', ...SIGN, digest: digest(it, step) });
    }
    return it;
  },
  'small-deal': () => {
    const facts = {
      customer: 'ACME',
      product: 'CRM',
      amount: '5万 CNY',
      list_price: '5万 CNY',
      signing_on: '2026-01-05',
    };
    const it = drive({ pipeline: 'small-deal', stage: 'negotiation', facts, imported });
    offer(it);
    it.must('ann', SIGNED_SMALL);
    it.must('mia', { command: 'accept_evidence', evidence: 'contract-signed' });
    return it;
  },
};
const SIGNED_SMALL = {
  command: 'submit_evidence',
  evidence: 'contract-signed',
  fields: { signed_on: '2026-01-05', contract_no: 'S-1' },
};

function offer(it: Drive): void {
  const fields = { offered_on: '2026-01-05', made_for_them: 'Plant by plant' };
  it.must('ann', { command: 'submit_evidence', evidence: 'personal-offer', fields });
  it.must('ann', { command: 'plan_task', title: 'Kick-off', due_on: '2026-02-01', task: 'kick-off' });
}

/** Takes away what one criterion asks for, and nothing that others ask. A new gate or milestone has no line here, and fails. */
const BROKEN: Readonly<Record<string, (it: Drive) => void>> = {
  'large-deal milestone won': (it) =>
    it.must('ops', { command: 'reject_evidence', evidence: 'contract-signed', reason: 'unsigned' }),
  'large-deal gate follow-up-kept': (it) => it.must('ann', { command: 'complete_task', task: 'kick-off' }),
  'large-deal gate closing-ready': (it) =>
    it.must('ann', { command: 'set_facts', facts: { signing_on: '2026-06-30' } }),
  'large-deal gate contract-reviewed': (it) => it.must('ann', { command: 'set_facts', facts: { amount: '54万 CNY' } }),
  'small-deal milestone won': (it) => it.must('ann', { command: 'withdraw_evidence', evidence: 'contract-signed' }),
  'small-deal stage negotiation': (it) => it.must('ann', { command: 'set_facts', facts: { amount: '4万 CNY' } }),
  'small-deal gate follow-up-kept': (it) => it.must('ann', { command: 'complete_task', task: 'kick-off' }),
  'small-deal gate closing-ready': (it) =>
    it.must('ann', { command: 'set_facts', facts: { signing_on: '2026-06-30' } }),
};

const position = { was: { stage: 'negotiation' }, asks: { kind: 'manager' }, source: 'crm' };

/** Every command there is, in every form that could win something; the compiler asks for a line for each new one. */
const DOORS: Readonly<Record<CommandName, readonly object[]>> = {
  open: [{ title: 'ACME', pipeline: 'large-deal', stage: 'delivered' }],
  set_facts: [
    { facts: { status: 'won' } },
    { facts: { signing_on: '2026-01-06' } },
    { facts: { installed_on: '2026-01-05' } },
  ],
  log_activity: [{ activity: 'meeting', note: 'signed!' }],
  submit_evidence: [{ evidence: 'contract-signed', fields: {} }, SIGNED_SMALL],
  withdraw_evidence: [{ evidence: 'personal-offer' }],
  accept_evidence: [{ evidence: 'contract-signed' }],
  reject_evidence: [{ evidence: 'personal-offer', reason: 'x' }],
  answer: [{ decision: 'win-strategy', answers: { need: 'yes', deliver: 'yes', superior: 'yes' } }],
  advance: [{}, { to: 'delivered' }, { to: 'closed' }],
  fall_back: [
    { to: 'solution', reason: 'x' },
    { to: 'proposal', reason: 'x' },
  ],
  plan_task: [{ title: 'won' }],
  complete_task: [{ task: 'kick-off' }],
  snooze: [{ until: '2026-01-20', reason: 'x' }],
  resolve: [{ way: 'push', with: { plan: 'x', next_step_on: '2026-01-20' } }],
  move_pipeline: [{ to: 'small-deal' }, { to: 'large-deal' }],
  hand_over: [{ to: 'bob' }, { to: 'mia' }],
  people_changed: [{ person: 'mia' }, { person: 'ann', successor: 'bob' }],
  close: [{ as: 'won' }, { as: 'won', note: 'signed!' }],
  reopen: [{ reason: 'x' }],
  note_change: ['revert', 'quarantine'].map((policy) => ({ ...position, policy, now: { closed: { as: 'won' } } })),
  settle_change: [{ take: 'ours' }],
  request_approval: [SIGN, { approval: 'price-approval' }],
  resubmit: [
    { ...SIGN, how: 'continue' },
    { ...SIGN, how: 'changed_only' },
  ],
  recall: [SIGN],
  cancel_approval: [{ ...SIGN, reason: 'x' }],
  approve: [{ ...SIGN, digest: '0'.repeat(64) }],
  reject: [{ ...SIGN, reason: 'x' }],
  send_back: [{ ...SIGN, reason: 'x' }],
  add_signer: [{ ...SIGN, person: 'dan', when: 'before' }],
  remove_signer: [{ ...SIGN, person: 'dan' }],
  transfer: [{ ...SIGN, to: 'dan' }],
  delegate: [{ ...SIGN, to: 'dan' }],
  copy_to: [{ ...SIGN, people: ['dan'] }],
  remind: [SIGN],
  comment: [{ ...SIGN, text: 'approved' }],
  inspect: [{ send_back: true, next_step: { title: 'x', due_on: '2026-01-20' } }],
  waive: ['contract-reviewed', 'closing-ready', 'follow-up-kept']
    .map((name) => ({ kind: 'gate', name, until: '2026-01-20', reason: 'x' }))
    .concat([{ kind: 'milestone', name: 'won', until: '2026-01-20', reason: 'x' }]),
  withdraw_waiver: [{ kind: 'gate', name: 'contract-reviewed' }],
  child_changed: [
    { child: 'c', news: { n: 1, pipeline: 'performance', stage: 'done', status: 'won', finished: true, owner: 'ann' } },
  ],
  child_refused: [{ child: 'c', because: [] }],
  parent_changed: [{ told: { change: 'reopened' } }],
  start_again: [{ child: 'c' }],
  wake: [{}],
  record_findings: [{ findings: [] }],
  answer_finding: [{ finding: 'x', answer: 'decline', reason: 'x' }],
};

const ACTORS = ['ann', 'mia', 'dan', 'gus', 'adm', 'ops', 'fay', 'leo', 'deb', 'system'];

function criteriaToWin(it: Drive): readonly string[] {
  const rules = set?.rules[it.state.pipeline];
  const route = rules && routeToWin(rules.pipeline, it.state);
  if (rules === undefined || route === undefined) return [];
  return routeCriteria(rules, it.state, route)
    .filter(({ mode, kind }) => mode === 'enforce' && kind !== 'applies_when')
    .map(({ about }) => `${it.state.pipeline} ${about}`);
}

describe('of the shipped pipelines that are signed', () => {
  it.each(Object.keys(READY))('%s is won when all is met', (pipeline) => {
    const it = READY[pipeline]?.();
    it?.must('ann', { command: 'close', as: 'won' });
    expect(it?.state).toMatchObject({ status: 'won', ungated: false });
  });

  it('each criterion of the win can be broken by itself', () => {
    const all = Object.values(READY).flatMap((ready) => criteriaToWin(ready()));
    expect([...all].sort()).toEqual(Object.keys(BROKEN).sort());
  });

  describe.each(Object.entries(BROKEN))('without %s', (what, breaks) => {
    const [pipeline = ''] = what.split(' ');
    const broken = () => {
      const it = READY[pipeline]?.();
      if (it === undefined) throw new Error(pipeline);
      breaks(it);
      return it;
    };

    it('it is refused, for this and nothing else', () => {
      const it = broken();
      const reasons = it.reasons('ann', { command: 'close', as: 'won' }).map(({ about }) => `${pipeline} ${about}`);
      expect(reasons).toEqual([what]);
    });

    it('no command of anybody wins it', () => {
      const base = broken();
      const won: string[] = [];
      for (const [command, forms] of Object.entries(DOORS)) {
        for (const form of forms) {
          for (const actor of ACTORS) {
            const outcome = decide({ ...worldAt(base.playbook, base.now), people }, base.state, {
              ...{ id: 'door', actor },
              body: { command, ...form },
            });
            const events = outcome.outcome === 'accepted' ? outcome.events : [];
            if (events.some(({ event }) => event === 'won'))
              won.push(`${command} by ${actor}: ${JSON.stringify(form)}`);
          }
        }
      }
      expect(won).toEqual([]);
    });
  });
});

describe('past the gates', () => {
  test('no case opens behind them, whoever opens it', () => {
    for (const actor of ACTORS) {
      const body = { command: 'open', title: 'ACME', pipeline: 'large-deal', stage: 'delivered', owner: 'ann' };
      const outcome = decide({ ...worldAt(set, '2026-01-05T09:00:00.000Z'), people }, undefined, {
        id: 'c',
        actor,
        body,
      });
      expect([actor, outcome.outcome]).not.toEqual([actor, 'accepted']);
    }
  });

  test('a case that an import or the CRM brings there is marked, and owes what it did not show', () => {
    const won = drive({ pipeline: 'large-deal', imported: { ...imported, closed: { as: 'won' } } });
    expect(won.state).toMatchObject({ status: 'won', finished: true, ungated: true });
    const delivered = drive({ pipeline: 'large-deal', stage: 'delivered', imported });
    expect(delivered.state).toMatchObject({ status: 'won', ungated: true });
    expect(delivered.state.debts.length).toBeGreaterThan(5);
    const moved = drive({ pipeline: 'large-deal', stage: 'negotiation', imported });
    moved.must('adm', {
      command: 'note_change',
      ...position,
      policy: 'accept_with_debt',
      now: { closed: { as: 'won' } },
    });
    expect(moved.state).toMatchObject({ status: 'won', ungated: true });
  });

  test('taken up again, it is won through them or not at all, and then it is marked no more', () => {
    const it = READY['large-deal']?.();
    it?.must('adm', {
      command: 'note_change',
      ...position,
      policy: 'accept_with_debt',
      now: { closed: { as: 'won' } },
    });
    expect(it?.state.ungated).toBe(true);
    it?.must('mia', { command: 'reopen', reason: 'not signed at all' });
    expect(it?.state.status).toBe('open');
    it?.must('ann', { command: 'close', as: 'won' });
    expect(it?.state).toMatchObject({ status: 'won', ungated: false });
  });

  test('a stage named `won` wins nothing, and an edit of the playbook changes no rule of a running case', () => {
    const edited = filesIn('playbooks').map(({ path, text }) => {
      if (path === 'contract-reviewed.yaml') return { path, text: text.replace('mode: enforce', 'mode: shadow') };
      return { path, text: text.replaceAll(/\bnegotiation\b/g, 'won') };
    });
    const later = compileSet(edited, { sha256 }).set;
    if (later === undefined) throw new Error('the edited playbooks do not compile');
    const fresh = drive({ pipeline: 'large-deal', stage: 'won', imported }, later);
    expect(fresh.state.status).toBe('open');
    const it = READY['large-deal']?.();
    it?.must('ann', { command: 'set_facts', facts: { amount: '54万 CNY' } });
    const pinned = it?.state && set.rules[it.state.pipeline];
    const world = { ...worldAt(later, it?.now ?? ''), people, ...(pinned && { rules: pinned }) };
    const outcome = decide(world, it?.state, { id: 'late', actor: 'ann', body: { command: 'close', as: 'won' } });
    expect(outcome).toMatchObject({ outcome: 'refused', reasons: [{ about: 'gate contract-reviewed' }] });
  });
});

/** Approvals: whose turn it is, how many voices are enough, what an answer is bound to, and how the question ends. */

import { describe, expect, it } from 'vitest';
import { decide } from '../../engine/case/decide.ts';
import { evolve } from '../../engine/case/evolve.ts';
import type { CaseState } from '../../engine/case/state.ts';
import {
  ApprovalDrive,
  peopleWith,
  RECALL,
  REQUEST,
  reject,
  resubmit,
  sendBack,
  setFacts,
  setWith,
  step,
} from './approval-fixture.ts';
import { worldAt } from './run-case.ts';

const PRICE = step('price', 'ask: manager', 'binds: [ amount, discount ]');
const LEGAL = step('law', 'ask: legal', 'binds: [ text ]');
const MONEY = step('money', 'ask: finance', 'binds: [ amount ]');
const TOGETHER = `  - together:\n${[MONEY, LEGAL].map((one) => one.replace(/^/gm, '    ')).join('\n')}`;

describe('turns', () => {
  it('come one after another, and nobody is asked before theirs', () => {
    const it = new ApprovalDrive(setWith(`${PRICE}\n${LEGAL}`)).request();
    expect(it.told).toEqual(['approval_to_give mia']);
    expect(it.no('leo', it.yes('leo'))).toBe('refused: turn-not-come (approval sign)');
    expect(it.must('mia', it.yes('mia'))).toEqual([
      'approval_answered',
      'approval_step_passed',
      'approval_step_opened',
      'approval_asked',
      'approval_asked',
    ]);
    expect(it.told).toEqual(['approval_to_give leo', 'approval_to_give liz']);
    it.must('liz', it.yes('liz'));
    expect(it.stands).toBe('approved: ');
    expect(it.told).toEqual(['approval_settled ann']);
  });

  it('run beside each other, and go on when all are passed', () => {
    const it = new ApprovalDrive(setWith(`${TOGETHER}\n${PRICE}`)).request();
    expect(it.stands).toBe('under review: fay, fox, leo, liz');
    it.allYes('leo');
    // Who else spoke for the same seat is asked no more.
    expect(it.stands).toBe('under review: fay, fox');
    it.allYes('fox');
    expect(it.stands).toBe('under review: mia');
  });

  it('leave a step out only where its condition is certainly false', () => {
    const deep = step('deep', 'when: { fact: discount, more_than: 20% }', 'ask: director', 'binds: [ discount ]');
    const shallow = new ApprovalDrive(setWith(`${PRICE}\n${deep}`)).request().allYes('mia');
    expect(shallow.stands).toBe('approved: ');
    const unknown = new ApprovalDrive(setWith(`${PRICE}\n${deep}`));
    unknown.must('ann', setFacts({ discount: null }));
    expect(unknown.request().allYes('mia').stands).toBe('under review: dan');
  });

  it('ask nobody where no step applies: silence never approves', () => {
    const never = step('deep', 'when: { fact: discount, more_than: 20% }', 'ask: director', 'binds: [ discount ]');
    expect(new ApprovalDrive(setWith(never)).no('ann', REQUEST)).toBe('refused: approval-asks-nobody (approval sign)');
  });

  it('are void with a condition that has come to hold after all was given', () => {
    const deep = step('deep', 'when: { fact: text, contains: deep }', 'ask: director', 'binds: [ discount ]');
    const it = new ApprovalDrive(setWith(`${PRICE}\n${deep}`)).request().allYes('mia');
    it.must('ann', setFacts({ text: 'deep' }));
    expect(it.record.outcome).toBe('void');
  });
});

describe('voices', () => {
  const asked = (ask: string, quorum = '') =>
    new ApprovalDrive(setWith(step('s', ask, quorum, 'binds: [ amount ]'))).request();

  it('any: one is enough, and all of them must refuse', () => {
    const any = () => asked('ask: [ finance, legal, director ]', 'quorum: any');
    expect(any().allYes('leo').stands).toBe('approved: ');
    const it = any();
    it.must('leo', reject);
    it.must('fay', reject);
    expect(it.stands).toBe('under review: dan');
    it.must('dan', reject);
    expect(it.stands).toBe('rejected: ');
  });

  it('all: every one is needed, and one refusal ends it', () => {
    const it = asked('ask: [ finance, legal ]');
    it.allYes('fay');
    expect(it.stands).toBe('under review: leo, liz');
    it.must('liz', reject);
    expect(it.stands).toBe('rejected: ');
  });

  it('m of n: as many as it says', () => {
    const it = asked('ask: [ finance, legal, director ]', 'quorum: 2');
    it.allYes('fay').must('leo', reject);
    expect(it.stands).toBe('under review: dan');
    expect(it.allYes('dan').stands).toBe('approved: ');
  });

  it('each: everybody who holds the post has one', () => {
    const it = asked('ask: [ { each: finance, quorum: 2 }, legal ]');
    it.allYes('fay', 'liz');
    expect(it.stands).toBe('under review: fox');
    expect(it.allYes('fox').stands).toBe('approved: ');
  });

  it('of a group are one voice of what the group stands in', () => {
    const it = asked('ask: [ { of: [ finance, legal ], quorum: any }, director, general-manager ]', 'quorum: 2');
    it.allYes('leo');
    expect(it.stands).toBe('under review: dan, gus');
    expect(it.allYes('gus').stands).toBe('approved: ');
  });

  it('of one person count once, whatever they are asked as', () => {
    const it = new ApprovalDrive(
      setWith(step('s', 'ask: [ reviewer, manager ]', 'binds: [ amount ]', 'fallback: director')),
    );
    it.must('ann', setFacts({ reviewer: 'mia' }));
    it.request();
    // The second seat means the same person, so the step's fallback takes it.
    expect(it.stands).toBe('under review: dan, mia');
    it.allYes('mia');
    expect(it.no('mia', it.yes('mia'))).toBe('refused: voice-given (approval sign)');
    expect(it.allYes('dan').stands).toBe('approved: ');
  });

  it('are given by who is asked, and nobody else', () => {
    const it = asked('ask: finance');
    expect(it.no('dan', it.yes('dan'))).toBe('forbidden: not-asked');
    expect(it.no('bob', it.yes('bob'))).toBe('forbidden: no-right');
    expect(it.no('ann', { command: 'approve', approval: 'sing', digest: '0'.repeat(64) })).toBe('forbidden: no-right');
    expect(it.no('fay', { command: 'approve', approval: 'sing', digest: '0'.repeat(64) })).toBe(
      'invalid: approval-unknown /approval',
    );
  });

  it('with conditions are a yes, and leave the owner with tasks', () => {
    const it = asked('ask: finance');
    it.must('fay', it.yes('fay', { conditions: ['Get a deposit', 'Call the bank'] }));
    expect(it.record.outcome).toBe('approved');
    expect(Object.values(it.state.tasks).map(({ title, owner }) => `${owner}: ${title}`)).toEqual([
      'ann: Get a deposit',
      'ann: Call the bank',
    ]);
  });
});

describe('an answer is bound to what was seen', () => {
  const both = setWith(`${TOGETHER}`);

  it('and one to something older is refused, with the difference line by line', () => {
    const it = new ApprovalDrive(both).request();
    const seen = it.yes('leo');
    it.must('mia', setFacts({ text: 'one\n2\nthree\nfour' }));
    const [reason] = it.reasons('leo', seen);
    expect(reason?.code).toBe('approval-outdated');
    expect(reason?.changes).toEqual([
      {
        name: 'text',
        before: 'one\ntwo\nthree',
        after: 'one\n2\nthree\nfour',
        lines: [
          { change: 'kept', line: 'one' },
          { change: 'removed', line: 'two' },
          { change: 'added', line: '2' },
          { change: 'kept', line: 'three' },
          { change: 'added', line: 'four' },
        ],
      },
    ]);
    it.must('leo', it.yes('leo'));
    expect(it.no('fay', { ...it.yes('fay'), digest: it.digestFor('', 'law') })).toBe(
      'refused: approval-outdated (approval sign)',
    );
  });

  it('so a change voids exactly the steps that bind it', () => {
    const it = new ApprovalDrive(both).request().allYes('leo', 'fay');
    expect(it.record.outcome).toBe('approved');
    it.must('mia', setFacts({ amount: '40万 CNY' }));
    expect(it.record.outcome).toBe('void');
    expect(Object.keys(it.record.steps)).toEqual(['law']);
    expect(it.last('approval_voided')).toMatchObject({ steps: ['money'], changed: ['amount'] });
    it.must('ann', resubmit('changed_only'));
    expect(it.stands).toBe('under review: fay, fox');
    expect(it.allYes('fox').stands).toBe('approved: ');
  });

  it('so whoever asked for it changes nothing under review, and others may', () => {
    const it = new ApprovalDrive(both).request().allYes('leo');
    expect(it.no('ann', setFacts({ amount: '1万 CNY' }))).toBe('refused: under-review (approval sign)');
    it.must('ann', setFacts({ reviewer: 'mia' }));
    it.must('ann', setFacts({ amount: '50万 CNY' }));
    it.must('mia', setFacts({ amount: '1万 CNY' }));
    expect(it.stands).toBe('under review: fay, fox');
    it.must('ann', RECALL);
    it.must('ann', setFacts({ amount: '2万 CNY' }));
  });

  it('and evidence that is bound counts as its form was filled in', () => {
    const it = new ApprovalDrive(setWith(step('s', 'ask: manager', 'binds: [ { evidence: draft } ]')));
    const submit = (link: string) => ({ command: 'submit_evidence', evidence: 'draft', fields: { link } });
    it.must('ann', submit('first'));
    it.request();
    expect(it.no('ann', submit('second'))).toBe('refused: under-review (approval sign)');
    it.must('ann', submit('first'));
    it.allYes('mia').must('ann', { command: 'withdraw_evidence', evidence: 'draft' });
    expect(it.record.outcome).toBe('void');
  });

  it('whichever door the change comes through: the gate looks at the content itself', () => {
    const it = new ApprovalDrive(both).request().allYes('leo', 'fay');
    const { state } = it;
    const amount = state.facts['amount'];
    if (amount === undefined) throw new Error('no amount');
    const slipped = {
      ...state,
      facts: { ...state.facts, amount: { ...amount, value: { minor: 1, currency: 'CNY' } } },
    };
    expect(it.leafIn(slipped)).toBe('stale');
    expect(it.leafIn(state)).toBe('approved');
  });
});

describe('how it ends', () => {
  const two = setWith(`${PRICE}\n${LEGAL}`);

  it('sent back to who asked: what was passed before goes on counting, as far as nothing changes', () => {
    const it = new ApprovalDrive(two).request().allYes('mia');
    it.must('leo', sendBack());
    expect(it.stands).toBe('sent_back: ');
    expect(it.told).toEqual(['approval_settled ann']);
    expect(it.no('liz', it.yes('liz'))).toBe('refused: approval-not-open (approval sign)');
    it.must('ann', resubmit('continue'));
    expect(it.stands).toBe('under review: leo, liz');
    it.must('leo', sendBack());
    it.must('ann', setFacts({ amount: '40万 CNY' }));
    it.must('ann', resubmit('continue'));
    expect(it.stands).toBe('under review: mia');
    it.must('mia', sendBack());
    it.must('ann', resubmit('restart'));
    expect(it.record.round).toBe(4);
  });

  it('sent back to an earlier step: that one is asked again, and only to steps before', () => {
    const it = new ApprovalDrive(two).request().allYes('mia');
    expect(it.no('leo', sendBack('law'))).toBe('refused: approval-step-not-before (approval sign)');
    expect(it.no('leo', sendBack('nowhere'))).toBe('invalid: approval-step-unknown /to');
    it.must('leo', sendBack('price'));
    expect(it.stands).toBe('under review: mia');
    expect(it.allYes('mia', 'liz').stands).toBe('approved: ');
  });

  it('rejected: nothing goes on, and it is asked for anew', () => {
    const it = new ApprovalDrive(two).request();
    it.must('mia', reject);
    expect(it.no('ann', resubmit('continue'))).toBe('refused: approval-not-resumed (approval sign)');
    expect(it.no('ann', { command: 'advance' })).toBe('refused: leave-condition-unmet (stage talk)');
    expect(it.request().stands).toBe('under review: mia');
  });

  it('recalled after the last word is too late, and the last word after a recall too', () => {
    const late = new ApprovalDrive(two).request().allYes('mia', 'leo');
    expect(late.no('ann', RECALL)).toBe('refused: approval-not-open (approval sign)');
    const early = new ApprovalDrive(two).request().allYes('mia');
    const last = early.yes('leo');
    early.must('ann', RECALL);
    expect(early.no('leo', last)).toBe('refused: approval-not-open (approval sign)');
  });

  it('cancelled: what was given goes with it', () => {
    const it = new ApprovalDrive(two).request().allYes('mia', 'leo');
    it.must('ann', { command: 'cancel_approval', approval: 'sign', reason: 'No longer wanted' });
    expect(it.record.outcome).toBe('void');
    expect(it.no('ann', { command: 'advance' })).toContain('leave-condition-unmet');
  });

  it('with the case: nobody is asked about one that is lost', () => {
    const it = new ApprovalDrive(two).request();
    it.must('ann', { command: 'close', as: 'lost', reason: 'price' });
    expect(it.stands).toBe('void: ');
    expect(it.effects).toContainEqual(expect.objectContaining({ effect: 'settle', to: 'mia' }));
  });

  it('won: later changes do not take back what the case was won with', () => {
    const it = new ApprovalDrive(two).request().allYes('mia', 'leo');
    it.must('ann', { command: 'advance' });
    it.must('ann', setFacts({ amount: '40万 CNY' }));
    expect(it.record.outcome).toBe('approved');
    it.must('ann', { command: 'fall_back', to: 'talk', reason: 'Not signed after all' });
    expect(it.record.outcome).toBe('void');
  });

  it('is asked for once at a time, and not again while it holds', () => {
    const it = new ApprovalDrive(two).request();
    expect(it.no('ann', REQUEST)).toBe('refused: approval-under-review (approval sign)');
    it.allYes('mia', 'leo');
    expect(it.no('ann', REQUEST)).toBe('refused: approval-given (approval sign)');
    expect(it.no('ann', resubmit('restart'))).toBe('refused: approval-given (approval sign)');
  });

  it('comments decide nothing', () => {
    const it = new ApprovalDrive(two);
    const words = { command: 'comment', approval: 'sign', text: 'Why so cheap?' };
    expect(it.no('mia', words)).toBe('refused: approval-not-requested');
    it.request();
    const before = it.record;
    it.must('leo', words);
    expect(it.record).toEqual(before);
  });
});

describe('people', () => {
  it('who left, or are away, are replaced when the step opens and while it waits', () => {
    const it = new ApprovalDrive(setWith(step('s', 'ask: finance', 'binds: [ amount ]', 'fallback: director')));
    it.people = peopleWith({ fay: { active: false } });
    expect(it.request().stands).toBe('under review: fox');
    it.people = peopleWith({ fay: { active: false }, fox: { active: false } });
    it.must('system', { command: 'people_changed', person: 'fox' });
    expect(it.stands).toBe('under review: dan');
  });

  it('who cannot be found are told of by name, at once, and asked when somebody is there', () => {
    const it = new ApprovalDrive(setWith(step('s', 'ask: finance', 'binds: [ amount ]')));
    it.people = peopleWith({ fay: { active: false }, fox: { active: false } });
    it.request();
    expect(it.told).toEqual(['demand mia']);
    expect(it.stands).toBe('under review: ');
    it.people = peopleWith();
    it.must('system', { command: 'people_changed', person: 'fox' });
    expect(it.told).toEqual(['approval_to_give fay', 'approval_to_give fox']);
  });
});

describe('a step that asks for authority which nobody has', () => {
  it('says who was passed over, and which limit was too low', () => {
    const it = new ApprovalDrive(setWith(step('s', 'ask: anyone_with_authority', 'binds: [ amount, discount ]')));
    it.people = peopleWith({ gus: { active: false } });
    it.must('ann', { command: 'set_facts', facts: { amount: '90000万 CNY', discount: '60%' } });
    it.request();
    expect(it.told).toEqual(['demand mia']);
    const [demand] = it.effects.flatMap((one) => (one.effect === 'message' ? [one.message.text] : []));
    expect(demand?.en).toMatch(
      /^Nobody can answer "s" of "Sign": nobody has the authority: .*Discount 60%, may approve up to .*; .*Raise a limit/,
    );
    expect(demand?.zh).toContain('没有人有权审批');
  });
});

describe('an edit of the playbook', () => {
  it('leaves a review that is under way as it was asked for', () => {
    const before = setWith(`${PRICE}\n${LEGAL}`);
    const it = new ApprovalDrive(before).request().allYes('mia');
    const edited = setWith(step('other', 'ask: director', 'binds: [ discount ]'));
    const pinned = before.rules['deal'];
    if (pinned === undefined) throw new Error('no rules');
    const world = { ...worldAt(edited, it.now), rules: pinned, people: peopleWith() };
    const envelope = { id: 'last', actor: 'leo', body: it.yes('leo') };
    const outcome = decide(world, it.state, envelope);
    if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    const after = outcome.events.reduce<CaseState>((state, event) => evolve(state, event), it.state);
    expect(after.approvals?.['sign']).toMatchObject({ outcome: 'approved', steps: { price: {}, law: {} } });
  });
});

describe('a no', () => {
  it('needs its reason, whichever door it comes through', () => {
    const it = new ApprovalDrive(setWith(PRICE)).request();
    for (const command of ['reject', 'send_back']) {
      expect(it.no('mia', { command, approval: 'sign' })).toBe('invalid: key-missing /reason');
    }
    expect(it.no('mia', { command: 'approve', approval: 'sign' })).toBe('invalid: key-missing /digest');
  });
});

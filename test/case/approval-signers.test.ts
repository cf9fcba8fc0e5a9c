/** Whom else an approver brings in, or gives it to; who steps in; and reminding by hand. */

import { describe, expect, it } from 'vitest';
import {
  ApprovalDrive,
  away,
  peopleWith,
  REQUEST,
  reject,
  sendBack,
  setFacts,
  setWith,
  step,
} from './approval-fixture.ts';
import { HOUR } from './drive.ts';

const ONE = setWith(step('s', 'ask: manager', 'binds: [ amount ]', 'fallback: director'));
const add = (person: string, when: 'before' | 'after') => ({ command: 'add_signer', approval: 'sign', person, when });
const remove = (person: string) => ({ command: 'remove_signer', approval: 'sign', person });
const transfer = (to: string) => ({ command: 'transfer', approval: 'sign', to });
const delegate = (to: string) => ({ command: 'delegate', approval: 'sign', to });

describe('a signer added before', () => {
  it('is asked first, and then who added them', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', add('leo', 'before'));
    expect(it.stands).toBe('under review: leo');
    expect(it.no('mia', it.yes('mia'))).toBe('refused: turn-not-come (approval sign)');
    expect(it.allYes('leo').stands).toBe('under review: mia');
    expect(it.allYes('mia').stands).toBe('approved: ');
  });

  it('ends it with a no', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', add('leo', 'before'));
    it.must('leo', reject);
    expect(it.stands).toBe('rejected: ');
  });

  it('is removed by who added them alone, and only while they have not answered', () => {
    const it = new ApprovalDrive(ONE).request();
    expect(it.no('mia', remove('leo'))).toBe('refused: signer-not-added (approval sign)');
    it.must('mia', add('leo', 'before'));
    expect(it.no('dan', remove('leo'))).toBe('forbidden: not-your-signer');
    it.must('mia', remove('leo'));
    expect(it.stands).toBe('under review: mia');
    it.must('mia', add('liz', 'before'));
    it.allYes('liz');
    expect(it.no('mia', remove('liz'))).toBe('refused: signer-answered (approval sign)');
  });

  it('may bring in others, who go with them', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', add('leo', 'before'));
    it.must('leo', add('fay', 'before'));
    expect(it.stands).toBe('under review: fay');
    it.must('mia', remove('leo'));
    expect(it.stands).toBe('under review: mia');
    expect(it.record.steps['s']?.signers).toEqual({});
  });
});

describe('a signer added after', () => {
  it('is asked once who added them has agreed, and is needed as well', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', add('leo', 'after'));
    expect(it.stands).toBe('under review: mia');
    expect(it.allYes('mia').stands).toBe('under review: leo');
    expect(it.allYes('leo').stands).toBe('approved: ');
  });
});

describe('whoever is brought in', () => {
  const barred: readonly (readonly [person: string, no: string])[] = [
    ['ann', 'refused: signer-own-submission (approval sign)'],
    ['bob', 'refused: signer-may-not (approval sign)'],
    ['mia', 'refused: signer-has-voice (approval sign)'],
    ['nobody', 'invalid: person-unknown'],
  ];

  it.each(barred)('%s may not: %s', (person, no) => {
    const it = new ApprovalDrive(ONE).request();
    expect(it.no('mia', add(person, 'before'))).toContain(no);
    expect(it.no('mia', delegate(person))).toContain(no);
    const given = person === 'mia' ? 'refused: transfer-comes-back (approval sign)' : no;
    expect(it.no('mia', transfer(person))).toContain(given);
  });

  it('must have the authority that the step asks for, to hold its seat', () => {
    const set = setWith(step('s', 'ask: anyone_with_authority', 'binds: [ amount, discount ]'));
    const it = new ApprovalDrive(set).request();
    expect(it.stands).toBe('under review: dan');
    expect(it.no('dan', transfer('mia'))).toBe('refused: signer-no-authority (approval sign)');
    it.must('dan', transfer('gus'));
    expect(it.stands).toBe('under review: gus');
  });
});

describe('a transfer', () => {
  it('is for good, and never comes back', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', transfer('dan'));
    expect(it.stands).toBe('under review: dan');
    expect(it.no('mia', it.yes('mia'))).toBe('forbidden: not-asked');
    it.must('dan', transfer('gus'));
    expect(it.no('gus', transfer('mia'))).toBe('refused: transfer-comes-back (approval sign)');
    expect(it.allYes('gus').stands).toBe('approved: ');
  });

  it('to somebody who comes to own the case leaves a seat that they cannot take', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', transfer('gus'));
    it.must('dan', { command: 'hand_over', to: 'gus' });
    // Nobody below may approve what the general manager owns, so somebody is told.
    expect(it.stands).toBe('under review: ');
    expect(it.told).toContain('demand adm');
    expect(it.no('gus', it.yes('gus'))).toBe('forbidden: own-submission');
  });
});

describe('a task given for advice', () => {
  it('comes back with the advice, and is no voice', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', delegate('leo'));
    expect(it.stands).toBe('under review: leo');
    it.must('leo', { ...reject, reason: 'Too cheap' });
    expect(it.stands).toBe('under review: mia');
    const [message] = it.effects.flatMap((one) => (one.effect === 'message' && one.to === 'mia' ? [one.message] : []));
    expect(message?.text.en).toContain('leo advises: no: Too cheap');
    expect(it.allYes('mia').stands).toBe('approved: ');
    expect(Object.values(it.record.steps['s']?.answers ?? {}).map(({ by }) => by)).toEqual(['mia']);
  });

  it('goes round in no circle: who has it passes it on to nobody, nor sends the approval back', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', delegate('leo'));
    const no = 'refused: helper-only-advises (approval sign)';
    for (const body of [delegate('mia'), delegate('fay'), transfer('fay'), sendBack()])
      expect(it.no('leo', body)).toBe(no);
    expect(it.no('mia', delegate('fay'))).toBe('refused: delegated-already (approval sign)');
  });

  it('leaves the answer with who gave it, at any time', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('mia', delegate('leo'));
    expect(it.must('mia', it.yes('leo'))).toContain('approval_step_passed');
    expect(it.stands).toBe('approved: ');
  });
});

describe('who is away', () => {
  const stands = (change: Parameters<typeof peopleWith>[0]) =>
    new ApprovalDrive(ONE, peopleWith(change)).request().stands;

  it('is replaced by their substitute, through any number of links', () => {
    expect(stands({ mia: { absences: away('fay') }, fay: { absences: away('leo') } })).toBe('under review: leo');
  });

  it('is replaced by the fallback where substitutes lead in a circle, or to whose submission it is', () => {
    expect(stands({ mia: { absences: away('fay') }, fay: { absences: away('mia') } })).toBe('under review: dan');
    expect(stands({ mia: { absences: away('ann') } })).toBe('under review: dan');
  });

  it('is not replaced by who steps in for the owner: that would be both sides of one table', () => {
    const it = new ApprovalDrive(ONE, peopleWith({ mia: { absences: away('leo') }, ann: { absences: away('leo') } }));
    it.must('dan', REQUEST);
    // The director asked for it in the owner's place, and nobody else may stand in.
    expect(it.stands).toBe('under review: ');
    expect(it.told).toEqual(['demand leo']);
  });

  it('counts as one voice together with their substitute', () => {
    const set = setWith(step('s', 'ask: [ finance, manager ]', 'binds: [ amount ]', 'fallback: director'));
    const it = new ApprovalDrive(set, peopleWith({ mia: { absences: away('fay') }, fox: { active: false } })).request();
    expect(it.stands).toBe('under review: dan, fay');
    it.allYes('fay', 'dan');
    expect(it.stands).toBe('approved: ');
  });
});

describe('telling', () => {
  const SLOW = setWith(step('s', 'ask: manager', 'binds: [ amount ]'), 'remind_every: 4 hours\n');
  const remind = { command: 'remind', approval: 'sign' };

  it('by a copy asks nothing', () => {
    const it = new ApprovalDrive(ONE).request();
    it.must('ann', { command: 'copy_to', approval: 'sign', people: ['bob', 'leo'], note: 'See the price' });
    expect(it.told).toEqual(['notice bob', 'notice leo']);
    expect(it.stands).toBe('under review: mia');
    expect(it.no('leo', it.yes('leo'))).toBe('forbidden: not-asked');
  });

  it('by a reminder is limited by the playbook, and reaches only those who are asked', () => {
    const it = new ApprovalDrive(SLOW).request();
    expect(it.no('ann', remind)).toBe('refused: reminded-lately (approval sign)');
    it.wait(4 * HOUR).must('ann', remind);
    expect(it.told).toEqual(['approval_to_give mia']);
    expect(it.no('ann', remind)).toBe('refused: reminded-lately (approval sign)');
    it.allYes('mia');
    expect(it.wait(9 * HOUR).no('ann', remind)).toBe('refused: approval-not-open (approval sign)');
    expect(new ApprovalDrive(ONE).request().no('ann', remind)).toBe('refused: reminding-not-offered (approval sign)');
  });
});

describe('the clock of a step', () => {
  const RUNGS = setWith(
    step(
      's',
      'ask: [ manager, legal ]',
      'binds: [ amount ]',
      'rungs:',
      '  - { after: 2 hours, do: [ remind ] }',
      '  - { after: 4 hours, do: [ remind, { notify: director } ] }',
      '  - { after: 8 hours, do: [ lapse ] }',
    ),
  );

  it('reminds those who have not answered, and ends with the step', () => {
    const it = new ApprovalDrive(RUNGS).request().allYes('mia');
    it.live(2 * HOUR);
    expect(it.told).toEqual(['approval_to_give leo', 'approval_to_give liz']);
    it.live(2 * HOUR);
    expect(it.told).toEqual(['approval_to_give leo', 'approval_to_give liz', 'notice dan']);
    it.must('liz', reject);
    expect(it.wakesAt).toBeUndefined();
    const before = it.events.length;
    it.live(100 * HOUR);
    expect(it.events).toHaveLength(before);
  });

  it('lets it lapse in the end: silence never approves', () => {
    const it = new ApprovalDrive(RUNGS).request().allYes('mia');
    it.live(9 * HOUR);
    expect(it.record.outcome).toBe('lapsed');
    it.must('ann', { command: 'resubmit', approval: 'sign', how: 'changed_only' });
    expect(it.stands).toBe('under review: leo, liz, mia');
  });

  it('starts anew where a change has made the step void', () => {
    const it = new ApprovalDrive(RUNGS).request();
    it.live(3 * HOUR);
    it.must('mia', setFacts({ amount: '3万 CNY' }));
    expect(it.record.steps['s']).toMatchObject({ fired: 0, opened_at: it.now });
  });
});

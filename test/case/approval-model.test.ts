/** Thousands of random commands by eight people, against a model that was written from the promises alone. */

import { describe, expect, it } from 'vitest';
import type { CaseCommand } from '../../engine/case/command.ts';
import { pick, seeded } from '../seeded.ts';
import { ApprovalDrive, away, peopleWith, setWith, step } from './approval-fixture.ts';
import { ApprovalModel, type ModelVoice } from './approval-model.ts';

const SEED = Number(process.env['PLAYRAIL_SEED'] ?? 20261126);
const PEOPLE = ['ann', 'bob', 'mia', 'dan', 'gus', 'fay', 'fox', 'leo'] as const;
const COMMANDS = 2_000;
const ATTEMPTS = 10_000;

/** Numbers that follow from the seed, and choices by them. */
function chance(seed: number) {
  const next = seeded(seed);
  return { next, pick: <T>(list: readonly T[]): T => pick(next, list) };
}

/** Who holds which post in the fixture. */
const FINANCE = ['fay', 'fox'];
const LEGAL = ['leo'];

/** The second legal is not among the eight. */
const people = () => peopleWith({ liz: { active: false } });

const voice = (name: string, ...who: readonly string[]): ModelVoice => ({ voice: name, people: who });

/** A quorum as a playbook writes it, and as the model counts it. */
const SHAPES = [
  { ask: 'ask: [ finance, legal, director ]', quorum: 'all', needed: 3 },
  { ask: 'ask: [ finance, legal, director ]', quorum: 'any', needed: 1 },
  { ask: 'ask: [ finance, legal, director ]', quorum: '2', needed: 2 },
] as const;

describe(`approvals keep what was promised (PLAYRAIL_SEED=${SEED})`, () => {
  it.each(SHAPES.map((shape, index) => ({ ...shape, index })))(
    'whatever eight people do: $quorum of three',
    ({ ask, quorum, needed, index }) => {
      const { next, pick } = chance(SEED + index);
      const set = setWith(step('s', ask, `quorum: ${quorum}`, 'binds: [ amount ]', 'fallback: general-manager'));
      let it = new ApprovalDrive(set, people());
      let model = new ApprovalModel('ann', MODEL_VOICES, needed, ['gus']);
      for (let count = 0; count < COMMANDS; count += 1) {
        if (next() < 0.01) {
          it = new ApprovalDrive(set, people());
          model = new ApprovalModel('ann', MODEL_VOICES, needed, ['gus']);
        }
        const act = pick(ACTS);
        const by = pick(PEOPLE);
        const told = act(it, model, by, next, pick);
        const where = `seed ${SEED}, command ${count}: ${told.what} by ${by}`;
        expect(`${where}: ${told.real}`).toBe(`${where}: ${told.model}`);
        if (model.outcome === 'none') continue;
        expect(`${where}: ${it.record.outcome ?? 'under review'}`).toBe(`${where}: ${model.outcome}`);
        expect(`${where}: ${askedIn(it)}`).toBe(`${where}: ${model.asked.join(', ')}`);
        const answers = Object.values(it.record.steps['s']?.answers ?? {});
        // One decision for each voice, and nobody in two.
        expect(new Set(answers.map((one) => one.by)).size).toBe(answers.length);
        if (model.outcome === 'under review') expect(answers).toHaveLength(model.said.size);
      }
    },
    120_000,
  );
});

const MODEL_VOICES = [voice('finance', ...FINANCE), voice('legal', ...LEGAL), voice('director', 'dan')];

function askedIn(it: ApprovalDrive): string {
  const asked = Object.values(it.record.steps).flatMap((one) => one.asked.map(({ person }) => person));
  return [...new Set(asked)].sort().join(', ');
}

interface Told {
  readonly what: string;
  readonly real: string;
  readonly model: string;
}

type Act = (
  it: ApprovalDrive,
  model: ApprovalModel,
  by: string,
  next: () => number,
  pick: <T>(list: readonly T[]) => T,
) => Told;

/** A command that a person's post does not let them give is a no on both sides; the model knows no posts. */
function compared(it: ApprovalDrive, by: string, body: CaseCommand, model: () => string): Told {
  const outcome = it.try(by, body);
  const isPost = outcome.outcome === 'forbidden' && outcome.reason.code === 'no-right';
  const real = outcome.outcome === 'accepted' ? 'accepted' : 'no';
  return { what: body.command, real, model: isPost ? 'no' : model() };
}

const given = (it: ApprovalDrive, by: string): string =>
  it.state.approvals?.['sign'] ? it.digestFor(by) : '0'.repeat(64);
const reason = 'x';

const ACTS: readonly Act[] = [
  (it, model, by) => compared(it, by, { command: 'request_approval', approval: 'sign' }, () => model.request(by)),
  (it, model, by) => compared(it, by, { command: 'request_approval', approval: 'sign' }, () => model.request(by)),
  (it, model, by) => compared(it, by, { command: 'recall', approval: 'sign' }, () => model.recall()),
  ...Array.from(
    { length: 4 },
    (): Act => (it, model, by) =>
      compared(it, by, { command: 'approve', approval: 'sign', digest: given(it, by) }, () => model.answer(by, true)),
  ),
  (it, model, by) => compared(it, by, { command: 'reject', approval: 'sign', reason }, () => model.answer(by, false)),
  (it, model, by) => compared(it, by, { command: 'send_back', approval: 'sign', reason }, () => model.sendBack(by)),
  (it, model, by, next) =>
    compared(it, by, { command: 'set_facts', facts: { amount: `${Math.ceil(next() * 1e6)} CNY` } }, () =>
      model.change(by),
    ),
  (it, model, by, _next, pick) => {
    // Between those whose approvers stay the same: whoever stands above a new owner is another question.
    const to = pick(['ann', 'bob'] as const);
    return compared(it, by, { command: 'hand_over', to }, () => model.handOver(to));
  },
];

describe(`nobody approves their own submission (PLAYRAIL_SEED=${SEED})`, () => {
  it('in ten thousand ways that people try', () => {
    const { next, pick } = chance(SEED + 77);
    const who = ['manager', 'director', 'finance', 'legal', 'reviewer', 'anyone_with_authority', '{ each: finance }'];
    let attempts = 0;
    while (attempts < ATTEMPTS) {
      const asks = Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(who));
      const quorum = pick(['any', 'all']);
      const fallback = pick(['fallback: director', 'fallback: finance', '']);
      const lines = [`ask: [ ${asks.join(', ')} ]`, `quorum: ${quorum}`, 'binds: [ amount, discount ]', fallback];
      const set = setWith(step('s', ...lines.filter((line) => line !== '')));
      for (let run = 0; run < 20 && attempts < ATTEMPTS; run += 1) attempts += tryToApproveOwn(set, next, pick);
    }
    expect(attempts).toBeGreaterThanOrEqual(ATTEMPTS);
  }, 240_000);
});

/** One case in which everybody tries everything. @returns how often somebody tried to answer for what was their own */
function tryToApproveOwn(
  set: ReturnType<typeof setWith>,
  next: () => number,
  pick: <T>(list: readonly T[]) => T,
): number {
  const absent = Object.fromEntries(
    PEOPLE.filter(() => next() < 0.25).map((person) => [person, { absences: away(pick(PEOPLE), pick(PEOPLE)) }]),
  );
  const it = new ApprovalDrive(set, peopleWith(absent));
  const own = new Set<string>(['ann']);
  it.try('adm', {
    command: 'set_facts',
    facts: { reviewer: pick(PEOPLE), amount: pick(['3万 CNY', '30万 CNY', '300万 CNY']) },
  });
  const submitter = pick(PEOPLE);
  if (it.try(submitter, { command: 'request_approval', approval: 'sign' }).outcome !== 'accepted') return 0;
  own.add(submitter);
  let attempts = 0;
  for (let turn = 0; turn < 40 && it.record.outcome === undefined; turn += 1) {
    const [by, other] = [pick(PEOPLE), pick(PEOPLE)];
    const digest = it.digestFor(by);
    const body = pick([
      { command: 'approve', approval: 'sign', digest },
      { command: 'approve', approval: 'sign', digest },
      { command: 'approve', approval: 'sign', digest },
      { command: 'transfer', approval: 'sign', to: other },
      { command: 'delegate', approval: 'sign', to: other },
      { command: 'add_signer', approval: 'sign', person: other, when: pick(['before', 'after']) },
      { command: 'hand_over', to: other },
      { command: 'people_changed', person: other },
    ]);
    const actor = body.command === 'people_changed' ? 'system' : by;
    const outcome = it.try(actor, body);
    if (body.command === 'hand_over' && outcome.outcome === 'accepted') own.add(it.state.owner);
    if (body.command === 'approve' && own.has(by)) {
      attempts += 1;
      if (outcome.outcome === 'accepted') throw new Error(`seed ${SEED}: ${by} approved their own`);
    }
    const answers = Object.values(it.record.steps['s']?.answers ?? {});
    const mine = answers.filter((one) => own.has(one.by) || own.has(one.on_behalf_of ?? ''));
    if (mine.length > 0) throw new Error(`seed ${SEED}: counts ${JSON.stringify(mine)} of ${[...own].join(', ')}`);
    const asked = Object.values(it.record.steps).flatMap((one) => one.asked.map(({ person }) => person));
    const wrong = asked.filter((person) => own.has(person));
    if (wrong.length > 0) throw new Error(`seed ${SEED}: asks ${wrong.join(', ')}`);
  }
  return attempts;
}

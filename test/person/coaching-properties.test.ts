/** Whatever order commands come in, and whoever gives them: nothing is agreed without the rep, nothing put off beyond its budget. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Baseline } from '../../engine/person/coaching/session.ts';
import type { PersonCommand } from '../../engine/person/command.ts';
import type { PersonEvent } from '../../engine/person/event.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';
import { DrivePerson } from './drive-person.ts';

const COACHING = compiledWith().coaching ?? {};
const FLOWS = Object.keys(COACHING);

const ANSWERS: Readonly<Record<string, unknown>> = {
  result: 'Win six of ten closings',
  expected_level: 'as the middle of the team',
  serves: 'the year',
  kind: 'routine',
  measure: 'win-rate',
  realistic: 50,
  ideal: 60,
  case: 'C-1',
  happened_on: '2026-10-19',
  why_no_harder: 'the ground must be laid first',
  period: 'quarter',
  quota: '100万 CNY',
  phases: [{ phase: 'one', standard: 'five a week', milestone: 'forty', check_method: 'weekly' }],
};
const BASELINE: Baseline = {
  measure: 'win-rate',
  own: { value: 40, n: 20, from: '2026-07-22', until: '2026-10-20' },
  team: { low: 35, middle: 50, high: 62, n: 4 },
};

/** Fits every field of the shipped flows. */
function answersTo(flow: string, at_step: number): Readonly<Record<string, unknown>> {
  const fields = COACHING[flow]?.steps[at_step]?.fields ?? [];
  return Object.fromEntries(
    fields.map(({ field, type }) => [
      field,
      ANSWERS[field] ?? (type === 'date' ? '2027-03-10' : 'What was said, in so many words'),
    ]),
  );
}

type Act =
  | { readonly act: 'open'; readonly flow: string }
  | { readonly act: 'answer' | 'agree' | 'send_back' | 'postpone' | 'drop' | 'judge'; readonly pick: number }
  | { readonly act: 'wait'; readonly days: number }
  | { readonly act: 'away' }
  | { readonly act: 'manager' };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('open' as const), flow: fc.constantFrom(...FLOWS) }) },
  {
    weight: 20,
    arbitrary: fc.record({
      act: fc.constantFrom('answer' as const, 'answer' as const, 'agree' as const, 'postpone' as const),
      pick: fc.nat(3),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('send_back' as const, 'drop' as const, 'judge' as const),
      pick: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.constantFrom<Act>({ act: 'away' }, { act: 'manager' }) },
);

function bodyOf(drive: DrivePerson, one: Exclude<Act, { act: 'wait' }>): PersonCommand {
  const today = drive.now.slice(0, 10);
  if (one.act === 'open') return { command: 'open_coaching', coaching: one.flow };
  if (one.act === 'away') return { command: 'set_absence', first_day: today, last_day: today };
  if (one.act === 'manager') return { command: 'change', manager: drive.state.manager === 'bob' ? 'dan' : 'bob' };
  const sessions = drive.state.sessions ?? [];
  const found = sessions[one.pick % Math.max(1, sessions.length)];
  const session = found?.session ?? 's1';
  if (one.act === 'judge') return { command: 'judge_goal', goal: `g${one.pick + 1}`, kept: one.pick % 2 === 0 };
  if (one.act === 'agree') return { command: 'agree', session };
  if (one.act === 'send_back') return { command: 'send_back', session, reason: 'not so' };
  if (one.act === 'drop') return { command: 'drop_coaching', session, reason: 'no use' };
  if (one.act === 'postpone') {
    const until = new Date(Date.parse(drive.now) + 2 * 86_400_000).toISOString().slice(0, 10);
    return { command: 'postpone', session, until, reason: 'a fair' };
  }
  const step = found?.flow.steps[found.at_step]?.step ?? 'none';
  const fields = found === undefined ? {} : answersTo(found.flow.coaching, found.at_step);
  return { command: 'answer_step', session, step, fields };
}

it('agrees nothing without the rep, puts nothing off beyond its budget, and leaves nothing that nobody is asked about', () => {
  let agreed = 0;
  let postponed = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(act, fc.nat(99)), { minLength: 20, maxLength: 120 }), (acts) => {
      const drive = new DrivePerson('ann');
      drive.coaching = COACHING;
      drive.figures = { baselines: { 'win-rate': BASELINE }, owners: { 'C-1': 'ann' } };
      const events: PersonEvent[] = [];
      const give = (actor: string, body: PersonCommand) => {
        const outcome = drive.try(actor, body);
        if (outcome.outcome === 'accepted') events.push(...outcome.events);
      };
      for (const [one, who] of acts) {
        if (one.act === 'wait') drive.wait(one.days * 86_400_000);
        if (drive.wakesAt !== undefined && drive.wakesAt <= drive.now) give('system', { command: 'wake' });
        if (one.act === 'wait') continue;
        const { state } = drive;
        const body = bodyOf(drive, one);
        // Mostly somebody whose turn it is, now and then anybody.
        const turn = 'session' in body ? state.sessions?.find(({ session }) => session === body.session)?.asked : [];
        const anybody = ['ann', 'bob', 'dan', 'ben', 'root'][who % 5] ?? 'ann';
        const actor = one.act === 'away' || one.act === 'manager' ? 'root' : who < 30 ? anybody : (turn?.[0] ?? 'bob');
        give(actor, body);
      }
      const byRep = new Set(
        events.flatMap((one) => (one.event === 'step_agreed' && one.by === 'ann' ? [one.session] : [])),
      );
      for (const event of events) {
        if (event.event !== 'goal_agreed') continue;
        agreed += 1;
        expect(byRep.has(event.goal.session)).toBe(true);
        expect(event.by).toBe('ann');
      }
      const goals = drive.state.goals ?? [];
      const ended = events.filter(({ event }) => event === 'goal_ended').length;
      expect(goals.length + ended).toBe(events.filter(({ event }) => event === 'goal_agreed').length);
      for (const session of new Set(events.flatMap((one) => ('session' in one ? [one.session] : [])))) {
        const put = events.filter((one) => one.event === 'coaching_postponed' && one.session === session).length;
        const opened = events.find((one) => one.event === 'coaching_opened' && one.session === session);
        postponed += put;
        expect(put).toBeLessThanOrEqual(opened?.event === 'coaching_opened' ? opened.flow.postpone.times : 0);
      }
      for (const { asked } of drive.state.sessions ?? []) expect(asked.length).toBeGreaterThan(0);
    }),
    { numRuns: 150 },
  );
  // The walk must have come far enough to say anything.
  expect([agreed > 20, postponed > 20]).toEqual([true, true]);
});

/** What people do in a session: open it, answer, agree or send back, put it off, drop it. */

import { checkAnswers } from '../../form/check-answers.ts';
import type { Coaching } from '../../playbook/coaching.ts';
import type { Text } from '../../playbook/text.ts';
import { addDuration, localDate, startOfDay } from '../../time/calendar.ts';
import { personOf } from '../../who/reporting-line.ts';
import { againstAnswer, judgingWords } from '../coaching/check-answer.ts';
import { againstGoal, answersOf, goalFrom, measureNamed } from '../coaching/goals.ts';
import type { Goal, Session } from '../coaching/session.ts';
import { askedFor, flowCalendar, isTurnOf, mayCoach, stepOf } from '../coaching/turns.ts';
import type { PersonCommandOf } from '../command.ts';
import type { PersonEvent, PersonEventOf } from '../event.ts';
import { proposedIn } from '../findings/proposal.ts';
import { accepted, type Decision, forbidden, hasLeft, invalid, problem, reason, refused } from '../no.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';

export function openCoaching(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { coaching, renews }: PersonCommandOf<'open_coaching'>,
): Decision {
  if (actor !== state.person && !mayCoach(world, actor)) return notYourRep();
  const flow = flowNamed(world, coaching);
  if (flow === undefined) return noSuchFlow(world, coaching);
  if (renews !== undefined && !(state.goals ?? []).some(({ goal }) => goal === renews)) return noSuchGoal(renews);
  const against = againstOpening(state, coaching);
  return against ?? accepted(opening(world, state, actor, flow, renews === undefined ? {} : { renews }));
}

/** Why a flow cannot begin with the person now; absent: it can. */
export function againstOpening(state: PersonState, coaching: string): Decision | undefined {
  if (!state.active) return hasLeft(state.person);
  if (state.away !== undefined) {
    const back = state.absences.find(({ absence }) => absence === state.away)?.last_day ?? '';
    const message = {
      zh: `${state.name} 休假至 ${back}；回来后再开始`,
      en: `${state.name} is on leave until ${back}: begin when they are back`,
    };
    return refused(reason('on-leave', state.person, message));
  }
  const open = (state.sessions ?? []).find((one) => one.flow.coaching === coaching);
  if (open === undefined) return undefined;
  const message = {
    zh: `\`${coaching}\` 已在进行（${open.session}）`,
    en: `\`${coaching}\` is under way already (${open.session})`,
  };
  return refused(reason('session-open', state.person, message, open.asked));
}

/** Also what the end of a goal does, and a finding that is accepted. */
export function opening(
  world: PersonWorld,
  state: Pick<PersonState, 'sessions_opened'>,
  by: string,
  flow: Coaching,
  why: Pick<PersonEventOf<'coaching_opened'>, 'renews' | 'after' | 'finding' | 'proposed' | 'duty'> = {},
): readonly PersonEvent[] {
  const [first] = flow.steps;
  if (first === undefined) return [];
  const session = `s${(state.sessions_opened ?? 0) + 1}`;
  const asked = askedFor(world, first.by);
  return [{ event: 'coaching_opened', v: 1, at: world.now, by, session, flow, asked, ...why }];
}

export function answerStep(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { session: id, step: named, fields: raw }: PersonCommandOf<'answer_step'>,
): Decision {
  const session = sessionNamed(state, id);
  if (session === undefined) return noSuchSession(id);
  const step = stepOf(session);
  if (!isTurnOf(world, step.by, actor)) return notYourTurn(world, session);
  if (step.step !== named) return notNow(state, session, named);
  if (step.sent_back_to !== undefined) return agreementWanted(session);
  const calendar = flowCalendar(world, state, session.flow);
  // What was proposed stands until somebody gives another answer.
  const given = { ...proposedIn(step, session.proposed), ...raw };
  const checked = checkAnswers(step.fields, given, { people: world.people, now: world.now, calendar, path: '/fields' });
  if (!checked.ok) return invalid(...checked.problems);
  const answers = { ...answersOf(session), ...checked.values };
  const isBinding = step.fields.some(({ field }) => field === session.flow.leaves?.measure?.field);
  const measure = measureNamed(answers[session.flow.leaves?.measure?.field ?? '']);
  const baseline = isBinding ? world.baselines?.[measure ?? ''] : session.baseline;
  const against = againstAnswer(world, state, session, { step, answers, baseline });
  if (against.length > 0) return refused(...against);
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const next = session.flow.steps[session.at_step + 1];
  const events: PersonEvent[] = [
    {
      event: 'step_answered',
      ...stamp,
      session: id,
      step: named,
      fields: checked.values,
      ...(isBinding && baseline !== undefined && { baseline }),
      settles: session.asked,
      asked: next === undefined ? [] : askedFor(world, next.by),
    },
  ];
  if (next === undefined) events.push({ event: 'coaching_finished', ...stamp, session: id });
  const judging = judgingWords(step, checked.values);
  return accepted(events, judging.length === 0 ? [] : [pointedOut(state.person, judging)]);
}

function pointedOut(person: string, words: readonly string[]) {
  return reason('judging-words', person, {
    zh: `这些词评判的是人：${words.join('、')}；说行为，不说人`,
    en: `these words judge the person: ${words.join(', ')}. Say what was done, not what somebody is`,
  });
}

export function agree(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { session: id }: PersonCommandOf<'agree'>,
): Decision {
  const session = sessionNamed(state, id);
  if (session === undefined) return noSuchSession(id);
  const step = stepOf(session);
  if (!isTurnOf(world, step.by, actor)) return step.by === 'rep' ? theirsToAccept(state) : notYourTurn(world, session);
  if (step.sent_back_to === undefined) return notNow(state, session, 'agree');
  const calendar = flowCalendar(world, state, session.flow);
  const next = session.flow.steps[session.at_step + 1];
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const asked = next === undefined ? [] : askedFor(world, next.by);
  const agreed: PersonEvent = {
    event: 'step_agreed',
    ...stamp,
    session: id,
    step: step.step,
    settles: session.asked,
    asked,
  };
  if (next !== undefined) return accepted([agreed]);
  // Its day may have come while it waited.
  const today = localDate(calendar, world.now);
  const against = againstGoal(state.person, session.flow.leaves, answersOf(session), { calendar, today });
  if (against.length > 0) return refused(...against);
  const goal = goalFrom(session, `g${(state.goals_agreed ?? 0) + 1}`, calendar, world.now);
  const renewed = (state.goals ?? []).find((one) => one.goal === session.renews);
  return accepted([
    agreed,
    ...(goal !== undefined && renewed !== undefined ? [renewedBy(stamp, renewed)] : []),
    ...(goal === undefined ? [] : [{ event: 'goal_agreed', ...stamp, goal } as const]),
    { event: 'coaching_finished', ...stamp, session: id },
  ]);
}

function renewedBy(stamp: Pick<PersonEvent, 'v' | 'at' | 'by'>, { goal, title, asked = [] }: Goal): PersonEvent {
  return { event: 'goal_ended', ...stamp, goal, title, how: 'renewed', settles: asked };
}

export function sendBack(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { session: id, reason: why }: PersonCommandOf<'send_back'>,
): Decision {
  const session = sessionNamed(state, id);
  if (session === undefined) return noSuchSession(id);
  const step = stepOf(session);
  if (!isTurnOf(world, step.by, actor)) return notYourTurn(world, session);
  const to = session.flow.steps.find((one) => one.step === step.sent_back_to);
  if (to === undefined) return notNow(state, session, 'send_back');
  const asked = askedFor(world, to.by);
  const stamp = { v: 1, at: world.now, by: actor } as const;
  return accepted([
    { event: 'step_sent_back', ...stamp, session: id, to: to.step, reason: why, settles: session.asked, asked },
  ]);
}

/** The budget is the session's, whoever draws on it. */
export function postpone(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { session: id, until, reason: why }: PersonCommandOf<'postpone'>,
): Decision {
  const session = sessionNamed(state, id);
  if (session === undefined) return noSuchSession(id);
  if (!isTurnOf(world, stepOf(session).by, actor)) return notYourTurn(world, session);
  const { times, at_most: longest } = session.flow.postpone;
  const calendar = flowCalendar(world, state, session.flow);
  const until_at = startOfDay(calendar, until);
  if (until_at <= world.now) {
    const message = { zh: `${until} 不在今天之后`, en: `${until} is not after today` };
    return invalid(problem('date-in-past', '/until', message));
  }
  if (session.postponed >= times) {
    const message = {
      zh: `已推迟 ${session.postponed} 次，最多 ${times} 次；请现在作答，或说明理由后放弃`,
      en: `put off ${session.postponed} of ${times} times: answer now, or have it dropped with a reason`,
    };
    return refused(reason('postponed-enough', state.person, message, session.asked));
  }
  if (until_at > addDuration(calendar, world.now, longest)) {
    const last = localDate(calendar, addDuration(calendar, world.now, longest));
    const message = { zh: `一次最多推迟到 ${last}`, en: `once it may be put off to ${last} at the latest` };
    return refused(reason('postponed-too-far', state.person, message, session.asked));
  }
  const stamp = { v: 1, at: world.now, by: actor } as const;
  return accepted([{ event: 'coaching_postponed', ...stamp, session: id, until, until_at, reason: why }]);
}

/** The rep and whoever coaches, each for themselves. */
export function shareCoaching(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { session: id }: PersonCommandOf<'share_coaching'>,
): Decision {
  const session = sessionNamed(state, id);
  if (session === undefined) return noSuchSession(id);
  if (actor !== state.person && !mayCoach(world, actor)) return notYourRep();
  if (session.shared_by?.includes(actor) === true) return accepted([]);
  return accepted([{ event: 'coaching_shared', v: 1, at: world.now, by: actor, session: id }]);
}

/** Whoever coaches may end what leads nowhere, and says why; the rep may ask for it. */
export function dropCoaching(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { session: id, reason: why }: PersonCommandOf<'drop_coaching'>,
): Decision {
  const session = sessionNamed(state, id);
  if (session === undefined) return noSuchSession(id);
  if (!mayCoach(world, actor)) return notYourRep();
  const stamp = { v: 1, at: world.now, by: actor } as const;
  return accepted([{ event: 'coaching_dropped', ...stamp, session: id, reason: why, settles: session.asked }]);
}

export function flowNamed({ coaching = {} }: PersonWorld, name: string): Coaching | undefined {
  return Object.hasOwn(coaching, name) ? coaching[name] : undefined;
}

function sessionNamed({ sessions = [] }: PersonState, id: string): Session | undefined {
  return sessions.find(({ session }) => session === id);
}

export function noSuchFlow({ coaching = {} }: PersonWorld, written: string): Decision {
  const names = Object.keys(coaching).sort().join(', ');
  const message = {
    zh: `没有叫 \`${written}\` 的辅导；有：${names}`,
    en: `there is no coaching flow \`${written}\`; there are: ${names}`,
  };
  return invalid(problem('no-such-coaching', '/coaching', message));
}

export function noSuchGoal(id: string): Decision {
  const message = { zh: `没有进行中的目标 \`${id}\``, en: `there is no goal \`${id}\` that has not ended` };
  return invalid(problem('no-such-goal', '/goal', message));
}

function noSuchSession(id: string): Decision {
  const message = { zh: `没有进行中的辅导 \`${id}\``, en: `there is no session \`${id}\` that is open` };
  return invalid(problem('no-such-session', '/session', message));
}

function notYourRep(): Decision {
  return forbidden('not-your-rep', {
    zh: '只有本人和其上级可以做',
    en: 'only they themselves and those above them may do this',
  });
}

function notYourTurn({ people }: PersonWorld, { asked }: Session): Decision {
  const names = asked.map((one) => personOf(people, one)?.name ?? one);
  const message: Text = { zh: `这一步轮到 ${names.join('、')}`, en: `it is the turn of ${names.join(', ')}` };
  return forbidden('not-your-turn', message);
}

/** The five hold only once the rep has accepted, and that nobody does in their place (D28). */
function theirsToAccept({ name }: PersonState): Decision {
  return forbidden('acceptance-is-theirs', {
    zh: `只有 ${name} 本人可以接受`,
    en: `only ${name} can accept it, nobody in their place`,
  });
}

function notNow({ person }: PersonState, session: Session, written: string): Decision {
  const { step, title } = stepOf(session);
  const message = {
    zh: `现在是步骤 \`${step}\`（${title.zh}），不是 \`${written}\``,
    en: `the step now is \`${step}\` (${title.en}), not \`${written}\``,
  };
  return refused(reason('not-this-step', person, message, session.asked));
}

function agreementWanted(session: Session): Decision {
  const { step, sent_back_to: back } = stepOf(session);
  const message = {
    zh: `步骤 \`${step}\` 要的是同意：用 \`agree\`，或用 \`send_back\` 退回 \`${back}\``,
    en: `the step \`${step}\` is an agreement: \`agree\`, or \`send_back\` to \`${back}\``,
  };
  return invalid(problem('agreement-wanted', '/step', message));
}

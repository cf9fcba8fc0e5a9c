/** What coaching has people told: whose turn it is, what waits too long, what was agreed, what it came to. */

import type { Effect } from '../../case/effect.ts';
import type { Coaching, CoachingStep } from '../../playbook/coaching.ts';
import type { Text } from '../../playbook/text.ts';
import type { Message } from '../message.ts';
import type { PersonState } from '../state.ts';
import type { CoachingEvent } from './evolve-coaching.ts';
import { type GoalEnd, type Session, subjectOf } from './session.ts';

export function coachingEffects(state: PersonState, event: CoachingEvent): readonly Effect[] {
  switch (event.event) {
    case 'coaching_opened':
    case 'step_answered':
    case 'step_agreed':
    case 'step_sent_back':
    case 'turn_passed': {
      const settles = 'settles' in event ? event.settles : [];
      const settled = settle(
        state.person,
        event.session,
        settles,
        event.event === 'turn_passed' ? 'asked_elsewhere' : 'done',
      );
      const session = state.sessions?.find((one) => one.session === event.session);
      return [...settled, ...(session === undefined ? [] : yourTurn(state, session, event.asked))];
    }
    case 'coaching_rung_fired': {
      const session = state.sessions?.find((one) => one.session === event.session);
      if (session === undefined) return [];
      return [...reminders(state, session, event.reminded), ...notices(state, session, event.told)];
    }
    case 'coaching_dropped':
      return settle(state.person, event.session, event.settles, 'gone');
    case 'goal_due':
      return goalDue(state, event.goal, event.asked);
    case 'goal_ended': {
      const settled = settle(state.person, event.goal, event.settles, 'done');
      return event.how === 'renewed' ? settled : [...settled, ended(state, event.title, event.how)];
    }
    case 'coaching_postponed':
    case 'coaching_shared':
    case 'coaching_finished':
    case 'goal_agreed':
      return [];
  }
}

function settle(person: string, what: string, from: readonly string[], how: 'done' | 'gone' | 'asked_elsewhere') {
  return from.map((to): Effect => ({ effect: 'settle', to, subject: subjectOf(person, what), how }));
}

function stepNow({ flow, at_step }: Session): CoachingStep | undefined {
  return flow.steps[at_step];
}

function about(
  state: PersonState,
  { session, flow }: Session,
  kind: Message['kind'],
  title: Text,
  text: Text,
): Message {
  return { kind, subject: subjectOf(state.person, session), title, text, rule: flow.at };
}

function yourTurn(state: PersonState, session: Session, asked: readonly string[]): readonly Effect[] {
  const step = stepNow(session);
  if (step === undefined) return [];
  const title = named(session.flow, step, state);
  const text = asking(state, session, step);
  return asked.map((to) => ({ effect: 'message', to, message: about(state, session, 'coaching', title, text) }));
}

function named({ title }: Coaching, step: CoachingStep, { name }: PersonState): Text {
  return {
    zh: `${title.zh}（${name}）：轮到你：${step.title.zh}`,
    en: `${title.en} (${name}): your turn: ${step.title.en}`,
  };
}

/** What is asked, and how to answer it. */
function asking({ person }: PersonState, { flow }: Session, { prompt }: CoachingStep): Text {
  const command = `playrail coach ${person} ${flow.coaching}`;
  return { zh: `${prompt.zh}\n${command}`, en: `${prompt.en}\n${command}` };
}

function reminders(state: PersonState, session: Session, to: readonly string[]): readonly Effect[] {
  const step = stepNow(session);
  if (step === undefined) return [];
  const title = named(session.flow, step, state);
  const late = { zh: `提醒：${title.zh}`, en: `reminder: ${title.en}` };
  return to.map((one) => ({
    effect: 'message',
    to: one,
    message: about(state, session, 'reminder', late, asking(state, session, step)),
  }));
}

/** That it waits, not what was said: those above see that coaching happens. */
function notices(state: PersonState, session: Session, to: readonly string[]): readonly Effect[] {
  const { title } = session.flow;
  const waits = { zh: `${title.zh}（${state.name}）还没有做`, en: `${title.en} (${state.name}) waits` };
  const whom = session.asked.join(', ');
  const text = { zh: `轮到：${whom}`, en: `it is the turn of: ${whom}` };
  const message: Message = { kind: 'notice', title: waits, text, rule: session.flow.at };
  return to.map((one) => ({ effect: 'message', to: one, message }));
}

function goalDue(state: PersonState, id: string, asked: readonly string[]): readonly Effect[] {
  const goal = state.goals?.find((one) => one.goal === id);
  if (goal === undefined) return [];
  const title = {
    zh: `${state.name} 的约定到期：${goal.title}`,
    en: `agreed with ${state.name}, and due: ${goal.title}`,
  };
  const text = {
    zh: `做到了吗？\nplayrail goals ${state.person} --judge ${id} --kept yes`,
    en: `was it kept?\nplayrail goals ${state.person} --judge ${id} --kept yes`,
  };
  const message: Message = { kind: 'coaching', subject: subjectOf(state.person, id), title, text };
  return asked.map((to) => ({ effect: 'message', to, message }));
}

const ENDS: Readonly<Record<Exclude<GoalEnd, 'renewed'>, Text>> = {
  ideal: { zh: '达到理想值', en: 'the ideal level is reached' },
  realistic: { zh: '达到现实值', en: 'the realistic level is reached' },
  missed: { zh: '没有达到', en: 'missed' },
  kept: { zh: '做到了', en: 'kept' },
  not_kept: { zh: '没有做到', en: 'not kept' },
};

function ended({ person }: PersonState, title: string, how: Exclude<GoalEnd, 'renewed'>): Effect {
  const end = ENDS[how];
  const words = { zh: `目标结束：${title}：${end.zh}`, en: `a goal has ended: ${title}: ${end.en}` };
  return { effect: 'message', to: person, message: { kind: 'notice', title: words, text: end } };
}

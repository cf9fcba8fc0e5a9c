/** What a case says to those it started and to the one that started it, and to its owner about them. */

import type { Text } from '../../playbook/text.ts';
import { personOf } from '../../who/reporting-line.ts';
import type { CaseView } from '../case-view.ts';
import type { CaseCommand } from '../command.ts';
import type { Effect } from '../effect.ts';
import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import type { Reason } from '../outcome.ts';
import { subjectOf } from '../rung-messages.ts';
import type { CaseState } from '../state.ts';
import { isTooLong } from './child-id.ts';
import type { Child, Hindrance, ParentChange } from './family.ts';
import { openingOf } from './opening-of.ts';

/** @param view after the event */
export function familyEffects(view: CaseView, event: CaseEvent): Effect[] {
  const { state } = view;
  switch (event.event) {
    case 'child_started': {
      const opening = isTooLong(event.child) ? undefined : openingOf(view, event.child);
      return opening === undefined ? [] : [tell(event.child, opening)];
    }
    case 'child_refused':
      return tellOwner(view, notStartedText(view, event.child, event.because), CHILD(event.child));
    case 'child_changed':
      // Told only of one that could not begin.
      return event.news.n > 1
        ? []
        : [{ effect: 'settle', to: state.owner, subject: subjectOf(state, CHILD(event.child)), how: 'done' }];
    case 'parent_told':
      return [tell(event.parent, { command: 'child_changed', child: state.case, news: event.news })];
    case 'parent_changed':
      return tellOwner(view, parentText(event.change, event.closes));
    case 'lost':
      return tellChildren(state, ({ on_lost }) => ({
        change: 'lost',
        ...(on_lost.kind === 'close' && { close: on_lost.reason }),
      }));
    case 'reopened':
      return tellChildren(state, ({ on_reopen }) => (on_reopen === 'reopen' ? { change: 'reopened' } : undefined));
    case 'handed_over':
      return tellChildren(state, ({ on_hand_over }) =>
        on_hand_over === 'follow' ? { change: 'handed_over', from: event.from, to: event.to } : undefined,
      );
    default:
      return [];
  }
}

/**
 * What a case that could not begin says to the one that wanted it.
 *
 * @param id its own
 * @param state absent: there is no such case
 */
export function effectsOfRefusal(
  id: string,
  state: CaseState | undefined,
  command: CaseCommand,
  reasons: readonly Reason[],
): Effect[] {
  if (command.command !== 'open' || command.parent === undefined) return [];
  // It is there by an earlier attempt, and has said so.
  if (state?.parent?.case === command.parent.case) return [];
  const because = reasons.map(({ code, message, about }) => ({ code, message, ...(about !== undefined && { about }) }));
  return [tell(command.parent.case, { command: 'child_refused', child: id, because })];
}

const CHILD = (id: string) => `child ${id}`;

function tell(to: string, command: CaseCommand): Effect {
  return { effect: 'tell_case', to, command };
}

function tellChildren({ children = {} }: CaseState, change: (child: Child) => ParentChange | undefined): Effect[] {
  return Object.entries(children).flatMap(([id, child]) => {
    const what = child.refused === undefined ? change(child) : undefined;
    return what === undefined ? [] : [tell(id, { command: 'parent_changed', told: what })];
  });
}

function tellOwner({ state, world }: CaseView, text: Text, what?: string): Effect[] {
  if (personOf(world.people, state.owner)?.active !== true) return [];
  const title = { zh: `关联案件：${state.title}`, en: `linked case: ${state.title}` };
  const subject = what === undefined ? {} : { subject: subjectOf(state, what) };
  const message = { kind: 'notice' as const, case: state.case, case_title: state.title, ...subject, title, text };
  return [{ effect: 'message', to: state.owner, message }];
}

function notStartedText({ world, state }: CaseView, child: string, because: readonly Hindrance[]): Text {
  const pipeline = lookUp(state.children ?? {}, child)?.pipeline ?? child;
  const title = lookUp(world.playbook.rules, pipeline)?.pipeline.title ?? { zh: pipeline, en: pipeline };
  const zh = because.map(({ message }) => message.zh).join('；');
  const en = because.map(({ message }) => message.en).join('; ');
  return {
    zh: `“${title.zh}”没有开起来：${zh}。补齐后重试：\`start_again ${child}\``,
    en: `"${title.en}" could not be started: ${en}; once that is put right, \`start_again ${child}\``,
  };
}

function parentText(change: ParentChange['change'], closes: boolean): Text {
  if (change === 'reopened')
    return { zh: '来源案件重新打开，本案随之重开', en: 'the case it came from was reopened, and this one with it' };
  return closes
    ? { zh: '来源案件已输单，本案随之关闭', en: 'the case it came from was lost, and this one is closed with it' }
    : { zh: '来源案件已输单，本案照常进行', en: 'the case it came from was lost; this one goes on' };
}

/** `receive`, `settle`, `read`, `dismiss`: what comes into an inbox, and what is done with it. */

import type { Text } from '../../playbook/text.ts';
import { localDate } from '../../time/calendar.ts';
import { SYSTEM } from '../../who/rights.ts';
import type { PersonEvent } from '../event.ts';
import { calendarOf, mailingOf } from '../inbox-rules.ts';
import type { Message } from '../message.ts';
import { accepted, type Decision, forbidden, invalid, problem } from '../no.ts';
import { SETTLEMENTS, type Settlement } from '../settlement.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';

/** What comes for somebody who has left is kept and closed at once; the case hears of it by `effectsOf`. */
export function receive(world: PersonWorld, state: PersonState, actor: string, message: unknown): Decision {
  if (actor !== SYSTEM)
    return forbidden('not-for-people', { zh: '消息只由系统投递', en: 'only the system delivers messages' });
  if (!isMessage(message)) {
    return invalid(problem('not-a-message', '/message', { zh: '不是消息', en: 'not a message' }));
  }
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const mailed = mailingOf(world, state, message.kind);
  const received: PersonEvent = {
    event: 'message_received',
    ...stamp,
    item: state.received + 1,
    message,
    ...(mailed !== undefined && { mailed }),
    ...(mailed === 'now' && { day: localDate(calendarOf(world, state.role), world.now) }),
  };
  return accepted(state.active ? [received] : [received, { event: 'inbox_closed', ...stamp }]);
}

/** What was never open is settled all the same: nothing is left to do about it. */
export function settle({ now }: PersonWorld, actor: string, subject: unknown, how: unknown): Decision {
  if (actor !== SYSTEM)
    return forbidden('not-for-people', { zh: '只由系统了结', en: 'only the system settles what messages asked for' });
  if (typeof subject !== 'string' || subject === '' || !isSettlement(how)) {
    return invalid(problem('not-a-settlement', '', { zh: '不是了结', en: 'not a settlement' }));
  }
  return accepted([{ event: 'subject_settled', v: 1, at: now, by: actor, subject, how }]);
}

/** Doing again what was done before is accepted and changes nothing that anybody sees. */
export function mark(
  { now }: PersonWorld,
  state: PersonState,
  actor: string,
  event: 'items_read' | 'items_dismissed',
  raw: unknown,
): Decision {
  if (actor !== state.person)
    return forbidden('not-your-inbox', { zh: '这不是你的收件箱', en: 'this is not your inbox' });
  const items = Array.isArray(raw) ? raw.map(itemNumber) : [];
  const unknown = items.findIndex((item) => item === undefined || item > state.received);
  if (items.length === 0 || unknown >= 0) {
    const path = items.length === 0 ? '/items' : `/items/${unknown}`;
    const message = { zh: '收件箱里没有这一条', en: 'there is no such item in the inbox' };
    return invalid(problem('unknown-item', path, message));
  }
  const known = items.filter((item) => item !== undefined);
  return accepted([{ event, v: 1, at: now, by: actor, items: [...new Set(known)].sort((a, b) => a - b) }]);
}

/** Items are numbered from 1; the wire has their numbers as text. */
function itemNumber(raw: unknown): number | undefined {
  return typeof raw === 'string' && /^[1-9][0-9]{0,8}$/u.test(raw) ? Number(raw) : undefined;
}

function isSettlement(raw: unknown): raw is Settlement {
  return typeof raw === 'string' && Object.hasOwn(SETTLEMENTS, raw);
}

/** Deep enough for what we read of a message ourselves; the rest is shown as it came. */
function isMessage(raw: unknown): raw is Message {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || typeof raw.kind !== 'string') return false;
  if (!('title' in raw && isText(raw.title) && 'text' in raw && isText(raw.text))) return false;
  if ('subject' in raw && typeof raw.subject !== 'string') return false;
  return !('items' in raw) || (Array.isArray(raw.items) && raw.items.every((item) => isItem(item)));
}

function isItem(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'case_title' in raw && 'text' in raw && isText(raw.text);
}

function isText(raw: unknown): raw is Text {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'zh' in raw &&
    typeof raw.zh === 'string' &&
    'en' in raw &&
    typeof raw.en === 'string'
  );
}

/** Checks a command as it was sent: what every entity can take, whatever the playbook says of its body. */

import { canonicalText } from '../engine/canonical-text.ts';
import type { CommandEnvelope } from '../engine/case/command.ts';
import type { Problem } from '../engine/case/outcome.ts';
import type { SentCommand } from '../engine/entity.ts';
import type { Text } from '../engine/playbook/text.ts';

/** A command's body before its decider has looked at it. */
export interface RawBody {
  readonly command: string;
}

export type CheckedCommand =
  | { readonly ok: true; readonly envelope: CommandEnvelope<RawBody>; readonly bodyText: string }
  | { readonly ok: false; readonly problem: Problem };

/** Ids the store gives itself. */
export const WAKE_ID = /^wake:/u;

/** Printable ASCII, so that ids can be looked up, logged and put in addresses as they are. */
const ID = /^[\x21-\x7e]{1,200}$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/u;
/** NUL, and halves of a character: neither PostgreSQL nor canonical JSON can keep them. */
const UNKEPT = /[\0\ud800-\udfff]/u;
/** A NUL as JSON writes it, not preceded by an odd number of backslashes. PostgreSQL cannot keep one. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/u;

export const TOO_DEEP: Text = { zh: '嵌套过深', en: 'it is nested too deeply' };

/** Whether an entity can have this id at all; one that cannot must not reach PostgreSQL, which would object. */
export function isEntityId(id: string): boolean {
  return id !== '' && id.length <= 200 && !UNKEPT.test(id);
}

/** Deeper than anything we take; what walks values by calling itself would run out of stack on what is much deeper. */
const DEEPEST = 64;

/** Whether something stands within more than 64 lists and objects; looks no deeper than that. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const members = Object.values(value);
  return depth === DEEPEST ? members.length > 0 : members.some((member) => isTooDeep(member, depth + 1));
}

export function checkSent(sent: SentCommand): CheckedCommand {
  const bad = addressProblem(sent);
  if (bad !== undefined) return { ok: false, problem: bad };
  const { body } = sent;
  if (isTooDeep(body)) return no('malformed-nesting', '', TOO_DEEP);
  if (!isRawBody(body)) {
    return no('malformed-command', '', {
      zh: '命令须为带 `command` 的对象',
      en: 'a command must be an object with `command`',
    });
  }
  const bodyText = textOf(body);
  if (bodyText === undefined || NUL.test(bodyText)) {
    return no('malformed-text', '', {
      zh: '文字含有无法保存的字符',
      en: 'a text holds characters that cannot be kept',
    });
  }
  const sent_at = sent.sent_at === undefined ? {} : { sent_at: new Date(sent.sent_at).toISOString() };
  return { ok: true, bodyText, envelope: { id: sent.id, actor: sent.actor, body, ...sent_at } };
}

function addressProblem(sent: SentCommand): Problem | undefined {
  if (!ID.test(sent.id) || WAKE_ID.test(sent.id)) {
    return problem('malformed-command-id', {
      zh: '命令编号须为 1 到 200 个可见 ASCII 字符，且不以 `wake:` 开头',
      en: 'a command id must be 1 to 200 visible ASCII characters and not begin with `wake:`',
    });
  }
  if (typeof sent.actor !== 'string' || !isEntityId(sent.actor)) {
    return problem('malformed-actor', { zh: '命令的执行者不明', en: 'the actor of the command is not a name' });
  }
  if (sent.sent_at !== undefined && !(INSTANT.test(sent.sent_at) && Number.isFinite(Date.parse(sent.sent_at)))) {
    return problem('malformed-sent-at', {
      zh: '发送时间须为 UTC 的 ISO 8601',
      en: 'the time of sending must be ISO 8601 in UTC',
    });
  }
  return undefined;
}

function isRawBody(body: unknown): body is RawBody {
  return typeof body === 'object' && body !== null && 'command' in body && typeof body.command === 'string';
}

function textOf(body: unknown): string | undefined {
  try {
    return canonicalText(body);
  } catch {
    // A lone surrogate: no UTF-8 can hold it.
    return undefined;
  }
}

function no(code: string, path: string, message: Text): CheckedCommand {
  return { ok: false, problem: { code, path, message } };
}

function problem(code: string, message: Text): Problem {
  return { code, path: '', message };
}

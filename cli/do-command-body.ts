/** Makes the JSON body of a case command out of the words and options of `playrail do`. */

import { CliExit, EXIT } from './exit-codes.ts';
import { LocalFile } from './local-file.ts';

type Member = 'digest' | 'step' | 'note' | 'reason' | 'due_on' | 'owner' | 'happened_on' | 'task' | 'until';

/** What each command takes: members named by position (`?` at the end: may be left out; `*`: one or more, a list), and members named by option. */
interface Shape {
  readonly words: readonly string[];
  readonly options: readonly Member[];
  /** Where `--with name=value` goes. */
  readonly with?: string;
  /** Where `--field name=value` goes. */
  readonly field?: string;
  /** Where each `--condition` goes. */
  readonly list?: string;
  /** The words themselves are `name=value` and go there. */
  readonly pairs?: string;
}

/** Named like the wire: `submit_evidence first-visit` is `{ command: submit_evidence, evidence: first-visit }`. */
export const DO_COMMANDS: Readonly<Record<string, Shape>> = {
  set_facts: { words: [], options: [], pairs: 'facts' },
  log_activity: { words: ['activity'], options: ['note', 'happened_on'] },
  submit_evidence: { words: ['evidence'], options: [], with: 'fields' },
  withdraw_evidence: { words: ['evidence'], options: ['reason'] },
  accept_evidence: { words: ['evidence'], options: ['note'] },
  reject_evidence: { words: ['evidence'], options: ['reason'] },
  answer: { words: ['decision'], options: ['note'], with: 'answers' },
  answer_finding: { words: ['finding', 'answer'], options: ['reason'] },
  advance: { words: ['to?'], options: [] },
  fall_back: { words: ['to'], options: ['reason'] },
  plan_task: { words: ['title'], options: ['due_on', 'owner', 'task'] },
  complete_task: { words: ['task'], options: ['note'] },
  snooze: { words: ['until'], options: ['reason'] },
  resolve: { words: ['way'], options: [], with: 'with', field: 'fields' },
  move_pipeline: { words: ['to'], options: ['reason'] },
  hand_over: { words: ['to'], options: ['reason'] },
  close: { words: ['as', 'reason?'], options: ['reason', 'note'] },
  reopen: { words: [], options: ['reason'] },
  settle_change: { words: ['take'], options: ['reason'] },
  request_approval: { words: ['approval'], options: ['note'] },
  resubmit: { words: ['approval', 'how'], options: ['note'] },
  recall: { words: ['approval'], options: ['reason'] },
  cancel_approval: { words: ['approval'], options: ['reason'] },
  approve: { words: ['approval'], options: ['digest', 'step', 'note'], list: 'conditions' },
  reject: { words: ['approval'], options: ['reason', 'digest', 'step'] },
  send_back: { words: ['approval', 'to?'], options: ['reason', 'digest', 'step'] },
  add_signer: { words: ['approval', 'person', 'when'], options: ['step'] },
  remove_signer: { words: ['approval', 'person'], options: [] },
  transfer: { words: ['approval', 'to'], options: ['reason', 'step'] },
  delegate: { words: ['approval', 'to'], options: ['note', 'step'] },
  copy_to: { words: ['approval', 'people*'], options: ['note'] },
  remind: { words: ['approval'], options: ['note'] },
  comment: { words: ['approval', 'text'], options: [] },
  waive: { words: ['kind', 'name'], options: ['until', 'reason', 'owner'] },
  withdraw_waiver: { words: ['kind', 'name'], options: ['reason'] },
  start_again: { words: ['child'], options: [] },
};

function usage(zh: string, en: string): CliExit {
  return new CliExit(EXIT.usage, { zh, en });
}

export interface DoOptions {
  readonly with?: readonly string[];
  readonly field?: readonly string[];
  readonly note?: string;
  readonly reason?: string;
  readonly due?: string;
  readonly owner?: string;
  readonly on?: string;
  readonly task?: string;
  readonly digest?: string;
  readonly step?: string;
  readonly until?: string;
  readonly condition?: readonly string[];
}

/**
 * `name=text` and `name:=JSON` (for lists, rows and what only looks like text); `name=` clears, `name=@path` is a file
 * that is still to be uploaded. @throws CliExit when there is no `=`, or what follows `:=` is not JSON.
 */
export function parsePairs(pairs: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const pair of pairs) {
    const found = /^([^=:]+)(:?=)([\s\S]*)$/.exec(pair);
    if (found === null) throw usage(`\`${pair}\` 不是 \`名称=值\``, `\`${pair}\` is not \`name=value\``);
    const [, name = '', sign, text = ''] = found;
    if (sign === '=') {
      values[name] = text === '' ? null : text.startsWith('@') ? new LocalFile(text.slice(1), name) : text;
      continue;
    }
    try {
      values[name] = JSON.parse(text);
    } catch {
      throw usage(`\`${name}:=\` 之后不是 JSON：\`${text}\``, `what follows \`${name}:=\` is not JSON: \`${text}\``);
    }
  }
  return values;
}

function wordMembers(shape: Shape, command: string, words: readonly string[]): Record<string, string | string[]> {
  const needed = shape.words.filter((word) => !word.endsWith('?')).length;
  const isOpen = shape.words.at(-1)?.endsWith('*') === true;
  if (words.length < needed || (words.length > shape.words.length && !isOpen)) {
    const words = shape.words.map((word) =>
      word.endsWith('?') ? `[${word.slice(0, -1).toUpperCase()}]` : word.replace('*', '…').toUpperCase(),
    );
    const line = `playrail do ID ${[command, ...words].join(' ')}`;
    throw usage(`用法：${line}`, `usage: ${line}`);
  }
  const members: Record<string, string | string[]> = {};
  shape.words.forEach((word, index) => {
    const given = words[index];
    const name = word.replace(/[?*]$/, '');
    if (given !== undefined) members[name] = word.endsWith('*') ? words.slice(index) : given;
  });
  return members;
}

function optionMembers(shape: Shape, command: string, options: DoOptions): Record<string, string> {
  const given: Readonly<Record<Member, string | undefined>> = {
    note: options.note,
    reason: options.reason,
    due_on: options.due,
    owner: options.owner,
    happened_on: options.on,
    task: options.task,
    digest: options.digest,
    step: options.step,
    until: options.until,
  };
  const members: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!shape.options.some((option) => option === name)) {
      const option = name === 'due_on' ? '--due' : name === 'happened_on' ? '--on' : `--${name}`;
      throw usage(`\`${command}\` 没有 ${option}`, `\`${command}\` takes no ${option}`);
    }
    members[name] = value;
  }
  return members;
}

/** @throws CliExit when the command is not known or the words do not fit it. */
export function doCommandBody(command: string, words: readonly string[], options: DoOptions): Record<string, unknown> {
  const shape = Object.hasOwn(DO_COMMANDS, command) ? DO_COMMANDS[command] : undefined;
  if (shape === undefined) {
    const known = Object.keys(DO_COMMANDS).join(', ');
    throw usage(`没有命令 \`${command}\`，可用：${known}`, `no such command as \`${command}\`; there are: ${known}`);
  }
  const body: Record<string, unknown> = { command, ...optionMembers(shape, command, options) };
  if (shape.pairs === undefined) Object.assign(body, wordMembers(shape, command, words));
  else body[shape.pairs] = parsePairs(words);
  for (const [option, pairs, member] of [
    ['--with', options.with, shape.with],
    ['--field', options.field, shape.field],
  ] as const) {
    if (pairs === undefined || pairs.length === 0) continue;
    if (member === undefined) throw usage(`\`${command}\` 没有 ${option}`, `\`${command}\` takes no ${option}`);
    body[member] = parsePairs(pairs);
  }
  if (options.condition !== undefined) {
    if (shape.list === undefined) throw usage(`\`${command}\` 没有 --condition`, `\`${command}\` takes no --condition`);
    body[shape.list] = options.condition;
  }
  return body;
}

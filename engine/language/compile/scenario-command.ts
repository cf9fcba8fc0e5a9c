/** The commands of a timeline: `submit_evidence first-visit` with its answers becomes the command `decide` takes. */

import type { CaseCommand, RawValues } from '../../case/command.ts';
import type { DemandWay } from '../../playbook/ladder.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { FieldsSource } from '../kinds/form.ts';
import type { LineSource } from '../kinds/scenarios.ts';
import type { Token } from '../shape/shape.ts';
import type { Node } from '../syntax/node.ts';
import { rawValue } from './raw.ts';
import { checkName, readWho, type ScenarioScope } from './scenario-scope.ts';

type Answers = NonNullable<LineSource['with']>;

/** How each command is written; what stands after it in capitals is its argument. */
export const COMMAND_FORMS = {
  open: 'open [STAGE]',
  set_facts: 'set_facts',
  log_activity: 'log_activity ACTIVITY',
  submit_evidence: 'submit_evidence EVIDENCE',
  withdraw_evidence: 'withdraw_evidence EVIDENCE',
  accept_evidence: 'accept_evidence EVIDENCE',
  reject_evidence: 'reject_evidence EVIDENCE',
  advance: 'advance [STAGE]',
  fall_back: 'fall_back STAGE',
  plan_task: 'plan_task',
  complete_task: 'complete_task TASK',
  snooze: 'snooze',
  resolve: 'resolve WAY',
  move_pipeline: 'move_pipeline PIPELINE',
  hand_over: 'hand_over PERSON',
  close: 'close won | close lost REASON',
  reopen: 'reopen',
} as const;

type Name = keyof typeof COMMAND_FORMS;

const WAY_ARGUMENTS: Readonly<Record<DemandWay, readonly string[]>> = {
  push: ['plan', 'next_step_on'],
  fall_back: ['stage', 'reason'],
  hand_over: ['to', 'reason'],
  close_lost: ['reason', 'note'],
};

export interface CommandContext {
  readonly scope: ScenarioScope;
  /** The scenario's name: the title of a case it opens, and the reason where none is given. */
  readonly scenario: string;
  readonly owner: string;
  /** The line says it is invalid: names in its answers may lead nowhere. */
  readonly invalid: boolean;
}

export function compileCommand(
  token: Token<string>,
  answers: Answers,
  context: CommandContext,
): CaseCommand | undefined {
  const { scope } = context;
  const [first = '', ...args] = token.value.trim().split(/\s+/);
  // Object.keys forgets that the keys are the names.
  const names = Object.keys(COMMAND_FORMS) as Name[];
  const name = names.find((one) => one === first);
  if (!name) {
    scope.report('unknown-command', token.place, { written: first }, { hint: didYouMean(first, names) });
    return undefined;
  }
  const form = COMMAND_FORMS[name];
  const [argument] = args;
  const takes = form.includes(' ');
  const isOptional = form.includes('[');
  const most = name === 'close' ? 2 : takes ? 1 : 0;
  if (args.length > most || (takes && !isOptional && argument === undefined)) {
    scope.report('command-argument', token.place, { form });
    return undefined;
  }
  return build(name, argument, args[1], { token, answers, context });
}

interface Parts {
  readonly token: Token<string>;
  readonly answers: Answers;
  readonly context: CommandContext;
}

function build(
  name: Name,
  argument: string | undefined,
  second: string | undefined,
  parts: Parts,
): CaseCommand | undefined {
  const { token, context } = parts;
  const { scope, scenario, owner } = context;
  const named = (kind: 'stage' | 'evidence' | 'activity' | 'pipeline' | 'reason', value = argument ?? ''): string => {
    if (!context.invalid) checkName(kind, value, token.place, scope);
    return value;
  };
  const reason = () => text('reason', parts) ?? scenario;
  switch (name) {
    case 'open': {
      const stage = argument === undefined ? {} : { stage: named('stage') };
      return { command: name, title: scenario, pipeline: scope.pipeline, ...stage, owner, facts: facts(parts) };
    }
    case 'set_facts':
      return { command: name, facts: facts(parts) };
    case 'log_activity':
      return { command: name, activity: named('activity'), ...texts(['note', 'happened_on'], parts) };
    case 'submit_evidence': {
      const evidence = named('evidence');
      const form = scope.cases.map((one) => one.evidence.get(evidence)).find((rule) => rule !== undefined)?.fields;
      return { command: name, evidence, fields: fields(parts, form ?? []) };
    }
    case 'withdraw_evidence':
      return { command: name, evidence: named('evidence'), ...texts(['reason'], parts) };
    case 'accept_evidence':
      return { command: name, evidence: named('evidence'), ...texts(['note'], parts) };
    case 'reject_evidence':
      return { command: name, evidence: named('evidence'), reason: reason() };
    case 'advance':
      return { command: name, ...(argument === undefined ? {} : { to: named('stage') }) };
    case 'fall_back':
      return { command: name, to: named('stage'), reason: reason() };
    case 'plan_task':
      return { command: name, title: text('title', parts) ?? scenario, ...texts(['task', 'due_on', 'owner'], parts) };
    case 'complete_task':
      return { command: name, task: argument ?? '', ...texts(['note'], parts) };
    case 'snooze':
      return { command: name, until: text('until', parts) ?? '', reason: reason() };
    case 'resolve':
      return resolve(argument ?? '', parts);
    case 'move_pipeline':
      return { command: name, to: named('pipeline'), ...texts(['reason'], parts) };
    case 'hand_over':
      readWho(argument ?? '', token.place, scope);
      return { command: name, to: argument ?? '', ...texts(['reason'], parts) };
    case 'close': {
      if (argument === 'won' && second === undefined) return { command: name, as: 'won', ...texts(['note'], parts) };
      const why = second ?? text('reason', parts);
      if (argument === 'lost' && (why !== undefined || context.invalid)) {
        const because = why === undefined ? {} : { reason: named('reason', why) };
        return { command: name, as: 'lost', ...because, ...texts(['note'], parts) };
      }
      scope.report('command-argument', token.place, { form: COMMAND_FORMS.close });
      return undefined;
    }
    case 'reopen':
      return { command: name, reason: reason() };
  }
}

function text(key: string, { answers }: Parts): string | undefined {
  const node = answers.find((one) => one.key.value === key)?.value;
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** The answers named, where they are given. */
function texts<K extends string>(keys: readonly K[], parts: Parts): { readonly [P in K]?: string } {
  const given = keys.flatMap((key) => {
    const value = text(key, parts);
    return value === undefined ? [] : [[key, value] as const];
  });
  // Object.fromEntries widens the keys; they are among those asked for.
  return Object.fromEntries(given) as { readonly [P in K]?: string };
}

function facts({ answers, context }: Parts): RawValues {
  const entries = answers.map(({ key, value }): [string, unknown] => {
    if (!context.invalid) checkName('fact', key.value, key.place, context.scope);
    const source = context.scope.cases.map((one) => one.facts.get(key.value)).find((one) => one !== undefined);
    return [key.value, rawValue(value, source)];
  });
  return Object.fromEntries(entries);
}

function fields({ answers, context }: Parts, form: FieldsSource): RawValues {
  const names = form.map(({ key }) => key.value);
  const entries = answers.map(({ key, value }): [string, unknown] => {
    if (!context.invalid && !names.includes(key.value)) {
      context.scope.report('unknown-field', key.place, { written: key.value }, { hint: didYouMean(key.value, names) });
    }
    return [key.value, rawValue(value, form.find((one) => one.key.value === key.value)?.value)];
  });
  return Object.fromEntries(entries);
}

/** What the way asks for stands in `with`, the demand's own fields in `fields`; a scenario writes them in one. */
function resolve(argument: string, parts: Parts): CaseCommand | undefined {
  const { token, answers, context } = parts;
  // Object.keys forgets that the keys are the ways.
  const ways = Object.keys(WAY_ARGUMENTS) as DemandWay[];
  const way = ways.find((one) => one === argument);
  if (!way) {
    context.scope.report('unknown-way', token.place, { written: argument }, { hint: didYouMean(argument, ways) });
    return undefined;
  }
  const ofWay = (key: string) => WAY_ARGUMENTS[way].includes(key);
  const pairs = answers
    .filter(({ key }) => ofWay(key.value))
    .map(({ key, value }): [string, unknown] => [key.value, plain(value)]);
  const form = context.scope.demands.flatMap((demand) => demand.fields ?? []);
  const own = answers.filter(({ key }) => !ofWay(key.value));
  return { command: 'resolve', way, with: Object.fromEntries(pairs), fields: fields({ ...parts, answers: own }, form) };
}

function plain(node: Node): unknown {
  return rawValue(node, undefined);
}

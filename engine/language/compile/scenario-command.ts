/** The commands of a timeline: `submit_evidence first-visit` with its answers becomes the command `decide` takes. */

import type { CaseCommand } from '../../case/command.ts';
import { FINDING_ANSWERS } from '../../case/findings/finding.ts';
import { WAY_ARGUMENTS, WAYS } from '../../playbook/ladder.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { DecisionSource } from '../kinds/decision.ts';
import type { Token } from '../shape/shape.ts';
import { rawValue } from './raw.ts';
import { type Answers, checkAnswers, rawFacts, rawFields, textOf, textsOf } from './scenario-answers.ts';
import { approvalCommand } from './scenario-approval.ts';
import { ANSWERS, COMMAND_FORMS, type CommandName, TWO_WORDS } from './scenario-command-forms.ts';
import { readCommand } from './scenario-lines.ts';
import { checkName, readWho, type ScenarioScope } from './scenario-scope.ts';

export interface CommandContext {
  readonly scope: ScenarioScope;
  /** The scenario's name: the title of a case it opens, and the reason where none is given. */
  readonly scenario: string;
  readonly owner: string;
  /** The line says it is invalid: its answers may be of whatever kind. */
  readonly invalid: boolean;
  /** It may be invalid because the name it is about leads nowhere. */
  readonly nameless: boolean;
}

export function compileCommand(
  token: Token<string>,
  answers: Answers,
  context: CommandContext,
): CaseCommand | undefined {
  const { scope } = context;
  const read = readCommand(token, COMMAND_FORMS, scope);
  if (read === undefined) return undefined;
  const { name, args } = read;
  const form = COMMAND_FORMS[name];
  const [argument] = args;
  const takes = form.includes(' ');
  const isOptional = form.includes('[');
  const most = TWO_WORDS.has(name) ? 2 : takes ? 1 : 0;
  if (args.length > most || (takes && (!isOptional || name === 'send_back') && argument === undefined)) {
    scope.report('command-argument', token.place, { form });
    return undefined;
  }
  const taken = ANSWERS[name];
  if (taken && !context.invalid) checkAnswers(answers, name, taken, scope);
  return build(name, argument, args[1], { token, answers, context });
}

export interface Parts {
  readonly token: Token<string>;
  readonly answers: Answers;
  readonly context: CommandContext;
}

function build(
  name: CommandName,
  argument: string | undefined,
  second: string | undefined,
  parts: Parts,
): CaseCommand | undefined {
  const { token, answers, context } = parts;
  const { scope, scenario, owner } = context;
  const named = (kind: 'stage' | 'evidence' | 'activity' | 'pipeline' | 'decision' | 'finding'): string => {
    if (!context.nameless) checkName(kind, argument ?? '', token.place, scope);
    return argument ?? '';
  };
  const reason = () => textOf('reason', answers) ?? scenario;
  switch (name) {
    case 'open': {
      const stage = argument === undefined ? {} : { stage: named('stage') };
      return {
        command: name,
        title: scenario,
        pipeline: scope.about,
        ...stage,
        owner,
        facts: rawFacts(answers, scope, context.invalid),
      };
    }
    case 'set_facts':
      return { command: name, facts: rawFacts(answers, scope, context.invalid) };
    case 'log_activity':
      return { command: name, activity: named('activity'), ...textsOf(['note', 'happened_on'], answers) };
    case 'submit_evidence': {
      const evidence = named('evidence');
      const form = scope.cases.map((one) => one.evidence.get(evidence)).find((rule) => rule !== undefined)?.fields;
      return { command: name, evidence, fields: rawFields(answers, form ?? [], scope, context.invalid || !form) };
    }
    case 'withdraw_evidence':
      return { command: name, evidence: named('evidence'), ...textsOf(['reason'], answers) };
    case 'accept_evidence':
      return { command: name, evidence: named('evidence'), ...textsOf(['note'], answers) };
    case 'reject_evidence':
      return { command: name, evidence: named('evidence'), reason: reason() };
    case 'answer':
      return { command: name, decision: named('decision'), ...decisionAnswers(argument ?? '', parts) };
    case 'answer_finding': {
      const how = FINDING_ANSWERS.find((one) => one === second);
      if (how === undefined) scope.report('command-argument', token.place, { form: COMMAND_FORMS.answer_finding });
      return how && { command: name, finding: named('finding'), answer: how, ...textsOf(['reason'], answers) };
    }
    case 'advance':
      return { command: name, ...(argument === undefined ? {} : { to: named('stage') }) };
    case 'fall_back':
      return { command: name, to: named('stage'), reason: reason() };
    case 'plan_task':
      return {
        command: name,
        title: textOf('title', answers) ?? scenario,
        ...textsOf(['task', 'due_on', 'owner'], answers),
      };
    case 'complete_task':
      return { command: name, task: argument ?? '', ...textsOf(['note'], answers) };
    case 'snooze':
      return { command: name, until: textOf('until', answers) ?? '', reason: reason() };
    case 'resolve':
      return resolve(argument ?? '', parts);
    case 'move_pipeline':
      return { command: name, to: named('pipeline'), ...textsOf(['reason'], answers) };
    case 'hand_over':
      readWho(argument ?? '', token.place, scope);
      return { command: name, to: argument ?? '', ...textsOf(['reason'], answers) };
    case 'close':
      return close(argument, second, parts);
    case 'reopen':
      return { command: name, reason: reason() };
    case 'inspect':
      return inspectCommand(parts);
    case 'waive':
    case 'withdraw_waiver':
      return waiverCommand(name, argument, second, parts);
    default:
      return approvalCommand(name, argument ?? '', second, parts);
  }
}

/** Evidence accepted and rejected, by name; what rejected ones lack is the reason given, or the scenario's name. */
function inspectCommand({ token, answers, context }: Parts): CaseCommand {
  const { scope, scenario, nameless } = context;
  const named = (key: 'accept' | 'reject'): readonly string[] => {
    const written = answers.find((one) => one.key.value === key)?.value;
    const names = written === undefined ? [] : [rawValue(written, undefined)].flat().map(String);
    if (!nameless) for (const name of names) checkName('evidence', name, token.place, scope);
    return names;
  };
  const [accept, reject] = [named('accept'), named('reject')];
  return {
    command: 'inspect',
    ...(accept.length > 0 && { accept }),
    ...(reject.length > 0 && { reject: reject.map((evidence) => ({ evidence, reason: scenario })) }),
    ...(textOf('send_back', answers) !== undefined && { send_back: textOf('send_back', answers) === 'yes' }),
    ...textsOf(['note'], answers),
    next_step: {
      title: textOf('title', answers) ?? scenario,
      due_on: textOf('due_on', answers) ?? '',
      ...textsOf(['owner'], answers),
    },
  };
}

/** A milestone or a gate, for how long, and who answers for it. */
function waiverCommand(
  command: 'waive' | 'withdraw_waiver',
  kind: string | undefined,
  name: string | undefined,
  { token, answers, context }: Parts,
): CaseCommand | undefined {
  const { scope, scenario, nameless } = context;
  if ((kind !== 'milestone' && kind !== 'gate') || name === undefined) {
    scope.report('command-argument', token.place, { form: COMMAND_FORMS[command] });
    return undefined;
  }
  if (!nameless) checkName(kind, name, token.place, scope);
  if (command === 'withdraw_waiver') return { command, kind, name, ...textsOf(['reason'], answers) };
  const reason = textOf('reason', answers) ?? scenario;
  return { command, kind, name, until: textOf('until', answers) ?? '', reason, ...textsOf(['owner'], answers) };
}

/** Questions and answers of the decision, and a `note`. */
function decisionAnswers(decision: string, { answers, context }: Parts) {
  const { scope, invalid } = context;
  const rule = scope.cases.map((one) => one.decisions.get(decision)).find((one) => one !== undefined);
  const given = answers.filter(({ key }) => key.value !== 'note');
  if (rule && !invalid) for (const one of given) checkAnswer(one, rule, scope);
  const pairs = given.map(({ key, value }): [string, string] => [key.value, String(rawValue(value, undefined))]);
  return { answers: Object.fromEntries(pairs), ...textsOf(['note'], answers) };
}

function checkAnswer({ key, value }: Answers[number], rule: DecisionSource, { report }: ScenarioScope): void {
  const questions = rule.questions ?? [];
  const question = questions.find((one) => one.question.value === key.value);
  if (!question) {
    const names = questions.map((one) => one.question.value);
    const params = { written: key.value, decision: rule.decision.value };
    report('unknown-question', key.place, params, { hint: didYouMean(key.value, names) });
    return;
  }
  const known = question.answers.map((one) => one.key.value);
  const written = value.kind === 'scalar' ? value.text : '…';
  if (known.includes(written)) return;
  report('unknown-answer', value.place, { written, question: key.value }, { hint: didYouMean(written, known) });
}

function close(
  as: string | undefined,
  second: string | undefined,
  { token, answers, context }: Parts,
): CaseCommand | undefined {
  const note = textsOf(['note'], answers);
  const reason = second ?? textOf('reason', answers);
  if (as === 'won' && second === undefined) return { command: 'close', as, ...note };
  if (as !== 'lost' || (reason === undefined && !context.invalid)) {
    context.scope.report('command-argument', token.place, { form: COMMAND_FORMS.close });
    return undefined;
  }
  if (reason !== undefined && !context.nameless) checkName('reason', reason, token.place, context.scope);
  return { command: 'close', as, ...(reason === undefined ? {} : { reason }), ...note };
}

/** What the way asks for stands in `with`, the demand's own fields in `fields`; a scenario writes them in one. */
function resolve(argument: string, { token, answers, context }: Parts): CaseCommand | undefined {
  const { scope, invalid } = context;
  const way = WAYS.find((one) => one === argument);
  if (!way) {
    const hint = didYouMean(argument, WAYS) ?? {
      zh: `可写：${WAYS.join(', ')}`,
      en: `the ways are: ${WAYS.join(', ')}`,
    };
    scope.report('unknown-way', token.place, { written: argument }, { hint });
    return undefined;
  }
  const takes: readonly string[] = WAY_ARGUMENTS[way];
  const ofWay = (key: string) => takes.includes(key);
  const bring = answers.filter(({ key }) => ofWay(key.value));
  const own = answers.filter(({ key }) => !ofWay(key.value));
  const form = scope.demands.flatMap((demand) => demand.fields ?? []);
  return {
    command: 'resolve',
    way,
    with: Object.fromEntries(bring.map(({ key, value }) => [key.value, rawValue(value, undefined)])),
    fields: rawFields(own, form, scope, invalid),
  };
}

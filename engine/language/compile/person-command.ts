/** Commands of a timeline about a person: `answer_step specific` with its answers becomes the command `decide` takes. */

import type { PersonCommand } from '../../person/command.ts';
import { NEWEST } from '../../playbook/scenario.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { FieldsSource } from '../kinds/form.ts';
import { readYesNo } from '../shape/scalar.ts';
import type { Token } from '../shape/shape.ts';
import { sourcesOf } from './index-of.ts';
import { rawValue } from './raw.ts';
import { type Answers, checkAnswers, rawFields, textOf, textsOf } from './scenario-answers.ts';
import { readCommand } from './scenario-lines.ts';
import type { ScenarioScope } from './scenario-scope.ts';

/** How each command is written, and what `with` gives it besides the answers of a form. */
const COMMANDS = {
  open_coaching: { form: 'open_coaching [FLOW]', takes: [] },
  answer_step: { form: 'answer_step STEP [SESSION]' },
  agree: { form: 'agree [SESSION]', takes: [] },
  send_back: { form: 'send_back [SESSION]', takes: ['reason'] },
  postpone: { form: 'postpone [SESSION]', takes: ['until', 'reason'] },
  share_coaching: { form: 'share_coaching [SESSION]', takes: [] },
  drop_coaching: { form: 'drop_coaching [SESSION]', takes: ['reason'] },
  judge_goal: { form: 'judge_goal [GOAL]', takes: ['kept', 'note'] },
  do_duty: { form: 'do_duty DUTY' },
  read_duty: { form: 'read_duty DUTY', takes: [] },
  excuse_duty: { form: 'excuse_duty DUTY', takes: ['reason'] },
  set_absence: { form: 'set_absence', takes: ['first_day', 'last_day', 'substitutes', 'reason'] },
  cancel_absence: { form: 'cancel_absence ABSENCE', takes: [] },
  change: { form: 'change', takes: ['manager'] },
  leave: { form: 'leave', takes: ['on', 'successor'] },
} as const satisfies Partial<Record<PersonCommand['command'], { form: string; takes?: readonly string[] }>>;

type Name = keyof typeof COMMANDS;

export interface PersonContext {
  readonly scope: ScenarioScope;
  /** The scenario's name: the reason where none is given. */
  readonly scenario: string;
  /** The line says it is invalid: its answers may be of whatever kind. */
  readonly invalid: boolean;
  /** It may be invalid because the name it is about leads nowhere. */
  readonly nameless: boolean;
}

export function compilePersonCommand(
  token: Token<string>,
  answers: Answers,
  context: PersonContext,
): PersonCommand | undefined {
  const { scope, invalid } = context;
  const read = readCommand(token, COMMANDS, scope);
  if (read === undefined) return undefined;
  const { name, args } = read;
  const { form, ...rest } = COMMANDS[name];
  const words = form.split(' ').slice(1);
  if (args.length > words.length || args.length < words.filter((word) => !word.startsWith('[')).length) {
    scope.report('command-argument', token.place, { form });
    return undefined;
  }
  if ('takes' in rest && !invalid) checkAnswers(answers, name, rest.takes, scope);
  return build(name, args, { token, answers, context });
}

interface Parts {
  readonly token: Token<string>;
  readonly answers: Answers;
  readonly context: PersonContext;
}

function build(name: Name, [argument, second]: readonly string[], parts: Parts): PersonCommand | undefined {
  const { answers, context } = parts;
  const { scope, scenario } = context;
  const session = argument ?? NEWEST;
  const reason = textOf('reason', answers) ?? scenario;
  switch (name) {
    case 'open_coaching':
      return { command: name, coaching: flowNamed(argument ?? scope.about, parts) };
    case 'answer_step': {
      const steps = flowsOf(scope).flatMap((flow) => flow.steps);
      const known = steps.map((one) => one.step.value);
      const step = named(argument ?? '', known, parts);
      const form = steps.find((one) => one.step.value === step)?.fields ?? [];
      return { command: name, session: second ?? NEWEST, step, fields: fieldsOf(form, parts) };
    }
    case 'agree':
    case 'share_coaching':
      return { command: name, session };
    case 'send_back':
    case 'drop_coaching':
      return { command: name, session, reason };
    case 'postpone':
      return { command: name, session, until: textOf('until', answers) ?? '', reason };
    case 'judge_goal':
      return { command: name, goal: argument ?? NEWEST, kept: keptIn(parts), ...textsOf(['note'], answers) };
    case 'do_duty': {
      const duty = dutyNamed(argument ?? '', parts);
      const form = dutiesOf(scope).find((one) => one.duty.value === duty)?.fields ?? [];
      return { command: name, duty, fields: fieldsOf(form, parts) };
    }
    case 'read_duty':
      return { command: name, duty: dutyNamed(argument ?? '', parts) };
    case 'excuse_duty':
      return { command: name, duty: dutyNamed(argument ?? '', parts), reason };
    case 'set_absence': {
      const days = { first_day: textOf('first_day', answers) ?? '', last_day: textOf('last_day', answers) ?? '' };
      return { command: name, ...days, ...substitutesIn(answers), ...textsOf(['reason'], answers) };
    }
    case 'cancel_absence':
      return { command: name, absence: argument ?? '' };
    case 'change':
      return { command: name, ...textsOf(['manager'], answers) };
    case 'leave':
      return { command: name, ...textsOf(['on', 'successor'], answers) };
  }
}

/** The flow that the file is about comes first. */
function flowsOf({ index, about }: ScenarioScope) {
  const flows = sourcesOf(index.coaching);
  return [...flows].sort((a, b) => Number(b.coaching.value === about) - Number(a.coaching.value === about));
}

/** Only the rhythm that the file is about is kept in its scenarios. */
function dutiesOf({ index, about }: ScenarioScope) {
  return index.rhythm.get(about)?.source?.duties ?? [];
}

function flowNamed(name: string, parts: Parts): string {
  return named(name, [...parts.context.scope.index.coaching.keys()], parts);
}

export function dutyNamesIn(scope: ScenarioScope): readonly string[] {
  return dutiesOf(scope).map(({ duty }) => duty.value);
}

function dutyNamed(name: string, parts: Parts): string {
  return named(name, dutyNamesIn(parts.context.scope), parts);
}

function named(name: string, known: readonly string[], { token, context }: Parts): string {
  const { scope, nameless } = context;
  if (!nameless && !known.includes(name)) {
    const params = { of: scope.about, written: name };
    scope.report('unknown-in-scenario', token.place, params, { hint: didYouMean(name, known) });
  }
  return name;
}

function fieldsOf(form: FieldsSource, { answers, context }: Parts): Readonly<Record<string, unknown>> {
  return rawFields(answers, form, context.scope, context.invalid || form.length === 0);
}

function keptIn({ token, answers, context }: Parts): boolean {
  const written = textOf('kept', answers);
  const kept = written === undefined ? undefined : readYesNo(written);
  if (kept === undefined) {
    const place = answers.find(({ key }) => key.value === 'kept')?.key.place ?? token.place;
    const expected = { zh: 'yes 或 no', en: 'yes or no' };
    context.scope.report('wrong-operand', place, { name: 'kept', written: written ?? '', expected });
  }
  return kept ?? false;
}

function substitutesIn(answers: Answers): { readonly substitutes?: readonly string[] } {
  const node = answers.find(({ key }) => key.value === 'substitutes')?.value;
  if (node?.kind !== 'list') return {};
  return { substitutes: node.items.map((item) => String(rawValue(item, undefined))) };
}

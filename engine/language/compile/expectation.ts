/** The written grammar of expectations and of reasons for a refusal. */

import { CRITERION_TEXTS } from '../../case/texts/criterion-texts.ts';
import { REFUSAL_TEXTS } from '../../case/texts/refusal-texts.ts';
import type { ApprovalOutcome } from '../../parts/approval/record.ts';
import type { Expectation, RefusalPattern } from '../../playbook/scenario.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Token } from '../shape/shape.ts';
import { areFindingsKnown, checkName, type Named, namesIn, readWho, type ScenarioScope } from './scenario-scope.ts';

/** Expectations by their first word, and what the second names. */
export const EXPECTATIONS = {
  nothing: { form: 'nothing', names: 'none' },
  remind: { form: 'remind WHO', names: 'who' },
  notify: { form: 'notify WHO', names: 'who' },
  demand: { form: 'demand WHO', names: 'who' },
  digest: { form: 'digest WHO', names: 'who' },
  ask: { form: 'ask WHO [EVIDENCE | APPROVAL | FINDING]', names: 'who' },
  tell: { form: 'tell WHO [EVIDENCE | APPROVAL]', names: 'who' },
  task: { form: 'task WHO [TITLE]', names: 'who' },
  hand_over: { form: 'hand_over WHO', names: 'who' },
  stage: { form: 'stage STAGE', names: 'stage' },
  move_pipeline: { form: 'move_pipeline PIPELINE', names: 'pipeline' },
  require: { form: 'require EVIDENCE', names: 'evidence' },
  flag: { form: 'flag FLAG', names: 'flag' },
  send: { form: 'send DESTINATION', names: 'destination' },
  start: { form: 'start PIPELINE', names: 'pipeline' },
  gate: { form: 'gate GATE', names: 'gate' },
  decided: { form: 'decided DECISION OUTCOME', names: 'decision' },
  asked_again: { form: 'asked_again DECISION', names: 'decision' },
  finding: { form: 'finding FINDING', names: 'finding' },
  finding_gone: { form: 'finding_gone FINDING', names: 'finding' },
  lost: { form: 'lost REASON', names: 'reason' },
  approval: { form: 'approval APPROVAL OUTCOME', names: 'approval' },
  waived: { form: 'waived MILESTONE | GATE', names: 'waivable' },
  waiver_over: { form: 'waiver_over MILESTONE | GATE', names: 'waivable' },
  inspected: { form: 'inspected', names: 'none' },
  won: { form: 'won', names: 'none' },
  finished: { form: 'finished', names: 'none' },
  reopened: { form: 'reopened', names: 'none' },
} as const satisfies Record<
  string,
  { form: string; names: Named | 'flag' | 'destination' | 'who' | 'waivable' | 'none' }
>;

const OUTCOMES: readonly ApprovalOutcome[] = ['approved', 'rejected', 'sent_back', 'recalled', 'void', 'lapsed'];

type Word = keyof typeof EXPECTATIONS;

export function compileExpectation(token: Token<string>, scope: ScenarioScope): Expectation | undefined {
  const [first = '', second, ...rest] = token.value.trim().split(/\s+/);
  // Object.keys forgets that the keys are the words.
  const words = Object.keys(EXPECTATIONS) as Word[];
  const word = words.find((one) => one === first);
  if (!word) {
    scope.report('bad-expectation', token.place, { written: token.value }, { hint: didYouMean(first, words) });
    return undefined;
  }
  const { form, names } = EXPECTATIONS[word];
  const takesMore = word === 'ask' || word === 'tell' || word === 'task' || word === 'approval' || word === 'decided';
  const isOutcome = word !== 'approval' || (rest.length === 1 && OUTCOMES.some((one) => one === rest[0]));
  const counted = names === 'none' ? second === undefined : second !== undefined;
  if (
    !counted ||
    (rest.length > 0 && !takesMore) ||
    ((word === 'ask' || word === 'tell') && rest.length > 1) ||
    !isOutcome ||
    (word === 'decided' && rest.length === 0)
  ) {
    const hint = { zh: `写作 \`${form}\``, en: `it is written \`${form}\`` };
    scope.report('bad-expectation', token.place, { written: token.value }, { hint });
    return undefined;
  }
  if (names === 'waivable') checkWaivable(second ?? '', token.place, scope);
  else if (names !== 'none' && names !== 'who') checkName(names, second ?? '', token.place, scope);
  return build(word, second ?? '', rest, token, scope);
}

function build(
  word: Word,
  name: string,
  rest: readonly string[],
  token: Token<string>,
  scope: ScenarioScope,
): Expectation {
  const at = token.place.at;
  switch (word) {
    case 'nothing':
    case 'inspected':
    case 'won':
    case 'finished':
    case 'reopened':
      return { kind: word, at };
    case 'remind':
    case 'notify':
    case 'demand':
    case 'digest':
    case 'hand_over':
      return { kind: word, who: readWho(name, token.place, scope), at };
    case 'ask':
    case 'tell': {
      const [about] = rest;
      if (about !== undefined) checkSubject(about, token.place, scope);
      return {
        kind: word,
        who: readWho(name, token.place, scope),
        ...(about === undefined ? {} : { about }),
        at,
      };
    }
    case 'task': {
      const title = rest.join(' ');
      return { kind: 'task', who: readWho(name, token.place, scope), ...(title === '' ? {} : { title }), at };
    }
    case 'stage':
      return { kind: 'stage', stage: name, at };
    case 'move_pipeline':
      return { kind: 'move_pipeline', pipeline: name, at };
    case 'require':
      return { kind: 'require', evidence: name, at };
    case 'waived':
    case 'waiver_over':
      return { kind: word, name, at };
    case 'flag':
      return { kind: 'flag', flag: name, at };
    case 'send':
      return { kind: 'send', to: name, at };
    case 'start':
      return { kind: 'start', pipeline: name, at };
    case 'gate':
      return { kind: 'gate', gate: name, at };
    case 'asked_again':
      return { kind: 'asked_again', decision: name, at };
    case 'decided':
      for (const outcome of rest) checkOutcome(name, outcome, token, scope);
      return { kind: 'decided', decision: name, outcomes: rest, at };
    case 'finding':
    case 'finding_gone':
      return { kind: word, finding: name, at };
    case 'lost':
      return { kind: 'lost', reason: name, at };
    case 'approval':
      return { kind: 'approval', approval: name, outcome: outcomeNamed(rest[0]), at };
  }
}

/** Evidence, an approval or a finding: whichever is known by that name. */
function checkSubject(name: string, place: Token<string>['place'], scope: ScenarioScope): void {
  const isOther = namesIn('approval', scope).has(name) || namesIn('finding', scope).has(name);
  if (!isOther && areFindingsKnown(scope)) checkName('evidence', name, place, scope);
}

/** A gate or a milestone: whichever is known by that name. */
function checkWaivable(name: string, place: Token<string>['place'], scope: ScenarioScope): void {
  if (!namesIn('gate', scope).has(name)) checkName('milestone', name, place, scope);
}

/** Checked by the form already. */
function outcomeNamed(word: string | undefined): ApprovalOutcome {
  return OUTCOMES.find((one) => one === word) ?? 'void';
}

function checkOutcome(decision: string, outcome: string, token: Token<string>, scope: ScenarioScope): void {
  const rule = scope.cases.map((one) => one.decisions.get(decision)).find((one) => one !== undefined);
  const known = rule?.outcomes.map((one) => one.outcome.value);
  if (known === undefined || known.includes(outcome)) return;
  scope.report('unknown-outcome', token.place, { written: outcome, decision }, { hint: didYouMean(outcome, known) });
}

const ABOUT = [
  'stage',
  'milestone',
  'gate',
  'evidence',
  'approval',
  'fact',
  'task',
  'activity',
  'ladder',
  'pipeline',
  'decision',
  'child',
  'finding',
] as const;

const REASON_CODES = [...Object.keys(CRITERION_TEXTS), ...Object.keys(REFUSAL_TEXTS)];

/** `milestone pain-found`, or the bare code of a reason such as `case-finished`. */
export function compileRefusal(token: Token<string>, scope: ScenarioScope): RefusalPattern | undefined {
  const [first = '', second, more] = token.value.trim().split(/\s+/);
  const at = token.place.at;
  if (second === undefined && REASON_CODES.includes(first)) return { kind: 'code', code: first, at };
  const about = ABOUT.find((one) => one === first);
  if (!about || second === undefined || more !== undefined) {
    const known = second === undefined ? [...ABOUT, ...REASON_CODES] : ABOUT;
    scope.report('bad-refusal', token.place, { written: token.value }, { hint: didYouMean(first, known) });
    return undefined;
  }
  if (about !== 'task') checkName(about === 'child' ? 'pipeline' : about, second, token.place, scope);
  return { kind: 'about', about, id: second, at };
}

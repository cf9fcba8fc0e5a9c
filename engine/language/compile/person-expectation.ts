/** The written grammar of what is expected of a person's flows, goals and duties, and of why something is refused them. */

import { PERSON_REASONS } from '../../person/no.ts';
import {
  COACHING_TURNS,
  DUTY_TURNS,
  type Expectation,
  GOAL_TURNS,
  type RefusalPattern,
} from '../../playbook/scenario.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Token } from '../shape/shape.ts';
import { dutyNamesIn } from './person-command.ts';
import { readWho, type ScenarioScope } from './scenario-scope.ts';

const FORMS = {
  nothing: 'nothing',
  ask: 'ask WHO',
  remind: 'remind WHO',
  notify: 'notify WHO',
  coaching: `coaching FLOW ${COACHING_TURNS.join(' | ')}`,
  goal: `goal ${GOAL_TURNS.join(' | ')}`,
  duty: `duty DUTY ${DUTY_TURNS.join(' | ')}`,
} as const;

type Word = keyof typeof FORMS;

export function compilePersonExpectation(token: Token<string>, scope: ScenarioScope): Expectation | undefined {
  const [first = '', ...words] = token.value.trim().split(/\s+/);
  // Object.keys forgets that the keys are the words.
  const known = Object.keys(FORMS) as Word[];
  const word = known.find((one) => one === first);
  const expectation = word && build(word, words, token, scope);
  if (expectation !== undefined) return expectation;
  const form = word && { zh: `写作 \`${FORMS[word]}\``, en: `it is written \`${FORMS[word]}\`` };
  scope.report('bad-expectation', token.place, { written: token.value }, { hint: form ?? didYouMean(first, known) });
  return undefined;
}

/** Nothing where it is not written as it should be. */
function build(
  word: Word,
  words: readonly string[],
  token: Token<string>,
  scope: ScenarioScope,
): Expectation | undefined {
  const at = token.place.at;
  const [name = '', turn = ''] = words;
  switch (word) {
    case 'nothing':
      return words.length === 0 ? { kind: word, at } : undefined;
    case 'ask':
    case 'remind':
    case 'notify':
      return words.length === 1 ? { kind: word, who: readWho(name, token.place, scope), at } : undefined;
    case 'goal': {
      const outcome = GOAL_TURNS.find((one) => one === name);
      return outcome && words.length === 1 ? { kind: word, outcome, at } : undefined;
    }
    case 'coaching': {
      const outcome = COACHING_TURNS.find((one) => one === turn);
      if (outcome === undefined || words.length !== 2) return undefined;
      checkKnown(name, [...scope.index.coaching.keys()], token, scope);
      return { kind: word, coaching: name, outcome, at };
    }
    case 'duty': {
      const outcome = DUTY_TURNS.find((one) => one === turn);
      if (outcome === undefined || words.length !== 2) return undefined;
      checkKnown(name, dutyNamesIn(scope), token, scope);
      return { kind: word, duty: name, outcome, at };
    }
  }
}

function checkKnown(name: string, known: readonly string[], token: Token<string>, scope: ScenarioScope): void {
  if (known.includes(name)) return;
  const params = { of: scope.about, written: name };
  scope.report('unknown-in-scenario', token.place, params, { hint: didYouMean(name, known) });
}

/** The code of a reason, such as `deadline-past`. */
export function compilePersonRefusal(
  { value, place }: Token<string>,
  { report }: ScenarioScope,
): RefusalPattern | undefined {
  const code = PERSON_REASONS.find((one) => one === value);
  if (code !== undefined) return { kind: 'code', code, at: place.at };
  report('bad-refusal', place, { written: value }, { hint: didYouMean(value, PERSON_REASONS) });
  return undefined;
}

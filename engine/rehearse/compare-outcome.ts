/** Holds the answer to a command against what its line says: accepted, or exactly this no. */

import type { Outcome, Reason } from '../case/outcome.ts';
import { leafName } from '../condition/leaf-name.ts';
import type { RefusalPattern, TimelineLine } from '../playbook/scenario.ts';

/** What a line says of the answer to its command. */
type Answer = Pick<TimelineLine<never>, 'refused' | 'forbidden' | 'invalid'>;

export interface OutcomeDifference {
  readonly expected: string;
  readonly got: string;
}

/** Absent: as the line says. A line that says nothing of the answer wants the command accepted. */
export function compareOutcome(line: Answer, outcome: Outcome<unknown>): OutcomeDifference | undefined {
  return answersAs(line, outcome) ? undefined : { expected: wantedText(line), got: outcomeText(outcome) };
}

function answersAs(line: Answer, outcome: Outcome<unknown>): boolean {
  if (line.refused !== undefined) return outcome.outcome === 'refused' && isExactly(line.refused, outcome.reasons);
  if (line.forbidden !== undefined) {
    return outcome.outcome === 'forbidden' && (line.forbidden === 'any' || line.forbidden === outcome.reason.code);
  }
  if (line.invalid !== undefined) {
    const { invalid } = line;
    return (
      outcome.outcome === 'invalid' && (invalid === 'any' || outcome.problems.some(({ code }) => code === invalid))
    );
  }
  return outcome.outcome === 'accepted';
}

/** Every reason is named, itself or by each of its unmet leaves, and every name is that of a reason or of such a leaf. */
function isExactly(patterns: readonly RefusalPattern[], reasons: readonly Reason[]): boolean {
  const names = new Set(patterns.map(patternText));
  const isNamed = (reason: Reason): boolean => {
    const unmet = unmetOf(reason);
    return (
      namesOf(reason).some((name) => names.has(name)) || (unmet.length > 0 && unmet.every((name) => names.has(name)))
    );
  };
  const known = new Set(reasons.flatMap((reason) => [...namesOf(reason), ...unmetOf(reason)]));
  return reasons.every(isNamed) && [...names].every((name) => known.has(name));
}

function namesOf(reason: Reason): readonly string[] {
  return reason.about === undefined ? [reason.code] : [reason.about, reason.code];
}

/** What a line writes: of reasons about a person, who are all of one, their code. */
function nameOf({ about, code }: Reason): string {
  return about === undefined || about.startsWith('person ') ? code : about;
}

function unmetOf(reason: Reason): readonly string[] {
  return reason.unmet.map(({ leaf }) => leafName(leaf));
}

function patternText(pattern: RefusalPattern): string {
  return pattern.kind === 'code' ? pattern.code : `${pattern.about} ${pattern.id}`;
}

function wantedText(line: Answer): string {
  if (line.refused !== undefined) return `refused: [ ${line.refused.map(patternText).join(', ')} ]`;
  if (line.forbidden !== undefined) return `forbidden: ${line.forbidden}`;
  return line.invalid !== undefined ? `invalid: ${line.invalid}` : 'accepted';
}

/** In the words of the grammar, so that a line can be put right by copying. */
export function outcomeText(outcome: Outcome<unknown>): string {
  switch (outcome.outcome) {
    case 'accepted':
      return 'accepted';
    case 'refused':
      return `refused: [ ${outcome.reasons.map(nameOf).join(', ')} ]`;
    case 'forbidden':
      return `forbidden: ${outcome.reason.code}`;
    case 'invalid':
      return `invalid: ${outcome.problems.map(({ code, path }) => (path === '' ? code : `${code} at ${path}`)).join(', ')}`;
  }
}

/** What the answers of a command are read against. */

import type { AnswerContext } from '../form/value-spec.ts';
import type { CaseView } from './case-view.ts';

/** @param path JSON pointer of the answers in the command */
export function answerContext(
  { world, calendar, at }: Pick<CaseView, 'world' | 'calendar' | 'at'>,
  path: string,
): AnswerContext {
  const { people, files } = world;
  return { people, ...(files !== undefined && { files }), now: at, calendar, path };
}

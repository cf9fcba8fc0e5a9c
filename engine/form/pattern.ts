/** Patterns of playbooks, run by RE2 in linear time: no pattern and no answer can make a match hang. */

import { RE2JS } from 're2js';

export interface Pattern {
  /** Whether the pattern matches anywhere in the text; `^` and `$` tie it to the ends. */
  test(text: string): boolean;
}

/** Undefined when the text is not a pattern of RE2. */
export function compilePattern(source: string): Pattern | undefined {
  try {
    return RE2JS.compile(source);
  } catch {
    return undefined;
  }
}

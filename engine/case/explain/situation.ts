/** What the search for values looks at: facts as they are, everything else about the case as it stands. */

import type { Surroundings } from '../../condition/seen.ts';
import type { PlainContext } from '../../form/plain-answers.ts';
import type { Fact, Value } from '../../playbook/value.ts';
import type { People } from '../../who/people.ts';

export interface Situation {
  readonly facts: Readonly<Record<string, Fact>>;
  /** A fact that somebody set. */
  set(name: string): Value | undefined;
  readonly around: Surroundings;
  /** Absent: a person is any id. */
  readonly people?: People;
  /** For values of which any will do. */
  readonly plain: PlainContext;
}

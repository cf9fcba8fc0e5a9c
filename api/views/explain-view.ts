/** What stands between a case and its next step, and a shortest way there, as the API tells it. */

import type { Reason } from '../../engine/case/outcome.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { PersonRef } from './person-ref.ts';

export interface ActView {
  /** `submit_evidence first-visit`, as `playrail do` takes it. */
  readonly act: string;
  readonly text: Text;
  readonly can: readonly PersonRef[];
}

export interface ExplainView {
  readonly case: string;
  /** `stage solution`, `win` or `finish`. */
  readonly goal: string;
  readonly goal_text: Text;
  /** Whether nothing stands in the way. */
  readonly open: boolean;
  readonly reasons: readonly Reason[];
  /** Least effort first; leaving any one out does not reach the goal. Absent: no acts reach it as things stand. */
  readonly acts?: readonly ActView[];
}

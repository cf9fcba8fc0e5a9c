/** What stands between a case and its next step, and a shortest way there, as the API tells it. */

import type { Act } from '../../engine/case/explain/act.ts';
import type { Explanation } from '../../engine/case/explain.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { PersonRef } from './person-ref.ts';
import type { ReasonView } from './reason-view.ts';

export type ActView = Act & {
  readonly text: Text;
  /** As `playrail do ID` takes it, contents left to be filled in. */
  readonly command: string;
  readonly people: readonly PersonRef[];
};

export interface ExplainView extends Omit<Explanation, 'unmet' | 'acts'> {
  readonly case: string;
  readonly goal_text: Text;
  readonly unmet: readonly ReasonView[];
  /** In order, least effort first; leaving any one out does not reach the goal. Absent: no acts reach it as things stand. */
  readonly acts?: readonly ActView[];
}

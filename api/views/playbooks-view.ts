/** The published playbooks as the API shows them. */

import type { Gate } from '../../engine/playbook/gate.ts';
import type { Post } from '../../engine/playbook/roles.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { PublishedSet } from '../../store/publish.ts';

export interface PlaybooksView {
  /** Every set ever published, newest first; one of them is current. */
  readonly sets: readonly PublishedSet[];
  /** Of the current set, as is all that follows. */
  readonly pipelines: readonly {
    readonly pipeline: string;
    readonly title: Text;
    /** Hash of its rules. */
    readonly rules: string;
    readonly stages: readonly { readonly stage: string; readonly title: Text; readonly success_rate: number }[];
    readonly gates: readonly {
      readonly gate: string;
      readonly title: Text;
      readonly at: Gate['at_point'];
      readonly mode: Gate['mode'];
    }[];
    readonly ladders: readonly { readonly ladder: string; readonly title: Text }[];
    readonly lost_reasons: Readonly<Record<string, Text>>;
  }[];
  readonly calendars: readonly { readonly calendar: string; readonly zone: string; readonly valid_through: string }[];
  readonly posts: readonly Pick<Post, 'role' | 'title' | 'over' | 'may'>[];
  readonly mappings: readonly string[];
}

/** The form of a recorded journal. */

import type { KeptText } from '../../store/personal-text.ts';

export interface RecordedJournal {
  readonly kind: 'case' | 'person';
  readonly id: string;
  /** The playbook set and the people the entity lived with, as the release compiled them. */
  readonly set: unknown;
  readonly people: unknown;
  /** Names of the events in it. */
  readonly events: readonly string[];
  readonly entries: readonly {
    readonly text: string;
    readonly hash: string;
    /** Those that lie apart; absent: none did, as in 0.1.0. */
    readonly texts?: readonly KeptText[];
  }[];
  /** What the release had made of them. */
  readonly state: unknown;
}

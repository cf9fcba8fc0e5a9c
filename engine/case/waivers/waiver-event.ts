/** What happens to waivers. */

import type { At } from '../../playbook/text.ts';
import type { Instant } from '../../time/instant.ts';
import type { WaivableKind, WaiverEnd } from './waiver.ts';

interface About {
  readonly kind: WaivableKind;
  readonly name: string;
}

export type WaiverEvent =
  | (About & {
      readonly event: 'waiver_granted';
      readonly reason: string;
      readonly owner: string;
      readonly until: string;
      readonly ends_at: Instant;
      readonly remind_at?: Instant;
      readonly times: number;
      /** The waiver in the playbook. */
      readonly rule: At;
    })
  /** A stage was left by it. */
  | (About & { readonly event: 'waiver_used' })
  | (About & { readonly event: 'waiver_reminded'; readonly owner: string })
  | (About & {
      readonly event: 'waiver_ended';
      readonly because: WaiverEnd;
      readonly reason?: string;
      /** Who answered for it and who granted it. */
      readonly owner: string;
      readonly granted_by: string;
    });

export type WaiverEventName = WaiverEvent['event'];

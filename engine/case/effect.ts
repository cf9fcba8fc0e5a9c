/** What the world must do now: plain JSON for the outbox. */

import type { PersonCommand } from '../person/command.ts';
import type { Message } from '../person/message.ts';
import type { Settlement } from '../person/settlement.ts';
import type { CaseCommand } from './command.ts';

export type Effect =
  /** Into a person's inbox, exactly once, by way of their own entity. */
  | { readonly effect: 'message'; readonly to: string; readonly message: Message }
  /** Takes back from a person's inbox what is settled, exactly once and after the message itself. */
  | { readonly effect: 'settle'; readonly to: string; readonly subject: string; readonly how: Settlement }
  /** One entity's word to a case, exactly once: a command that `system` gives. */
  | { readonly effect: 'tell_case'; readonly to: string; readonly command: CaseCommand }
  /** One person's word to another's entity, exactly once: a command that `system` gives. */
  | { readonly effect: 'tell_person'; readonly to: string; readonly command: PersonCommand }
  /** Has the case looked at by the diagnoses that watch it; what they find comes back to it as a command. */
  | { readonly effect: 'diagnose'; readonly to: string }
  /** A signed webhook, at least once. */
  | { readonly effect: 'webhook'; readonly destination: string; readonly type: string; readonly data: unknown }
  /** A mail, at least once; sent by the person's own entity. */
  | { readonly effect: 'mail'; readonly to: string; readonly subject: string; readonly text: string };

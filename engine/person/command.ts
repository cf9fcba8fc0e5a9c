/** The commands a person takes. */

import type { RepFindingCommand } from './findings/finding.ts';
import type { Message } from './message.ts';
import type { DutyCommand } from './rhythm/duty.ts';
import type { Settlement } from './settlement.ts';

export type PersonCommand =
  /** Brings somebody in, or their whole profile up to date. */
  | {
      readonly command: 'join';
      readonly name: string;
      readonly role: string;
      readonly manager?: string;
      readonly region?: string;
      readonly email?: string;
      readonly lang?: 'zh' | 'en';
      /** Somebody who left; absent: true. */
      readonly active?: boolean;
      /** The day on which they came into their post. */
      readonly in_post_since?: string;
    }
  /** Some of the profile; `null` takes a value away. */
  | {
      readonly command: 'change';
      readonly name?: string;
      readonly role?: string;
      readonly manager?: string | null;
      readonly region?: string | null;
      readonly email?: string | null;
      readonly lang?: 'zh' | 'en';
      readonly in_post_since?: string;
    }
  /** Away on these days of the person's calendar, both included. */
  | {
      readonly command: 'set_absence';
      readonly first_day: string;
      readonly last_day: string;
      readonly substitutes?: readonly string[];
      /** For the person and those who lead them. */
      readonly reason?: string;
    }
  /** One that has begun ends now. */
  | { readonly command: 'cancel_absence'; readonly absence: string }
  /** Gone from this day on, or now; what was theirs goes to the successor, else to whoever stands above them. */
  | { readonly command: 'leave'; readonly on?: string; readonly successor?: string }
  /** Back after having left; or, before the day has come, not to leave after all. */
  | { readonly command: 'return' }
  /** Forget what is known of them; also what they wrote about cases, also what others wrote that names them. */
  | { readonly command: 'erase'; readonly written?: boolean; readonly quoted?: boolean }
  | { readonly command: 'receive'; readonly message: Message }
  /** What messages about this subject asked for is settled. */
  | { readonly command: 'settle'; readonly subject: string; readonly how: Settlement }
  /** Marks inbox items read, or done with; the person's own acts. */
  | { readonly command: 'read'; readonly items: readonly string[] }
  | { readonly command: 'dismiss'; readonly items: readonly string[] }
  /** Begins a flow with the person; by themselves or by whoever coaches them. */
  | { readonly command: 'open_coaching'; readonly coaching: string; readonly renews?: string }
  | {
      readonly command: 'answer_step';
      readonly session: string;
      readonly step: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  /** The rep's, or whoever's turn it is, own act. */
  | { readonly command: 'agree'; readonly session: string }
  | { readonly command: 'send_back'; readonly session: string; readonly reason: string }
  | { readonly command: 'postpone'; readonly session: string; readonly until: string; readonly reason: string }
  /** Those further up may read it, once both have said so. */
  | { readonly command: 'share_coaching'; readonly session: string }
  | { readonly command: 'drop_coaching'; readonly session: string; readonly reason: string }
  /** Whether an agreement was kept, where nothing computes it. */
  | { readonly command: 'judge_goal'; readonly goal: string; readonly kept: boolean; readonly note?: string }
  | RepFindingCommand
  | DutyCommand
  /** A figure that no journal holds, of days that are both included; percents as 92. */
  | {
      readonly command: 'enter_figure';
      readonly measure: string;
      readonly value: number;
      readonly from: string;
      readonly until: string;
      readonly source: string;
    }
  | { readonly command: 'wake' };

export type PersonCommandOf<N extends PersonCommand['command']> = Extract<PersonCommand, { readonly command: N }>;

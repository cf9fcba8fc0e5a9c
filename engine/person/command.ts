/** The commands a person takes. */

import type { Message } from './message.ts';

export type PersonCommand =
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
    }
  | { readonly command: 'receive'; readonly message: Message }
  /** Marks inbox items read; the person's own act. */
  | { readonly command: 'read'; readonly items: readonly string[] }
  | { readonly command: 'wake' };

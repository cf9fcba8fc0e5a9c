/** An API key as the API shows it: never the key itself, but once, to who creates it. */

import { z } from 'zod';
import { instant } from '../wire/shapes.ts';

const key = z.strictObject({
  id: z.string().meta({ description: 'The first digits of the hash of the key.' }),
  person: z.string(),
  label: z.string(),
  created_at: instant,
  revoked_at: instant.exactOptional(),
});

export const keyShape = key.meta({ id: 'Key' });
export type KeyView = z.output<typeof keyShape>;

export const newKeyShape = key
  .extend({ key: z.string().meta({ description: 'The key itself: shown this once.' }) })
  .meta({ id: 'NewKey' });
export type NewKey = z.output<typeof newKeyShape>;

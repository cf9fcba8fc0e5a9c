/** One field of a form that is to be answered, as the API shows it. */

import { z } from 'zod';
import type { Field } from '../../engine/playbook/value.ts';
import { byId, text, valueType } from '../wire/shapes.ts';

export const formFieldShape = z.strictObject({
  field: z.string(),
  type: valueType,
  title: text,
  optional: z.boolean(),
  choices: byId(text).exactOptional(),
});

export function makeFormField({ field, type, title, optional, choices }: Field): z.output<typeof formFieldShape> {
  return { field, type, title, optional, ...(choices !== undefined && { choices }) };
}

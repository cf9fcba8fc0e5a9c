/** The shapes that people were kept in, release by release. */

import type { Shapes, Upcast } from '../shapes.ts';
import type { PersonEvent } from './event.ts';

const SINCE_0_1: readonly Upcast[] = [];

const EVENTS: Readonly<Record<PersonEvent['event'], readonly Upcast[]>> = {
  person_joined: SINCE_0_1,
  person_changed: SINCE_0_1,
  message_received: SINCE_0_1,
  items_read: SINCE_0_1,
};

export const PERSON_SHAPES: Shapes = { state: SINCE_0_1, events: EVENTS };

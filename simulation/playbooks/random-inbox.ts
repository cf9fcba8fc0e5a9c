/** Random rules of an inbox: what interrupts, how often, at which hours, and when the rest comes together. */

import { MESSAGE_KINDS } from '../../engine/playbook/roles.ts';
import type { Chance } from '../chance.ts';
import type { Written } from './files.ts';

const WHEN = ['at_once', 'in_budget', 'in_budget', 'in_budget', 'in_digest', 'never'] as const;
/** None lies in any of the quiet hours below. */
const DIGESTS = [['09:00', '17:00'], ['12:15'], ['17:30', '09:30', '12:00']] as const;
const QUIET_HOURS = ['19:00-08:30', '00:00-07:15', '12:30-15:00'] as const;

export function randomInbox(chance: Chance): Written {
  return {
    mail: Object.fromEntries(MESSAGE_KINDS.map((kind) => [kind, chance.pick(WHEN)])),
    ...(chance.happens(0.7) && { budget: chance.between(0, 3) }),
    digests: chance.pick(DIGESTS),
    ...(chance.happens(0.7) && { quiet_hours: chance.pick(QUIET_HOURS) }),
  };
}

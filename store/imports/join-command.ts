/** The command by which somebody named in an export joins. */

import type { MappedPerson } from '../../engine/mapping/map-people.ts';
import type { PersonCommand } from '../../engine/person/command.ts';

export function joinCommand({
  name,
  role,
  manager,
  region,
  email,
}: MappedPerson): Extract<PersonCommand, { command: 'join' }> {
  return {
    command: 'join',
    name,
    role,
    ...(manager !== undefined && { manager }),
    ...(region !== undefined && { region }),
    ...(email !== undefined && { email }),
  };
}

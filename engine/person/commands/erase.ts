/** `erase`: what is known of somebody who has left, but what must be kept, is to be forgotten. */

import { SYSTEM } from '../../who/rights.ts';
import type { PersonCommandOf } from '../command.ts';
import { accepted, type Decision, forbidden, reason, refused } from '../no.ts';
import { mayAdminister } from '../rights.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';

/** Asked again with more, it reaches further; the texts themselves go after the entry is written, entity by entity. */
export function erase(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { written = false, quoted = false }: PersonCommandOf<'erase'>,
): Decision {
  const { person } = state;
  if (actor !== SYSTEM && !mayAdminister(world, actor)) {
    return forbidden('may-not-administer', {
      zh: '只有管理员可以抹除人员',
      en: 'only an administrator may erase people',
    });
  }
  if (state.active) {
    return refused(
      reason('not-gone', person, {
        zh: `\`${person}\` 在职；请先办理离职（\`leave\`）`,
        en: `\`${person}\` has not left; let them leave first (\`leave\`)`,
      }),
    );
  }
  return accepted([{ event: 'person_erased', v: 1, at: world.now, by: actor, written, quoted }]);
}

/** The cases that a case started, as conditions see them. */

import type { ChildSeen } from '../../condition/seen.ts';
import type { CaseState } from '../state.ts';
import type { News } from './family.ts';

/** Those started in this pipeline, wherever they have moved since; sorted by id. */
export function childrenIn({ children = {} }: CaseState, pipeline: string): readonly ChildSeen[] {
  return Object.entries(children)
    .filter(([, child]) => child.pipeline === pipeline)
    .map(([child, { news }]) => ({ child, in: news === undefined ? [] : placesOf(news) }))
    .sort((a, b) => (a.child < b.child ? -1 : 1));
}

/** A status that is also the name of its stage means the stage wherever a condition was compiled: both are listed. */
function placesOf({ stage, status, finished }: News): readonly string[] {
  return [stage, status, ...(finished ? ['finished'] : [])];
}

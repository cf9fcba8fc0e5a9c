/** Judges a condition as if chosen leaves stood as well as they could: what must hold whatever those leaves say. */

import type { Condition, Leaf } from '../playbook/condition.ts';
import { negated } from './compare.ts';
import { truthOf } from './evaluate.ts';
import type { Truth } from './result.ts';
import type { Seen } from './seen.ts';

/**
 * The truth of a condition in which every leaf that `isGranted` names counts as satisfied wherever it stands: true as
 * written, false under a `not`. Milestones are looked into, so a granted leaf inside one counts too.
 */
export function truthGranting(condition: Condition, seen: Seen, isGranted: (leaf: Leaf) => boolean): Truth {
  return judge(condition, true, { seen, isGranted, milestones: [] });
}

interface Grant {
  readonly seen: Seen;
  readonly isGranted: (leaf: Leaf) => boolean;
  /** Milestones being judged; one met again is unknown. */
  readonly milestones: readonly string[];
}

/** `wanted` is what would help the whole: true, or false below an odd number of `not`. */
function judge(condition: Condition, wanted: boolean, grant: Grant): Truth {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return joined(
        condition.of.map((part) => judge(part, wanted, grant)),
        condition.kind === 'any',
      );
    case 'not':
      return negated(judge(condition.of, !wanted, grant));
    case 'milestone': {
      if (grant.isGranted(condition)) return wanted;
      const { milestone } = condition;
      const when = grant.milestones.includes(milestone) ? undefined : grant.seen.milestone(milestone);
      if (when === undefined) return 'unknown';
      return judge(when, wanted, { ...grant, milestones: [...grant.milestones, milestone] });
    }
    default:
      return grant.isGranted(condition) ? wanted : truthOf(condition, grant.seen);
  }
}

function joined(truths: readonly Truth[], decisive: boolean): Truth {
  if (truths.includes(decisive)) return decisive;
  return truths.length === 0 || truths.includes('unknown') ? 'unknown' : !decisive;
}

/** Hints for near misses only: a far-off suggestion is worse than none. */

import type { Text } from '../../playbook/text.ts';

/** A hint naming the closest candidate, or nothing when none is near (Damerau-Levenshtein of 2 at most, less for short words). */
export function didYouMean(written: string, candidates: Iterable<string>): Text | undefined {
  const near = nearest(written, candidates);
  return near === undefined ? undefined : { zh: `是否想写 \`${near}\``, en: `did you mean \`${near}\`` };
}

export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const limit = written.length <= 2 ? 0 : written.length <= 4 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === written || Math.abs(candidate.length - written.length) > limit) continue;
    const distance = foldedDistance(written, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Writing an id in the other case, or with the other dash, is no distance at all. */
function foldedDistance(a: string, b: string): number {
  const fold = (text: string) => text.toLowerCase().replace(/[_\s]/g, '-');
  return distance(fold(a), fold(b));
}

function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** How evidence stands, in a word. */

import type { EvidenceStanding } from '../api/views/case-detail.ts';
import type { Say } from './lang.ts';

export function standingWord(standing: EvidenceStanding, say: Say): string {
  const words: Readonly<Record<EvidenceStanding, string>> = {
    accepted: say('已认可', 'accepted'),
    stale: say('已过期', 'stale'),
    submitted: say('待认可', 'waits for acceptance'),
    rejected: say('被驳回', 'rejected'),
    withdrawn: say('已撤回', 'withdrawn'),
    missing: say('缺', 'missing'),
    owed: say('欠', 'owed'),
  };
  return words[standing];
}

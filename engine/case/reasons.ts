/** Says of unmet criteria what was seen, by which rule, who can meet it, and what is already on its way. */

import { evaluate, truthOf } from '../condition/evaluate.ts';
import type { LeafResult } from '../condition/result.ts';
import type { Seen } from '../condition/seen.ts';
import type { Condition } from '../playbook/condition.ts';
import type { Text } from '../playbook/text.ts';
import { localDate } from '../time/calendar.ts';
import { inWords } from '../time/duration.ts';
import { resolveWho } from '../who/resolve-who.ts';
import { acceptorsOf } from './acceptors.ts';
import { answerersOf } from './answerers.ts';
import { recordOf } from './approvals/standing.ts';
import { type CaseView, nameOf, seenIn, whoContextOf } from './case-view.ts';
import { movers, whereTheyStand } from './children/where-they-stand.ts';
import { type Criterion, isMet } from './criterion.ts';
import { lookUp } from './look-up.ts';
import type { Alternative, Reason, UnmetLeaf } from './outcome.ts';
import { indexOf } from './rules-of.ts';
import { CRITERION_TEXTS } from './texts/criterion-texts.ts';
import { waiverFor, waiversGivers } from './waivers/standing.ts';

export interface Unmet {
  readonly criterion: Criterion;
  readonly reason: Reason;
}

/** The unmet among the criteria that no waiver stands in for, whatever their mode. */
export function unmetIn(view: CaseView, criteria: readonly Criterion[]): readonly Unmet[] {
  const seen = seenIn(view);
  return criteria
    .filter((criterion) => waiverFor(view, criterion) === undefined)
    .filter((criterion) => !isMet(criterion, truthOf(criterion.condition, seen)))
    .map((criterion) => ({ criterion, reason: reasonOf(view, criterion, seen) }));
}

/** The reason a criterion gives that is known not to be met. */
export function reasonOf(
  view: CaseView,
  { code, about, condition, rule, title, waiver }: Criterion,
  seen: Seen = seenIn(view),
): Reason {
  const unmet = blockingLeaves(condition, seen);
  const id = about.slice(about.indexOf(' ') + 1);
  const canMeet = new Set(unmet.flatMap((leaf) => whoCanMeet(view, leaf)));
  return {
    code,
    message: CRITERION_TEXTS[code](id, title),
    about,
    rule,
    unmet,
    can_meet: [...canMeet],
    under_way: unmet.flatMap((leaf) => waitingFor(view, leaf)),
    ...(waiver && { waiver: { can_grant: waiversGivers(view, waiver), at_most: inWords(waiver.at_most) } }),
  };
}

/**
 * The leaves that keep a condition from being true: under `not` those that are not false, and none of a branch that is
 * already as it should be. Where one of several branches would do, their leaves say so.
 */
export function blockingLeaves(condition: Condition, seen: Seen): readonly UnmetLeaf[] {
  let choices = 0;
  const blocking = (
    part: Condition,
    wanted: boolean,
    within: readonly Alternative[],
    trail: readonly string[],
  ): readonly UnmetLeaf[] => {
    if (truthOf(part, seen) === wanted) return [];
    switch (part.kind) {
      case 'all':
      case 'any': {
        if ((part.kind === 'all') === wanted || part.of.length < 2)
          return part.of.flatMap((one) => blocking(one, wanted, within, trail));
        choices += 1;
        const choice = choices;
        return part.of.flatMap((one, way) => blocking(one, wanted, [...within, { choice, way }], trail));
      }
      case 'not':
        return blocking(part.of, !wanted, within, trail);
      case 'milestone': {
        const when = trail.includes(part.milestone) ? undefined : seen.milestone(part.milestone);
        return when === undefined
          ? unmetLeaves(part, seen, within)
          : blocking(when, wanted, within, [...trail, part.milestone]);
      }
      default:
        return unmetLeaves(part, seen, within);
    }
  };
  return blocking(condition, true, [], []);
}

function unmetLeaves(leaf: Condition, seen: Seen, within: readonly Alternative[]): readonly UnmetLeaf[] {
  const { leaves } = evaluate(leaf, seen);
  return within.length === 0 ? leaves : leaves.map((one) => ({ ...one, one_of: within }));
}

/** What waits is in the hands of those who are asked, a child in those of its owner; everything else is the owner's to do. */
function whoCanMeet(view: CaseView, { leaf, why, seen }: LeafResult): readonly string[] {
  if (leaf.kind === 'evidence' && why === 'submitted') {
    const rule = indexOf(view.rules).evidence.get(leaf.evidence);
    if (rule !== undefined) return acceptorsOf(view, rule);
  }
  if (leaf.kind === 'approval' && why === 'under_review') return askedPeople(view, leaf.approval);
  if (leaf.kind === 'decision') {
    const rule = indexOf(view.rules).decisions.get(leaf.decision);
    if (rule?.way.kind === 'tree') return answerersOf(view, rule);
  }
  if (leaf.kind === 'child') return movers(view, seen);
  return resolveWho(view.world.people, { kind: 'owner' }, whoContextOf(view));
}

/** Of whom answers about an approval are wanted now. */
function askedPeople({ state }: CaseView, approval: string): readonly string[] {
  const steps = Object.values(recordOf(state, approval)?.steps ?? {});
  return [...new Set(steps.flatMap(({ asked }) => asked.map(({ person }) => person)))];
}

function approvalWaiting(view: CaseView, approval: string): readonly Text[] {
  const record = recordOf(view.state, approval);
  if (record === undefined) return [];
  const names = askedPeople(view, approval).map((person) => nameOf(view, person));
  const since = localDate(view.calendar, record.submitted_at);
  return [
    {
      zh: `\`${approval}\` 自 ${since} 起等待 ${names.join('、')} 审批`,
      en: `\`${approval}\` waits for ${names.join(', ')} since ${since}`,
    },
  ];
}

function waitingFor(view: CaseView, { leaf, why, seen }: LeafResult): readonly Text[] {
  if (leaf.kind === 'approval') return why === 'under_review' ? approvalWaiting(view, leaf.approval) : [];
  if (leaf.kind === 'child') return whereTheyStand(view, seen);
  if (leaf.kind !== 'evidence' || why !== 'submitted') return [];
  const rule = indexOf(view.rules).evidence.get(leaf.evidence);
  const entry = lookUp(view.state.evidence, leaf.evidence);
  if (rule === undefined || entry === undefined) return [];
  const names = acceptorsOf(view, rule).map((person) => nameOf(view, person));
  const since = localDate(view.calendar, entry.submitted_at);
  return [
    {
      zh: `\`${leaf.evidence}\` 自 ${since} 起等待 ${names.join('、')} 验收`,
      en: `\`${leaf.evidence}\` waits for acceptance by ${names.join(', ')} since ${since}`,
    },
  ];
}

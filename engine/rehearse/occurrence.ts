/** What a scenario can see of a case: events and effects, told in the words that `expect` uses. */

import type { Effect } from '../case/effect.ts';
import type { CaseEvent } from '../case/event.ts';
import type { ApprovalOutcome } from '../parts/approval/record.ts';
import type { Message } from '../person/message.ts';
import type { CoachingTurn, DutyTurn, GoalTurn } from '../playbook/scenario.ts';
import type { Instant } from '../time/instant.ts';

export type Happening =
  | { readonly kind: 'remind' | 'notify' | 'demand' | 'digest'; readonly who: string }
  | { readonly kind: 'ask' | 'tell'; readonly who: string; readonly about: string }
  | { readonly kind: 'approval'; readonly approval: string; readonly outcome: ApprovalOutcome }
  | { readonly kind: 'task'; readonly who: string; readonly title: string }
  | { readonly kind: 'hand_over'; readonly who: string }
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'move_pipeline'; readonly pipeline: string }
  | { readonly kind: 'require'; readonly evidence: string }
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'send'; readonly to: string }
  | { readonly kind: 'start'; readonly pipeline: string }
  | { readonly kind: 'gate'; readonly gate: string }
  | { readonly kind: 'decided'; readonly decision: string; readonly outcomes: readonly string[] }
  | { readonly kind: 'asked_again'; readonly decision: string }
  | { readonly kind: 'waived' | 'waiver_over'; readonly name: string }
  | { readonly kind: 'finding' | 'finding_gone'; readonly finding: string }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'won' | 'finished' | 'reopened' | 'inspected' }
  | { readonly kind: 'coaching'; readonly coaching: string; readonly outcome: CoachingTurn }
  | { readonly kind: 'goal'; readonly outcome: GoalTurn }
  | { readonly kind: 'duty'; readonly duty: string; readonly outcome: DutyTurn };

export interface Occurrence {
  readonly at: Instant;
  /** Owner of the case at that moment. */
  readonly owner: string;
  readonly what: Happening;
}

/** As `expect` would write it, people by id. */
export function happeningText(what: Happening): string {
  switch (what.kind) {
    case 'ask':
    case 'tell':
      return `${what.kind} ${what.who} ${what.about}`.trimEnd();
    case 'approval':
      return `approval ${what.approval} ${what.outcome}`;
    case 'task':
      return `task ${what.who} ${what.title}`;
    case 'remind':
    case 'notify':
    case 'demand':
    case 'digest':
    case 'hand_over':
      return `${what.kind} ${what.who}`;
    case 'stage':
      return `stage ${what.stage}`;
    case 'move_pipeline':
      return `move_pipeline ${what.pipeline}`;
    case 'require':
      return `require ${what.evidence}`;
    case 'flag':
      return `flag ${what.flag}`;
    case 'send':
      return `send ${what.to}`;
    case 'start':
      return `start ${what.pipeline}`;
    case 'gate':
      return `gate ${what.gate}`;
    case 'decided':
      return `decided ${[what.decision, ...what.outcomes].join(' ')}`;
    case 'asked_again':
      return `asked_again ${what.decision}`;
    case 'waived':
    case 'waiver_over':
      return `${what.kind} ${what.name}`;
    case 'finding':
    case 'finding_gone':
      return `${what.kind} ${what.finding}`;
    case 'lost':
      return `lost ${what.reason}`;
    case 'coaching':
      return `coaching ${what.coaching} ${what.outcome}`;
    case 'goal':
      return `goal ${what.outcome}`;
    case 'duty':
      return `duty ${what.duty} ${what.outcome}`;
    case 'won':
    case 'finished':
    case 'reopened':
    case 'inspected':
      return what.kind;
  }
}

/** What one event and its effects look like from outside; the steps of a clock and plain entries look like nothing. */
export function happeningsOf(event: CaseEvent, effects: readonly Effect[]): readonly Happening[] {
  const about = subjectOf(event);
  return [...ofEvent(event), ...effects.flatMap((effect) => ofEffect(effect, about))];
}

/** What a question or its answer is about. */
function subjectOf(event: CaseEvent): string {
  if ('approval' in event) return event.approval;
  if ('finding' in event && event.finding !== undefined) return event.finding;
  return 'evidence' in event ? (event.evidence ?? '') : '';
}

function ofEvent(event: CaseEvent): readonly Happening[] {
  switch (event.event) {
    case 'case_opened':
    case 'stage_entered':
      return [{ kind: 'stage', stage: event.stage }];
    case 'pipeline_moved':
      return [
        { kind: 'move_pipeline', pipeline: event.to },
        { kind: 'stage', stage: event.stage },
      ];
    case 'task_planned':
      return [{ kind: 'task', who: event.entry.owner, title: event.entry.title }];
    case 'handed_over':
      return [{ kind: 'hand_over', who: event.to }];
    case 'evidence_required':
      return [{ kind: 'require', evidence: event.evidence }];
    case 'flagged':
      return [{ kind: 'flag', flag: event.flag }];
    case 'child_started':
      return [{ kind: 'start', pipeline: event.pipeline }];
    case 'gate_noted':
      return [{ kind: 'gate', gate: event.gate }];
    case 'approval_ended':
      return [{ kind: 'approval', approval: event.approval, outcome: event.outcome }];
    case 'decision_made':
      return [{ kind: 'decided', decision: event.decision, outcomes: event.outcomes }];
    case 'decision_asked_again':
      return [{ kind: 'asked_again', decision: event.decision }];
    case 'waiver_granted':
      return [{ kind: 'waived', name: event.name }];
    case 'waiver_ended':
      return [{ kind: 'waiver_over', name: event.name }];
    case 'finding_found':
      return [{ kind: 'finding', finding: event.finding }];
    case 'finding_gone':
      return [{ kind: 'finding_gone', finding: event.finding }];
    case 'lost':
      return [{ kind: 'lost', reason: event.reason }];
    case 'won':
    case 'finished':
    case 'reopened':
    case 'inspected':
      return [{ kind: event.event }];
    default:
      return [];
  }
}

const MESSAGES: Readonly<
  Record<Message['kind'], 'remind' | 'notify' | 'demand' | 'digest' | 'ask' | 'tell' | 'told_by_event'>
> = {
  reminder: 'remind',
  notice: 'notify',
  demand: 'demand',
  digest: 'digest',
  evidence_to_accept: 'ask',
  evidence_settled: 'tell',
  approval_to_give: 'ask',
  coaching: 'ask',
  finding_to_answer: 'ask',
  approval_settled: 'tell',
  // The event beside these messages says the same.
  task: 'told_by_event',
  handed_over: 'told_by_event',
};

function ofEffect(effect: Effect, about: string): readonly Happening[] {
  if (effect.effect === 'webhook') return [{ kind: 'send', to: effect.destination }];
  // A mail repeats what stands in the inbox; what is settled or passed on is seen by its own event.
  if (effect.effect !== 'message') return [];
  const kind = MESSAGES[effect.message.kind];
  if (kind === 'told_by_event') return [];
  return kind === 'ask' || kind === 'tell' ? [{ kind, who: effect.to, about }] : [{ kind, who: effect.to }];
}

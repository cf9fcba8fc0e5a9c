/** Compiled scenarios: promises about one pipeline, flow or rhythm, with every name in them already checked. Part of no hash. */

import type { CaseCommand, RawValues } from '../case/command.ts';
import type { MeasureId } from '../measure/catalogue.ts';
import type { ApprovalOutcome } from '../parts/approval/record.ts';
import { GOAL_ENDS } from '../person/coaching/session.ts';
import type { PersonCommand } from '../person/command.ts';
import type { Duration } from '../time/duration.ts';
import type { At } from './text.ts';

/** In a scenario's `approve`: the digest of what is shown to whoever approves, at that moment. */
export const DIGEST_AS_SHOWN = 'as-shown';

/** In a scenario's commands to a person: the session that was opened last, the goal that waits to be judged. */
export const NEWEST = '';

/** A point in a scenario: so long after `given.at` in the playbook's calendar, or a local time in its zone. */
export type ScenarioTime =
  | { readonly kind: 'after'; readonly duration: Duration }
  | { readonly kind: 'local' /** `yyyy-MM-dd` */; readonly date: string /** `HH:mm` */; readonly time: string };

/**
 * Somebody in a scenario. `owner`: the case's owner at that moment; `role`: anybody who holds the post; `person`: by id.
 * A scenario file without `people` gets them made up: one for each post of the roles playbook, named like the post and
 * reporting to the post that manages it; every other name used holds the post at the foot of that line and reports to
 * the one above.
 */
export type ScenarioWho =
  | { readonly kind: 'owner' }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'person'; readonly person: string };

/** What must have happened since the line before; all of it and nothing else. */
export type Expectation =
  | { readonly kind: 'nothing'; readonly at: At }
  /** Messages: a rung's `remind`, `notify` and `demand`; evidence or an approval that waits (`ask`), or is settled (`tell`); a `digest`. */
  | { readonly kind: 'remind' | 'notify' | 'demand' | 'digest'; readonly who: ScenarioWho; readonly at: At }
  | { readonly kind: 'ask' | 'tell'; readonly who: ScenarioWho; readonly about?: string; readonly at: At }
  /** A task was planned for somebody; `title` in either language when written. */
  | { readonly kind: 'task'; readonly who: ScenarioWho; readonly title?: string; readonly at: At }
  | { readonly kind: 'hand_over'; readonly who: ScenarioWho; readonly at: At }
  | { readonly kind: 'stage'; readonly stage: string; readonly at: At }
  | { readonly kind: 'move_pipeline'; readonly pipeline: string; readonly at: At }
  | { readonly kind: 'require'; readonly evidence: string; readonly at: At }
  | { readonly kind: 'flag'; readonly flag: string; readonly at: At }
  | { readonly kind: 'send'; readonly to: string; readonly at: At }
  /** A case of its own began, or was tried again. */
  | { readonly kind: 'start'; readonly pipeline: string; readonly at: At }
  /** A gate in mode `warn` or `shadow` was noted. */
  | { readonly kind: 'gate'; readonly gate: string; readonly at: At }
  /** A decision came to these outcomes, or its answers no longer stand. */
  | { readonly kind: 'decided'; readonly decision: string; readonly outcomes: readonly string[]; readonly at: At }
  | { readonly kind: 'asked_again'; readonly decision: string; readonly at: At }
  /** A milestone or a gate was waived, or its waiver is over. */
  | { readonly kind: 'waived' | 'waiver_over'; readonly name: string; readonly at: At }
  /** Something was found, or holds no longer. */
  | { readonly kind: 'finding' | 'finding_gone'; readonly finding: string; readonly at: At }
  | { readonly kind: 'lost'; readonly reason: string; readonly at: At }
  /** An approval has come to an end, or what was given is void. */
  | { readonly kind: 'approval'; readonly approval: string; readonly outcome: ApprovalOutcome; readonly at: At }
  | { readonly kind: 'won' | 'finished' | 'reopened' | 'inspected'; readonly at: At }
  /** Of a person: a flow was begun, finished, dropped or put off; a goal agreed, due or ended; a duty asked, done and so on. */
  | { readonly kind: 'coaching'; readonly coaching: string; readonly outcome: CoachingTurn; readonly at: At }
  | { readonly kind: 'goal'; readonly outcome: GoalTurn; readonly at: At }
  | { readonly kind: 'duty'; readonly duty: string; readonly outcome: DutyTurn; readonly at: At };

export const COACHING_TURNS = ['opened', 'postponed', 'sent_back', 'shared', 'finished', 'dropped'] as const;
export type CoachingTurn = (typeof COACHING_TURNS)[number];
export const GOAL_TURNS = ['agreed', 'due', ...GOAL_ENDS] as const;
export type GoalTurn = (typeof GOAL_TURNS)[number];
export const DUTY_TURNS = ['spared', 'done', 'late', 'missed', 'excused', 'read', 'unread'] as const;
export type DutyTurn = (typeof DUTY_TURNS)[number];

/** One reason among those of a refusal. `about` is compared with `Reason.about`, or with an unmet leaf; `code` with `Reason.code`. */
export type RefusalPattern =
  | {
      readonly kind: 'about';
      readonly about:
        | 'stage'
        | 'milestone'
        | 'gate'
        | 'evidence'
        | 'approval'
        | 'fact'
        | 'task'
        | 'activity'
        | 'ladder'
        | 'pipeline'
        | 'decision'
        | 'child'
        | 'finding';
      readonly id: string;
      readonly at: At;
    }
  | { readonly kind: 'code'; readonly code: string; readonly at: At };

export interface TimelineLine<C> {
  /** Absent: at once after the line before. */
  readonly when?: ScenarioTime;
  /** The command, ready for `decide`; values as written. `by` absent: the owner. */
  readonly do?: C;
  readonly by?: ScenarioWho;
  readonly expect?: readonly Expectation[];
  /** The command is refused, and exactly these are its reasons' subjects. */
  readonly refused?: readonly RefusalPattern[];
  /** A code of `forbidden` or `invalid`, or `any`. */
  readonly forbidden?: string;
  readonly invalid?: string;
  readonly at: At;
}

export interface ScenarioLine extends TimelineLine<CaseCommand> {
  /** Cases it started tell that they stand there: all of the pipeline, or the one of this key. Before the command. */
  readonly child?: { readonly pipeline: string; readonly in: string; readonly key?: string };
}

/** What the record would say of somebody, in the unit a measure is shown in: percents as 65. */
export interface StagedMeasure {
  readonly own: number;
  /** How many cases it rests on. */
  readonly n: number;
  readonly team: { readonly low: number; readonly middle: number; readonly high: number };
}

export type StagedMeasures = Readonly<Partial<Record<MeasureId, StagedMeasure>>>;

/** Names in its commands are those of the playbook: `decide` is given the session, goal or duty that is open under them. */
export interface PersonLine extends TimelineLine<PersonCommand> {
  /** From the line before on. */
  readonly measures?: StagedMeasures;
}

/** Promises about one flow or rhythm: the person joins at the start, and what the playbooks ask of them begins. */
export interface PersonScenario {
  readonly scenario: string;
  readonly given: {
    readonly owner: string;
    readonly starts_at: { readonly date: string; readonly time: string };
    readonly measures: StagedMeasures;
    /** Cases of theirs, for what must point at one. */
    readonly cases: readonly string[];
    readonly in_post_since?: string;
    readonly at: At;
  };
  readonly timeline: readonly PersonLine[];
  readonly at: At;
}

export interface Scenario {
  readonly scenario: string;
  readonly given: {
    /**
     * Absent: the pipeline's first `open_at`. The case gets there by real commands, all at `starts_at`: it opens with the
     * facts given and whatever else the criteria on the way ask, all evidence of the stages before is submitted and
     * accepted, and where a gate asks for them an open task due in half a year and activities of that moment are there.
     */
    readonly stage?: string;
    readonly owner: string;
    readonly starts_at: { readonly date: string; readonly time: string };
    /** As written; `decide` parses them like any other caller's. */
    readonly facts: RawValues;
    /** The case is opened by a `do: open` line of the timeline, not by `given`. */
    readonly unopened: boolean;
    readonly at: At;
  };
  readonly timeline: readonly ScenarioLine[];
  readonly at: At;
}

interface ScenarioFileOf<O, S> {
  readonly of: O;
  /** The pipeline, flow or rhythm. */
  readonly scenarios: string;
  readonly people?: Readonly<Record<string, { readonly role: string; readonly manager?: string; readonly at: At }>>;
  readonly list: readonly S[];
  readonly at: At;
}

export type CaseScenarioFile = ScenarioFileOf<'case', Scenario>;
export type PersonScenarioFile = ScenarioFileOf<'person', PersonScenario>;
export type ScenarioFile = CaseScenarioFile | PersonScenarioFile;

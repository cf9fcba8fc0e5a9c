/** A case as one sees it when one opens it: state with titles, clocks that show their work, what is owed. */

import { z } from 'zod';
import { at, byId, instant, list, personRef, text, truth, value, valueType } from '../wire/shapes.ts';
import { approvalView } from './approval-view.ts';
import { decisionView } from './decision-view.ts';
import { findingView } from './finding-view.ts';
import { crmPosition } from './import-view.ts';
import { noteRef } from './knowledge-view.ts';

const factView = z.strictObject({
  fact: z.string(),
  title: text,
  type: valueType,
  value: value.exactOptional(),
  shown: text.exactOptional(),
  derived: z.boolean(),
  mark: z.string().exactOptional(),
  set_at: instant.exactOptional(),
  by: z.string().exactOptional(),
});
export type FactView = z.output<typeof factView>;

const evidenceStanding = z.enum(['accepted', 'stale', 'submitted', 'rejected', 'withdrawn', 'missing', 'owed']);
export type EvidenceStanding = z.output<typeof evidenceStanding>;

export const evidenceView = z.strictObject({
  evidence: z.string(),
  title: text,
  stage: z.string().exactOptional().meta({ description: 'The stage that declares it; absent for a gate’s own.' }),
  standing: evidenceStanding,
  required: z.boolean().meta({ description: 'Asked for by a rung, beyond what the stage asks.' }),
  fields: byId(value).exactOptional(),
  submitted_by: personRef.exactOptional(),
  submitted_at: instant.exactOptional(),
  settled_by: personRef.exactOptional(),
  settled_at: instant.exactOptional(),
  fresh_until: instant.exactOptional(),
  can_accept: list(personRef)
    .exactOptional()
    .meta({ description: 'People who may accept it; present while it waits.' }),
  rule: at,
});
export type EvidenceView = z.output<typeof evidenceView>;

const milestoneView = z.strictObject({ milestone: z.string(), title: text, truth, rule: at });
export type MilestoneView = z.output<typeof milestoneView>;

const rungView = z.strictObject({
  after: text,
  does: list(text),
  fired: z.boolean(),
  due_at: instant
    .exactOptional()
    .meta({ description: 'Of the next rung only: the due times of later ones can still move.' }),
  rule: at,
});
export type RungView = z.output<typeof rungView>;

const stallView = z.strictObject({
  ladder: z.string(),
  title: text,
  cause: z.enum(['timebox', 'no_activity', 'due']),
  started_at: instant,
  days: z.number().meta({ description: 'Working days.' }),
  rungs: list(rungView),
  demand: z
    .strictObject({
      of: list(personRef),
      ways: z.partialRecord(z.enum(['push', 'fall_back', 'hand_over', 'close_lost']), list(z.string())),
    })
    .exactOptional(),
});
export type StallView = z.output<typeof stallView>;

const clockView = z.strictObject({
  entered_at: instant,
  days_in_stage: z.number().meta({ description: 'Working days of the pipeline’s calendar, to one decimal.' }),
  timebox: z.strictObject({ length: text, ends_at: instant, is_over: z.boolean() }).exactOptional(),
  last_activity_at: instant,
  paused: z.strictObject({ why: z.enum(['condition', 'snooze']), until: instant.exactOptional() }).exactOptional(),
  stall: stallView.exactOptional(),
  wakes_at: instant.exactOptional().meta({ description: 'When the clocks next do something by themselves.' }),
  provisional: z
    .boolean()
    .meta({ description: 'The calendar does not reach this far: later dates are counted by weekday alone.' }),
});
export type ClockView = z.output<typeof clockView>;

const debtView = z.strictObject({
  kind: z.enum(['evidence', 'decision', 'milestone', 'gate']),
  name: z.string().meta({ description: 'What is owed, by its id.' }),
  title: text,
  stage: z.string().exactOptional().meta({ description: 'The stage left on trust; absent: passed by a waiver.' }),
  due_on: z.string(),
  is_over: z.boolean(),
});

const waiverView = z.strictObject({
  kind: z.enum(['milestone', 'gate']),
  name: z.string(),
  title: text,
  stands: z
    .boolean()
    .meta({ description: 'It lets the case pass now; else it is over, and what it stood in for is owed.' }),
  until: z.string(),
  reason: z.string(),
  owner: personRef.meta({ description: 'Who answers for its being met by then.' }),
  granted_by: personRef,
  times: z.int().meta({ description: 'How often it was granted in this case.' }),
  is_used: z.boolean().meta({ description: 'A stage was left by it.' }),
});

const taskView = z.strictObject({
  task: z.string(),
  title: z.string(),
  owner: personRef,
  due_at: instant.exactOptional(),
  done_at: instant.exactOptional(),
  is_overdue: z.boolean(),
});

const childView = z.strictObject({
  case: z.string(),
  pipeline: z.string().meta({ description: 'The one it was started in.' }),
  pipeline_title: text,
  owner: personRef,
  stage: z.string().exactOptional().meta({ description: 'As it last told; absent while it has not begun.' }),
  stage_title: text.exactOptional(),
  status: z.enum(['open', 'won', 'lost']).exactOptional(),
  finished: z.boolean(),
  refused: list(text).exactOptional().meta({ description: 'Why it could not begin; `start_again` tries once more.' }),
});
export type ChildView = z.output<typeof childView>;

export const caseDetail = z
  .strictObject({
    case: z.string(),
    title: z.string(),
    status: z.enum(['open', 'won', 'lost']),
    finished: z.boolean(),
    finish_reason: z.string().exactOptional(),
    ungated: z.boolean(),
    pipeline: z.string(),
    pipeline_title: text,
    zone: z.string().meta({ description: 'Of the calendar it counts in.' }),
    rules: z.string().meta({ description: 'Hash of the rules it is pinned to.' }),
    rules_current: z.boolean().meta({ description: 'False: newer rules are published.' }),
    stage: z.string(),
    stage_title: text,
    success_rate: z.number(),
    position: z.int().meta({ description: 'The stage is the `position`th `of` so many, counted from 1.' }),
    of: z.int(),
    owner: personRef,
    manager: personRef.exactOptional(),
    opened_at: instant,
    opened_stage: z.string(),
    facts: list(factView),
    milestones: list(milestoneView),
    evidence: list(evidenceView),
    approvals: list(approvalView),
    clock: clockView,
    debts: list(debtView),
    waivers: list(waiverView),
    decisions: list(decisionView).meta({ description: 'Every decision of its pipeline.' }),
    findings: list(findingView).meta({ description: 'What diagnoses found and still holds.' }),
    tasks: list(taskView),
    flags: list(z.string()),
    notes: list(noteRef).meta({ description: 'Notes that help here: with the stage, what it still lacks, a stall.' }),
    parent: z.string().exactOptional().meta({ description: 'The case that started this one.' }),
    children: list(childView).meta({ description: 'Cases that this one started.' }),
    held: z
      .strictObject({ crm: crmPosition, since: instant, asked: list(personRef) })
      .exactOptional()
      .meta({ description: 'The CRM moved or closed it, and somebody must decide: `settle_change`.' }),
  })
  .meta({ id: 'CaseDetail' });

export type CaseDetail = z.output<typeof caseDetail>;

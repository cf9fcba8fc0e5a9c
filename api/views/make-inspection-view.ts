/** Makes an inspection ready to be held: what the record shows to each of its questions. */

import type { CaseView } from '../../engine/case/case-view.ts';
import { type Doubt, doubtsOf } from '../../engine/case/doubts.ts';
import { indexOf } from '../../engine/case/rules-of.ts';
import { stageSupported } from '../../engine/case/support.ts';
import { timeboxOf } from '../../engine/case/timebox-of.ts';
import type { Text } from '../../engine/playbook/text.ts';
import type { Value } from '../../engine/playbook/value.ts';
import { same, valueText } from '../../engine/playbook/value-text.ts';
import { addDuration } from '../../engine/time/calendar.ts';
import { inWords } from '../../engine/time/duration.ts';
import type { Copy } from '../../store/answer-digests.ts';
import type { InspectionView } from './inspection-view.ts';
import { makeEvidenceViews } from './make-evidence-views.ts';
import { personRef } from './person-ref.ts';
import { workingDaysBetween } from './working-days.ts';

/** @param copies answers that other cases give as well @param maySee whether the caller may see cases of this owner */
export function makeInspectionView(
  view: CaseView,
  copies: readonly Copy[],
  maySee: (owner: string) => boolean,
): InspectionView {
  const { state, rules, world } = view;
  const doubts = doubtsOf(view);
  return {
    case: state.case,
    title: state.title,
    zone: view.calendar.calendar.zone,
    owner: personRef(world.people, state.owner),
    questions: rules.pipeline.inspection ?? [],
    progress: progressOf(view),
    evidence: makeEvidenceViews(view).map((sheet) => ({
      sheet,
      doubts: [
        ...doubts.filter((one) => one.evidence === sheet.evidence).map((one) => doubtText(view, one)),
        ...copies
          .filter(({ answer }) => answer.evidence === sheet.evidence)
          .map((copy) => copyText(view, copy, maySee(copy.owner))),
      ],
    })),
    tasks: tasksOf(view),
    ...(state.inspection && { last: { at: state.inspection.at, by: personRef(world.people, state.inspection.by) } }),
  };
}

function progressOf(view: CaseView): InspectionView['progress'] {
  const { state, rules, calendar, at } = view;
  const { stages } = indexOf(rules);
  const here = stages.get(state.stage);
  const before =
    here === undefined || state.stage === state.opened_stage ? undefined : rules.pipeline.stages[here.index - 1];
  const timebox = timeboxOf(view);
  const supported = stageSupported(view);
  const { entered_at: since } = state.clock;
  return {
    stage: state.stage,
    stage_title: here?.stage.title ?? same(state.stage),
    ...(before && { completed: before.title }),
    entered_at: since,
    days_in_stage: workingDaysBetween(calendar, since, at),
    ...(timebox && { timebox: { length: inWords(timebox), is_over: addDuration(calendar, since, timebox) <= at } }),
    ...(supported && { supported: { stage: supported.stage, title: supported.title } }),
  };
}

function tasksOf({ state, world, at }: CaseView): InspectionView['tasks'] {
  const open = Object.entries(state.tasks).filter(([, task]) => task.done_at === undefined);
  return open.map(([task, { title, owner, due_at: dueAt }]) => ({
    task,
    title,
    owner: personRef(world.people, owner),
    ...(dueAt !== undefined && { due_at: dueAt }),
    is_overdue: dueAt !== undefined && dueAt <= at,
    agreed: state.inspection?.task === task,
  }));
}

/** A field of evidence as people know it. */
function fieldOf({ rules }: CaseView, evidence: string, field: string) {
  return indexOf(rules)
    .evidence.get(evidence)
    ?.fields.find((one) => one.field === field);
}

function doubtText(view: CaseView, doubt: Doubt): Text {
  if (doubt.doubt === 'stale') return { zh: '已过期', en: 'it is stale' };
  const field = fieldOf(view, doubt.evidence, doubt.field);
  const name = field?.title ?? same(doubt.field);
  const said = (value: Value): Text => valueText(value, field);
  const [here, there] = [said(doubt.here), said(doubt.there)];
  const where =
    doubt.doubt === 'differs_from_fact'
      ? { zh: '案件里', en: 'the case says' }
      : { zh: `\`${doubt.other}\` 里`, en: `\`${doubt.other}\` says` };
  return {
    zh: `${name.zh}写的是${here.zh}，${where.zh}是${there.zh}`,
    en: `${name.en} is ${here.en}, where ${where.en} ${there.en}`,
  };
}

function copyText(view: CaseView, { case: id, answer }: Copy, isVisible: boolean): Text {
  const name = fieldOf(view, answer.evidence, answer.field)?.title ?? same(answer.field);
  return isVisible
    ? { zh: `${name.zh}与案件 ${id} 里的一样`, en: `${name.en} says the same as in case ${id}` }
    : { zh: `${name.zh}与别处一个案件里的一样`, en: `${name.en} says the same as in a case elsewhere` };
}

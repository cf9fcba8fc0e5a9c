/** `open` by an import: a case that was already under way elsewhere, or is over. No stage history is invented for it. */

import { shown } from '../../form/problems.ts';
import type { Pipeline } from '../../playbook/pipeline.ts';
import type { Rules } from '../../playbook/set.ts';
import { localDate } from '../../time/calendar.ts';
import { checkLostReason } from '../check-lost-reason.ts';
import { climb } from '../clock.ts';
import type { Imported } from '../command.ts';
import type { CaseEvent } from '../event.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome, Problem } from '../outcome.ts';
import { isOverWhenEntered, stageIndex, statusAt, winningIndex } from '../route.ts';
import { calendarOf } from '../rules-of.ts';
import { beginWhereItStands } from '../stage-moves.ts';
import type { Debt } from '../state.ts';
import { decisionsToLeave, evidenceToLeave } from '../support.ts';
import type { World } from '../world.ts';
import { type Opening, startCase } from './start-case.ts';

/** The import's word replaces `applies_when`, `open_at` and the gates at opening; what it cannot show is owed. */
export function importCase(world: World, opening: Opening, rules: Rules, imported: Imported): Outcome<CaseEvent> {
  const { pipeline } = rules;
  const problems = [...checkStage(pipeline, opening.command.stage), ...checkPast(pipeline, imported, opening)];
  if (problems.length > 0) return invalid(...problems);
  return imported.closed === undefined
    ? importOpen(world, opening, rules, imported)
    : importClosed(world, opening, rules, imported, imported.closed);
}

/** At whatever stage, counted from the first; the ladder stands at once where it would have climbed to. */
function importOpen(world: World, opening: Opening, rules: Rules, imported: Imported): Outcome<CaseEvent> {
  const { pipeline } = rules;
  const first = pipeline.stages[0]?.stage ?? '';
  const stage = opening.command.stage ?? pipeline.open_at[0]?.stage ?? first;
  const calendar = calendarOf(world, rules);
  if (calendar === undefined) return refused(refusal('rules-missing', [pipeline.pipeline]));
  const index = stageIndex(pipeline, stage);
  // Owed at once where the import names no day.
  const dueOn = imported.debt_due_on ?? localDate(calendar, opening.at);
  const draft = startCase(world, opening, rules, {
    stage,
    ...(stage !== first && { opened_stage: first }),
    opened_at: imported.opened_at ?? opening.at,
    debts: debtsBefore(rules, index, dueOn),
    source: imported.source,
    ...(imported.entered_at !== undefined && { entered_at: imported.entered_at }),
    ...(imported.last_activity_at !== undefined && { last_activity_at: imported.last_activity_at }),
    ...(imported.history !== undefined && { history: imported.history }),
  });
  if ('outcome' in draft) return draft;
  const isOver = isOverWhenEntered(pipeline, index);
  const wins = statusAt(pipeline, stage) === 'won' || (isOver && winningIndex(pipeline) === index);
  beginWhereItStands(draft, { wins, isOver, ungated: true });
  climb(draft, true);
  return draft.accepted();
}

/** A finished case that passed no gate of ours; where no stage is given, a won one stands at the end, a lost one at the start. */
function importClosed(
  world: World,
  opening: Opening,
  rules: Rules,
  imported: Imported,
  closed: NonNullable<Imported['closed']>,
): Outcome<CaseEvent> {
  const { pipeline } = rules;
  const first = pipeline.open_at[0]?.stage ?? pipeline.stages[0]?.stage ?? '';
  const last = pipeline.stages.at(-1)?.stage ?? first;
  const draft = startCase(world, opening, rules, {
    stage: opening.command.stage ?? (closed.as === 'won' ? last : first),
    opened_at: imported.opened_at ?? closed.at ?? opening.at,
    ungated: true,
    source: imported.source,
    ...(imported.history !== undefined && { history: imported.history }),
  });
  if ('outcome' in draft) return draft;
  const happened = closed.at === undefined ? {} : { happened_at: closed.at };
  draft.add(
    closed.as === 'won' ? { event: 'won', ...happened } : { event: 'lost', reason: closed.reason ?? '', ...happened },
  );
  return draft.add({ event: 'finished' }).accepted();
}

/** All evidence and all answers that leaving the earlier stages names, each owed once, from the first stage that asks for it. */
function debtsBefore(rules: Rules, index: number, dueOn: string): readonly Debt[] {
  const debts = new Map<string, Debt>();
  for (const [step, { stage }] of rules.pipeline.stages.slice(0, index).entries()) {
    for (const evidence of evidenceToLeave(rules, step)) {
      const about = `evidence ${evidence}`;
      if (!debts.has(about)) debts.set(about, { evidence, stage, due_on: dueOn });
    }
    for (const decision of decisionsToLeave(rules, step)) {
      const about = `decision ${decision}`;
      if (!debts.has(about)) debts.set(about, { decision, stage, due_on: dueOn });
    }
  }
  return [...debts.values()];
}

function checkStage(pipeline: Pipeline, stage: string | undefined): readonly Problem[] {
  if (stage === undefined || stageIndex(pipeline, stage) >= 0) return [];
  return [misfit('stage-unknown', '/stage', shown(stage))];
}

/** The past is over, and a lost case says why. */
function checkPast(pipeline: Pipeline, imported: Imported, { at }: Opening): readonly Problem[] {
  const { opened_at, entered_at, last_activity_at, closed, history = [] } = imported;
  const instants: readonly (readonly [string, string | undefined])[] = [
    ['/imported/opened_at', opened_at],
    ['/imported/entered_at', entered_at],
    ['/imported/last_activity_at', last_activity_at],
    ['/imported/closed/at', closed?.at],
    ...history.map((step, index) => [`/imported/history/${index}/at`, step.at] as const),
  ];
  const problems: Problem[] = instants.flatMap(([path, instant]) =>
    instant !== undefined && instant > at ? [misfit('date-in-future', path)] : [],
  );
  for (const [index, step] of history.entries()) {
    if (stageIndex(pipeline, step.stage) >= 0) continue;
    problems.push(misfit('stage-unknown', `/imported/history/${index}/stage`, shown(step.stage)));
  }
  if (closed?.as === 'lost') problems.push(...checkLostReason(pipeline, closed.reason, '/imported/closed/reason'));
  return problems;
}

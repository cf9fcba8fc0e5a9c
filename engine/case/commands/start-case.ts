/** The first events of a case: its opening with its facts, and the tasks it begins with. */

import type { Rules } from '../../playbook/set.ts';
import { endOfDay, localDate } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import type { CaseView } from '../case-view.ts';
import { Draft, type HappeningOf } from '../draft.ts';
import type { CaseEvent } from '../event.ts';
import { evolve } from '../evolve.ts';
import { lookUp } from '../look-up.ts';
import { invalid, misfit, refusal, refused } from '../no.ts';
import type { Outcome, Problem } from '../outcome.ts';
import { plotOf } from '../plot-of.ts';
import { readFacts } from '../read-facts.ts';
import { calendarOf } from '../rules-of.ts';
import type { FactEntry } from '../state.ts';
import { nextTaskId } from '../task-id.ts';
import type { World } from '../world.ts';
import type { CommandOf } from './handler.ts';

/** The command to open a case, with what surrounds it. */
export interface Opening {
  readonly command: CommandOf<'open'>;
  readonly actor: string;
  readonly at: Instant;
  /** The id the case will have. */
  readonly id: string;
}

/** What the kinds of opening differ in. */
export type Beginning = Pick<HappeningOf<'case_opened'>, 'stage' | 'opened_at' | 'opened_stage'> &
  Partial<Pick<HappeningOf<'case_opened'>, 'debts' | 'ungated' | 'source' | Past>>;

/** What only an import knows. */
type Past = 'entered_at' | 'last_activity_at' | 'history';

/** Says no to facts that do not fit the pipeline and to tasks that are late before they begin. */
export function startCase(
  world: World,
  { command, actor, at, id }: Opening,
  rules: Rules,
  beginning: Beginning,
): Draft | Outcome<CaseEvent> {
  const { pipeline } = rules;
  const calendar = calendarOf(world, rules);
  if (calendar === undefined) return refused(refusal('rules-missing', [pipeline.pipeline]));
  const read = readFacts({ rules, calendar, world, at }, command.facts ?? {}, '/facts');
  const today = localDate(calendar, at);
  const late = command.imported === undefined ? lateTasks(command, today) : [];
  if (!read.ok || late.length > 0) return invalid(...(read.ok ? [] : read.problems), ...late);

  const marks = command.imported?.marks ?? {};
  const facts = Object.entries(read.values).map(([name, value]): [string, FactEntry] => {
    const mark = lookUp(marks, name);
    return [name, { value, set_at: at, by: actor, ...(mark !== undefined && { mark }) }];
  });
  const owner = command.owner ?? actor;
  const written = {
    v: 1 as const,
    at,
    by: actor,
    event: 'case_opened' as const,
    case: id,
    title: command.title,
    pipeline: pipeline.pipeline,
    rules: rules.hash,
    owner,
    facts: Object.fromEntries(facts),
    debts: [],
    ungated: false,
    ...(command.parent !== undefined && { parent: command.parent }),
    ...beginning,
  };
  const opened = assigned({ world, rules, calendar, state: evolve(undefined, written), at }, command, written);
  const draft = new Draft({ world, rules, calendar, state: evolve(undefined, opened), at }, actor, [opened]);
  for (const { title, due_on: dueOn } of command.tasks ?? []) {
    const due = dueOn === undefined ? {} : { due_at: endOfDay(calendar, dueOn) };
    draft.add({
      event: 'task_planned',
      task: nextTaskId(draft.view.state.tasks),
      entry: { title, owner: opened.owner, ...due },
    });
  }
  return draft;
}

/** Nobody was named: it goes to whom its customer belongs, and stays with who opened it where that is nobody. */
function assigned<E extends Extract<CaseEvent, { readonly event: 'case_opened' }>>(
  view: CaseView,
  { owner, parent }: CommandOf<'open'>,
  written: E,
): E {
  const lies = owner === undefined && parent === undefined ? plotOf(view) : undefined;
  return lies === undefined ? written : { ...written, owner: lies.owner, plot: lies.plot };
}

function lateTasks({ tasks = [] }: CommandOf<'open'>, today: string): readonly Problem[] {
  return tasks.flatMap(({ due_on: dueOn }, index) =>
    dueOn !== undefined && dueOn < today ? [misfit('date-in-past', `/tasks/${index}/due_on`)] : [],
  );
}

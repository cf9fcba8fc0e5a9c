/** What a child is told when it begins: its title, and the facts that its parent hands down. */

import type { Action } from '../../playbook/action.ts';
import type { Handed, StartAction } from '../../playbook/start.ts';
import type { Row, Value } from '../../playbook/value.ts';
import { personOf } from '../../who/reporting-line.ts';
import { type CaseView, seenIn } from '../case-view.ts';
import type { CaseCommand } from '../command.ts';
import { watchedIn } from '../findings/watch.ts';
import { lookUp } from '../look-up.ts';
import { rowsOf } from './start-children.ts';

/** A title is cut where a case's would be refused. */
const LONGEST_TITLE = 200;

/** Absent where the rules hold no such `start` any more. @param view the parent, with the child among its children */
export function openingOf(view: CaseView, child: string): CaseCommand | undefined {
  const entry = lookUp(view.state.children ?? {}, child);
  const action = entry && startBehind(view, child);
  if (entry === undefined || action === undefined) return undefined;
  const seen = seenIn(view);
  const rows = action.for_each === undefined ? [] : rowsOf(seen.fact(action.for_each));
  const row = rows[entry.row ?? -1];
  const facts = Object.entries(action.with).flatMap(([fact, handed]): [string, Value][] => {
    const value = valueFrom(handed, (name) => seen.fact(name), row);
    return value === undefined ? [] : [[fact, value]];
  });
  const about = view.state.parent?.about ?? view.state.title;
  return {
    command: 'open',
    title: titleOf(view, action, about, entry),
    pipeline: action.pipeline,
    owner: entry.owner,
    facts: Object.fromEntries(facts),
    parent: { case: view.state.case, about },
  };
}

function valueFrom(handed: Handed, fact: (name: string) => Value | undefined, row: Row | undefined): Value | undefined {
  switch (handed.kind) {
    case 'value':
      return handed.value;
    case 'fact':
      return fact(handed.fact);
    case 'row':
      return row?.[handed.field];
  }
}

/** In the language of whoever will own it. */
function titleOf(
  { world, state }: CaseView,
  { title, key }: StartAction,
  about: string,
  child: { readonly owner: string; readonly key?: string },
): string {
  const lang = personOf(world.people, child.owner)?.lang ?? 'en';
  const which = child.key === undefined ? [] : [key === undefined ? `#${child.key}` : child.key];
  return [about || state.title, title[lang], ...which].join(' · ').slice(0, LONGEST_TITLE);
}

/** The `start` that began it: the one at its place, else one of the same pipeline. */
export function startBehind(view: CaseView, child: string): StartAction | undefined {
  const entry = lookUp(view.state.children ?? {}, child);
  if (entry === undefined) return undefined;
  const same = startsOf(view).filter(
    ({ pipeline, for_each }) => pipeline === entry.pipeline && (for_each === undefined) === (entry.row === undefined),
  );
  const { rule } = entry;
  return same.find(({ at }) => at.file === rule.file && at.line === rule.line && at.col === rule.col) ?? same[0];
}

function startsOf({ world, state, rules: { pipeline, ladders, decisions = [] } }: CaseView): readonly StartAction[] {
  const actions: readonly Action[] = [
    ...pipeline.stages.flatMap((stage) => stage.on_enter ?? []),
    ...(pipeline.on_win ?? []),
    ...Object.values(ladders).flatMap((ladder) => ladder.rungs.flatMap((rung) => rung.do)),
    ...decisions.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => outcome.do)),
    ...watchedIn(world.playbook, state.pipeline).flatMap(({ rule }) => [...rule.do, ...rule.on_respond]),
  ];
  return actions.filter((action) => action.kind === 'start');
}

/** Sets going the cases that a `start` asks for, each once. */

import { truthOf } from '../../condition/evaluate.ts';
import type { StartAction } from '../../playbook/start.ts';
import type { Row, Value } from '../../playbook/value.ts';
import { personOf } from '../../who/reporting-line.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { type CaseView, seenIn, whoContextOf } from '../case-view.ts';
import type { Draft } from '../draft.ts';
import { lookUp } from '../look-up.ts';
import { childIdOf, isTooLong, LONGEST_ID } from './child-id.ts';

/** One case that a `start` asks for. */
interface Wanted {
  readonly child: string;
  readonly key?: string;
  readonly row?: number;
  readonly owner: string;
}

/**
 * Adds `child_started` for each case asked for that is not there yet. A child's id follows from its parent's, its
 * pipeline and its key, so that the same `start` once more makes none twice, whether or not the first is still under way;
 * one that could not begin is tried again.
 *
 * @param around tells them from those that the same `start` begins at another time
 */
export function startChildren(draft: Draft, action: StartAction, around?: string): void {
  if (action.when !== undefined && truthOf(action.when, seenIn(draft.view)) !== true) return;
  for (const wanted of wantedBy(draft.view, action, around)) {
    const before = lookUp(draft.view.state.children ?? {}, wanted.child);
    if (before === undefined || before.refused !== undefined) startOne(draft, action, wanted);
  }
}

function startOne(draft: Draft, action: StartAction, wanted: Wanted): void {
  const { pipeline, on_lost, on_reopen, on_hand_over, at } = action;
  draft.add({ event: 'child_started', pipeline, ...wanted, on_lost, on_reopen, on_hand_over, rule: at });
  if (!isTooLong(wanted.child)) return;
  const message = {
    zh: `编号超过 ${LONGEST_ID} 个字符：案件一个接一个地衍生得太深`,
    en: `its id would have more than ${LONGEST_ID} characters: too many cases have started each other in a row`,
  };
  draft.add({ event: 'child_refused', child: wanted.child, because: [{ code: 'child-id-too-long', message }] });
}

function wantedBy(view: CaseView, action: StartAction, around: string | undefined): readonly Wanted[] {
  const { pipeline, for_each: forEach, key } = action;
  const parent = view.state.case;
  if (forEach === undefined) {
    const child = childIdOf(parent, pipeline, around);
    return [{ child, ...(around !== undefined && { key: around }), owner: ownerOf(view, action, undefined) }];
  }
  const taken = new Set<string>();
  return rowsOf(seenIn(view).fact(forEach)).map((row, index) => {
    const own = key === undefined ? String(index + 1) : keyText(row[key]) || String(index + 1);
    const base = around === undefined ? own : `${around}-${own}`;
    let unique = base;
    for (let more = 2; taken.has(unique); more += 1) unique = `${base}-${more}`;
    taken.add(unique);
    const owner = ownerOf(view, action, row);
    return { child: childIdOf(parent, pipeline, unique), key: unique, row: index, owner };
  });
}

export function rowsOf(value: Value | undefined): readonly Row[] {
  const isRows = Array.isArray(value) && value.every((row) => typeof row === 'object');
  // Only a fact of type rows holds a list of objects.
  return isRows ? (value as readonly Row[]) : [];
}

/** Keys are dates, choices, numbers: what can stand in an id that is logged and kept for ever. */
function keyText(value: Value | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Whoever is meant; where that is nobody who is there, the parent's owner. */
function ownerOf(view: CaseView, { owner }: StartAction, row: Row | undefined): string {
  if (owner.kind !== 'row') return resolveWho(view.world.people, owner, whoContextOf(view))[0] ?? view.state.owner;
  const named = row?.[owner.field];
  const isThere = typeof named === 'string' && personOf(view.world.people, named)?.active === true;
  return isThere ? named : view.state.owner;
}

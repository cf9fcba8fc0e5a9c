/** What events between parent and child change in the state of either. */

import type { CaseEvent, CaseEventName } from '../event.ts';
import { lookUp } from '../look-up.ts';
import type { CaseState } from '../state.ts';
import type { Child, Parent } from './family.ts';

type EventOf<N extends CaseEventName> = Extract<CaseEvent, { readonly event: N }>;
type Change = Partial<Pick<CaseState, 'children' | 'parent'>>;

/** Tried again, it keeps nothing of the first attempt. */
export function childStarted(state: CaseState, event: EventOf<'child_started'>): Change {
  const { pipeline, key, row, owner, rule, on_lost, on_reopen, on_hand_over } = event;
  const child: Child = {
    pipeline,
    owner,
    rule,
    on_lost,
    on_reopen,
    on_hand_over,
    ...(key !== undefined && { key }),
    ...(row !== undefined && { row }),
  };
  return { children: { ...state.children, [event.child]: child } };
}

export function childChanged(state: CaseState, { child, news }: EventOf<'child_changed'>): Change {
  return withChild(state, child, ({ refused: _over, ...kept }) => ({ ...kept, news }));
}

export function childRefused(state: CaseState, { child, because }: EventOf<'child_refused'>): Change {
  return withChild(state, child, (kept) => ({ ...kept, refused: because }));
}

export function parentTold(state: CaseState, { news }: EventOf<'parent_told'>): Change {
  return withParent(state, (kept) => ({ ...kept, told: news }));
}

export function parentChanged(state: CaseState, { change, closes }: EventOf<'parent_changed'>): Change {
  if (closes) return withParent(state, (kept) => ({ ...kept, closed_this: true }));
  return change === 'reopened' ? withParent(state, ({ closed_this: _over, ...kept }) => kept) : {};
}

function withChild(state: CaseState, id: string, change: (child: Child) => Child): Change {
  const child = lookUp(state.children ?? {}, id);
  return child === undefined ? {} : { children: { ...state.children, [id]: change(child) } };
}

function withParent(state: CaseState, change: (parent: Parent) => Parent): Change {
  return state.parent === undefined ? {} : { parent: change(state.parent) };
}

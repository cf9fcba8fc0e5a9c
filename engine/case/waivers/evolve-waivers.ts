/** What events change about the waivers of a case. */

import type { CaseEvent } from '../event.ts';
import { lookUp } from '../look-up.ts';
import type { CaseState } from '../state.ts';
import { type WaiverEntry, waived } from './waiver.ts';
import type { WaiverEventName } from './waiver-event.ts';

type EventOf<N extends CaseEvent['event']> = Extract<CaseEvent, { readonly event: N }>;
type Change = Pick<CaseState, 'waivers'>;
type Changes = { readonly [N in WaiverEventName]: (state: CaseState, event: EventOf<N>) => Change };

export const WAIVER_CHANGES: Changes = {
  waiver_granted: (state, { kind, name, reason, owner, until, ends_at, remind_at, times, by, at }) => {
    const before = lookUp(state.waivers ?? {}, waived({ kind, name }));
    const entry: WaiverEntry = {
      ...{ kind, name, reason, owner, granted_by: by, granted_at: at, until, ends_at, times },
      ...(remind_at !== undefined && { remind_at }),
      // A new one for what was passed by an old one does not undo that it is owed.
      ...(before?.used_at !== undefined && before.over !== 'met' && { used_at: before.used_at }),
    };
    return { waivers: { ...state.waivers, [waived(entry)]: entry } };
  },
  waiver_used: (state, event) => changed(state, event, (entry) => ({ ...entry, used_at: entry.used_at ?? event.at })),
  waiver_reminded: (state, event) => changed(state, event, (entry) => ({ ...entry, reminded: true })),
  waiver_ended: (state, event) => changed(state, event, (entry) => ({ ...entry, over: event.because })),
};

function changed(
  state: CaseState,
  about: Pick<WaiverEntry, 'kind' | 'name'>,
  change: (entry: WaiverEntry) => WaiverEntry,
): Change {
  const entry = lookUp(state.waivers ?? {}, waived(about));
  return entry === undefined ? {} : { waivers: { ...state.waivers, [waived(about)]: change(entry) } };
}

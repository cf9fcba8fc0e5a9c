/** What is promised of people: a line that ends at the top, an administrator at any time, and versions that are named. */

import type { CaseState } from '../../engine/case/state.ts';
import type { EntityRef } from '../../engine/entity.ts';
import type { PersonState } from '../../engine/person/state.ts';
import type { People } from '../../engine/who/people.ts';
import type { Turn } from '../memory/step.ts';
import type { MemoryStore } from '../memory/store.ts';
import type { Ledger } from './ledger.ts';
import { ARRIVES_WITHIN_MS } from './messages.ts';
import type { Complaint, Promised, StepSeen } from './promise.ts';

function nobodyAboveThemselves({ ref, store }: StepSeen): Complaint {
  return ref.kind === 'person' ? circleFrom(ref, store.people) : undefined;
}

function circleFrom({ id }: EntityRef, { by_id }: People): Complaint {
  const met: string[] = [];
  for (let above = by_id[id]?.manager; above !== undefined; above = by_id[above]?.manager) {
    if (above === id) return `${id} stands above themselves: ${met.join(', ')}`;
    if (met.includes(above)) return undefined;
    met.push(above);
  }
  return undefined;
}

function somebodyAdministers({ store }: StepSeen): Complaint {
  const all = Object.values(store.people.by_id);
  const isRun = all.length === 0 || all.some((person) => person.role === 'admin' && person.active);
  return isRun ? undefined : 'no administrator is left';
}

function versionIsNamed({ entry }: Turn, ledger: Ledger): Complaint {
  if (entry === undefined || entry.people_version === ledger.peopleVersion) return undefined;
  return `names version ${entry.people_version} of people, and it is ${ledger.peopleVersion}`;
}

function peopleAreAsTheirJournals(store: MemoryStore): Complaint {
  for (const { kind, id, state } of store.all()) {
    if (kind !== 'person' || state === undefined) continue;
    const { role, manager, active } = state as PersonState;
    const listed = store.people.by_id[id];
    const isSame =
      listed !== undefined && listed.role === role && listed.manager === manager && listed.active === active;
    if (!isSame) return `${id} is listed otherwise than decided`;
  }
  return undefined;
}

/** The word to a case takes as long as any message. */
function nothingStaysWithWhoLeft(store: MemoryStore, _ledger: Ledger, now: number): Complaint {
  for (const { kind, id, state } of store.all()) {
    const one = kind === 'case' ? (state as CaseState | undefined) : undefined;
    if (one === undefined || one.finished) continue;
    const owners = [one.owner, ...Object.values(one.tasks).flatMap((task) => (task.done_at ? [] : [task.owner]))];
    for (const owner of owners) {
      if (store.people.by_id[owner]?.active !== false) continue;
      // Of an entity of the kind `person`.
      const left = store.entity({ kind: 'person', id: owner }).head.last_at ?? '';
      if (now - Date.parse(left) > ARRIVES_WITHIN_MS) return `${id} still has something for ${owner}, who has left`;
    }
  }
  return undefined;
}

/** Somebody steps in who is there, where the one asked is away and named somebody. */
function whoIsAwayIsReplaced({ sent, scene, now }: Turn): Complaint {
  for (const { effect } of sent) {
    if (effect.effect !== 'message') continue;
    const { on_behalf_of: represented, kind } = effect.message;
    if (represented === undefined) continue;
    if (represented === effect.to) return `${effect.to} steps in for themselves`;
    const person = scene.people.by_id[represented];
    const isAway = person?.absences?.some(({ from, until }) => from <= now && now < until) === true;
    if (!isAway && person?.active !== false) return `${effect.to} was asked for ${represented} (${kind}), who is there`;
  }
  return undefined;
}

export const PEOPLE_PROMISES: readonly Promised[] = [
  {
    name: 'nobody-above-themselves',
    sentence: 'a manager above himself is refused',
    checks: { step: nobodyAboveThemselves },
  },
  {
    name: 'somebody-administers',
    sentence: 'without an administrator nobody could ever bring one back',
    checks: { step: somebodyAdministers },
  },
  {
    name: 'nothing-stays-with-who-left',
    sentence: 'leave: what happens to their cases, tasks, evidence to accept',
    checks: { end: nothingStaysWithWhoLeft },
  },
  {
    name: 'who-is-away-is-replaced',
    sentence: 'an approver who is absent, gone or missing is replaced by the declared rule',
    checks: { turn: whoIsAwayIsReplaced },
  },
  {
    name: 'version-is-named',
    sentence: "a decision's entry names the version of people it used",
    checks: { turn: versionIsNamed },
  },
  {
    name: 'people-are-as-their-journals',
    sentence: 'people are changed by commands of the `person` decider and journalled',
    checks: { end: peopleAreAsTheirJournals },
  },
];

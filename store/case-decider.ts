/** Cases for `step`. */

import { viewOf } from '../engine/case/case-view.ts';
import { effectsOfRefusal } from '../engine/case/children/family-effects.ts';
import type { CaseCommand } from '../engine/case/command.ts';
import { decide } from '../engine/case/decide.ts';
import { effectsOf } from '../engine/case/effects.ts';
import type { CaseEvent } from '../engine/case/event.ts';
import { evolve } from '../engine/case/evolve.ts';
import { diagnoseEffects } from '../engine/case/findings/finding-effects.ts';
import { CASE_PERSONAL, caseSpecs } from '../engine/case/personal.ts';
import { CASE_SHAPES } from '../engine/case/shapes.ts';
import type { CaseState } from '../engine/case/state.ts';
import { wakeAt } from '../engine/case/wake-at.ts';
import type { World } from '../engine/case/world.ts';
import { upcastEvent, upgradeState } from '../engine/shapes.ts';
import { caseRow } from './case-row.ts';
import { type Decider, NO_ROWS, type Scene } from './decider.ts';
import { filesNamedIn } from './files/case-files.ts';
import { sameCustomer } from './same-customer.ts';
import { writerOf } from './writer-of.ts';

export const caseDecider: Decider<CaseState, CaseCommand, CaseEvent> = {
  kind: 'case',
  personal: CASE_PERSONAL,
  specsOf: ({ rules }) => caseSpecs(rules),
  whose: (_scene, actor, body) => {
    const person = writerOf(actor, body);
    return person === undefined ? undefined : { person, role: 'written' };
  },
  noSuch: { code: 'no-such-case', message: { zh: '没有这个案件', en: 'there is no such case' } },
  // Written by this decider, today or in a release whose shapes are known.
  stateOf: (raw) => upgradeState(CASE_SHAPES, raw) as unknown as CaseState,
  eventOf: (raw) => upcastEvent(CASE_SHAPES, raw) as unknown as CaseEvent,
  // The doors check the shape of a body; `decide` trusts only the envelope and checks the rest against the playbook.
  bodyOf: (raw) => raw as CaseCommand,
  wake: { command: 'wake' },
  creates: (body) => body.command === 'open',
  movesPeople: () => false,
  rulesOf: (state) => state.rules,
  around: async (tx, { id, playbook }, state, { bodies, texts }) => {
    const files = await filesNamedIn(tx, id, texts);
    const looks = bodies.some(({ command }) => command === 'record_findings' || command === 'answer_finding');
    if (!looks || playbook === undefined || state === undefined) return { files };
    const others = await sameCustomer(tx, playbook, [state]);
    return { files, same_customer: others.get(id) ?? [] };
  },
  decide: (scene, state, envelope) => decide(worldOf(scene), state, envelope),
  evolve,
  effectsOf: (scene, state, event) => effectsOf(worldOf(scene), state, event),
  effectsAfter: (scene, state, events) => {
    const view = viewOf(worldOf(scene), state);
    return view === undefined ? [] : diagnoseEffects(view, events);
  },
  effectsOfRefusal: ({ id }, state, body, reasons) => effectsOfRefusal(id, state, body, reasons),
  wakeAt: (scene, state) => wakeAt(worldOf(scene), state),
  project: (state) => ({ ...NO_ROWS, cases: [caseRow(state)] }),
};

function worldOf({ id, playbook, rules, people, files, same_customer, now }: Scene): World {
  if (playbook === undefined) throw new Error('no playbook is published');
  return {
    case: id,
    ...(rules === undefined ? {} : { rules }),
    playbook,
    people,
    ...(files === undefined ? {} : { files }),
    ...(same_customer === undefined ? {} : { same_customer }),
    now,
  };
}

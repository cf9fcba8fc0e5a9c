/** The machine with what moves cases, and what settles evidence, broken on purpose. */

import type { CaseEvent } from '../../engine/case/event.ts';
import type { CaseState } from '../../engine/case/state.ts';
import type { Scene } from '../../store/decider.ts';
import { REAL } from '../memory/machine.ts';
import { type Asked, accepted, deciding, type Sabotage, stamped } from './breaking.ts';

/** The first that waits for somebody's acceptance. */
function waitingOf({ evidence }: CaseState): string | undefined {
  return Object.keys(evidence).find((id) => evidence[id]?.status === 'submitted');
}

function nextStage({ scene, state }: Asked): string | undefined {
  const stages = scene.rules?.pipeline.stages ?? [];
  return stages[stages.findIndex(({ stage }) => stage === state.stage) + 1]?.stage;
}

export const BROKEN_MOVES: readonly Sabotage[] = [
  {
    name: 'lets people accept their own evidence',
    breaks: ['nobody-settles-their-own'],
    machine: () =>
      deciding((decision, asked) =>
        decision.outcome === 'forbidden' &&
        decision.reason.code === 'own-evidence' &&
        asked.body.command === 'accept_evidence'
          ? accepted({ ...stamped(asked), event: 'evidence_accepted', evidence: String(asked.body['evidence']) })
          : decision,
      ),
  },
  {
    name: 'takes silence for acceptance',
    breaks: ['silence-never-approves'],
    machine: () =>
      deciding((decision, asked) => {
        const evidence = waitingOf(asked.state);
        if (asked.body.command !== 'wake' || decision.outcome !== 'accepted' || evidence === undefined) return decision;
        return accepted(...decision.events, { ...stamped(asked), event: 'evidence_accepted', evidence });
      }),
  },
  {
    name: 'opens gates on what is not known',
    breaks: ['forward-on-proof-alone'],
    machine: () =>
      deciding((decision, asked) => {
        const stage = nextStage(asked);
        if (asked.body.command !== 'advance' || asked.body['to'] !== undefined || stage === undefined) return decision;
        const isUnknown =
          decision.outcome === 'refused' &&
          decision.reasons.every(({ unmet }) => unmet.length > 0 && unmet.every(({ truth }) => truth === 'unknown'));
        if (!isUnknown) return decision;
        return accepted({
          ...stamped(asked),
          event: 'stage_entered',
          from: asked.state.stage,
          stage,
          because: 'advance',
        });
      }),
  },
  {
    name: 'holds cases back for no reason',
    breaks: ['no-refusal-without-cause'],
    machine: () =>
      deciding((decision, { body }) => {
        if (body.command !== 'advance' || decision.outcome !== 'accepted') return decision;
        const message = { zh: '不行', en: 'no' };
        return { outcome: 'refused', reasons: [{ code: 'because', message, unmet: [], can_meet: [], under_way: [] }] };
      }),
  },
  {
    name: 'leaves a case where its evidence no longer carries it',
    breaks: ['never-higher-than-supported'],
    machine: () =>
      deciding((decision) => {
        if (decision.outcome !== 'accepted') return decision;
        const isFall = (event: CaseEvent): boolean =>
          event.event === 'stage_entered' && event.because === 'support_lost';
        return { ...decision, events: decision.events.filter((event) => !isFall(event)) };
      }),
  },
  {
    name: 'judges running cases by the newest playbook',
    breaks: [
      'forward-on-proof-alone',
      'no-refusal-without-cause',
      'nothing-stalls-in-silence',
      'never-too-early',
      'rungs-once-in-order',
      'clocks-show-their-work',
      'never-higher-than-supported',
      'silence-never-approves',
      'crash',
    ],
    machine: () => {
      const newest = (scene: Scene, state: CaseState | undefined): Scene => {
        const rules = state && scene.playbook?.rules[state.pipeline];
        return rules === undefined ? scene : { ...scene, rules };
      };
      const { decide, wakeAt } = REAL.case;
      return {
        ...REAL,
        case: {
          ...REAL.case,
          decide: (scene, state, envelope) => decide(newest(scene, state), state, envelope),
          wakeAt: (scene, state) => wakeAt(newest(scene, state), state),
        },
      };
    },
  },
];

/** What is promised of how cases move: forward on proof alone, by the rules they are pinned to. */

import type { CaseEvent } from '../../engine/case/event.ts';
import { asked, judge, mayGo } from '../oracle/judge.ts';
import type { CaseTurn, Complaint, Promised } from './promise.ts';

/** Refusals that come before any criterion. */
const OUT_OF_ORDER = new Set(['stage-not-ahead', 'stage-not-winning', 'already-won', 'case-finished']);

/** Where a command would take the case: the number of a stage, one more for the end; absent for other commands. */
function targetOf({ body, story, turn }: CaseTurn): number | undefined {
  const isAdvance = body.command === 'advance';
  if (!isAdvance && !(body.command === 'close' && body['as'] === 'won')) return undefined;
  const { rules, stage } = story.at(turn.now);
  const ids = rules.pipeline.stages.map((one) => one.stage);
  const to = isAdvance ? body['to'] : undefined;
  return to === undefined ? ids.indexOf(stage) + 1 : ids.indexOf(String(to));
}

function isForward(event: CaseEvent): boolean {
  return event.event === 'stage_entered' && event.because === 'advance';
}

function forwardOnProofAlone(seen: CaseTurn): Complaint {
  const { events, story, turn } = seen;
  if (!story.isOpened || turn.entry?.outcome !== 'accepted') return undefined;
  const target = targetOf(seen);
  if (target === undefined) return events.some(isForward) ? `${seen.body.command} moved the case forward` : undefined;
  const sight = story.at(turn.now);
  if (!mayGo(sight, target)) return 'the case went forward while something asked on the way is not true';
  const entered = events.find((event) => event.event === 'stage_entered');
  const stage = sight.rules.pipeline.stages[target]?.stage;
  return entered?.stage === stage ? undefined : `the case went to ${entered?.stage} and not to ${stage}`;
}

function noRefusalWithoutCause(seen: CaseTurn): Complaint {
  const { story, turn } = seen;
  if (!story.isOpened || turn.reply.outcome !== 'refused' || turn.isRepeat) return undefined;
  const target = targetOf(seen);
  const reasons = turn.reply.reasons as readonly { readonly code: string }[];
  if (target === undefined || reasons.some(({ code }) => OUT_OF_ORDER.has(code))) return undefined;
  return mayGo(story.at(turn.now), target) ? `held back by ${reasons[0]?.code}, though all holds` : undefined;
}

const MAY_WIN = new Set(['open', 'advance', 'close']);
const MAY_FINISH = new Set(['open', 'advance', 'close', 'resolve']);

function endsByLeavingAlone(event: CaseEvent, { body }: CaseTurn): Complaint {
  if (event.event === 'won' && !MAY_WIN.has(body.command)) return `${body.command} won the case`;
  if (event.event === 'finished' && !MAY_FINISH.has(body.command)) return `${body.command} finished the case`;
  return undefined;
}

/** Judged with the facts that came along, as they are after the event: so at the next event or the end of the turn. */
function throughOpenDoors({ events, story, turn }: CaseTurn): Complaint {
  const arrived = events.find((event) => event.event === 'case_opened' || event.event === 'pipeline_moved');
  // An import stands where it says it does.
  if (arrived === undefined || (arrived.event === 'case_opened' && arrived.source !== undefined)) return undefined;
  const later = story.foretold(events);
  const sight = later.at(turn.now);
  const { pipeline, gates } = sight.rules;
  const applies = pipeline.applies_when;
  if (applies !== undefined && judge(applies, sight) === false) return 'the pipeline does not apply';
  const door = pipeline.open_at.find((one) => one.stage === sight.openedStage);
  if (door === undefined) return `no case opens at ${sight.openedStage}`;
  if (door.when !== undefined && judge(door.when, sight) !== true) return `the door of ${door.stage} is shut`;
  if (arrived.event === 'case_opened') {
    const shut = gates.find(
      (one) => one.at_point === 'open' && one.mode === 'enforce' && judge(one.when, sight) !== true,
    );
    return shut === undefined ? undefined : `opened through the shut gate ${shut.gate}`;
  }
  const numberOf = (stage: string) => pipeline.stages.findIndex((one) => one.stage === stage);
  for (let step = numberOf(sight.openedStage); step < numberOf(sight.stage); step++) {
    const isProven = asked(pipeline, step).every((condition) => judge(condition, sight) === true);
    if (!isProven) return `moved past ${pipeline.stages[step]?.stage}, which is not proven`;
  }
  return undefined;
}

function rulesStayPinned({ before, after, events, store }: CaseTurn): Complaint {
  const chosen = events.findLast((event) => event.event === 'case_opened' || event.event === 'pipeline_moved');
  if (chosen === undefined) return after?.rules === before?.rules ? undefined : 'the rules changed by themselves';
  const pipeline = chosen.event === 'case_opened' ? chosen.pipeline : chosen.to;
  const current = store.playbook.rules[pipeline]?.hash;
  return chosen.rules === current && after?.rules === current ? undefined : 'not the rules that are current';
}

export const MOVE_PROMISES: readonly Promised[] = [
  {
    name: 'forward-on-proof-alone',
    sentence: 'nothing moves without its evidence … a gate opens only on true',
    checks: { caseTurn: forwardOnProofAlone },
  },
  {
    name: 'no-refusal-without-cause',
    sentence: 'every refusal says why and what would unlock it',
    checks: { caseTurn: noRefusalWithoutCause },
  },
  {
    name: 'ends-by-leaving-alone',
    sentence: 'status open | won | lost; the case itself finishes after its last stage',
    checks: { caseEvent: endsByLeavingAlone },
  },
  {
    name: 'through-open-doors',
    sentence: 'refused until `move_pipeline` to one that applies, with the stage that accepted evidence supports there',
    checks: { caseTurn: throughOpenDoors },
  },
  {
    name: 'rules-stay-pinned',
    sentence:
      'a case pins, by content hash, the closure of what judges it … starting again after an edit means new cases only',
    checks: { caseTurn: rulesStayPinned },
  },
];

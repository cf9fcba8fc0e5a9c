/** Puts steps into an order in which each can be taken and none makes the case fall back. */

import type { CaseView } from '../case-view.ts';
import { lostSupport } from '../support.ts';
import type { Step } from './act.ts';
import { afterStep } from './after-steps.ts';

/** Evidence is settled after facts are set; approvals come last, for what then stands there. */
const USUAL: readonly Step['step'][] = [
  'set',
  'log',
  'complete',
  'plan',
  'answer',
  'submit',
  'accept',
  'withdraw',
  'request',
  'approve',
];

/** Undefined when a withdrawal makes the case fall back in every order. */
export function orderSteps(view: CaseView, steps: readonly Step[]): readonly Step[] | undefined {
  const usual = [...steps].sort((a, b) => USUAL.indexOf(a.step) - USUAL.indexOf(b.step));
  // Where the case stands depends on which steps were taken, not on their order: each set of them is looked at once.
  const deadEnds = new Set<string>();
  const order = (taken: readonly Step[], left: readonly Step[], now: CaseView): readonly Step[] | undefined => {
    if (left.length === 0) return taken;
    const key = left.map((step) => usual.indexOf(step)).join();
    if (deadEnds.has(key)) return undefined;
    for (const step of left) {
      const next = takeStep(now, left, step);
      const found =
        next &&
        order(
          [...taken, step],
          left.filter((other) => other !== step),
          next,
        );
      if (found !== undefined) return found;
    }
    deadEnds.add(key);
    return undefined;
  };
  return order([], usual, view);
}

function takeStep(view: CaseView, left: readonly Step[], step: Step): CaseView | undefined {
  const isAhead = (other: Step): boolean => {
    if (step.step === 'approve') return other.step === 'request' && other.approval === step.approval;
    return step.step === 'accept' && other.step === 'submit' && other.evidence === step.evidence;
  };
  if (left.some(isAhead)) return undefined;
  const next = afterStep(view, step);
  return step.step === 'withdraw' && lostSupport(next, step.evidence) !== undefined ? undefined : next;
}

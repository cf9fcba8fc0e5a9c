/** Turns an entity's reply to a command into a good answer or the problem that it is. */

import type { Logger } from 'pino';
import type { Problem, Reason } from '../engine/case/outcome.ts';
import { FAULT_CAUSES, type FaultCause, faultCauseOf } from '../engine/fault.ts';
import type { Reply } from '../workers/contract.ts';
import { ApiProblem } from './problem.ts';
import { reasonView, type Wording } from './views/reason-view.ts';

export interface Sent {
  /** The command's id: the Idempotency-Key. */
  readonly id: string;
  readonly wording: Wording;
  readonly log: Logger;
}

type Accepted = Extract<Reply, { outcome: 'accepted' }>;

function first(texts: readonly { readonly message: { zh: string; en: string } }[]): { zh: string; en: string } {
  const [one, ...more] = texts.map((text) => text.message);
  if (one === undefined) return { zh: '未说明原因', en: 'no reason was given' };
  if (more.length === 0) return one;
  return { zh: `${one.zh}（另有 ${more.length} 项）`, en: `${one.en} (and ${more.length} more)` };
}

function invalidProblem(problems: readonly Problem[]): ApiProblem {
  const codes = problems.map((problem) => problem.code);
  const isMalformed = codes.every((code) => code.startsWith('malformed-'));
  const code =
    codes.includes('no-such-case') || codes.includes('no-such-person')
      ? 'not-found'
      : isMalformed
        ? 'invalid-request'
        : 'unfitting';
  return new ApiProblem(code, first(problems), { problems });
}

function outcomeUnknown(cause: FaultCause, key: string): ApiProblem {
  const { zh, en } = FAULT_CAUSES[cause].title;
  return new ApiProblem(
    'outcome-unknown',
    {
      zh: `${zh}；命令可能已生效，也可能没有：用同一密钥重试，它只会生效一次`,
      en: `${en}; the command may or may not have taken effect: send it again with the same key and it counts only once`,
    },
    { cause, retryAfterSeconds: 2, retryWith: key },
  );
}

/**
 * @returns the reply, when it was accepted
 * @throws ApiProblem for every other
 */
export function acceptedOrProblem(reply: Reply, sent: Sent): Accepted {
  switch (reply.outcome) {
    case 'accepted':
      return reply;
    case 'refused': {
      // Made by the deciders, whose types the contract does not import.
      const reasons = reply.reasons as readonly Reason[];
      throw new ApiProblem('refused', first(reasons), {
        reasons: reasons.map((reason) => reasonView(reason, sent.wording)),
        entry: reply.entry,
      });
    }
    case 'forbidden': {
      const problem = reply.reason as Problem;
      throw new ApiProblem('forbidden', problem.message, { problems: [problem] });
    }
    case 'invalid':
      throw invalidProblem(reply.problems as readonly Problem[]);
    case 'fault':
      sent.log.error({ cause: reply.cause, command: sent.id }, 'a command ended in a fault');
      throw outcomeUnknown(faultCauseOf(reply.cause), sent.id);
  }
}

/** What a command that was accepted is answered with. */

import { z } from 'zod';
import type { CaseEvent } from '../../engine/case/event.ts';
import type { Reason } from '../../engine/case/outcome.ts';
import type { Reply } from '../../workers/contract.ts';
import { caseEvent, list } from '../wire/shapes.ts';
import { reasonShape, reasonView, type Wording } from './reason-view.ts';

export const entryNumber = z.int().meta({ description: 'Number of the journal entry, from 1 for each entity.' });

export const acceptedShape = z
  .strictObject({
    outcome: z.literal('accepted'),
    case: z.string(),
    zone: z.string().exactOptional().meta({ description: 'Of the calendar the case counts in.' }),
    entry: entryNumber,
    events: list(caseEvent),
    warnings: list(reasonShape).meta({ description: 'Gates that are being rolled out and would have refused.' }),
  })
  .meta({ id: 'Accepted' });

export type AcceptedAnswer = z.output<typeof acceptedShape>;

export function acceptedAnswer(
  id: string,
  reply: Extract<Reply, { outcome: 'accepted' }>,
  wording: Wording,
): AcceptedAnswer {
  // Made by the deciders, whose types the contract does not import.
  const events = reply.events as readonly CaseEvent[];
  const warnings = reply.warnings as readonly Reason[];
  return {
    outcome: 'accepted',
    case: id,
    ...(wording.zone !== undefined && { zone: wording.zone }),
    entry: reply.entry,
    events,
    warnings: warnings.map((reason) => reasonView(reason, wording)),
  };
}

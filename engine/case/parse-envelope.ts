/** Turns what came through a door into a command, or into all that is wrong with it. */

import type { Instant } from '../time/instant.ts';
import type { CaseCommand, CommandEnvelope } from './command.ts';
import { commandSchema, envelopeSchema } from './command-schema.ts';
import type { Problem } from './outcome.ts';
import { problemsOf } from './schema-problems.ts';

export type ParsedEnvelope =
  | {
      readonly ok: true;
      readonly id: string;
      readonly actor: string;
      readonly sent_at?: Instant;
      readonly command: CaseCommand;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Paths of problems point into the body; those of the envelope itself are named after its members. */
export function parseEnvelope(sent: CommandEnvelope<unknown>): ParsedEnvelope {
  const envelope = envelopeSchema.safeParse(sent);
  if (!envelope.success) return { ok: false, problems: problemsOf(envelope.error, sent) };
  const body = commandSchema.safeParse(sent.body);
  if (!body.success) return { ok: false, problems: problemsOf(body.error, sent.body) };
  return { ok: true, ...envelope.data, command: body.data };
}

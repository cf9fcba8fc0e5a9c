/** Reads the way out of a stall that a decision takes, with what that way needs. */

import { z } from 'zod';
import { shown } from '../../form/problems.ts';
import { localDate } from '../../time/calendar.ts';
import { checkLostReason } from '../check-lost-reason.ts';
import { checkPerson } from '../check-person.ts';
import type { RawValues } from '../command.ts';
import { misfit } from '../no.ts';
import type { Problem } from '../outcome.ts';
import { stageIndex } from '../route.ts';
import { problemsOf } from '../schema-problems.ts';
import { days, id, line, name } from '../schema-texts.ts';
import type { CommandContext, CommandOf } from './handler.ts';

const waySchema = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('push'), plan: line, next_step_on: days.exactOptional() }),
  z.strictObject({ way: z.literal('fall_back'), stage: id }),
  z.strictObject({ way: z.literal('hand_over'), to: name }),
  z.strictObject({ way: z.literal('close_lost'), reason: id }),
]);

export type Way = z.infer<typeof waySchema>;

export type ReadWay =
  | { readonly ok: true; readonly way: Way }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** @param asked what the playbook wants named for this way; what the way cannot do without is asked in any case */
export function readWay(
  context: CommandContext,
  way: CommandOf<'resolve'>['way'],
  asked: readonly string[],
  raw: RawValues,
): ReadWay {
  const read = waySchema.safeParse({ ...raw, way });
  if (!read.success) return { ok: false, problems: problemsOf(read.error, raw, '/with') };
  const missing = asked.filter((key) => !Object.hasOwn(read.data, key));
  const problems = [
    ...missing.map((key) => misfit('argument-missing', `/with/${key}`, key)),
    ...fits(context, read.data),
  ];
  return problems.length === 0 ? { ok: true, way: read.data } : { ok: false, problems };
}

function fits({ world, rules, calendar, at }: CommandContext, way: Way): readonly Problem[] {
  switch (way.way) {
    case 'push': {
      const isLate = way.next_step_on !== undefined && way.next_step_on <= localDate(calendar, at);
      return isLate ? [misfit('date-not-ahead', '/with/next_step_on')] : [];
    }
    case 'fall_back':
      return stageIndex(rules.pipeline, way.stage) < 0
        ? [misfit('stage-unknown', '/with/stage', shown(way.stage))]
        : [];
    case 'hand_over': {
      const nobody = checkPerson(world.people, way.to, '/with/to');
      return nobody === undefined ? [] : [nobody];
    }
    case 'close_lost':
      return checkLostReason(rules.pipeline, way.reason, '/with/reason');
  }
}

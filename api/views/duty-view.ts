/** Duties as the API shows them: those that are open, and how earlier ones ended. */

import { z } from 'zod';
import type { Duty } from '../../engine/person/rhythm/duty.ts';
import type { People } from '../../engine/who/people.ts';
import type { EndedDuty } from '../../store/duty-record.ts';
import { at, byId, instant, list, personRef, text, value } from '../wire/shapes.ts';
import { formFieldShape, makeFormField } from './form-field.ts';
import { personRef as refTo } from './person-ref.ts';

export const dutyShape = z
  .strictObject({
    duty: z.string().exactOptional().meta({ description: 'What commands name it by; absent: it was never opened.' }),
    of: z.string().meta({ description: 'The duty of the rhythm.' }),
    title: text.exactOptional(),
    about: personRef.meta({ description: 'Whose record it stands in.' }),
    period: z.string().exactOptional().meta({ description: 'Such as 2026-W43; absent: it comes once.' }),
    due_on: z.string(),
    due_at: instant.exactOptional(),
    standing: z.enum(['open', 'overdue', 'to_read', 'done', 'late', 'missed', 'excused', 'spared']),
    asked: list(personRef).meta({ description: 'Who is to do it, or to read it.' }),
    prompt: text.exactOptional(),
    decided: z.string().exactOptional().meta({ description: 'What a meeting decided.' }),
    fields: list(formFieldShape).exactOptional(),
    answers: byId(value).exactOptional().meta({ description: 'Absent for those who see only that it was done.' }),
    reason: z.string().exactOptional(),
    ended_at: instant.exactOptional(),
    by: personRef.exactOptional(),
    unread: z.boolean().exactOptional().meta({ description: 'Whoever had to read it did not, in time.' }),
    rule: at.exactOptional(),
  })
  .meta({ id: 'Duty' });
export type DutyView = z.output<typeof dutyShape>;

export function openDuty(people: People, about: string, duty: Duty, now: string): DutyView {
  const { id, rule, period, due_on, due_at, decided, done } = duty;
  const asked = done?.readers ?? duty.asked;
  return {
    duty: id,
    of: rule.duty,
    title: rule.title,
    about: refTo(people, about),
    ...(period !== undefined && { period }),
    due_on,
    due_at,
    standing: done !== undefined ? 'to_read' : due_at < now ? 'overdue' : 'open',
    asked: asked.map((one) => refTo(people, one)),
    ...(rule.prompt !== undefined && { prompt: rule.prompt }),
    ...(decided !== undefined && { decided: decided.what }),
    ...(done === undefined && { fields: rule.fields.map(makeFormField) }),
    rule: rule.at,
  };
}

export function endedDuty(people: People, about: string, ended: EndedDuty, seesAll: boolean): DutyView {
  const { opened, of, period, due_on, how, ended_at, by, fields, reason, unread } = ended;
  const decided = opened?.decided?.what;
  return {
    ...(opened !== undefined && { duty: opened.id, title: opened.rule.title, rule: opened.rule.at }),
    of,
    about: refTo(people, about),
    ...(period !== undefined && { period }),
    due_on,
    standing: how,
    asked: [],
    ...(seesAll && decided !== undefined && { decided }),
    ...(seesAll && fields !== undefined && { answers: fields }),
    ...(seesAll && reason !== undefined && { reason }),
    ended_at,
    ...(how !== 'spared' && how !== 'missed' && { by: refTo(people, by) }),
    ...(unread && { unread }),
  };
}

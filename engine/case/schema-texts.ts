/** The texts that commands are made of: bounded, not blank, and free of what no person typed (NUL, lone surrogates). */

import { z } from 'zod';

/** With the `u` flag a pair of surrogates is one character, so only lone ones match. */
const UNTYPED = /[\0\ud800-\udfff]/u;

/** A problem code stands in `params` where zod's own issue would not say enough. */
function text(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => value.trim() !== '', { params: { problem: 'empty' } })
    .refine((value) => !UNTYPED.test(value), { params: { problem: 'unsafe-text' } });
}

/** One line: titles, marks. */
export const line = text(300);
/** What somebody writes as a reason or a note. */
export const note = text(4000);
/** Names that are not ours to shape: people, facts, ids of commands. */
export const name = text(200);

/** Ids of a playbook, and of tasks. */
export const id = z
  .string()
  .max(200)
  .regex(/^[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*$/u);

/** `yyyy-MM-dd`, within the years that calendars count in. */
export const days = z.iso.date({ abort: true }).refine((date) => date >= '1900-01-01' && date < '2200-01-01', {
  params: { problem: 'date-out-of-range' },
});

/** `2026-10-20T01:00:00.000Z`. */
export const instant = z.iso
  .datetime({ precision: 3, abort: true })
  .refine((at) => at >= '1900-01-01' && at < '2200-01-01', { params: { problem: 'date-out-of-range' } });

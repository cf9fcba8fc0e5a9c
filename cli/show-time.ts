/** Instants and lengths as a person reads them in a terminal. */

import type { Instant } from '../engine/time/instant.ts';
import type { Say } from './lang.ts';

/** `2026-10-20 09:00` in the machine's zone; journal and JSON keep UTC. */
export function showInstant(at: Instant): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `12 working days`. */
export function showWorkingDays(days: number, say: Say): string {
  return say(`${days} 个工作日`, `${days} working ${days === 1 ? 'day' : 'days'}`);
}

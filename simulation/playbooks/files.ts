/** The parts of a simulated installation that every seed has: posts, calendars, and how playbooks become files. */

import type { SourceFile } from '../../engine/language/compile-set.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
export type Written = { readonly [key: string]: Json };
export type WrittenPart = Json;

/** A playbook as somebody would save it: JSON is YAML. Named by its first key, like any other. */
export function fileOf(playbook: Written): SourceFile {
  const [kind] = Object.keys(playbook);
  return { path: `${String(playbook[kind ?? ''])}.yaml`, text: `${JSON.stringify(playbook, null, 1)}\n` };
}

/** Titles in both languages. */
export function titled(en: string): Written {
  return { zh: `中文 ${en}`, en };
}

const SELLING =
  'see open set_facts log_activity submit_evidence withdraw_evidence advance fall_back plan_task complete_task snooze move_pipeline close';
const LEADING = `${SELLING} accept_evidence reject_evidence resolve hand_over reopen`;

function post(role: string, may: string, over: string, more: Written = {}): Written {
  return { role, title: titled(role), over, may: may.split(' '), ...more };
}

/** @param ours calendar and inbox of everybody @param theirs those of whoever leads a team */
export function rolesOf(ours: Written, theirs: Written): Written {
  return {
    roles: 'sales',
    ...ours,
    posts: [
      post('rep', SELLING, 'own'),
      post('manager', LEADING, 'team', { manages: 'rep', ...theirs }),
      post('director', LEADING, 'team', { manages: 'manager' }),
      post('finance', 'see accept_evidence reject_evidence', 'all'),
      post('admin', `${LEADING} import administer`, 'all'),
    ],
  };
}

const week = (days: string, ...hours: readonly string[]): Written => ({ [days]: hours });

function calendar(id: string, zone: string, hours: Written, more: Written = {}): Written {
  return { calendar: id, zone, hours, ...more, valid_through: '2027-12-31' };
}

/** Few, because each is laid out slowly once a process: one for each kind of trouble. */
export const CALENDARS: readonly Written[] = [
  calendar('cn', 'Asia/Shanghai', week('monday-friday', '09:00-12:00', '13:30-18:00'), {
    holidays: [
      { on: '2026-02-15..2026-02-23' },
      { on: '2026-05-01..2026-05-05' },
      { on: '2026-10-01..2026-10-07' },
      { on: '2027-01-01' },
    ],
    make_up_days: ['2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  }),
  // Summer time, and a day off in the middle of a week.
  calendar('new-york', 'America/New_York', week('monday-saturday', '08:30-17:15'), {
    holidays: [{ on: '2026-01-01' }, { on: '2026-11-26..2026-11-27' }, { on: '2026-12-25' }],
  }),
  // Half an hour beside the others, and late shifts.
  calendar('kolkata', 'Asia/Kolkata', {
    ...week('monday-thursday', '10:00-13:00', '14:00-22:30'),
    ...week('sunday', '10:00-13:00'),
  }),
  calendar('always', 'UTC', week('monday-sunday', '00:00-24:00')),
];

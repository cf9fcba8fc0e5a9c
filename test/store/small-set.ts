/** A playbook set small enough to read: one pipeline of three stages, one piece of evidence, one ladder. */

import type { PlaybookSet, Rules } from '../../engine/playbook/set.ts';
import type { At } from '../../engine/playbook/text.ts';

const at: At = { file: 'deal.yaml', line: 1, col: 1 };

function text(en: string): { zh: string; en: string } {
  return { zh: en, en };
}

const LADDER = {
  ladder: 'stall',
  title: text('Stalled'),
  starts: [{ kind: 'no_activity', for: { amount: 10, unit: 'days' }, at }],
  ends_when: ['activity', 'advance'],
  rungs: [
    { after: { amount: 0, unit: 'days' }, do: [{ kind: 'remind', who: { kind: 'owner' }, at }], at },
    { after: { amount: 3, unit: 'days' }, do: [{ kind: 'notify', who: { kind: 'manager' }, at }], at },
  ],
  at,
} as const;

/** `hash` stands for what judges: another one is another version of the rules. */
export function rulesWith(hash: string): Rules {
  return {
    hash,
    pipeline: {
      pipeline: 'deal',
      title: text('Deal'),
      subject: 'opportunity',
      calendar: 'plain',
      aliases: {},
      facts: {
        amount: { fact: 'amount', type: 'money', title: text('Amount'), currency: 'CNY', at },
        pain: { fact: 'pain', type: 'text', title: text('Pain'), at },
      },
      activities: {},
      open_at: [{ stage: 'first', at }],
      lost_reasons: { price: text('Price') },
      stages: [
        {
          stage: 'first',
          title: text('First'),
          success_rate: 0.1,
          ladder: 'stall',
          evidence: [{ evidence: 'visit', title: text('Visit'), fields: [], accepted_by: { kind: 'manager' }, at }],
          milestones: [
            { milestone: 'visited', title: text('Visited'), when: { kind: 'evidence', evidence: 'visit', at }, at },
          ],
          actions: [],
          at,
        },
        { stage: 'second', title: text('Second'), success_rate: 0.5, evidence: [], milestones: [], actions: [], at },
        { stage: 'third', title: text('Third'), success_rate: 0.9, evidence: [], milestones: [], actions: [], at },
      ],
      at,
    },
    gates: [],
    ladders: { stall: LADDER },
  };
}

const ALL_DAY = [[0, 1440]] as const;

export function smallSet(hash = 'rules-1'): PlaybookSet {
  return {
    language: 1,
    rules: { deal: rulesWith(hash) },
    calendars: {
      plain: {
        calendar: 'plain',
        zone: 'UTC',
        hours: [ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY],
        holidays: [],
        make_up_days: [],
        valid_through: '2099-12-31',
        at,
      },
    },
    roles: {
      roles: 'sales',
      posts: [
        { role: 'admin', title: text('Administrator'), may: ['administer', 'import', 'see'], over: 'all', at },
        {
          role: 'manager',
          title: text('Manager'),
          manages: 'rep',
          may: ['open', 'accept_evidence', 'reject_evidence', 'see', 'hand_over'],
          over: 'team',
          at,
        },
        {
          role: 'rep',
          title: text('Rep'),
          may: ['open', 'set_facts', 'log_activity', 'submit_evidence', 'advance', 'close', 'see'],
          over: 'own',
          at,
        },
      ],
      at,
    },
    mappings: {},
  };
}

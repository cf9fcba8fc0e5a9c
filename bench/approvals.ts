/** How many commands of approvals a second: asked for, given, voided by a change, asked for again; each journalled on real servers. */

import { caseById } from '../store/read-case.ts';
import type { Bench } from './bench.ts';
import { type Round, round, type Send } from './callers.ts';
import { begin, give, PLAYBOOKS, type Place, startPlace } from './place.ts';
import { median, quantile, spread } from './statistics.ts';

const CALLERS = 40;
const REP = 'rep-of-approvals';

const APPROVAL = {
  path: 'price.yaml',
  text: `approval: price
title: { zh: 价格审批, en: Price approval }
applies_to: [ deal ]
steps:
  - { step: lead, title: { zh: 主管, en: Lead }, ask: lead, binds: [ count ] }
`,
};

const RIGHTS = 'see, open, set_facts, submit_evidence, advance, close, request_approval, approve, import, administer';

/** The bench's playbooks, with an approval, somebody to ask for it and somebody to give it. */
const FILES = [
  ...PLAYBOOKS.map((file) => {
    if (file.path === 'deal.yaml')
      return {
        ...file,
        text: file.text.replace('leave_when: { fact: count, is_known: true }', 'leave_when: { approval: price }'),
      };
    if (file.path !== 'sales.yaml') return file;
    const posts = ['admin', 'lead', 'rep'].map(
      (role) => `  - { role: ${role}, title: { zh: 岗, en: Post }, over: all, may: [ ${RIGHTS} ] }`,
    );
    return { ...file, text: `roles: sales\nposts:\n${posts.join('\n')}\n` };
  }),
  APPROVAL,
];

export const approvals: Bench = {
  name: 'approvals',
  about: 'commands of approvals on real servers',
  minutes: 6,
  run: async ({ dir, quick, say }) => {
    const place = await startPlace(dir, FILES);
    try {
      const send = await sendersOf(place);
      const rounds: Round[] = [];
      for (let turn = 0; turn <= (quick ? 1 : 5); turn += 1) {
        const done = await round(send, CALLERS, quick ? CALLERS * 3 : 480);
        // The first turn warms up.
        if (turn > 0) rounds.push(done);
      }
      const rates = rounds.map(({ perSecond }) => perSecond);
      const times = rounds.flatMap((one) => one.times);
      say(`${Math.round(median(rates))} a second`);
      const beside = `one takes ${Math.round(median(times))} ms, p99 ${Math.round(quantile(times, 0.99))} ms`;
      return [{ figure: 'approvals.rate', ...spread(rates), beside }];
    } finally {
      await place.stop();
    }
  },
};

/** Each caller goes round by themselves: ask, approve, change what was approved. */
async function sendersOf(place: Place): Promise<Send> {
  await begin(place, 'person', 'lead', { command: 'join', name: 'Lead', role: 'lead' }, 'system');
  await begin(place, 'person', REP, { command: 'join', name: 'Rep', role: 'rep', manager: 'lead' }, 'system');
  const open = { command: 'open', title: 'Benchmark', pipeline: 'deal', facts: { count: 0 } };
  for (let caller = 0; caller < CALLERS; caller += 1) await begin(place, 'case', `bench-${caller}`, open, REP);
  const steps = new Map<number, number>();
  return async (entity) => {
    const step = steps.get(entity) ?? 0;
    steps.set(entity, step + 1);
    const id = `bench-${entity}`;
    if (step % 3 === 1)
      return give(place, id, { command: 'approve', approval: 'price', digest: await digestOf(place, id) }, 'lead');
    if (step % 3 === 2) return give(place, id, { command: 'set_facts', facts: { count: step } }, REP);
    const ask = step === 0 ? { command: 'request_approval' } : { command: 'resubmit', how: 'restart' };
    return give(place, id, { ...ask, approval: 'price' }, REP);
  };
}

/** As whoever approves has seen it. */
async function digestOf({ store }: Place, id: string): Promise<string> {
  const found = await caseById(store, id);
  const digest = found?.state.approvals?.['price']?.steps['lead']?.digest;
  if (digest === undefined) throw new Error(`nothing of ${id} is under review`);
  return digest;
}

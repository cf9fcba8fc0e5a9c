/** The words of `playrail do` become the command that the wire takes. */

import { expect, test } from 'vitest';
import { DO_COMMANDS, doCommandBody } from '../../cli/do-command-body.ts';
import { commandSchema } from '../../engine/case/command-schema.ts';
import { RIGHT_FOR } from '../../engine/case/commands/handlers.ts';

test.each([
  [
    ['submit_evidence', 'first-visit'],
    { with: ['visited_on=2026-10-20', 'people_met=Liu Wei'] },
    {
      command: 'submit_evidence',
      evidence: 'first-visit',
      fields: { visited_on: '2026-10-20', people_met: 'Liu Wei' },
    },
  ],
  [['set_facts', 'amount=50万 CNY', 'pain='], {}, { command: 'set_facts', facts: { amount: '50万 CNY', pain: null } }],
  [['set_facts', 'note=a=b:=c'], {}, { command: 'set_facts', facts: { note: 'a=b:=c' } }],
  [
    ['set_facts', 'quality:=60', 'tags:=["a","b"]'],
    {},
    { command: 'set_facts', facts: { quality: 60, tags: ['a', 'b'] } },
  ],
  [
    ['log_activity', 'call'],
    { note: 'no answer', on: '2026-10-01' },
    { command: 'log_activity', activity: 'call', note: 'no answer', happened_on: '2026-10-01' },
  ],
  [['advance'], {}, { command: 'advance' }],
  [['advance', 'offer'], {}, { command: 'advance', to: 'offer' }],
  [['close', 'lost', 'price'], {}, { command: 'close', as: 'lost', reason: 'price' }],
  [['close', 'won'], {}, { command: 'close', as: 'won' }],
  [
    ['plan_task', 'call back'],
    { due: '2026-10-01', owner: 'liu' },
    { command: 'plan_task', title: 'call back', due_on: '2026-10-01', owner: 'liu' },
  ],
  [
    ['resolve', 'push'],
    { with: ['plan=visit', 'next_step_on=2026-10-20'], field: ['cause=execution'] },
    {
      command: 'resolve',
      way: 'push',
      with: { plan: 'visit', next_step_on: '2026-10-20' },
      fields: { cause: 'execution' },
    },
  ],
] as const)('%j', ([command, ...words], options, body) => {
  expect(doCommandBody(command, words, options)).toEqual(body);
  expect(commandSchema.safeParse(body).success).toBe(true);
});

test('every command that the wire takes from people can be typed', () => {
  const wire = commandSchema.options.map((option) => option.shape.command.value);
  // `playrail open` opens, `playrail inspect` inspects; timers, other entities and imports speak for themselves.
  const others = new Set(['open', 'inspect', ...wire.filter((name) => ['system', 'import'].includes(RIGHT_FOR[name]))]);
  const system = ['child_changed', 'child_refused', 'parent_changed', 'people_changed', 'record_findings', 'wake'];
  expect([...others].sort()).toEqual([...system, 'inspect', 'note_change', 'open'].sort());
  expect(Object.keys(DO_COMMANDS).sort()).toEqual(wire.filter((name) => !others.has(name)).sort());
});

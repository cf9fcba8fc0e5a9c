/** A case of four stages, won on leaving the third, and what it takes to climb them. */

import type { Gate } from '../../engine/playbook/gate.ts';
import type { Pipeline } from '../../engine/playbook/pipeline.ts';
import { Drive } from './drive.ts';
import * as p from './playbook-fixture.ts';

export const facts = Object.fromEntries([p.fact('a', 'number'), p.fact('b', 'number'), p.fact('c', 'number')]);
export const known = (name: string) => p.factIs(name, 'is_known', true);
const visit = p.evidence('visit');
export const stages = [
  p.stage('one', { evidence: [visit], milestones: [p.milestone('met', p.all(p.hasEvidence('visit'), known('a')))] }),
  p.stage('two', { enter_when: known('b'), leave_when: p.factIs('b', 'more_than', 1) }),
  p.stage('three', { milestones: [p.milestone('signed', known('c'))] }),
  p.stage('four', { milestones: [p.milestone('delivered', p.factIs('c', 'at_least', 10))] }),
];

export function opened(more: Partial<Pipeline> = {}, gates: readonly Gate[] = []): Drive {
  const it = new Drive(p.setOf([p.pipeline('large', stages, { facts, won_on_leaving: 'three', ...more })], gates));
  it.must('ann', { command: 'open', title: 'ACME' });
  return it;
}
export const set = (facts: object) => ({ command: 'set_facts', facts });
export const advance = (to?: string) => ({ command: 'advance', ...(to && { to }) });

export function prove(it: Drive, values: object): Drive {
  it.must('ann', { command: 'submit_evidence', evidence: 'visit' });
  it.must('mia', { command: 'accept_evidence', evidence: 'visit' });
  it.must('ann', set(values));
  return it;
}

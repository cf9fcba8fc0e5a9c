/** Every command to a case, in every state, by every shipped post standing in every way to its owner: what the engine answers. */

import type { CommandName } from '../../engine/case/command.ts';
import { decide } from '../../engine/case/decide.ts';
import type { CaseEvent } from '../../engine/case/event.ts';
import { evolve } from '../../engine/case/evolve.ts';
import type { Outcome } from '../../engine/case/outcome.ts';
import type { CaseState } from '../../engine/case/state.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import type { Approval } from '../../engine/playbook/approval.ts';
import { FACTS_READ } from '../../engine/playbook/authority.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { fromMs } from '../../engine/time/instant.ts';
import type { People, Person } from '../../engine/who/people.ts';
import { sha256 } from '../../store/hash.ts';
import * as p from '../case/playbook-fixture.ts';
import { filesIn } from '../language/read-set.ts';

/** How somebody stands to the owner of a case. */
export const STANDS = ['own', 'below', 'elsewhere'] as const;
export type Stand = (typeof STANDS)[number];

export const STATES = ['none', 'open', 'demanded', 'held', 'won', 'finished'] as const;
export type State = (typeof STATES)[number];

/** A command, and what about it decides who may. */
export interface Row {
  readonly row: string;
  readonly command: CommandName;
  readonly body: object;
}

const MANAGER = { kind: 'manager' } as const;
const AUTHORITY = { kind: 'authority' } as const;
const change = {
  policy: 'quarantine',
  source: 'crm',
  was: { stage: 'one' },
  now: { closed: { as: 'lost', reason: 'price' } },
  asks: MANAGER,
};

/** One body for every command there is: the compiler misses one that is new. */
const BODIES = {
  open: { title: 'ACME', pipeline: 'large', owner: 'owner' },
  set_facts: { facts: { note: 'x' } },
  log_activity: { activity: 'call' },
  answer: { decision: 'win', answers: { need: 'yes' } },
  submit_evidence: { evidence: 'late' },
  withdraw_evidence: { evidence: 'visit' },
  accept_evidence: { evidence: 'visit' },
  reject_evidence: { evidence: 'visit', reason: 'x' },
  advance: {},
  fall_back: { to: 'one', reason: 'x' },
  plan_task: { title: 'x' },
  complete_task: { task: 't1' },
  snooze: { until: '2026-01-14', reason: 'x' },
  resolve: { way: 'push', with: { plan: 'call' } },
  move_pipeline: { to: 'other' },
  hand_over: { to: 'lee' },
  people_changed: { person: 'lee' },
  close: { as: 'lost', reason: 'price' },
  reopen: { reason: 'x' },
  note_change: change,
  settle_change: { take: 'ours' },
  request_approval: { approval: 'sign' },
  resubmit: { approval: 'sign', how: 'restart' },
  recall: { approval: 'sign' },
  cancel_approval: { approval: 'sign', reason: 'x' },
  approve: { approval: 'sign', digest: '0'.repeat(64) },
  reject: { approval: 'sign', reason: 'x' },
  send_back: { approval: 'sign', reason: 'x' },
  comment: { approval: 'sign', text: 'x' },
  record_findings: { found: [], gone: [] },
  answer_finding: { finding: 'risk', answer: 'respond' },
  add_signer: { approval: 'sign', person: 'boss', when: 'before' },
  remove_signer: { approval: 'sign', person: 'boss' },
  transfer: { approval: 'sign', to: 'boss' },
  delegate: { approval: 'sign', to: 'boss' },
  copy_to: { approval: 'sign', people: ['boss'] },
  remind: { approval: 'sign' },
  child_changed: {
    child: 'c',
    news: { n: 1, pipeline: 'other', stage: 'one', status: 'open', finished: false, owner: 'lee' },
  },
  child_refused: { child: 'c', because: [] },
  parent_changed: { told: { change: 'reopened' } },
  start_again: { child: 'c' },
  inspect: { next_step: { title: 'x', due_on: '2026-03-30' } },
  waive: { kind: 'gate', name: 'seen', until: '2026-03-30', reason: 'x' },
  withdraw_waiver: { kind: 'gate', name: 'seen' },
  wake: {},
} as const satisfies Record<CommandName, object>;

/** The same commands where something else than the post decides. */
const OTHERS: readonly Row[] = [
  { row: 'accept_evidence (who submitted it)', command: 'accept_evidence', body: { evidence: 'theirs' } },
  { row: 'reject_evidence (who submitted it)', command: 'reject_evidence', body: { evidence: 'theirs', reason: 'x' } },
  { row: 'accept_evidence (15万 CNY, asks for authority)', command: 'accept_evidence', body: { evidence: 'offer' } },
  { row: 'answer (asked of the owner)', command: 'answer', body: { decision: 'plan', answers: { need: 'yes' } } },
  { row: 'complete_task (given to them)', command: 'complete_task', body: { task: 't2' } },
];

export const ROWS: readonly Row[] = [
  // The keys of the table are the names of the commands.
  ...(Object.keys(BODIES) as CommandName[]).map((command) => ({ row: command, command, body: BODIES[command] })),
  ...OTHERS,
];

/** Never asked for: what it answers to those who are asked, its own tests say. */
const SIGN: Approval = {
  approval: 'sign',
  title: p.text('Sign'),
  applies_to: ['large', 'other'],
  turns: [
    [
      {
        step: 'sign',
        title: p.text('Sign'),
        ask: { kind: 'one', who: MANAGER, at: p.place() },
        binds: [{ kind: 'fact', fact: 'note' }],
        rungs: [],
        at: p.place(),
      },
    ],
  ],
  at: p.place(),
};

/** The shipped roles, with pipelines that can be in every state; all that authority is measured by is known. */
export function rightsSet(): PlaybookSet {
  const { set: shipped, diagnostics } = compileSet(filesIn('playbooks'), { sha256 });
  if (shipped === undefined) throw new Error(JSON.stringify(diagnostics));
  const demand = { of: MANAGER, ways: { push: ['plan'] }, fields: [], at: p.place() };
  const ladder = p.ladder('stall', { rungs: [{ after: p.lasting(0, 'days'), do: [], demand, at: p.place() }] });
  const evidence = ['visit', 'late', 'theirs'].map((id) => p.evidence(id));
  const offer = p.evidence('offer', { accepted_by: AUTHORITY });
  const stages = [
    p.stage('one', { evidence: [...evidence, offer], ladder: 'stall' }),
    p.stage('two'),
    p.stage('three'),
  ];
  const measured = (shipped.roles.authority ?? []).map(({ fact, type }) => p.fact(fact, FACTS_READ[type][0] ?? 'text'));
  const facts = Object.fromEntries([p.fact('note', 'text'), ...measured]);
  const pipelines = ['large', 'other'].map((id) => p.pipeline(id, stages, { facts, won_on_leaving: 'one' }));
  const way = { kind: 'tree', questions: [p.question('need', 'go', 'leave')] } as const;
  const outcomes = ['go', 'leave'].map((id) => p.outcome(id));
  const decisions = [
    p.decision('win', way, { outcomes }),
    p.decision('plan', way, { outcomes, answered_by: { kind: 'owner' } }),
  ];
  // It only watches, so that it stands in no state's way.
  const seen = p.gate(
    'seen',
    { kind: 'evidence', evidence: 'visit', at: p.place() },
    {
      applies_to: ['large', 'other'],
      mode: 'shadow',
      waiver: { by: MANAGER, at_most: p.lasting(300, 'days'), at: p.place() },
    },
  );
  const set = p.setOf(pipelines, [seen], [ladder], decisions);
  const rules = Object.entries(set.rules).map(([id, one]) => [id, { ...one, approvals: { sign: SIGN } }] as const);
  return { ...set, rules: Object.fromEntries(rules), roles: shipped.roles };
}

/** What the case is measured by: 15万 CNY, and nothing grave in any other dimension. */
function measures({ roles }: PlaybookSet): Readonly<Record<string, unknown>> {
  const harmless = { money: '15万 CNY', percent: '0%', number: 0, days: 0, yes_no: false, choice: '' } as const;
  return Object.fromEntries((roles.authority ?? []).map(({ fact, type }) => [fact, harmless[type]]));
}

export function peopleFor(role: string, stand: Stand): People {
  const one = (person: string, post: string, manager?: string): Person => {
    return { person, name: person, role: post, lang: 'en', active: true, ...(manager !== undefined && { manager }) };
  };
  const below = [one('actor', role, 'boss'), one('owner', 'rep', 'actor')];
  const elsewhere = [one('actor', role, 'boss'), one('owner', 'rep', 'lee')];
  const staff = stand === 'own' ? [one('owner', role, 'lee')] : stand === 'below' ? below : elsewhere;
  const all = [...staff, one('lee', 'manager', 'boss'), one('boss', 'general-manager'), one('root', 'admin')];
  return { version: 1, by_id: Object.fromEntries(all.map((person) => [person.person, person])) };
}

/** Leads cases into a state by an administrator's hand, and asks what the actor may do there. */
export class Bench {
  private readonly set: PlaybookSet;
  private readonly people: People;
  private readonly actor: string;
  private state: CaseState | undefined;
  private nowMs = Date.parse('2026-01-05T09:00:00.000Z');

  constructor(set: PlaybookSet, role: string, stand: Stand) {
    this.set = set;
    this.people = peopleFor(role, stand);
    this.actor = stand === 'own' ? 'owner' : 'actor';
  }

  /** The answer to the row's command; the case stays as it was. */
  answer({ command, body }: Row, by = this.actor): Outcome<CaseEvent> {
    return this.decide(by, { command, ...body });
  }

  bringTo(state: State): this {
    this.state = undefined;
    if (state === 'none') return this;
    this.must('root', { command: 'open', ...BODIES.open, facts: measures(this.set) });
    for (const evidence of ['visit', 'offer']) this.must('root', { command: 'submit_evidence', evidence });
    // Who may not submit has nothing of their own to judge; the administrator's stands in its place.
    this.mustEither(this.actor, 'root', { command: 'submit_evidence', evidence: 'theirs' });
    this.must('root', { command: 'plan_task', title: 'x', owner: 'owner' });
    this.must('root', { command: 'plan_task', title: 'x', owner: this.actor });
    if (state === 'demanded') {
      this.nowMs += 7 * 86_400_000;
      this.must('system', { command: 'wake' });
    }
    if (state === 'held') this.must('root', { command: 'note_change', ...BODIES.note_change });
    if (state === 'won') this.must('root', { command: 'advance' });
    if (state === 'finished') this.must('root', { command: 'close', ...BODIES.close });
    return this;
  }

  private decide(actor: string, body: object): Outcome<CaseEvent> {
    const world = { case: 'case-1', playbook: this.set, people: this.people, now: fromMs(this.nowMs) };
    return decide(world, this.state, { id: `${actor} ${JSON.stringify(body)}`, actor, body });
  }

  private must(actor: string, body: object): void {
    const outcome = this.decide(actor, body);
    if (outcome.outcome !== 'accepted') throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(outcome)}`);
    for (const event of outcome.events) this.state = evolve(this.state, event);
  }

  private mustEither(actor: string, other: string, body: object): void {
    this.must(this.decide(actor, body).outcome === 'accepted' ? actor : other, body);
  }
}

/** `accepted`, or the code of the no. */
export function said(outcome: Outcome<unknown>): string {
  switch (outcome.outcome) {
    case 'accepted':
      return 'accepted';
    case 'refused':
      return outcome.reasons.map(({ code }) => code).join(', ');
    case 'forbidden':
      return outcome.reason.code;
    case 'invalid':
      return outcome.problems.map(({ code }) => code).join(', ');
  }
}

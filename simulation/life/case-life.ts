/** What people do with a case over a year: open it, work on it, lead, try what they must not, and take it up again. */

import type { CaseState } from '../../engine/case/state.ts';
import type { Message } from '../../engine/person/message.ts';
import { fromMs } from '../../engine/time/instant.ts';
import { superiorsOf } from '../../engine/who/reporting-line.ts';
import { openEntry } from '../../store/journal-entry.ts';
import { BEGINS_MS, DAY_MS, HOUR_MS } from '../parameters.ts';
import { PIPELINES, STAGES } from '../playbooks/random-set.ts';
import type { Year } from '../year.ts';
import * as bodies from './bodies.ts';
import { EVERYBODY, ROOT } from './staff.ts';

/** Between two things done to a case that nobody asked for. */
const BETWEEN_ACTS_MS = 50 * DAY_MS;

/** Each case begins in the first days, one after another, so that most of the year has all of them. */
export function liveCase(year: Year, index: number): void {
  const id = `case-${index + 1}`;
  const act = (): void => {
    doSomething(year, id);
    year.after(BETWEEN_ACTS_MS, act);
  };
  year.plan(BEGINS_MS + DAY_MS + year.chance.wait(5 * DAY_MS), act);
}

function doSomething(year: Year, id: string): void {
  const state = year.stateOf(id);
  if (state === undefined) open(year, id);
  else if (state.finished) takeUpAgain(year, id, state);
  else workOn(year, id, state);
}

function open(year: Year, id: string): void {
  const { chance } = year;
  const now = year.now();
  const facts = { size: 2, price: 3, segment: 'old', ...bodies.facts(chance, now, EVERYBODY) };
  const kept = Object.entries(facts).filter(([, value]) => value !== null);
  const owner = chance.pick(reps(year));
  const pipeline = chance.happens(0.9) ? { pipeline: chance.pick(PIPELINES) } : {};
  const body = { command: 'open', title: `deal ${id}`, ...pipeline, facts: Object.fromEntries(kept) };
  const tasks = chance.happens(0.5) ? { tasks: [{ title: 'call', due_on: bodies.day(now, 5) }] } : {};
  if (chance.happens(0.7)) give(year, id, owner, { ...body, ...tasks });
  else
    give(year, id, ROOT, {
      ...body,
      owner,
      pipeline: chance.pick(PIPELINES),
      stage: chance.pick(STAGES),
      imported: past(year),
    });
}

/** What an import may say of a case: under way for up to a year, now and then over. */
function past(year: Year): unknown {
  const { chance } = year;
  const opened = year.now() - chance.between(0, 300 * DAY_MS);
  const closed = chance.happens(0.1) ? { closed: { as: 'lost', reason: 'price', at: fromMs(opened + 1) } } : {};
  const due = chance.happens(0.7) ? { debt_due_on: bodies.day(year.now(), chance.between(-5, 60)) } : {};
  return { source: 'crm', opened_at: fromMs(opened), ...closed, ...due };
}

function takeUpAgain(year: Year, id: string, state: CaseState): void {
  const { chance } = year;
  const actor = chance.happens(0.8) ? leaderOf(year, state.owner) : state.owner;
  if (chance.happens(0.7)) give(year, id, actor, { command: 'reopen', reason: 'they called' });
  else give(year, id, state.owner, { command: 'log_activity', activity: 'call' });
}

function workOn(year: Year, id: string, state: CaseState): void {
  const { chance } = year;
  const sight = sightOf(year, state);
  if (sight === undefined) return;
  const anybody = (): string => chance.pick([...EVERYBODY, 'nobody', 'system']);
  const waiting = (): string =>
    chance.pick([...Object.keys(state.evidence).filter((one) => state.evidence[one]?.status === 'submitted'), 'e0']);
  chance.weighted<() => void>([
    [30, () => give(year, id, state.owner, bodies.work(sight))],
    [15, () => pullTogether(year, id, state, sight)],
    [3, () => several(year, id, state, sight)],
    [8, () => give(year, id, leaderOf(year, state.owner), bodies.lead(sight))],
    [2, () => give(year, id, anybody(), bodies.work(sight))],
    [2, () => give(year, id, anybody(), bodies.lead(sight))],
    // One's own evidence, by whoever handed it in.
    [2, () => give(year, id, state.evidence[waiting()]?.submitted_by ?? state.owner, accept(waiting()))],
    [1, () => give(year, id, state.owner, bodies.nonsense(sight))],
    [1, () => year.workflowOf({ kind: 'case', id }).wake()],
    [2, () => sendAgain(year, id)],
  ])();
}

const UNKNOWN = { size: null, price: null, warm: null, segment: null, signing: null };

/** All that is missing is brought and settled within a few hours, and the case goes on if it may. */
function pullTogether(year: Year, id: string, state: CaseState, sight: bodies.Sight): void {
  const { chance } = year;
  const { owner } = state;
  const wanted = [...new Set(bodies.missing(sight))];
  for (const one of wanted) give(year, id, owner, bodies.evidence(sight, one));
  const later = (ms: number, what: () => void): void => year.plan(year.now() + ms, what);
  later(HOUR_MS, () => {
    const waiting = Object.entries(year.stateOf(id)?.evidence ?? {}).filter(
      ([, entry]) => entry.status === 'submitted',
    );
    for (const [one] of waiting) for (const by of [leaderOf(year, owner), 'fin']) give(year, id, by, accept(one));
  });
  later(2 * HOUR_MS, () => {
    give(year, id, owner, { command: 'log_activity', activity: 'call' });
    give(year, id, owner, { command: 'plan_task', title: 'next', due_on: bodies.day(year.now(), 9) });
    const facts = bodies.facts(chance, year.now(), EVERYBODY);
    const usual = { size: 2, price: 3, warm: false, signing: null, ...facts };
    // Where all is proven and a fact is not known, a gate must stay shut.
    give(year, id, owner, { command: 'set_facts', facts: chance.happens(0.3) ? UNKNOWN : usual });
  });
  later(3 * HOUR_MS, () => give(year, id, owner, { command: 'advance' }));
}

/** Several people at the same moment. */
function several(year: Year, id: string, state: CaseState, sight: bodies.Sight): void {
  give(year, id, state.owner, bodies.work(sight));
  give(year, id, leaderOf(year, state.owner), bodies.lead(sight));
  give(year, id, state.owner, bodies.climb(sight));
}

/** A command of long ago comes once more: as it was, by somebody else, or with other contents. */
function sendAgain(year: Year, id: string): void {
  const { chance } = year;
  const { journal } = year.store.entity({ kind: 'case', id });
  const { command_id, actor, command } = openEntry(chance.pick(journal)).entry;
  if (command_id.startsWith('wake:')) return;
  const other = chance.weighted<readonly [string, unknown]>([
    [4, [actor, command]],
    [1, [`${actor}x`, command]],
    [1, [actor, { command: 'log_activity', activity: 'other' }]],
  ]);
  year.give({ kind: 'case', id }, other[0], other[1], command_id);
}

/** What somebody does about a message, mostly within a day or two; some are never answered. */
export function answer(year: Year, person: string, message: Message): void {
  const id = message.case;
  const { chance } = year;
  if (id === undefined || !chance.happens(0.4)) return;
  year.after(1.5 * DAY_MS, () => {
    const state = year.stateOf(id);
    const sight = state && sightOf(year, state);
    if (state === undefined || sight === undefined) return;
    if (chance.happens(0.15)) lookIntoInbox(year, person);
    const body = answerTo(message, state, sight);
    if (body !== undefined) give(year, id, person, body);
  });
}

/** The last few items are read, or put away. */
function lookIntoInbox(year: Year, person: string): void {
  const { chance } = year;
  const newest = year.inboxOf(person);
  const oldest = Math.max(1, newest - chance.between(0, 4));
  const items = Array.from({ length: newest - oldest + 1 }, (_, index) => String(oldest + index));
  const command = chance.happens(0.8) ? 'read' : 'dismiss';
  year.give({ kind: 'person', id: person }, person, { command, items });
}

function answerTo(message: Message, state: CaseState, sight: bodies.Sight): bodies.Body | undefined {
  const { chance } = sight;
  switch (message.kind) {
    case 'evidence_to_accept': {
      const waiting = Object.keys(state.evidence).filter((one) => state.evidence[one]?.status === 'submitted');
      if (waiting.length === 0) return undefined;
      const one = chance.pick(waiting);
      return chance.happens(0.85) ? accept(one) : { command: 'reject_evidence', evidence: one, reason: 'not shown' };
    }
    case 'demand':
      return bodies.resolve(sight);
    case 'reminder':
    case 'notice':
      return bodies.work(sight);
    case 'task': {
      const open = Object.keys(state.tasks).filter((one) => state.tasks[one]?.done_at === undefined);
      return open.length === 0 ? undefined : { command: 'complete_task', task: chance.pick(open) };
    }
    default:
      return undefined;
  }
}

function accept(evidence: string): bodies.Body {
  return { command: 'accept_evidence', evidence };
}

function give(year: Year, id: string, actor: string, body: unknown): void {
  year.give({ kind: 'case', id }, actor, body);
}

function sightOf(year: Year, state: CaseState): bodies.Sight | undefined {
  const rules = year.store.rulesBy(state.rules);
  return rules && { chance: year.chance, state, rules, now: year.now(), people: EVERYBODY };
}

function leaderOf(year: Year, owner: string): string {
  const above = superiorsOf(year.people, owner).filter((one) => one.active);
  return above.length === 0 || year.chance.happens(0.1) ? ROOT : year.chance.pick(above).person;
}

function reps(year: Year): readonly string[] {
  const active = Object.values(year.people.by_id).filter((one) => one.role === 'rep' && one.active);
  return active.length === 0 ? [ROOT] : active.map((one) => one.person).sort();
}

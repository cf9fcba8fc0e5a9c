/** One seed: an installation is set up, lives its year, and is held to every promise. */

import { sha256 } from '../store/hash.ts';
import { Chance } from './chance.ts';
import { answer, liveCase } from './life/case-life.ts';
import { hire } from './life/staff.ts';
import { type Machine, REAL } from './memory/machine.ts';
import { BEGINS_MS, DAY_MS, type Parameters } from './parameters.ts';
import { CALENDARS } from './playbooks/files.ts';
import { randomSet } from './playbooks/random-set.ts';
import { Broken } from './promises/promise.ts';
import { Year } from './year.ts';

export type SeedResult =
  | { readonly ok: true; readonly parameters: Parameters; readonly turns: number; readonly hash: string }
  | { readonly ok: false; readonly parameters: Parameters; readonly failure: Failure };

export interface Failure {
  /** The promise, by name; `crash` where something threw. */
  readonly promise: string;
  readonly sentence: string;
  readonly complaint: string;
  /** `case case-3`; absent at the end of the year. */
  readonly entity?: string;
  /** Virtual time. */
  readonly at: string;
  /** The last things that happened to the entity, oldest first, a line each. */
  readonly lately: readonly string[];
}

/** Deterministic: the same parameters always give the same result. */
export function runSeed(parameters: Parameters, machine: Machine = REAL): SeedResult {
  const year = new Year(parameters, machine);
  try {
    begin(year);
    year.live();
  } catch (error) {
    return { ok: false, parameters, failure: failureOf(year, error) };
  }
  return { ok: true, parameters, turns: year.watched.turns, hash: hashOf(year) };
}

const BETWEEN_PLAYBOOKS_MS = 200 * DAY_MS;

/** Playbooks are published, people hired, cases opened; new playbooks come a few times a year. */
function begin(year: Year): void {
  const { seed, cases } = year.parameters;
  const chance = new Chance(seed, 'playbooks');
  const any = (): number => chance.between(0, CALENDARS.length - 1);
  const calendars = [any(), any()] as const;
  const publish = (): void => {
    year.store.publish(randomSet(chance, calendars).set);
    year.wakeAllWhoWait();
  };
  publish();
  for (
    let at = BEGINS_MS + chance.wait(BETWEEN_PLAYBOOKS_MS);
    at < year.endsMs;
    at += chance.wait(BETWEEN_PLAYBOOKS_MS)
  ) {
    year.plan(at, publish);
  }
  hire(year);
  year.onMessage = (person, message) => answer(year, person, message);
  for (let index = 0; index < cases; index++) liveCase(year, index);
}

/** Over the heads of all journals: one entry more or less anywhere, and it is another. */
function hashOf({ store }: Year): string {
  const heads = [...store.all()].map(({ kind, id, head }) => `${kind}/${id} ${head.seq} ${head.hash}`);
  return sha256(heads.sort().join('\n'));
}

function failureOf(year: Year, error: unknown): Failure {
  const at = new Date(year.now()).toISOString();
  if (!(error instanceof Broken)) {
    const complaint = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      promise: 'crash',
      sentence: '`decide` is total: an answer for any command in any state',
      complaint,
      at,
      lately: [],
    };
  }
  const { promised, complaint, ref } = error;
  const turns = ref === undefined ? [] : year.watched.lastTurns(ref);
  const lately = turns.map(({ now, command, reply, entry }) => {
    const body = JSON.stringify(command.body).slice(0, 160);
    const events = (entry?.events ?? []) as readonly { readonly event: string }[];
    const came = events.length > 0 ? `: ${events.map(({ event }) => event).join(', ')}` : '';
    return `${now} ${command.actor} ${body} (${command.id}) ${reply.outcome}${came}`;
  });
  const { name, sentence } = promised;
  return { promise: name, sentence, complaint, ...(ref && { entity: `${ref.kind} ${ref.id}` }), at, lately };
}

/** Seats the people of a step: who speaks for each voice now, nobody for their own submission, and nobody for two. */

import type { ApprovalRecord, Ask, Helper, Signer } from '../../parts/approval/record.ts';
import { type Bench, seatsOf } from '../../parts/approval/voices.ts';
import type { ApprovalStep, Voice } from '../../playbook/approval.ts';
import type { Who } from '../../playbook/who.ts';
import { coveringLine } from '../../who/authority.ts';
import type { Person } from '../../who/people.ts';
import { personOf } from '../../who/reporting-line.ts';
import { type Asked, holdersOf, inPlaceOf, meantBy } from '../../who/resolve-who.ts';
import { mayAct } from '../../who/rights.ts';
import { isThere, standInsOf } from '../../who/substitutes.ts';
import { type CaseView, whoContextOf } from '../case-view.ts';
import { lookUp } from '../look-up.ts';

/** Whether answering would be judging one's own submission, whoever's place one takes. */
export function isOwnSubmission({ state }: CaseView, record: ApprovalRecord, person: string): boolean {
  return person === state.owner || record.own_of.includes(person);
}

/**
 * The bench of each step of a turn, by step. Seats are filled in the order written: somebody who has answered in this
 * turn, or who is the only one for an earlier seat, speaks for no other. Where nobody is left for a seat, the step's
 * fallback is asked; where that is nobody either, the seat is empty.
 */
export function benchesOf(
  view: CaseView,
  record: ApprovalRecord,
  turn: readonly ApprovalStep[],
): ReadonlyMap<string, Bench> {
  const seating = new Seating(view, record, turn);
  return new Map(turn.map((step) => [step.step, seating.bench(step)]));
}

/** Seats that nobody can answer for. */
export function emptySeats(bench: Bench): readonly string[] {
  return seatsOf(bench)
    .filter((seat) => seat.answer === undefined && seat.asks.length === 0)
    .map(({ seat }) => seat);
}

class Seating {
  private readonly view: CaseView;
  private readonly record: ApprovalRecord;
  /** Who has spoken in this turn, or is needed for a seat that nobody else can take. */
  private readonly taken: Set<string>;
  private readonly ownersPlace: ReadonlySet<string>;

  constructor(view: CaseView, record: ApprovalRecord, turn: readonly ApprovalStep[]) {
    this.view = view;
    this.record = record;
    const answers = turn.flatMap(({ step }) => Object.values(lookUp(record.steps, step)?.answers ?? {}));
    this.taken = new Set(answers.flatMap(({ by, on_behalf_of: place }) => (place === undefined ? [by] : [by, place])));
    const { world, state, at } = view;
    const own = [state.owner, ...record.own_of];
    // Who does the work of one of those must not step in for their judge as well.
    this.ownersPlace = new Set(own.flatMap((person) => standInsOf(world.people, person, at)));
  }

  bench(step: ApprovalStep): Bench {
    return this.lay(step, step.ask, '1');
  }

  private lay(step: ApprovalStep, voice: Voice, path: string): Bench {
    switch (voice.kind) {
      case 'one':
        return this.seat(step, path, voice.who);
      case 'group':
        return {
          kind: 'group',
          quorum: voice.quorum,
          of: voice.of.map((one, index) => this.lay(step, one, `${path}.${index + 1}`)),
        };
      case 'each': {
        const holders = this.everybody(voice.who).filter(({ person }) => !this.isOwn(person));
        const answered = Object.keys(lookUp(this.record.steps, step.step)?.answers ?? {})
          .filter((seat) => seat.startsWith(`${path}/`) && !seat.startsWith(`${path}/#`))
          .map((seat) => seat.slice(path.length + 1))
          .filter((name) => !name.includes('+'));
        // Who has answered keeps the voice, whatever post they hold by now.
        const people = new Map(holders.map((person) => [person.person, person]));
        const names = [...new Set([...people.keys(), ...answered])].sort();
        const of = names.map((name) => this.row(step, `${path}/${name}`, [people.get(name) ?? []].flat()));
        // Where fewer hold the post than must agree, the rest are seats of whoever falls back for them.
        const missing = Math.max(0, (typeof voice.quorum === 'number' ? voice.quorum : 1) - of.length);
        const empty = Array.from({ length: missing }, (_, index) => this.row(step, `${path}/#${index + 1}`, []));
        return { kind: 'group', quorum: voice.quorum, of: [...of, ...empty] };
      }
    }
  }

  private seat(step: ApprovalStep, seat: string, who: Who): Bench {
    return this.row(step, seat, this.meant(who), this.askedOf(who), who.kind === 'authority');
  }

  /** The seat among the signers added to it, who may have added others themselves. */
  private row(
    step: ApprovalStep,
    seat: string,
    meant: readonly Person[],
    asked = meant,
    needsAuthority = false,
  ): Bench {
    const signers = Object.entries(lookUp(this.record.steps, step.step)?.signers ?? {});
    const added = (when: Signer['when']): readonly Bench[] => {
      const of = signers
        .filter(([, signer]) => signer.of === seat && signer.when === when)
        .map(([id, { person }]) => this.row(step, id, [personOf(this.view.world.people, person) ?? []].flat()));
      return of.length === 0 ? [] : [{ kind: 'group', quorum: 'all', of }];
    };
    const own = this.seatFor(step, seat, meant, asked, needsAuthority);
    const of = [...added('before'), own, ...added('after')];
    return of.length === 1 ? own : { kind: 'row', of };
  }

  /** @param asked of those meant */
  private seatFor(
    step: ApprovalStep,
    seat: string,
    meant: readonly Person[],
    asked: readonly Person[],
    needsAuthority: boolean,
  ): Bench {
    const entry = lookUp(this.record.steps, step.step);
    const holder = lookUp(entry?.holders ?? {}, seat);
    if (holder !== undefined) {
      const held = [personOf(this.view.world.people, holder.person) ?? []].flat();
      return this.filled(step, seat, held, held, needsAuthority);
    }
    return this.filled(step, seat, meant, asked, needsAuthority);
  }

  private filled(
    step: ApprovalStep,
    seat: string,
    meant: readonly Person[],
    asked: readonly Person[],
    needs_authority: boolean,
  ): Bench {
    const answer = lookUp(lookUp(this.record.steps, step.step)?.answers ?? {}, seat);
    if (answer !== undefined) return { kind: 'seat', seat, asks: [], may: [], answer, needs_authority };
    const helper = this.helperOf(step, seat);
    const active = meant.filter((person) => person.active);
    const found = this.free(asked.filter((person) => person.active).flatMap((person) => this.present(person)));
    const asks = found.length > 0 ? found : this.fallback(step);
    const [only, ...others] = asks;
    if (only !== undefined && others.length === 0) this.taken.add(only.person);
    const may = this.free(active).map(({ person }) => person);
    if (helper !== undefined) {
      // Who gave the task may answer at any time; until the advice comes, it is the helper who is asked.
      const ask = { seat, person: helper.to, on_behalf_of: helper.by };
      return { kind: 'seat', seat, asks: [ask], may: [...new Set([...may, helper.by])], helper, needs_authority };
    }
    return { kind: 'seat', seat, asks: asks.map((one): Ask => ({ seat, ...one })), may, needs_authority };
  }

  /** While both who gave the task and who has it can do their part. */
  private helperOf(step: ApprovalStep, seat: string): Helper | undefined {
    const helper = lookUp(lookUp(this.record.steps, step.step)?.helpers ?? {}, seat);
    if (helper === undefined || this.isOwn(helper.to) || this.isOwn(helper.by)) return undefined;
    const { world, at } = this.view;
    return isThere(personOf(world.people, helper.to), at) ? helper : undefined;
  }

  private fallback(step: ApprovalStep): readonly Asked[] {
    if (step.fallback === undefined) return [];
    const asked = this.askedOf(step.fallback).filter((person) => person.active);
    return this.free(asked.flatMap((person) => this.present(person)));
  }

  private present(person: Person): readonly Asked[] {
    const mayStepIn = (one: string): boolean => this.isFree(one) && !this.ownersPlace.has(one);
    return inPlaceOf(this.view.world.people, person, this.view.at, mayStepIn);
  }

  /** Of authority: everybody whose limits cover the case, lowest first. */
  private meant(who: Who): readonly Person[] {
    const { people } = this.view.world;
    const context = { ...whoContextOf(this.view), isOwn: (person: string) => this.isOwn(person) };
    if (who.kind !== 'authority') return meantBy(people, who, context);
    return coveringLine(people, context).flatMap((id) => personOf(people, id) ?? []);
  }

  /** Of authority only the lowest who is there, or who has somebody to step in; whoever stands above may answer too. */
  private askedOf(who: Who): readonly Person[] {
    const meant = this.meant(who);
    if (who.kind !== 'authority') return meant;
    return meant.filter((person) => this.free(this.present(person)).length > 0).slice(0, 1);
  }

  private everybody(who: Who): readonly Person[] {
    return who.kind === 'role' ? holdersOf(this.view.world.people, who.role) : this.meant(who);
  }

  private free<P extends { readonly person: string }>(people: readonly P[]): readonly P[] {
    const free = people.filter(({ person }) => this.isFree(person));
    return [...new Map(free.map((one) => [one.person, one])).values()].sort((a, b) => (a.person < b.person ? -1 : 1));
  }

  private isFree(person: string): boolean {
    return !this.taken.has(person) && !this.isOwn(person) && mayApprove(this.view, person);
  }

  private isOwn(person: string): boolean {
    return isOwnSubmission(this.view, this.record, person);
  }
}

/** Whether the post of somebody, or of whom they step in for, lets them approve in cases of this owner. */
export function mayApprove({ world, state, at }: CaseView, person: string): boolean {
  const { people, playbook } = world;
  return (
    personOf(people, person)?.active === true && mayAct(playbook.roles, people, person, 'approve', state.owner, at)
  );
}

/** What time brings to duties: series that begin and end, duties that open, are spared, climb their rungs, are missed or stay unread. */

import { truthOf } from '../../condition/evaluate.ts';
import { type DueRung, firedBy, rungsFrom } from '../../parts/waiting.ts';
import { addDuration, localDate } from '../../time/calendar.ts';
import type { Instant } from '../../time/instant.ts';
import { nextAfter } from '../../time/recurrence.ts';
import { dateOfDay, dayNumber } from '../../time/working-year.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { SYSTEM } from '../../who/rights.ts';
import { askedFor, whoContext } from '../coaching/turns.ts';
import { againstOpening, flowNamed, opening } from '../commands/coaching.ts';
import type { PersonEvent } from '../event.ts';
import { evolve } from '../evolve.ts';
import { seenOfRep } from '../findings/watch.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { type Duty, type DutyEvent, heardOf, isOpen } from './duty.ts';
import { askedToDo, dutyCalendar, isAwayAt, type Kept, nextOf, seriesKept } from './series.ts';

/** After a long stand-still one wake brings this many times round of each series, and the next wake the rest. */
const MOST_AT_ONCE = 60;

/** To be called when woken. Every time round is accounted for: opened, or spared to who is away. */
export function turnSeries(world: PersonWorld, before: PersonState): readonly PersonEvent[] {
  const turn = new Turn(world, before);
  turn.endSeries();
  for (const kept of seriesKept(world, turn.state)) turn.go(kept);
  for (const duty of turn.state.duties ?? []) {
    if (isOpen(duty)) turn.ring(duty);
    else turn.askToRead(duty);
  }
  return turn.events;
}

/** Events so far, and the state after them: what opens late may be missed in the same breath. */
class Turn {
  readonly events: PersonEvent[] = [];
  state: PersonState;
  private readonly world: PersonWorld;

  constructor(world: PersonWorld, state: PersonState) {
    this.world = world;
    this.state = state;
  }

  private add(event: DutyEvent): void {
    this.push({ ...event, v: 1, at: this.world.now, by: SYSTEM });
  }

  private push(event: PersonEvent): void {
    this.events.push(event);
    this.state = evolve(this.state, event);
  }

  /** Of a post that somebody holds no longer, or that a playbook asks no longer. */
  endSeries(): void {
    const kept = new Set(seriesKept(this.world, this.state).map(({ series }) => series.duty));
    for (const series of Object.keys(this.state.series ?? {})) {
      if (kept.has(series)) continue;
      this.add({ event: 'series_ended', series });
      for (const duty of this.state.duties ?? []) {
        if (duty.rule.duty !== series || !isOpen(duty)) continue;
        this.add({ event: 'duty_excused', ...named(duty), because: 'series_ended', settles: heardOf(duty) });
      }
    }
  }

  go(kept: Kept): void {
    const { rhythm, series } = kept;
    if (this.state.series?.[series.duty] === undefined) {
      this.add({ event: 'series_begun', series: series.duty, through: this.beginning(kept) });
    }
    for (let times = 0; times < MOST_AT_ONCE; times += 1) {
      const next = nextOf(this.world, this.state, kept);
      if (next === undefined || next.opens_at > this.world.now) return;
      const { period, from, until, due_on, due_at } = next;
      if (isAwayAt(this.state, due_at)) {
        this.add({ event: 'duty_spared', series: series.duty, period, until, due_on });
        continue;
      }
      // Who is back before it is due is asked then.
      if (this.state.away !== undefined) return;
      const { every: _every, on_day_off: _off, opens: _opens, for_first: _first, ...rule } = series;
      const id = `d${(this.state.duties_opened ?? 0) + 1}`;
      const times_in = { calendar: rhythm.calendar, period, from, until, due_on, due_at };
      const asked = askedToDo(this.world, series);
      this.add({ event: 'duty_opened', series: series.duty, id, rule, ...times_in, asked });
    }
  }

  /** What is still to come today is due; what was due before it began is asked of nobody. */
  private beginning({ rhythm, series }: Kept): string {
    const calendar = dutyCalendar(this.world, this.state, rhythm.calendar);
    const yesterday = dateOfDay(dayNumber(localDate(calendar, this.world.now)) - 1);
    const first = nextAfter(series.every, series.on_day_off, calendar, yesterday);
    return first !== undefined && first.due_at <= this.world.now ? first.until : yesterday;
  }

  /** What is missed has climbed all its rungs. */
  ring(duty: Duty): void {
    const { now } = this.world;
    if (duty.due_at <= now && isAwayAt(this.state, duty.due_at)) {
      this.add({ event: 'duty_excused', ...named(duty), because: 'leave', settles: heardOf(duty) });
      return;
    }
    const { asked, fired } = duty;
    const dues = duesOf(this.world, this.state, duty);
    const rung = firedBy(dues, { fired, now, asked }, this.world.people, whoContext(this.world));
    if (rung !== undefined) {
      this.add({
        event: 'duty_rung_fired',
        duty: duty.id,
        fired: rung.fired,
        rung_due_at: rung.last.at,
        reminded: rung.reminds ? asked : [],
        told: rung.told,
      });
    }
    if (missedAt(this.world, this.state, duty) > now) return;
    const settles = heardOf(this.state.duties?.find(({ id }) => id === duty.id) ?? duty);
    const figures = this.world.period_facts?.[duty.id];
    this.add({ event: 'duty_missed', ...named(duty), settles, ...(figures !== undefined && { figures }) });
    for (const event of shortOf(this.world, this.state, duty)) this.push(event);
  }

  askToRead(duty: Duty): void {
    const at = readBy(this.world, this.state, duty);
    if (duty.done === undefined || at === undefined || at > this.world.now) return;
    const { notify } = duty.rule.read ?? {};
    const told = notify === undefined ? [] : resolveWho(this.world.people, notify, whoContext(this.world));
    const { readers } = duty.done;
    this.add({ event: 'duty_unread', duty: duty.id, readers, told: told.filter((one) => !readers.includes(one)) });
  }
}

function named({ id, rule, period }: Duty) {
  return { duty: id, of: rule.duty, ...(period !== undefined && { period }) };
}

function duesOf(world: PersonWorld, state: PersonState, { rule, due_at, calendar }: Duty): readonly DueRung[] {
  return rungsFrom(dutyCalendar(world, state, calendar), due_at, rule.rungs);
}

export function missedAt(world: PersonWorld, state: PersonState, { rule, due_at, calendar }: Duty): Instant {
  return addDuration(dutyCalendar(world, state, calendar), due_at, rule.missed_after);
}

function readBy(world: PersonWorld, state: PersonState, { rule, done, calendar }: Duty): Instant | undefined {
  if (done === undefined || rule.read === undefined) return undefined;
  return addDuration(dutyCalendar(world, state, calendar), done.at, rule.read.within);
}

/** The flow that a shortfall of its days begins; none where it is under way, or cannot begin now. */
export function shortOf(world: PersonWorld, state: PersonState, duty: Duty): readonly PersonEvent[] {
  const { short } = duty.rule;
  const facts = world.period_facts?.[duty.id];
  if (short === undefined || facts === undefined) return [];
  const seen = seenOfRep({ now: world.now, calendar: dutyCalendar(world, state, duty.calendar) }, facts);
  const flow = truthOf(short.when, seen) === true ? flowNamed(world, short.coaching) : undefined;
  if (flow === undefined || againstOpening(state, short.coaching) !== undefined) return [];
  return opening(world, state, SYSTEM, flow, { duty: duty.id });
}

/** Whoever coaches now is asked in the place of those who did. */
export function passDuties(world: PersonWorld, state: PersonState, by: string): readonly PersonEvent[] {
  return (state.duties ?? []).flatMap((duty): PersonEvent[] => {
    const before = duty.done?.readers ?? duty.asked;
    const asked = duty.done === undefined ? askedToDo(world, duty.rule) : askedFor(world, 'coach');
    if (asked.join() === before.join()) return [];
    const settles = before.filter((one) => !asked.includes(one));
    return [{ event: 'duty_passed', v: 1, at: world.now, by, duty: duty.id, settles, asked }];
  });
}

/** When duties next do something by themselves. Nothing opens while somebody is away: they are woken when they are back. */
export function dutiesWakeAt(world: PersonWorld, state: PersonState): Instant | undefined {
  if (!state.active) return undefined;
  const series = seriesKept(world, state).flatMap((kept): readonly Instant[] => {
    const next = nextOf(world, state, kept);
    if (next === undefined) return state.series?.[kept.series.duty] === undefined ? [world.now] : [];
    return state.away !== undefined && !isAwayAt(state, next.due_at) ? [] : [next.opens_at];
  });
  const duties = (state.duties ?? []).flatMap((duty) => {
    if (!isOpen(duty)) return readBy(world, state, duty) ?? [];
    const missed = missedAt(world, state, duty);
    const away = isAwayAt(state, duty.due_at) ? [duty.due_at] : [];
    return [duesOf(world, state, duty)[duty.fired]?.at ?? missed, missed, ...away];
  });
  return [...series, ...duties].sort()[0];
}

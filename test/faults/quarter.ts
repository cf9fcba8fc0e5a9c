/** One quarter of one rep on real servers: a calendar of its own, clocks that are moved, commands that are insisted on. */

import { randomUUID } from 'node:crypto';
import { compileSet } from '../../engine/language/compile-set.ts';
import type { Duty } from '../../engine/person/rhythm/duty.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { compileCalendar, type WorkingCalendar } from '../../engine/time/calendar.ts';
import { nextAfter, type Occurrence } from '../../engine/time/recurrence.ts';
import { dateOfDay, dayNumber } from '../../engine/time/working-year.ts';
import { sha256 } from '../../store/hash.ts';
import { publish } from '../../store/publish.ts';
import { personState } from '../../store/read-person.ts';
import { SHIPPED_PLAYBOOKS } from '../mapping/shipped-mapping.ts';
import { eventually } from '../workers/eventually.ts';
import type { Place } from '../workers/place.ts';
import { skipTime } from '../workers/skip-time.ts';

export const WEEKS = 13;
const DAY_MS = 86_400_000;

/** The Monday of a week of the quarter, and days after it. */
export function dayOf(week: number, day = 0): string {
  const today = dayNumber(new Date().toISOString().slice(0, 10));
  const monday = today + 7 - ((today + 3) % 7);
  return dateOfDay(monday + 7 * week + day);
}

/** Friday of the third week is off; of the sixth week only its Saturday is worked. */
const CALENDAR = `calendar: cn
title: { zh: 季度, en: Quarter }
zone: Asia/Shanghai
hours: { monday-friday: [ 09:00-12:00, 13:30-18:00 ] }
holidays:
  - { on: ${dayOf(2, 4)}, title: { zh: 假日, en: Holiday } }
  - { on: ${dayOf(5)}..${dayOf(5, 4)}, title: { zh: 长假, en: Long holiday } }
make_up_days: [ ${dayOf(5, 5)} ]
valid_through: 2099-12-31
`;

export class Quarter {
  readonly place: Place;
  readonly set: PlaybookSet;
  readonly calendar: WorkingCalendar;
  /** How far ann's clock is ahead; bob's record is not looked at. */
  private ahead = 0;

  private constructor(place: Place, set: PlaybookSet) {
    this.place = place;
    this.set = set;
    const { cn } = set.calendars;
    if (cn === undefined) throw new Error('no calendar');
    this.calendar = compileCalendar(cn);
  }

  static async publishedIn(place: Place): Promise<Quarter> {
    const kept = SHIPPED_PLAYBOOKS.filter(({ path }) => !/scenarios|territory|plots-kept|crm-sample/u.test(path));
    const files = kept.map((file) => (file.path === 'cn.yaml' ? { ...file, text: CALENDAR } : file));
    const { set, diagnostics } = compileSet(files, { sha256 });
    if (set === undefined) throw new Error(JSON.stringify(diagnostics));
    await publish(place.store, set, Object.fromEntries(files.map((file) => [file.path, file.text])), 'boss');
    return new Quarter(place, set);
  }

  /** When a series is due in the weeks of the quarter, as the calendar has it. */
  dues(series: string): readonly Occurrence[] {
    const rule = Object.values(this.set.rhythms ?? {})
      .flatMap(({ duties }) => duties)
      .find(({ duty }) => duty === series);
    if (rule === undefined) throw new Error(series);
    const found: Occurrence[] = [];
    for (let after = dayOf(0, -1); ; ) {
      const next = nextAfter(rule.every, rule.on_day_off, this.calendar, after);
      if (next === undefined || next.due_on > dayOf(WEEKS - 1, 6)) return found;
      found.push(next);
      after = next.until;
    }
  }

  /** Moves the clock to an instant, and everything that falls due until then happens. */
  async goTo(instant: string): Promise<void> {
    const ms = Date.parse(instant) - (Date.now() + this.ahead);
    if (ms <= 0) return;
    await eventually(
      `the clock stands at ${instant}`,
      () =>
        skipTime(this.place.client, ['person/ann'], ms).then(
          () => true,
          () => false,
        ),
      60_000,
    );
    this.ahead += ms;
  }

  /** Sends a command about ann until it is answered, under one id. @throws Error where it is not accepted */
  async must(actor: 'ann' | 'bob', body: object): Promise<void> {
    const id = randomUUID();
    const reply = await eventually(
      `${JSON.stringify(body)} is answered`,
      async () => {
        const answer = await this.place.send('person', 'ann', actor, body, id);
        return answer.outcome !== 'fault' && answer;
      },
      60_000,
    );
    if (reply.outcome !== 'accepted') throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(reply)}`);
  }

  /** The duty of a series that is open now. */
  open(series: string, period: string): Promise<Duty> {
    return eventually(`${series} of ${period} is open`, async () => {
      const state = await personState(this.place.store, 'ann');
      return state?.duties?.find(
        ({ rule, period: of, done }) => rule.duty === series && of === period && done === undefined,
      );
    });
  }

  /** The session of a flow that is open now. */
  session(flow: string): Promise<string> {
    return eventually(`${flow} is open`, async () => {
      const state = await personState(this.place.store, 'ann');
      return state?.sessions?.find((one) => one.flow.coaching === flow)?.session;
    });
  }

  async answer(flow: string, steps: readonly (readonly ['ann' | 'bob', string, object])[]): Promise<void> {
    const session = await this.session(flow);
    for (const [actor, step, fields] of steps)
      await this.must(actor, { command: 'answer_step', session, step, fields });
  }

  /** An hour before. */
  static before(instant: string): string {
    return new Date(Date.parse(instant) - DAY_MS / 24).toISOString();
  }
}

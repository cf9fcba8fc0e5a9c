/** Makes the clocks of a case ready to show. */

import { type CaseView, whoContextOf } from '../../engine/case/case-view.ts';
import { timeboxOf } from '../../engine/case/timebox-of.ts';
import { pauseStretches, rungsAhead } from '../../engine/parts/ladder.ts';
import type { Ladder } from '../../engine/playbook/ladder.ts';
import type { Stage } from '../../engine/playbook/pipeline.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { addDuration, isProvisional } from '../../engine/time/calendar.ts';
import { type Duration, durationText } from '../../engine/time/duration.ts';
import { resolveWho } from '../../engine/who/resolve-who.ts';
import { rungTexts } from './action-text.ts';
import type { ClockView, RungView, StallView } from './case-detail.ts';
import { personRef } from './person-ref.ts';
import { titlesOf } from './titles.ts';
import { workingDaysBetween } from './working-days.ts';

function lengthText(duration: Duration): Text {
  return { zh: durationText(duration, 'zh'), en: durationText(duration, 'en') };
}

function rungViews(ladder: Ladder, view: CaseView): RungView[] {
  const { state, calendar, rules, world } = view;
  const names = { titles: titlesOf(rules), roles: world.playbook.roles };
  const fired = state.clock.stall?.fired ?? 0;
  const next = rungsAhead({ ladder, calendar, clock: state.clock })[0];
  return ladder.rungs.map((rung, index) => ({
    after: lengthText(rung.after),
    does: rungTexts(rung, names),
    fired: index < fired,
    ...(next?.rung === index && { due_at: next.due_at }),
    rule: rung.at,
  }));
}

function stallView(ladder: Ladder, view: CaseView): StallView | undefined {
  const { state, world, calendar, at } = view;
  const { stall } = state.clock;
  if (stall === undefined) return undefined;
  const demand = stall.demanded ? ladder.rungs.findLast((rung) => rung.demand !== undefined)?.demand : undefined;
  return {
    ladder: ladder.ladder,
    title: ladder.title,
    cause: stall.cause,
    started_at: stall.started_at,
    days: workingDaysBetween(calendar, stall.started_at, at),
    rungs: rungViews(ladder, view),
    ...(demand !== undefined && {
      demand: {
        of: resolveWho(world.people, demand.of, whoContextOf(view)).map((id) => personRef(world.people, id)),
        ways: demand.ways,
      },
    }),
  };
}

/** The pause that stands now; a pause past the ladder's budget no longer does. */
function pausedView(ladder: Ladder | undefined, { state, calendar, at }: CaseView): ClockView['paused'] {
  if (ladder === undefined) return undefined;
  const stretch = pauseStretches(ladder, calendar, state.clock).find((one) => one.from <= at && at < one.to);
  if (stretch === undefined) return undefined;
  const open = state.clock.pauses.find((pause) => pause.from <= at && (pause.to === undefined || at < pause.to));
  return { why: open?.why ?? 'condition', until: stretch.to };
}

/** `wakesAt`: the entity's next deadline as the store has it. */
export function makeClockView(view: CaseView, stage: Stage, wakesAt: string | undefined): ClockView {
  const { state, rules, calendar, at } = view;
  const { clock } = state;
  const name = clock.stall?.ladder ?? stage.ladder;
  const ladder = name === undefined ? undefined : rules.ladders[name];
  const timebox = timeboxOf(view);
  const endsAt = timebox === undefined ? undefined : addDuration(calendar, clock.entered_at, timebox);
  const stall = ladder === undefined ? undefined : stallView(ladder, view);
  const paused = pausedView(ladder, view);
  return {
    entered_at: clock.entered_at,
    days_in_stage: workingDaysBetween(calendar, clock.entered_at, at),
    ...(timebox !== undefined &&
      endsAt !== undefined && {
        timebox: { length: lengthText(timebox), ends_at: endsAt, is_over: endsAt <= at },
      }),
    last_activity_at: clock.last_activity_at,
    ...(paused !== undefined && { paused }),
    ...(stall !== undefined && { stall }),
    ...(wakesAt !== undefined && { wakes_at: wakesAt }),
    provisional: isProvisional(calendar, wakesAt ?? at),
  };
}

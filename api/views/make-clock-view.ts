/** Makes the clocks of a case ready to show. */

import { pauseStretches, rungsAhead } from '../../engine/parts/ladder.ts';
import type { Ladder } from '../../engine/playbook/ladder.ts';
import type { Stage } from '../../engine/playbook/pipeline.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { addDuration, isProvisional } from '../../engine/time/calendar.ts';
import { type Duration, durationText } from '../../engine/time/duration.ts';
import { resolveWho } from '../../engine/who/resolve-who.ts';
import { rungTexts } from './action-text.ts';
import { type CaseContext, personRef, workingDaysBetween } from './case-context.ts';
import type { ClockView, RungView, StallView } from './case-view.ts';
import { factValueOf } from './fact-values.ts';

function lengthText(duration: Duration): Text {
  return { zh: durationText(duration, 'zh'), en: durationText(duration, 'en') };
}

function rungViews(ladder: Ladder, context: CaseContext): RungView[] {
  const { state, calendar, titles } = context;
  const fired = state.clock.stall?.fired ?? 0;
  const next = rungsAhead({ ladder, calendar, clock: state.clock })[0];
  return ladder.rungs.map((rung, index) => ({
    after: lengthText(rung.after),
    does: rungTexts(rung, titles),
    fired: index < fired,
    ...(next?.rung === index && { due_at: next.due_at }),
    rule: rung.at,
  }));
}

function stallView(ladder: Ladder, context: CaseContext): StallView | undefined {
  const { state, world, calendar } = context;
  const { stall } = state.clock;
  if (stall === undefined) return undefined;
  const demand = stall.demanded ? ladder.rungs.findLast((rung) => rung.demand !== undefined)?.demand : undefined;
  const fact = (name: string) => factValueOf(context, name);
  return {
    ladder: ladder.ladder,
    title: ladder.title,
    cause: stall.cause,
    started_at: stall.started_at,
    days: workingDaysBetween(calendar, stall.started_at, world.now),
    rungs: rungViews(ladder, context),
    ...(demand !== undefined && {
      demand: {
        of: resolveWho(world.people, demand.of, { owner: state.owner, fact }).map((id) => personRef(world.people, id)),
        ways: demand.ways,
      },
    }),
  };
}

/** The pause that stands now; a pause past the ladder's budget no longer does. */
function pausedView(ladder: Ladder | undefined, { state, calendar, world }: CaseContext): ClockView['paused'] {
  if (ladder === undefined) return undefined;
  const stretch = pauseStretches(ladder, calendar, state.clock).find(
    (one) => one.from <= world.now && world.now < one.to,
  );
  if (stretch === undefined) return undefined;
  const open = state.clock.pauses.find(
    (pause) => pause.from <= world.now && (pause.to === undefined || world.now < pause.to),
  );
  return { why: open?.why ?? 'condition', until: stretch.to };
}

/** `wakesAt`: the entity's next deadline as the store has it. */
export function makeClockView(context: CaseContext, stage: Stage, wakesAt: string | undefined): ClockView {
  const { state, world, rules, calendar } = context;
  const { clock } = state;
  const name = clock.stall?.ladder ?? stage.ladder;
  const ladder = name === undefined ? undefined : rules.ladders[name];
  const endsAt = stage.timebox === undefined ? undefined : addDuration(calendar, clock.entered_at, stage.timebox);
  const stall = ladder === undefined ? undefined : stallView(ladder, context);
  const paused = pausedView(ladder, context);
  return {
    entered_at: clock.entered_at,
    days_in_stage: workingDaysBetween(calendar, clock.entered_at, world.now),
    ...(stage.timebox !== undefined &&
      endsAt !== undefined && {
        timebox: { length: lengthText(stage.timebox), ends_at: endsAt, is_over: endsAt <= world.now },
      }),
    last_activity_at: clock.last_activity_at,
    ...(paused !== undefined && { paused }),
    ...(stall !== undefined && { stall }),
    ...(wakesAt !== undefined && { wakes_at: wakesAt }),
    provisional: isProvisional(calendar, wakesAt ?? world.now),
  };
}

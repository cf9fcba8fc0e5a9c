/** The clocks of a case, in words: time in the stage against its timebox, the stall and its rungs. */

import type { ClockView, StallView } from '../api/views/case-detail.ts';
import type { ClientContext } from './client-command.ts';
import { type ClockFace, showWorkingDays } from './show-time.ts';

/** Where a case is shown: times in the zone of its own calendar. */
export interface CaseContext extends ClientContext {
  readonly face: ClockFace;
}

function rungLines(stall: StallView, { lang, say, face }: CaseContext): string[] {
  return stall.rungs.map((rung, index) => {
    const mark = rung.fired ? '✓' : '·';
    const due =
      rung.due_at === undefined ? '' : say(`，将于 ${face.instant(rung.due_at)}`, `, due ${face.instant(rung.due_at)}`);
    const does = rung.does.map((text) => text[lang]).join('; ');
    return `    ${mark} ${index + 1}. ${rung.after[lang]}: ${does}${rung.fired ? '' : due}`;
  });
}

function stallLines(stall: StallView, context: CaseContext): string[] {
  const { lang, say, face } = context;
  const cause = {
    timebox: say('超过阶段期限', 'the timebox is over'),
    no_activity: say('没有活动', 'no activity'),
    due: say('已到期', 'past its due date'),
  }[stall.cause];
  const lines = [
    say(
      `  停滞自 ${face.instant(stall.started_at)}（${cause}），已 ${showWorkingDays(stall.days, say)}，阶梯 ${stall.title[lang]}`,
      `  stalled since ${face.instant(stall.started_at)} (${cause}), ${showWorkingDays(stall.days, say)}, ladder ${stall.title[lang]}`,
    ),
    ...rungLines(stall, context),
  ];
  if (stall.demand !== undefined) {
    const of = stall.demand.of.map((person) => person.name).join(', ');
    const ways = Object.keys(stall.demand.ways).join(' | ');
    lines.push(say(`    待 ${of} 决策：${ways}`, `    waits for ${of} to decide: ${ways}`));
  }
  return lines;
}

export function clockLines(clock: ClockView, context: CaseContext): string[] {
  const { lang, say, face } = context;
  const days = showWorkingDays(clock.days_in_stage, say);
  const box =
    clock.timebox === undefined
      ? ''
      : say(`，期限 ${clock.timebox.length.zh}，`, ` of ${clock.timebox.length[lang]}, `) +
        (clock.timebox.is_over ? say('已超期，止于 ', 'over since ') : say('至 ', 'until ')) +
        face.instant(clock.timebox.ends_at);
  const lines = [
    say('时钟', 'Clocks'),
    `  ${say('本阶段', 'in this stage')} ${days}${box}`,
    `  ${say('最近活动', 'last activity')} ${face.instant(clock.last_activity_at)}`,
  ];
  if (clock.paused !== undefined) {
    const until =
      clock.paused.until === undefined
        ? ''
        : say(`至 ${face.instant(clock.paused.until)}`, ` until ${face.instant(clock.paused.until)}`);
    lines.push(`  ${say('时钟暂停', 'the stall clock is paused')}${until}`);
  }
  if (clock.stall !== undefined) lines.push(...stallLines(clock.stall, context));
  if (clock.provisional)
    lines.push(`  ${say('日历未及此期，日期为暂定', 'the calendar does not reach that far: dates are provisional')}`);
  return lines;
}

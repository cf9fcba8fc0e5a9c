/** Tells in lines what differed in rehearsed scenarios: expected, got, and the time line around it. */

import type { Lang } from '../engine/playbook/text.ts';
import { placeOf } from '../engine/playbook/text.ts';
import type { Difference, ScenarioResult, TraceEntry } from '../engine/rehearse/result.ts';
import { sayIn } from './lang.ts';
import { printable } from './text-width.ts';

/** How much of the time line is shown before a difference and after it. */
const BEFORE = 6;
const AFTER = 2;

/** Nothing for a scenario that passed. */
export function scenarioReport(result: ScenarioResult, lang: Lang): readonly string[] {
  return result.differences.flatMap((difference) => {
    const head = `${placeOf(difference.place)}: ${printable(result.scenario)}`;
    return [head, ...around(result.trace, difference, lang), ''];
  });
}

/** The whole time line of a scenario, whether it was kept or not. */
export function timelineReport({ place, scenario, trace }: ScenarioResult): readonly string[] {
  return [`${placeOf(place)}: ${printable(scenario)}`, ...trace.map(traceLine), ''];
}

function around(trace: readonly TraceEntry[], difference: Difference, lang: Lang): readonly string[] {
  const { after } = difference;
  const from = Math.max(0, after - BEFORE);
  const left = from === 0 ? [] : [`  ${' '.repeat(16)}    …`];
  return [
    ...left,
    ...trace.slice(from, after).map(traceLine),
    ...differenceLines(difference, lang),
    ...trace.slice(after, after + AFTER).map(traceLine),
  ];
}

function traceLine({ local, kind, text }: TraceEntry): string {
  return `  ${local}  ${kind === 'command' ? '>' : ' '} ${printable(text)}`;
}

function differenceLines({ expected, got, note }: Difference, lang: Lang): readonly string[] {
  const say = sayIn(lang);
  const indent = ' '.repeat(22);
  if (note !== undefined) return [`${indent}${note[lang]}`];
  const nothing = say('无', 'nothing');
  const shown = (list: readonly string[]): string => (list.length === 0 ? nothing : list.map(printable).join(', '));
  return [
    `${indent}${say('应为', 'expected')} ${shown(expected)}`,
    `${indent}${say('实为', 'got     ')} ${shown(got)}`,
  ];
}

/** `60 scenarios: 59 kept, 1 differed (0.21 s)`. */
export function summaryLine(results: readonly ScenarioResult[], ms: number, lang: Lang): string {
  const kept = results.filter(({ passed }) => passed).length;
  const differed = results.length - kept;
  const seconds = (ms / 1000).toFixed(2);
  if (lang === 'zh') {
    return `${results.length} 个场景：${kept} 个相符${differed > 0 ? `，${differed} 个不符` : ''}（${seconds} 秒）`;
  }
  const count = `${results.length} ${results.length === 1 ? 'scenario' : 'scenarios'}`;
  return `${count}: ${kept} kept${differed > 0 ? `, ${differed} differed` : ''} (${seconds} s)`;
}

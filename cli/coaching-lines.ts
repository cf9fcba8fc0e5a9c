/** Coaching as lines of text: whose turn it is, what is asked, what was said, how far goals have come. */

import type { GoalView, SessionView } from '../api/views/rep-view.ts';
import type { Value } from '../engine/playbook/value.ts';
import type { ClientContext } from './client-command.ts';
import { noteLines } from './rep-finding-lines.ts';
import { clockIn } from './show-time.ts';

type Context = Pick<ClientContext, 'say' | 'lang'>;
type Step = NonNullable<SessionView['steps']>[number];

export function sessionLine(session: SessionView, { say, lang }: Context): string {
  const { coaching, title, step_title, asked, due_at, ended_at, how, postponed, postponements } = session;
  const head = `${session.session.padEnd(4)} ${title[lang]}  [${coaching}]`;
  if (ended_at !== undefined) {
    const ended = how === 'finished' ? say('谈定', 'finished') : say('放弃', 'dropped');
    return `${head}  ${ended} ${clockIn().instant(ended_at)}`;
  }
  const turn = `${step_title?.[lang] ?? ''}: ${asked.map(({ name }) => name).join(', ')}`;
  const due = due_at === undefined ? '' : `  ${say('至', 'by')} ${clockIn().instant(due_at)}`;
  const put = postponed === 0 ? '' : `  ${say('已推迟', 'put off')} ${postponed}/${postponements}`;
  return `${head}  ${say('现在', 'now')} ${turn}${due}${put}`;
}

/** Everything that may be seen of it: the steps with what was said, and of the one now how to do it well. */
export function sessionLines(session: SessionView, context: Context): string[] {
  const { say } = context;
  const { baseline, steps = [] } = session;
  const standing =
    baseline === undefined
      ? []
      : [
          `     ${say('起点', 'baseline')} ${baseline.title[context.lang]}: ${baseline.own.value} (n=${baseline.own.n}, ${baseline.own.from}…${baseline.own.until}); ${say('团队', 'team')} ${baseline.team.low}…${baseline.team.middle}…${baseline.team.high} (n=${baseline.team.n})`,
        ];
  return [
    sessionLine(session, context),
    ...standing,
    ...steps.flatMap((step) => stepLines(step, context)),
    ...reasonLines(session, context),
    ...(session.ended_at === undefined ? noteLines(session.notes, context).map((line) => `   ${line}`) : []),
  ];
}

/** Why it was put off, sent back or dropped. */
export function reasonLines({ reasons = [] }: SessionView, { say }: Context): string[] {
  const words = {
    postponed: say('推迟', 'put off'),
    sent_back: say('退回', 'sent back'),
    dropped: say('放弃', 'dropped'),
  };
  return reasons.map(({ why, by, at, reason }) => `     ${words[why]} ${by.name}, ${clockIn().instant(at)}: ${reason}`);
}

function stepLines(step: Step, { say, lang }: Context): string[] {
  const mark = step.standing === 'done' ? '✓' : step.standing === 'now' ? '→' : ' ';
  const by = step.answered_by === undefined ? '' : ` (${step.answered_by.name})`;
  const head = `   ${mark} ${step.title[lang]}${by}`;
  const said = Object.entries(step.answers ?? {}).map(
    ([field, value]) => `       ${titleOf(step, field)[lang]}: ${shown(step, field, value, lang)}`,
  );
  if (step.standing !== 'now') return [head, ...said];
  const hints = [
    [say('做法', 'how'), step.guidance],
    [say('好例', 'good'), step.good],
    [say('差例', 'poor'), step.poor],
  ] as const;
  return [
    head,
    `       ${step.prompt[lang]}`,
    ...hints.flatMap(([word, text]) => (text === undefined ? [] : [`       ${word}: ${text[lang]}`])),
    ...step.fields.map((field) => fieldLine(field, { lang, say })),
    ...(step.is_agreement ? [`       --agree | --send-back --reason "…"`] : []),
  ];
}

function fieldLine(
  { field, type, title, optional, choices, proposed }: Step['fields'][number],
  { lang, say }: Context,
): string {
  const of = choices === undefined ? type : Object.keys(choices).join(' | ');
  const stands = proposed === undefined ? '' : `  ${say('提议', 'proposed')}: ${plain(proposed)}`;
  return `       --with ${field}=…  ${title[lang]} (${of}${optional ? ', ?' : ''})${stands}`;
}

function titleOf({ fields }: Step, name: string) {
  return fields.find(({ field }) => field === name)?.title ?? { zh: name, en: name };
}

function shown({ fields }: Step, name: string, value: Value, lang: 'zh' | 'en'): string {
  const choice = fields.find(({ field }) => field === name)?.choices?.[String(value)];
  return choice?.[lang] ?? plain(value);
}

function plain(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const ENDS = {
  ideal: ['达到理想值', 'the ideal level reached'],
  realistic: ['达到现实值', 'the realistic level reached'],
  missed: ['没有达到', 'missed'],
  kept: ['做到了', 'kept'],
  not_kept: ['没有做到', 'not kept'],
  renewed: ['由新的目标取代', 'replaced by a new one'],
} as const;

export function goalLines(goal: GoalView, { say, lang }: Context): string[] {
  const { title, due_on, measure, now, way_gone: gone, how, waits_for } = goal;
  const kind = goal.kind === 'goal' ? say('目标', 'goal') : say('约定', 'agreement');
  const end = how === undefined ? `${say('至', 'until')} ${due_on}` : say(ENDS[how][0], ENDS[how][1]);
  const ideal = measure?.ideal === undefined ? '' : ` / ${measure.ideal}`;
  const stands = now === undefined ? say('还没有数据', 'no data yet') : `${now.value} (n=${now.n})`;
  const way = gone === undefined ? '' : `  ${say('已走', 'gone')} ${Math.round(gone * 100)}%`;
  return [
    `${goal.goal.padEnd(4)} ${kind}  ${title ?? ''}  ${end}`,
    ...(measure === undefined
      ? []
      : [
          `     ${measure.title[lang]}: ${say('起点', 'baseline')} ${measure.baseline.value} → ${measure.realistic}${ideal}; ${say('现在', 'now')} ${stands}${way}`,
        ]),
    ...(waits_for === undefined || how !== undefined
      ? []
      : [`     ${say('等待评定', 'to be judged by')}: ${waits_for.map(({ name }) => name).join(', ')}`]),
  ];
}

/** An inspection as the terminal shows it: each question, and below it what the record says. */

import type { InspectionView } from '../api/views/inspection-view.ts';
import type { ClientContext } from './client-command.ts';
import { clockIn } from './show-time.ts';
import { standingWord } from './standing-word.ts';

type Shows = InspectionView['questions'][number]['shows'];
type Task = InspectionView['tasks'][number];

export function inspectionLines(view: InspectionView, context: ClientContext): string[] {
  const { lang, say } = context;
  const head = `${view.case}  ${view.title}  (${view.owner.name})`;
  const face = clockIn(view.zone);
  const before =
    view.last &&
    say(
      `上次盘问 ${face.instant(view.last.at)}，${view.last.by.name}`,
      `last inspected ${face.instant(view.last.at)} by ${view.last.by.name}`,
    );
  const parts: Readonly<Record<Shows, readonly string[]>> = {
    progress: progressLines(view, context),
    evidence: evidenceLines(view, context),
    next_step: nextLines(view, context),
    plan: promiseLines(view, context),
  };
  const order: readonly Shows[] = ['progress', 'evidence', 'next_step', 'plan'];
  const questions = view.questions.length > 0 ? view.questions : order.map((shows) => ({ shows, ask: undefined }));
  const asked = questions.flatMap(({ shows, ask }, index) => [
    '',
    ...(ask === undefined ? [] : [`${index + 1}. ${ask[lang]}`]),
    ...parts[shows].map((line) => `   ${line}`),
  ]);
  return [head, ...(before === undefined ? [] : [before]), ...asked];
}

function progressLines({ progress }: InspectionView, { lang, say }: ClientContext): string[] {
  const { completed, timebox, supported } = progress;
  const over = timebox?.is_over === true ? say('，已超过', ', over') : '';
  const standard =
    timebox === undefined ? '' : say(`，标准 ${timebox.length.zh}`, `, the standard is ${timebox.length.en}`);
  return [
    ...(completed === undefined ? [] : [say(`刚完成：${completed.zh}`, `completed last: ${completed.en}`)]),
    say(
      `现在：${progress.stage_title.zh}，已 ${progress.days_in_stage} 个工作日${standard}${over}`,
      `now in ${progress.stage_title.en} for ${progress.days_in_stage} working days${standard}${over}`,
    ),
    ...(supported === undefined
      ? []
      : [
          say(
            `证据只支撑到：${supported.title.zh}（--send-back）`,
            `its evidence supports only ${supported.title[lang]} (--send-back)`,
          ),
        ]),
  ];
}

function evidenceLines({ evidence }: InspectionView, { lang, say }: ClientContext): string[] {
  if (evidence.length === 0) return [say('没有证据', 'no evidence')];
  return evidence.flatMap(({ sheet, doubts }) => {
    const by =
      sheet.submitted_by === undefined
        ? ''
        : say(`，${sheet.submitted_by.name} 提交`, `, by ${sheet.submitted_by.name}`);
    return [
      `${sheet.title[lang]}  ${standingWord(sheet.standing, say)}${by}  [${sheet.evidence}]`,
      ...doubts.map((doubt) => `  ? ${doubt[lang]}`),
    ];
  });
}

function nextLines({ tasks, zone }: InspectionView, context: ClientContext): readonly string[] {
  const open = tasks.filter((task) => !task.is_overdue);
  return open.length > 0 ? taskLines(open, context, zone) : [context.say('没有定下下一步', 'no next step is planned')];
}

function promiseLines({ tasks, zone }: InspectionView, context: ClientContext): string[] {
  const { say } = context;
  const broken = tasks.filter((task) => task.is_overdue);
  const head =
    broken.length === 0 ? say('没有未兑现的承诺', 'no promise is overdue') : say('没有兑现的：', 'not kept:');
  return [head, ...taskLines(broken, context, zone).map((line) => `  ${line}`)];
}

function taskLines(tasks: readonly Task[], { say }: ClientContext, zone: string): string[] {
  const face = clockIn(zone);
  return tasks.map(({ title, owner, due_at: dueAt, agreed, task }) => {
    const due = dueAt === undefined ? say('未定日期', 'no date') : face.lastDay(dueAt);
    const since = agreed ? say('，上次盘问所约', ', agreed in the last inspection') : '';
    return `${title}  ${owner.name}, ${due}${since}  [${task}]`;
  });
}

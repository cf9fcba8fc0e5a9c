/** What an import did, or in a dry run would do, in words. */

import type { ImportView } from '../api/views/import-view.ts';
import type { Text } from '../engine/playbook/text.ts';
import type { ClientContext } from './client-command.ts';
import { printable } from './text-width.ts';

type Words = Pick<ClientContext, 'say' | 'lang'>;

/** More bad rows than this are in `--json`. */
const MOST_SHOWN = 20;

export function reportLines(view: ImportView, { say, lang }: Words): string[] {
  const { notes, skipped, changes } = view;
  const handled = Object.values(changes).reduce((sum, count) => sum + count, 0);
  const counted: readonly (readonly [number, string, string])[] = [
    [view.people, '新加入的人员', 'people who join'],
    [view.opened, '进行中的案件', 'running cases'],
    [view.closed, '已结束的案件（标为 ungated）', 'finished cases (marked ungated)'],
    [view.unchanged, '行与上次导入相同', 'rows as in an earlier import'],
    [view.changed - handled, '行有变化，案件保持原样', 'rows changed since, their cases left as they are'],
    [changes.updated, '行的事实或负责人随 CRM 更新', 'rows whose facts or owner follow the CRM'],
    [changes.agreed, '行的阶段在 CRM 里改成了这里所在的', 'rows moved in the CRM to where they stand here'],
    [changes.reverted, '行的阶段在 CRM 里被改，以这里为准', 'rows moved in the CRM, where ours stands'],
    [changes.held, '行的阶段在 CRM 里被改，冻结待决定', 'rows moved in the CRM, held until somebody decides'],
    [changes.accepted, '行的阶段在 CRM 里被改，照改并记欠证据', 'rows moved in the CRM, followed with evidence owed'],
    [changes.failed, '行的变化没有被接受', 'rows whose change was refused'],
    [view.vanished, '个进行中的案件不在这次导出里了', 'open cases whose rows are no longer in the export'],
    [notes['no-opening-date'], '行没有开始日期，从现在起算', 'rows without an opening date, which start now'],
    [notes['no-close-date'], '个已结束的案件没有结束日期', 'finished cases without a closing date'],
    [notes.estimated, '行的金额取自价目表，标为估计', 'rows with an estimated value, marked so'],
    [notes['future-date'], '行的日期移动后晚于今天，按今天算', 'rows whose moved date lay after today, taken as today'],
    [
      notes['owner-replaced'],
      '行的负责人找不到，交给了映射指定的人',
      'rows of owners nobody knows, given to whom the mapping names',
    ],
    [skipped['left-out'], '行按映射略过', 'rows left out, as the mapping says'],
    [skipped.duplicate, '行编号重复，以另一行为准', 'rows with an id of which another row counts'],
    [skipped.header, '行重复了表头', 'rows that repeat the header'],
    ...lateCounts(view),
    [view.bad, '行有问题，没有导入', 'bad rows, not imported'],
  ];
  const shift =
    view.shift_days === 0
      ? []
      : [
          say(
            `日期整体移动 ${view.shift_days} 天（首次导入时确定）`,
            `dates moved by ${view.shift_days} days (fixed at the first import)`,
          ),
        ];
  const heads: Readonly<Record<ImportView['status'], string>> = {
    rehearsed: say(`演练：${view.rows} 行，没有写入任何内容`, `dry run: ${view.rows} rows, nothing written`),
    running: say(`导入 ${view.import} 进行中：${view.rows} 行`, `import ${view.import} under way: ${view.rows} rows`),
    done: say(`导入 ${view.import}：${view.rows} 行`, `import ${view.import}: ${view.rows} rows`),
    failed: say(
      `导入 ${view.import} 失败，完成 ${view.done} / ${view.rows} 行`,
      `import ${view.import} failed, with ${view.done} of ${view.rows} rows done`,
    ),
  };
  return [
    heads[view.status],
    ...(view.failure === undefined ? [] : [`  ${view.failure[lang]}`]),
    ...shift.map((line) => `  ${line}`),
    ...counted.filter(([count]) => count > 0).map(([count, zh, en]) => `  ${String(count).padStart(6)} ${say(zh, en)}`),
    ...problemLines(view, lang),
    ...(view.digests === 0
      ? []
      : [say(`  ${view.digests} 人各收到一份摘要`, `  ${view.digests} people got one digest each`)]),
  ].map(printable);
}

function lateCounts({ late }: ImportView): readonly (readonly [number, string, string])[] {
  return Object.entries(late).map(([rung, count]) => [
    count,
    `个案件已停滞，从第 ${rung} 级开始`,
    `cases late already, starting at rung ${rung}`,
  ]);
}

function problemLines({ problems }: ImportView, lang: ClientContext['lang']): string[] {
  const shown = problems.slice(0, MOST_SHOWN).map(({ file, line, column, message }) => {
    return `    ${file}:${line}${column === undefined ? '' : ` ${column}`}: ${message[lang]}`;
  });
  return problems.length > MOST_SHOWN ? [...shown, '    …'] : shown;
}

/** One line on how far it has come. */
export function progressText(view: Pick<ImportView, 'phase' | 'done' | 'rows' | 'workflows_started' | 'opened'>): Text {
  const { phase, done, rows, workflows_started: started, opened } = view;
  switch (phase) {
    case 'people':
      return { zh: '人员加入…', en: 'people join…' };
    case 'cases':
      return { zh: `案件 ${done} / ${rows}`, en: `cases ${done} of ${rows}` };
    case 'changes':
      return { zh: 'CRM 里的改动…', en: 'changes in the CRM…' };
    case 'workflows':
      return { zh: `启动工作流 ${started} / ${opened}`, en: `workflows started ${started} of ${opened}` };
    case 'digests':
      return { zh: '工作流接手案件，发送摘要…', en: 'the workflows take up their cases, digests go out…' };
    case 'done':
      return { zh: '完成', en: 'done' };
  }
}

/** What a scenario says that no playbook can keep. */

import { error } from './code-info.ts';

export const SCENARIOS = {
  'duplicate-scenario': error('scenarios', '场景 `{name}` 写了两次', 'the scenario `{name}` is written twice'),
  'unknown-scenarios': error(
    'scenarios',
    '没有流程、辅导或节奏 `{written}`',
    'there is no pipeline, coaching flow or rhythm `{written}`',
  ),
  'scenario-key': error('scenarios', '`{key}` 不能用在{of}的场景里', '`{key}` says nothing in a scenario of {of}'),
  'unknown-in-scenario': error('scenarios', '`{of}` 没有 `{written}`', '`{of}` has no `{written}`'),
  'bad-time': error(
    'scenarios',
    '`{written}` 不是时长，也不是日期与时间',
    '`{written}` is neither a duration nor a date and time',
    '如 `20 business days` 或 `2026-09-28 09:00`',
    'such as `20 business days` or `2026-09-28 09:00`',
  ),
  'line-order': error('scenarios', '此行早于前一行', 'this line lies before the line above it'),
  'empty-line': error(
    'scenarios',
    '这一行什么也没有说',
    'this line says nothing',
    '加上 `do` 或 `expect`',
    'add `do` or `expect`',
  ),
  'unknown-command': error('scenarios', '没有指令 `{written}`', 'there is no command `{written}`'),
  'command-argument': error('scenarios', '指令应写作 `{form}`', 'the command is written `{form}`'),
  'command-missing': error('scenarios', '`{key}` 需要 `do`', '`{key}` needs a `do`'),
  'two-outcomes': error(
    'scenarios',
    '`{first}` 与 `{second}` 只能有一个',
    'there is one answer: `{first}` or `{second}`',
  ),
  'unknown-person': error('scenarios', '`people` 中没有 `{written}`', '`people` has no `{written}`'),
  'unknown-flag': error('scenarios', '没有动作设 `{written}` 标记', 'no action sets the flag `{written}`'),
  'unknown-destination': error('scenarios', '没有动作发往 `{written}`', 'no action sends to `{written}`'),
  'bad-expectation': error(
    'scenarios',
    '看不懂期望 `{written}`',
    '`{written}` is not an expectation',
    '如 `remind ann`、`stage solution`、`nothing`',
    'such as `remind ann`, `stage solution`, `nothing`',
  ),
  'bad-refusal': error(
    'scenarios',
    '看不懂理由 `{written}`',
    '`{written}` is not a reason',
    '如 `milestone pain-found`、`gate follow-up-kept`',
    'such as `milestone pain-found` or `gate follow-up-kept`',
  ),
  'nothing-and-more': error('scenarios', '`nothing` 只能单独写', '`nothing` stands alone'),
} as const;

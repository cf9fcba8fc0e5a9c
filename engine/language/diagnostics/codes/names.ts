/** Names that are declared twice, or lead nowhere. */

import { error, warning } from './code-info.ts';

export const NAMES = {
  'duplicate-playbook': error('names', '{kind} `{id}` 已有声明', 'the {kind} `{id}` is already declared'),
  'no-roles': error('names', '没有 `roles`，谁都没有权利', 'there is no `roles` playbook, so nobody may do anything'),
  'second-roles': error('names', '只能有一个 `roles`', 'there can be one `roles` playbook only'),
  'duplicate-id': error('names', '{kind} `{id}` 声明了两次', 'the {kind} `{id}` is declared twice'),
  'unknown-stage': error(
    'names',
    '流程 `{pipeline}` 没有阶段 `{written}`',
    'the pipeline `{pipeline}` has no stage `{written}`',
  ),
  'unknown-milestone': error(
    'names',
    '流程 `{pipeline}` 没有里程碑 `{written}`',
    'the pipeline `{pipeline}` has no milestone `{written}`',
  ),
  'unknown-evidence': error(
    'names',
    '流程 `{pipeline}` 没有证据 `{written}`',
    'the pipeline `{pipeline}` has no evidence `{written}`',
  ),
  'unknown-fact': error(
    'names',
    '流程 `{pipeline}` 没有事实 `{written}`',
    'the pipeline `{pipeline}` has no fact `{written}`',
  ),
  'unknown-activity': error(
    'names',
    '流程 `{pipeline}` 没有活动 `{written}`',
    'the pipeline `{pipeline}` has no activity `{written}`',
  ),
  'reserved-activity': error(
    'names',
    '活动 `{written}` 是每个流程都有的，不能再声明',
    'every pipeline has the activity `{written}` already',
    '换一个名称',
    'choose another name',
  ),
  'unknown-field': error('names', '本表单没有字段 `{written}`', 'this form has no field `{written}`'),
  'unknown-column': error('names', '`{fact}` 没有列 `{written}`', '`{fact}` has no column `{written}`'),
  'unknown-ladder': error('names', '没有梯级 `{written}`', 'there is no ladder `{written}`'),
  'unknown-gate': error('names', '没有关口 `{written}`', 'there is no gate `{written}`'),
  'unknown-calendar': error('names', '没有日历 `{written}`', 'there is no calendar `{written}`'),
  'unknown-pipeline': error('names', '没有流程 `{written}`', 'there is no pipeline `{written}`'),
  'unknown-role': error('names', '没有职位 `{written}`', 'there is no role `{written}`'),
  'unknown-right': error('names', '没有权利 `{written}`', 'there is no right `{written}`'),
  'unknown-who': error(
    'names',
    '`{written}` 不是 owner、manager、anyone_with_authority、职位，也不是人员类型的事实',
    '`{written}` is not owner, manager, anyone_with_authority, a role, or a fact of type person',
  ),
  'unknown-dimension': error('names', '没有审批维度 `{written}`', 'authority has no dimension `{written}`'),
  'unknown-dimension-fact': error('names', '没有一个流程有事实 `{written}`', 'no pipeline has a fact `{written}`'),
  'unknown-reason': error(
    'names',
    '流程 `{pipeline}` 没有输单原因 `{written}`',
    'the pipeline `{pipeline}` has no reason `{written}` to be lost',
  ),
  'unknown-table': error('names', '没有表 `{written}`', 'there is no table `{written}`'),
  'not-mapped': error('names', '本映射没有事实 `{written}`', 'this mapping fills no fact `{written}`'),
  'open-question': warning(
    'names',
    '`{key}` 还没有答案；回答之前不导入任何内容',
    '`{key}` is an open question; nothing is imported until it is answered',
    '把 `?` 换成答案',
    'put the answer in the place of `?`',
  ),
  'derived-set': error('names', '`{name}` 由公式算出，不能填写', '`{name}` is computed by a formula and cannot be set'),
  'field-outside-form': error(
    'names',
    '`field` 只能用在表单里',
    '`field` can be used inside a form only',
    '此处用 `fact`',
    'use `fact` here',
  ),
  'case-inside-form': error(
    'names',
    '表单里只能看字段',
    'inside a form only its fields can be looked at',
    '此处用 `field`',
    'use `field` here',
  ),
  'unknown-way': error('names', '没有处理方式 `{written}`', 'there is no way `{written}`'),
  'unknown-argument': error('names', '`{way}` 没有 `{written}`', '`{way}` takes no `{written}`'),
  'missing-argument': error('names', '`{way}` 需要 `{missing}`', '`{way}` needs `{missing}`'),
} as const;

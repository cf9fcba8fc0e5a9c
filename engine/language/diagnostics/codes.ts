/** Every finding there is: when it is looked for, how grave it is, and its one line in both languages. */

import type { Text } from '../../playbook/text.ts';

/** A stage of checking runs on a file when those before found no error in it or in one it names. */
export const STAGES = ['syntax', 'shape', 'names', 'types', 'logic', 'scenarios'] as const;

export type CheckStage = (typeof STAGES)[number];

interface CodeInfo {
  readonly stage: CheckStage;
  readonly severity: 'error' | 'warning';
  /** Lower-case, no full stop; `{name}` is filled from what the author wrote. */
  readonly message: Text;
  readonly hint?: Text;
}

function error(stage: CheckStage, zh: string, en: string, hintZh?: string, hintEn?: string): CodeInfo {
  const hint = hintZh !== undefined && hintEn !== undefined ? { hint: { zh: hintZh, en: hintEn } } : {};
  return { stage, severity: 'error', message: { zh, en }, ...hint };
}

function warning(stage: CheckStage, zh: string, en: string, hintZh?: string, hintEn?: string): CodeInfo {
  return { ...error(stage, zh, en, hintZh, hintEn), severity: 'warning' };
}

const SYNTAX = {
  'file-too-large': error('syntax', '文件超过 {limit} kB', 'the file is larger than {limit} kB'),
  'too-many-tokens': error(
    'syntax',
    '文件超过 {limit} 个记号',
    'the file has more than {limit} tokens',
    '拆成几个文件',
    'split it into several files',
  ),
  'too-deep': error('syntax', '嵌套超过 {limit} 层', 'nested more than {limit} levels deep'),
  'no-explicit-keys': error(
    'syntax',
    '不支持 `? ` 写法的键',
    'keys written with `? ` are not supported',
    '写作 `key: value`',
    'write `key: value`',
  ),
  'bad-character': error('syntax', '文件含有字符 {written}', 'the file contains the character {written}'),
  'tab-indentation': error('syntax', '用制表符缩进', 'indented with a tab', '改用空格', 'use spaces'),
  'yaml-syntax': error('syntax', '{message}', '{message}'),
  'empty-file': error('syntax', '文件是空的', 'the file is empty'),
  'second-document': error(
    'syntax',
    '一个文件只能有一个文档',
    'a second document in one file',
    '每个文件只声明一样东西',
    'one file declares one thing',
  ),
  'duplicate-key': error('syntax', '键 `{key}` 写了两次', 'the key `{key}` is written twice'),
  'key-not-a-word': error('syntax', '键必须是一个词', 'a key must be a word'),
  'no-anchors': error(
    'syntax',
    '不支持锚点和别名：`{written}`',
    'anchors and aliases are not supported: `{written}`',
    '把内容写全',
    'write it out',
  ),
  'no-tags': error(
    'syntax',
    '不支持标签 `{written}`',
    'tags are not supported: `{written}`',
    '去掉标签',
    'leave the tag out',
  ),
  'no-merge-keys': error(
    'syntax',
    '不支持合并键 `<<`',
    'merge keys (`<<`) are not supported',
    '把内容写全',
    'write it out',
  ),
} as const;

const SHAPE = {
  'not-a-playbook': error(
    'shape',
    '文件应由若干键组成，第一个键是种类',
    'a playbook is keys and values, its kind first',
  ),
  'unknown-kind': error('shape', '没有名为 `{written}` 的种类', 'there is no kind called `{written}`'),
  'kind-not-first': error('shape', '种类 `{kind}` 必须是第一个键', 'the kind `{kind}` must be the first key'),
  'file-name': error('shape', '文件名应为 `{wanted}`', 'the file must be called `{wanted}`'),
  'unknown-key': error('shape', '{in}没有键 `{key}`', '{in} has no key `{key}`'),
  'missing-key': error('shape', '{in}缺少 `{key}`', '{in} needs `{key}`'),
  'missing-value': error(
    'shape',
    '`{key}` 后面没有内容',
    'nothing is written after `{key}`',
    '应为{expected}',
    'it takes {expected}',
  ),
  'wrong-type': error('shape', '应为{expected}，却是{found}', 'expected {expected}, found {found}'),
  'empty-list': error('shape', '{expected}不能为空', '{expected} must not be empty'),
  'no-variant': error('shape', '{in}不能为空', '{in} must not be empty', '可写：{words}', 'it may be one of: {words}'),
  'bad-id': error(
    'shape',
    '`{written}` 不是合格的标识',
    '`{written}` is not an id',
    '小写字母、数字和连字符，如 `first-visit`',
    'lower-case letters, digits and hyphens, such as `first-visit`',
  ),
  'bad-fact-name': error(
    'shape',
    '`{written}` 不是合格的名称',
    '`{written}` is not a name of a fact or field',
    '小写字母、数字和下划线，如 `list_price`',
    'lower-case letters, digits and underscores, such as `list_price`',
  ),
  'unknown-word': error('shape', '`{written}` 不在 {words} 之中', '`{written}` is none of {words}'),
  'bad-duration': error('shape', '{message}', '{message}'),
  'bad-percent': error(
    'shape',
    '`{written}` 不是百分比',
    '`{written}` is not a percentage',
    '如 `10%`',
    'such as `10%`',
  ),
  'bad-number': error('shape', '`{written}` 不是数字', '`{written}` is not a number'),
  'bad-date': error(
    'shape',
    '`{written}` 不是日期',
    '`{written}` is not a date',
    '如 `2026-10-01`',
    'such as `2026-10-01`',
  ),
  'bad-time-range': error(
    'shape',
    '`{written}` 不是时段',
    '`{written}` is not a range of hours',
    '如 `09:00-12:00`',
    'such as `09:00-12:00`',
  ),
  'bad-zone': error(
    'shape',
    '没有时区 `{written}`',
    'there is no time zone `{written}`',
    '如 `Asia/Shanghai`',
    'such as `Asia/Shanghai`',
  ),
  'unknown-weekday': error(
    'shape',
    '`{written}` 不是星期',
    '`{written}` is not a day of the week',
    '如 `monday` 或 `monday-friday`',
    'such as `monday` or `monday-friday`',
  ),
  'empty-text': error('shape', '文字是空的', 'the text is empty'),
  'missing-translation': error(
    'shape',
    '缺少 `{lang}` 的文字',
    'the text has no `{lang}`',
    '两种语言相同时可只写一行文字',
    'write plain words where both languages are the same',
  ),
  'empty-condition': error(
    'shape',
    '`{key}` 下没有条件',
    '`{key}` has no conditions',
    '空的 `any` 永不成立，空的 `all` 永远成立',
    'an empty `any` never holds, an empty `all` always does',
  ),
  'two-conditions': error(
    'shape',
    '`{key}` 不能与 `{first}` 并列',
    '`{key}` cannot stand beside `{first}`',
    '放进一个 `all` 或 `any`',
    'put both into one `all` or `any`',
  ),
  'operator-missing': error(
    'shape',
    '没有写怎样比较 `{fact}`',
    'nothing says how `{fact}` is compared',
    '加上 `is`、`at_least`、`is_known` 等',
    'add `is`, `at_least`, `is_known` or another operator',
  ),
  'whole-days': error(
    'shape',
    '此处以天计',
    'this is counted in days',
    '如 `20 business days` 或 `30 days`',
    'such as `20 business days` or `30 days`',
  ),
  'second-operator': error(
    'shape',
    '一个条件只能有一个比较：`{operator}`',
    'one condition compares once: `{operator}` is the second',
    '放进一个 `all`',
    'put both into one `all`',
  ),
  'operand-count': error(
    'shape',
    '`{key}` 需要 {needed} 项，却有 {found} 项',
    '`{key}` takes {needed} operands, found {found}',
  ),
  'setting-unfit': error('shape', '`{key}` 不适用于类型 `{type}`', '`{key}` does not fit type `{type}`'),
  'setting-missing': error('shape', '类型 `{type}` 需要 `{key}`', 'type `{type}` needs `{key}`'),
  'bad-pattern': error('shape', '`{written}` 不是 RE2 正则', '`{written}` is not an RE2 pattern'),
  'limits-reversed': error('shape', '最小值大于最大值', 'the least value is above the greatest'),
  'unknown-way': error('shape', '没有处理方式 `{written}`', 'there is no way `{written}`'),
  'unknown-argument': error('shape', '`{way}` 没有 `{written}`', '`{way}` takes no `{written}`'),
  'empty-rung': error(
    'shape',
    '这一档什么也不做',
    'this rung does nothing',
    '加上 `do` 或 `demand`',
    'add `do` or `demand`',
  ),
  'no-ways': error('shape', '没有可选的处理方式', 'the demand offers no way to answer it'),
  'not-yet': error('shape', '`{written}` 要到后面的版本才有', '`{written}` comes with a later version'),
} as const;

const NAMES = {
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
    '`{written}` 不是 owner、manager、职位，也不是人员类型的事实',
    '`{written}` is not owner, manager, a role, or a fact of type person',
  ),
  'unknown-reason': error(
    'names',
    '流程 `{pipeline}` 没有输单原因 `{written}`',
    'the pipeline `{pipeline}` has no reason `{written}` to be lost',
  ),
  'unknown-table': error('names', '没有表 `{written}`', 'there is no table `{written}`'),
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
} as const;

const TYPES = {
  'wrong-operator': error(
    'types',
    '`{operator}` 不适用于{type}类型的 `{name}`',
    '`{operator}` does not fit `{name}`, which is of type {type}',
    '可用：{fitting}',
    'these fit: {fitting}',
  ),
  'wrong-operand': error(
    'types',
    '`{name}` 与 `{written}` 无法比较：应为{expected}',
    '`{name}` cannot be compared with `{written}`: expected {expected}',
  ),
  'bad-money': error('types', '{message}', '{message}'),
  'currency-differs': error(
    'types',
    '`{name}` 的币种是 {currency}，不是 {other}',
    '`{name}` is in {currency}, not {other}',
  ),
  'unknown-choice': error('types', '`{name}` 没有选项 `{written}`', '`{name}` has no choice `{written}`'),
  'bad-currency': error(
    'types',
    '没有币种 `{written}`',
    '`{written}` is not a currency',
    '用 ISO 4217 代码，如 `CNY`',
    'use an ISO 4217 code, such as `CNY`',
  ),
  'fact-type-differs': error(
    'types',
    '`{name}` 在流程 `{first}` 与 `{second}` 中类型不同',
    '`{name}` has different types in the pipelines `{first}` and `{second}`',
  ),
  'wrong-formula': error('types', '`{operator}` 不能这样计算：{why}', '`{operator}` cannot be computed: {why}'),
  'formula-type': error(
    'types',
    '公式得出{found}，而 `{name}` 是{expected}',
    'the formula gives {found}, but `{name}` is {expected}',
  ),
  'pause-not-facts': error(
    'types',
    '`pauses_while` 只能看事实',
    '`pauses_while` can look at facts only',
    '停表只随指令改变',
    'the clock stands and runs by commands alone',
  ),
} as const;

const LOGIC = {
  'unused-evidence': error(
    'logic',
    '证据 `{id}` 没有任何条件提到',
    'no condition names the evidence `{id}`',
    '在里程碑或条件中写 `{ evidence: … }`，或删去',
    'name it in a milestone or a condition, or delete it',
  ),
  'unused-ladder': error('logic', '没有阶段采用梯级 `{id}`', 'no stage uses the ladder `{id}`'),
  'unused-calendar': error('logic', '没有流程采用日历 `{id}`', 'no pipeline uses the calendar `{id}`'),
  'unused-fact': warning('logic', '事实 `{id}` 没有用到', 'the fact `{id}` is used nowhere'),
  'milestone-cycle': error('logic', '里程碑 `{id}` 以自己为条件', 'the milestone `{id}` depends on itself: {path}'),
  'fact-cycle': error('logic', '事实 `{id}` 由自己算出：{path}', 'the fact `{id}` is computed from itself: {path}'),
  'never-holds': error('logic', '此条件永不成立：{why}', 'this can never hold: {why}'),
  contradiction: error(
    'logic',
    '此条件与前面的矛盾，永不能同时成立',
    'this contradicts an earlier condition: both can never hold',
  ),
  'stage-unreachable': error(
    'logic',
    '没有案例能到达阶段 `{id}`',
    'no case can reach the stage `{id}`',
    '`open_at` 都在它之后',
    'every `open_at` lies after it',
  ),
  'open-never-holds': error(
    'logic',
    '开案时不可能满足',
    'this can never hold when a case opens',
    '开案时还没有证据、里程碑和活动',
    'a case that opens has no evidence, milestones or activities yet',
  ),
  'rung-order': error('logic', '这一档不晚于前一档', 'this rung is not later than the one before it'),
  'rung-after-demand': error('logic', '要求决定之后不再有其他档', 'no rung can follow the one that demands a decision'),
  'nobody-may': error('logic', '没有职位有权 `{right}`：{who}', 'nobody may `{right}`: {who}'),
  'own-acceptance': error(
    'logic',
    '负责人不能接受自己的证据',
    'an owner never accepts their own evidence',
    '写 `manager` 或别的职位',
    'name `manager` or another role',
  ),
  'timebox-without-ladder': error(
    'logic',
    '`timebox` 到期时没有梯级',
    'nothing happens when this `timebox` is over',
    '为阶段写 `ladder`',
    'give the stage a `ladder`',
  ),
  'ladder-without-timebox': error(
    'logic',
    '梯级 `{ladder}` 从 `timebox` 开始，阶段却没有',
    'the ladder `{ladder}` starts with the timebox, but the stage has none',
  ),
  'ladder-never-ends': error(
    'logic',
    '要求决定，却不在 `resolve` 时结束',
    'it demands a decision but does not end when that is given',
    '在 `ends_when` 中加 `resolve`',
    'add `resolve` to `ends_when`',
  ),
  'resolve-without-demand': error(
    'logic',
    '`resolve` 没有对应的 `demand`',
    '`resolve` ends it, but no rung demands a decision',
  ),
  'pause-without-budget': error(
    'logic',
    '`pauses_while` 没有 `pause_budget`',
    '`pauses_while` has no `pause_budget`',
    '写明每次停留最多停表多久',
    'say how long the clock may stand in one stay',
  ),
  'mixed-clocks': error(
    'logic',
    '与 `{other}` 不是同一个时钟，先后不明',
    'it counts on another clock than `{other}`, so their order is not known',
  ),
  'no-lost-reasons': error(
    'logic',
    '案例可以输单，却没有 `lost_reasons`',
    'cases can be lost, but there are no `lost_reasons`',
  ),
  'success-rate-falls': warning(
    'logic',
    '成功率低于前一阶段',
    'the success rate is lower than that of the stage before',
  ),
  'role-cycle': error('logic', '职位 `{id}` 管着自己：{path}', 'the role `{id}` manages itself: {path}'),
  'holiday-reversed': error('logic', '假日的末日在首日之前', 'the holiday ends before it begins'),
  'hours-overlap': error(
    'logic',
    '时段 `{written}` 与前面的重叠',
    'the hours `{written}` overlap others of the same day',
  ),
  'make-up-needless': error('logic', '{written} 本来就是工作日', '{written} is a working day already'),
  'beyond-horizon': error('logic', '{written} 在 `valid_through` 之后', '{written} lies after `valid_through`'),
  'never-works': error('logic', '日历没有一天工作', 'no day of the week has working hours'),
} as const;

const SCENARIOS = {
  'duplicate-scenario': error('scenarios', '场景 `{name}` 写了两次', 'the scenario `{name}` is written twice'),
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

export const CODES = { ...SYNTAX, ...SHAPE, ...NAMES, ...TYPES, ...LOGIC, ...SCENARIOS } satisfies Record<
  string,
  CodeInfo
>;

export type Code = keyof typeof CODES;

export function codeInfo(code: Code): CodeInfo {
  return CODES[code];
}

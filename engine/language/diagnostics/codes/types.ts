/** Values that do not fit what they stand for. */

import { error } from './code-info.ts';

export const TYPES = {
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
  'dimension-type': error(
    'types',
    '流程 `{pipeline}` 的 `{name}` 是{found}，此维度要{expected}',
    '`{name}` of the pipeline `{pipeline}` is of type {found}; this dimension reads {expected}',
  ),
  'empty-authority': error(
    'types',
    '`authority` 里什么也没有',
    '`authority` says nothing',
    '写明维度，或删去',
    'name a dimension, or delete it',
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
  'bad-date-format': error(
    'types',
    '`{written}` 不是日期格式：{why}',
    '`{written}` is not a date format: {why}',
    '如 `yyyy-MM-dd`、`d MMM, yyyy HH:mm:ss`、`iso`、`excel`',
    'such as `yyyy-MM-dd`, `d MMM, yyyy HH:mm:ss`, `iso`, `excel`',
  ),
  'ambiguous-dates': error(
    'types',
    '`{cell}` 按 `{one}` 与 `{other}` 是不同的两天',
    '`{cell}` is one day by `{one}` and another by `{other}`',
    '只留文件真正用的那一种',
    'keep the one that the file uses',
  ),
  'same-word': error(
    'types',
    '`{written}` 与 `{before}` 只差大小写或空格，所指却不同',
    '`{written}` and `{before}` differ in case and spaces alone, and mean two things',
  ),
  'setting-clash': error(
    'types',
    '`{one}` 用于文本文件，`{other}` 用于 Excel，不能同时写',
    '`{one}` is for text files and `{other}` for Excel: there is only one of them',
  ),
  'whole-days': error(
    'types',
    '此处以天计',
    'this is counted in days',
    '如 `20 business days` 或 `30 days`',
    'such as `20 business days` or `30 days`',
  ),
  'setting-unfit': error('types', '`{key}` 不适用于类型 `{type}`', '`{key}` does not fit type `{type}`'),
  'setting-missing': error('types', '类型 `{type}` 需要 `{key}`', 'type `{type}` needs `{key}`'),
  'bad-pattern': error('types', '`{written}` 不是 RE2 正则', '`{written}` is not an RE2 pattern'),
  'limits-reversed': error('types', '最小值大于最大值', 'the least value is above the greatest'),
  'operator-missing': error(
    'types',
    '没有写怎样比较 `{fact}`',
    'nothing says how `{fact}` is compared',
    '加上 `is`、`at_least`、`is_known` 等',
    'add `is`, `at_least`, `is_known` or another operator',
  ),
  'second-operator': error(
    'types',
    '一个条件只能有一个比较：`{operator}`',
    'one condition compares once: `{operator}` is the second',
    '放进一个 `all`',
    'put both into one `all`',
  ),
  'empty-rung': error(
    'types',
    '这一档什么也不做',
    'this rung does nothing',
    '加上 `do` 或 `demand`',
    'add `do` or `demand`',
  ),
  'no-ways': error('types', '没有可选的处理方式', 'the demand offers no way to answer it'),
} as const;

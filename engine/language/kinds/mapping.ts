/** The kind `mapping`: how the rows of a CRM export become cases. */

import { PERCENT_STYLES } from '../../playbook/mapping.ts';
import { listOr, mapOf, wordOr } from '../shape/collection.ts';
import { optional, type RecordOf, record, required, variants } from '../shape/record.ts';
import { duration, factName, id, number, oneOf, plain, reference } from '../shape/scalar.ts';
import { mapped } from '../shape/shape.ts';
import { zone } from '../shape/time.ts';
import { who } from './action.ts';
import {
  askable,
  cellValue,
  column,
  columnKey,
  columnName,
  columns,
  duplicates,
  numberStyle,
  oneOrMore,
  people,
  tables,
  values,
  words,
} from './mapping-tables.ts';
import { text } from './text.ts';

const byColumn = record(
  { zh: '按列取值', en: 'a word by column' },
  {
    column,
    values: required(values, '列中的值 → 所指', 'value of the column → what it stands for'),
    default: optional(plain('值', 'a value'), '其余的值', 'what all others stand for'),
  },
);

const closed = record(
  { zh: '已关闭', en: 'a closed case' },
  {
    close: required(oneOf(['won', 'lost']), '赢单或输单', 'won or lost'),
    reason: optional(wordOr(reference('输单原因', 'a reason'), byColumn), '输单原因', 'why it was lost'),
  },
);

const percentStyle = askable(oneOf(PERCENT_STYLES));
const dateFormats = oneOrMore(
  { zh: '日期格式的列表', en: 'a list of date formats' },
  plain('日期格式', 'a date format'),
);
const currencyCode = plain('币种', 'a currency');

const fact = record(
  { zh: '事实的来源', en: 'where a fact comes from' },
  {
    column: optional(columnName, '列', 'the column'),
    else: optional(columnName, '为空时改用的列', 'the column used when the first is blank'),
    mark_else: optional(id('标记', 'a mark'), '改用时所加的标记', 'the mark kept with a value that came from `else`'),
    values: optional(values, '值的对应', 'value in the file → value meant'),
    blank: optional(words, '此列中表示未知的词', 'words of this column that mean nothing is known'),
    default: optional(plain('值', 'a value'), '都为空时的值', 'the value when all is blank'),
    currency: optional(wordOr(currencyCode, byColumn), '文件中的币种', 'the currency in the file'),
    to: optional(currencyCode, '换算成的币种', 'the currency wanted'),
    rate: optional(number(), '汇率', 'how much of it one unit is'),
    rates: optional(
      mapOf({ zh: '各币种的汇率', en: 'rates by currency' }, plain('币种', 'a currency'), number()),
      '币种 → 汇率',
      'currency → how much of the wanted one a unit is',
    ),
    times: optional(
      number(),
      '文件中的一个单位代表多少；以万元计时写 10000',
      'how many one unit in the file stands for: 10000 where amounts are in 万',
    ),
    numbers: optional(numberStyle, '此列数字的写法', 'how numbers of this column are written'),
    percents: optional(percentStyle, '不带 % 的百分比的写法', 'how percentages without their sign are written'),
    format: optional(dateFormats, '此列的日期格式', 'date formats of this column'),
  },
);

const status = mapOf(
  { zh: '值的对应', en: 'a map of values' },
  cellValue,
  wordOr(oneOf(['open', 'skip', '?']), closed),
);

const history = variants(
  { zh: '阶段历史', en: 'a history of stages' },
  {
    columns: record(
      { zh: '每阶段一列', en: 'a column for each stage' },
      {
        columns: required(
          mapOf({ zh: '列 → 阶段', en: 'column → stage' }, columnKey, reference('阶段名', 'a stage')),
          '进入该阶段的日期列 → 阶段',
          'column with the day it entered a stage → the stage',
        ),
      },
    ),
    table: record(
      { zh: '单独的历史表', en: 'a table of changes' },
      {
        table: required(reference('表', 'a table'), '历史所在的表', 'the table with one row for each change'),
        key: required(columnName, '案例编号列', 'its column with the id of the case'),
        stage: required(
          columnName,
          '新阶段列，词同 stage.values',
          'its column with the new stage, in the words of `stage`',
        ),
        on: required(columnName, '日期列', 'its column with the day'),
      },
    ),
  },
);

const dates = record(
  { zh: '日期的来源', en: 'where dates come from' },
  {
    opened: optional(columnName, '开始日期列', 'the column with the day it opened'),
    closed: optional(columnName, '关闭日期列', 'the column with the day it closed; read of closed cases only'),
    entered: optional(columnName, '进入现阶段的日期列', 'the column with the day it entered its stage'),
    last_activity: optional(columnName, '最近活动日期列', 'the column with the day of its last activity'),
    format: required(
      dateFormats,
      '日期格式，如 yyyy-MM-dd；或 iso、excel；可以是列表',
      'how dates are written, such as yyyy-MM-dd; or iso, excel; may be a list',
    ),
    zone: optional(zone(), '时区；缺省 UTC', 'the zone they are meant in; UTC when absent'),
    language: optional(
      oneOf(['en', 'zh', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'ru', 'ja']),
      '月份名称的语言；缺省 en',
      'the language of the names of months; en when absent',
    ),
  },
);

const caseTitle = listOr(
  columns,
  mapped(columnName, (one) => [one]),
);

export const mapping = record(
  { zh: '映射', en: 'a mapping' },
  {
    mapping: required(
      id('映射标识', 'the id of the mapping'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: optional(text, '名称', 'what people read'),
    tables: required(tables, '导出的文件；第一个是主表', 'the files of the export; the first is the main one'),
    numbers: optional(numberStyle, '数字的写法；缺省 1,234.56', 'how numbers are written; 1,234.56 when absent'),
    blank: optional(
      words,
      '各列中表示空的词，如 Select',
      'words that stand for nothing in every column, such as Select',
    ),
    duplicates: optional(
      duplicates,
      '编号重复时以哪一行为准；缺省 error：先出现的算，其余报告',
      'which row counts of those with one id; when absent `error`: the first, and the others are reported',
    ),
    people: optional(people, '人员与汇报关系', 'people and reporting lines'),
    id: required(record({ zh: '编号列', en: 'the column of ids' }, { column }), '案例编号', 'what tells rows apart'),
    case_title: optional(caseTitle, '案例名称取自这些列', 'the columns a case takes its title from'),
    pipeline: required(
      wordOr(reference('流程名', 'a pipeline'), byColumn),
      '流程；优先于 applies_when；按列时 `skip` 略过该行',
      'the pipeline, whatever its applies_when says; by column, `skip` leaves rows out',
    ),
    stage: required(
      record(
        { zh: '阶段的来源', en: 'where the stage comes from' },
        {
          column,
          values: required(
            mapOf({ zh: '值的对应', en: 'a map of values' }, cellValue, wordOr(reference('阶段名', 'a stage'), closed)),
            '列中的值 → 阶段，或 { close: … }，或 skip 略过',
            'value of the column → stage, or { close: … }, or skip to leave the row out',
          ),
        },
      ),
      '阶段',
      'the stage',
    ),
    status: optional(
      record(
        { zh: '状态的来源', en: 'where the status comes from' },
        { column, values: required(status, '值 → open、{ close: … } 或 skip', 'value → open, { close: … } or skip') },
      ),
      '另有一列说明是否结束时',
      'where another column says whether it is over',
    ),
    history: optional(history, '何时进入各阶段', 'when it entered its stages'),
    owner: required(
      record(
        { zh: '负责人的来源', en: 'where the owner comes from' },
        {
          column,
          person_by: required(oneOf(['name', 'email', 'id']), '按什么找人', 'how the person is found'),
          values: optional(values, '文件中的写法 → 人员编号', 'as the file spells them → the id of a person'),
          unknown: optional(
            plain('人员编号', 'the id of a person'),
            '找不到的负责人，案例交给谁；缺省则报告该行',
            'who gets the cases of owners nobody knows; when absent such rows are reported',
          ),
        },
      ),
      '负责人',
      'the owner',
    ),
    facts: optional(
      mapOf({ zh: '事实的来源', en: 'where facts come from' }, factName('事实名', 'a fact'), fact),
      '事实',
      'the facts',
    ),
    dates: required(dates, '日期', 'the dates'),
    re_date: optional(
      oneOf(['newest day is today', 'no']),
      '把最新一天移到今天（首次导入时固定）',
      'moves the newest day to today; fixed at the first import',
    ),
    debt_due: optional(
      duration(),
      '进行中的案例多久内补齐证据',
      'how long an open case has to bring the evidence it is owed',
    ),
    if_changed_outside: optional(
      wordOr(
        oneOf(['revert', 'quarantine', 'accept_with_debt']),
        record(
          { zh: '隔离，等人决定', en: 'held for a decision' },
          { quarantine: required(who, '由谁决定', 'who decides') },
        ),
      ),
      '阶段在 CRM 里被改动时：revert 以本系统为准，quarantine 冻结待决定（缺省由 manager），accept_with_debt 照改并记欠证据',
      'a stage changed in the CRM: revert keeps ours, quarantine holds the case for a decision (of the manager, when nobody is named), accept_with_debt follows and owes the evidence',
    ),
    on_change: optional(
      mapOf(
        { zh: '改动时怎么办', en: 'what is done about changes' },
        plain('事实或 owner', 'a fact, or owner'),
        oneOf(['follow', 'report']),
      ),
      '事实或 owner → follow 随 CRM 更新，report 只报告（缺省）',
      'fact, or owner → follow the CRM, or report only (as when absent)',
    ),
  },
);

export type MappingSource = RecordOf<typeof mapping.keys>;

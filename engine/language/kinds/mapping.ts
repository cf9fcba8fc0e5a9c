/** The kind `mapping`: how the rows of a CRM export become cases. */

import { list, listOr, mapOf, wordOr } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { duration, factName, id, number, oneOf, plain, reference } from '../shape/scalar.ts';
import { mapped } from '../shape/shape.ts';
import { zone } from '../shape/time.ts';
import { text } from './text.ts';

const columnName = plain('列', 'a column');
const columnKey = plain('列名', 'the name of a column');
const cellValue = plain('单元格的值', 'a value of a cell');
const column = required(columnName, '列；其他表写作 `表.列`', 'a column; of another table `table.column`');

const table = record(
  { zh: '表', en: 'a table' },
  {
    file: required(plain('文件名', 'a file'), '文件名', 'the file'),
    join: optional(
      mapOf({ zh: '列的对应', en: 'pairs of columns' }, columnKey, columnName),
      '主表的列 → 本表的列',
      'column of the main table → column of this one',
    ),
    fixes: optional(
      mapOf(
        { zh: '更正', en: 'fixes' },
        columnKey,
        mapOf({ zh: '值的更正', en: 'values put right' }, cellValue, cellValue),
      ),
      '列 → 文件中的值 → 正确的值',
      'column → value in the file → value meant',
    ),
  },
);

const superior = {
  column,
  role: required(reference('职位', 'a role'), '上级的职位', 'the role of the superior'),
};

const people = record(
  { zh: '人员', en: 'people' },
  {
    table: required(reference('表', 'a table'), '人员所在的表', 'the table that lists them'),
    name: required(columnName, '姓名列', 'the column with their names'),
    role: required(reference('职位', 'a role'), '他们的职位', 'the role they hold'),
    region: optional(columnName, '地区列', 'the column with their region'),
    manager: optional(
      record(
        { zh: '上级', en: 'a superior' },
        {
          ...superior,
          reports_to: optional(
            record({ zh: '再上一级', en: 'the next superior' }, superior),
            '再上一级',
            'who stands above',
          ),
        },
      ),
      '上级',
      'the column that names their superior',
    ),
  },
);

const values = mapOf({ zh: '值的对应', en: 'a map of values' }, cellValue, plain('值', 'a value'));

const closed = record(
  { zh: '已关闭', en: 'a closed case' },
  {
    close: required(oneOf(['won', 'lost']), '赢单或输单', 'won or lost'),
    reason: optional(reference('输单原因', 'a reason'), '输单原因', 'why it was lost'),
  },
);

const fact = record(
  { zh: '事实的来源', en: 'where a fact comes from' },
  {
    column: optional(columnName, '列', 'the column'),
    else: optional(columnName, '为空时改用的列', 'the column used when the first is blank'),
    mark_else: optional(id('标记', 'a mark'), '改用时所加的标记', 'the mark kept with a value that came from `else`'),
    values: optional(values, '值的对应', 'value in the file → value meant'),
    default: optional(plain('值', 'a value'), '都为空时的值', 'the value when all is blank'),
    currency: optional(plain('币种', 'a currency'), '文件中的币种', 'the currency in the file'),
    to: optional(plain('币种', 'a currency'), '换算成的币种', 'the currency wanted'),
    rate: optional(number(), '汇率', 'how much of it one unit is'),
  },
);

const columns = list({ zh: '列的列表', en: 'a list of columns' }, columnName, { min: 1 });

export const mapping = record(
  { zh: '映射', en: 'a mapping' },
  {
    mapping: required(
      id('映射标识', 'the id of the mapping'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: optional(text, '名称', 'what people read'),
    tables: required(
      mapOf({ zh: '表', en: 'tables' }, id('表', 'a table'), table),
      '导出的文件；第一个是主表',
      'the files of the export; the first is the main one',
    ),
    people: optional(people, '人员与汇报关系', 'people and reporting lines'),
    id: required(record({ zh: '编号列', en: 'the column of ids' }, { column }), '案例编号', 'what tells rows apart'),
    case_title: optional(
      listOr(
        columns,
        mapped(columnName, (one) => [one]),
      ),
      '案例名称取自这些列',
      'the columns a case takes its title from',
    ),
    pipeline: required(
      wordOr(
        reference('流程名', 'a pipeline'),
        record(
          { zh: '按列选流程', en: 'a pipeline by column' },
          {
            column,
            values: required(values, '列中的值 → 流程', 'value of the column → pipeline'),
            default: optional(reference('流程名', 'a pipeline'), '其余的流程', 'the pipeline of all others'),
          },
        ),
      ),
      '流程；优先于 applies_when',
      'the pipeline, whatever its applies_when says',
    ),
    stage: required(
      record(
        { zh: '阶段的来源', en: 'where the stage comes from' },
        {
          column,
          values: required(
            mapOf({ zh: '值的对应', en: 'a map of values' }, cellValue, wordOr(reference('阶段名', 'a stage'), closed)),
            '列中的值 → 阶段，或 { close: … }',
            'value of the column → stage, or { close: … }',
          ),
        },
      ),
      '阶段',
      'the stage',
    ),
    owner: required(
      record(
        { zh: '负责人的来源', en: 'where the owner comes from' },
        { column, person_by: required(oneOf(['name', 'email', 'id']), '按什么找人', 'how the person is found') },
      ),
      '负责人',
      'the owner',
    ),
    facts: optional(
      mapOf({ zh: '事实的来源', en: 'where facts come from' }, factName('事实名', 'a fact'), fact),
      '事实',
      'the facts',
    ),
    dates: required(
      record(
        { zh: '日期的来源', en: 'where dates come from' },
        {
          opened: optional(columnName, '开始日期列', 'the column with the day it opened'),
          closed: optional(columnName, '关闭日期列', 'the column with the day it closed'),
          format: required(
            plain('日期格式', 'a date format'),
            '日期格式，如 yyyy-MM-dd',
            'how dates are written, such as yyyy-MM-dd',
          ),
          zone: optional(zone(), '时区；缺省 UTC', 'the zone they are meant in; UTC when absent'),
        },
      ),
      '日期',
      'the dates',
    ),
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
  },
  { notYet: ['if_changed_outside'] },
);

export type MappingSource = RecordOf<typeof mapping.keys>;

/** The files of an export, and how what they hold is written. */

import { DELIMITERS, type DelimiterName, ENCODINGS, NUMBER_STYLES, OPEN_QUESTION } from '../../playbook/mapping.ts';
import { list, listOr, mapOf, wordOr } from '../shape/collection.ts';
import { optional, record, required } from '../shape/record.ts';
import { id, oneOf, plain, reference, wholeNumber } from '../shape/scalar.ts';
import type { Shape, Token } from '../shape/shape.ts';
import { mapped } from '../shape/shape.ts';

export const columnName = plain('列', 'a column');
export const columnKey = plain('列名', 'the name of a column');
export const cellValue = plain('单元格的值', 'a value of a cell');
export const column = required(columnName, '列；其他表写作 `表.列`', 'a column; of another table `table.column`');

export const values = mapOf({ zh: '值的对应', en: 'a map of values' }, cellValue, plain('值', 'a value'));
export const columns = list({ zh: '列的列表', en: 'a list of columns' }, columnName, { min: 1 });
export const words = list({ zh: '词的列表', en: 'a list of words' }, plain('词', 'a word'), { min: 1 });

/** One, where several may stand. */
export function oneOrMore(
  name: { zh: string; en: string },
  one: Shape<Token<string>>,
): Shape<readonly Token<string>[]> {
  return listOr(
    list(name, one, { min: 1 }),
    mapped(one, (only) => [only]),
  );
}

/** A word of a list, or `?` where nobody knows yet. */
export function askable<W extends string>(shape: Shape<Token<W>>): Shape<Token<W | typeof OPEN_QUESTION>> {
  return {
    ...shape,
    schema: (definitions) => ({ anyOf: [shape.schema(definitions), { const: OPEN_QUESTION }] }),
    read: (node, report) =>
      node.kind === 'scalar' && node.text === OPEN_QUESTION
        ? { value: OPEN_QUESTION, place: node.place }
        : shape.read(node, report),
  };
}

// The keys of a constant table.
const DELIMITER_NAMES = Object.keys(DELIMITERS) as DelimiterName[];

const table = record(
  { zh: '表', en: 'a table' },
  {
    file: required(plain('文件名', 'a file'), '文件名', 'the file'),
    encoding: optional(
      oneOf(ENCODINGS),
      '字符编码；缺省为 UTF-8，或文件自带标记的 UTF-16',
      'the character set; when absent UTF-8, or UTF-16 where the file is marked so',
    ),
    delimiter: optional(
      oneOf(DELIMITER_NAMES),
      '分隔符；缺省取 `sep=` 行所写，否则取把表头分得最多的那个',
      'what parts the cells; when absent what a `sep=` line says, else what parts the header into the most cells',
    ),
    sheet: optional(
      plain('工作表', 'a sheet'),
      'Excel 的工作表；只有一张时可省',
      'the sheet of an Excel workbook; needless where it has one',
    ),
    header_line: optional(
      wholeNumber(),
      '列名所在的行，从 1 数起；缺省为第一个非空行',
      'the line that names the columns, counted from 1; when absent the first that is not blank',
    ),
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

export const tables = mapOf({ zh: '表', en: 'tables' }, id('表', 'a table'), table);

export const numberStyle = askable(oneOf(NUMBER_STYLES));

export const duplicates = wordOr(
  oneOf(['error', 'first', 'last']),
  record(
    { zh: '按列取最新', en: 'the newest by a column' },
    { newest_by: required(columnName, '日期列，取最新的一行', 'the column of dates by which the newest row counts') },
  ),
);

const superior = {
  column,
  role: required(reference('职位', 'a role'), '上级的职位', 'the role of the superior'),
};

export const people = record(
  { zh: '人员', en: 'people' },
  {
    table: required(reference('表', 'a table'), '人员所在的表', 'the table that lists them'),
    name: required(columnName, '姓名列', 'the column with their names'),
    role: required(reference('职位', 'a role'), '他们的职位', 'the role they hold'),
    region: optional(columnName, '地区列', 'the column with their region'),
    email: optional(columnName, '邮箱列', 'the column with their mail address'),
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
